package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Ranks;

/**
 * Sums over the candidates of each cell of a study. A sum of sums is the sum over all, so instances can be added in any
 * grouping. Used by one thread at a time.
 */
final class StudyCells {

    private final int rows;
    private final int columns;
    private final double[][] values;
    private final long[] counts;
    private final long[] edits;
    private final long[] kept;
    private final long[] truth;
    private final long[] added;
    private final long[] others;

    StudyCells(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        int cells = rows * columns;
        this.values = new double[cells][Scores.COUNT];
        this.counts = new long[cells];
        this.edits = new long[cells];
        this.kept = new long[cells];
        this.truth = new long[cells];
        this.added = new long[cells];
        this.others = new long[cells];
    }

    /** Adds a candidate. */
    void add(int cell, SetScore score, boolean[] members, boolean[] wanted) {
        for (int s = 0; s < Scores.COUNT; s++) {
            values[cell][s] += score.values()[s];
        }
        counts[cell]++;
        for (int u = 0; u < members.length; u++) {
            edits[cell] += members[u] != wanted[u] ? 1 : 0;
            kept[cell] += members[u] && wanted[u] ? 1 : 0;
            added[cell] += members[u] && !wanted[u] ? 1 : 0;
            truth[cell] += wanted[u] ? 1 : 0;
            others[cell] += wanted[u] ? 0 : 1;
        }
    }

    /** Adds the sums of others. */
    void add(StudyCells other) {
        for (int c = 0; c < counts.length; c++) {
            for (int s = 0; s < Scores.COUNT; s++) {
                values[c][s] += other.values[c][s];
            }
            counts[c] += other.counts[c];
            edits[c] += other.edits[c];
            kept[c] += other.kept[c];
            truth[c] += other.truth[c];
            added[c] += other.added[c];
            others[c] += other.others[c];
        }
    }

    long count(int row, int column) {
        return counts[row * columns + column];
    }

    /** Mean of a score; NaN without candidates. */
    double mean(int row, int column, int score) {
        int cell = row * columns + column;
        return values[cell][score] / counts[cell];
    }

    /** Mean edit distance to the ground truth. */
    double editDistance(int row, int column) {
        int cell = row * columns + column;
        return (double) edits[cell] / counts[cell];
    }

    /**
     * Edge AUC of the candidates' memberships over all edges of the cell. For memberships, ties counting one half, it is
     * the mean of the share of ground truth kept and the share of other edges left out.
     */
    double edgeAuc(int row, int column) {
        int cell = row * columns + column;
        return truth[cell] == 0 || others[cell] == 0
                ? Double.NaN
                : ((double) kept[cell] / truth[cell] + 1 - (double) added[cell] / others[cell]) / 2;
    }

    /**
     * Spearman's correlation over the rows of a column between a score and the edit distance; NaN for a constant column.
     *
     * @param score one of the twelve, or {@link Scores#COUNT} for the edge AUC
     */
    double spearman(int column, int score) {
        double[] x = new double[rows];
        double[] y = new double[rows];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < rows; r++) {
            x[r] = score == Scores.COUNT ? edgeAuc(r, column) : mean(r, column, score);
            y[r] = editDistance(r, column);
            low = Math.min(low, x[r]);
            high = Math.max(high, x[r]);
        }
        return high - low <= 1e-12 ? Double.NaN : Ranks.spearman(x, y);
    }

    /** Mean of the columns' correlations, a constant column counting 0. */
    double meanSpearman(int score) {
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            double rho = spearman(c, score);
            sum += Double.isNaN(rho) ? 0 : rho;
        }
        return sum / columns;
    }

    /** Number of columns that are constant. */
    int constantColumns(int score) {
        int count = 0;
        for (int c = 0; c < columns; c++) {
            count += Double.isNaN(spearman(c, score)) ? 1 : 0;
        }
        return count;
    }
}

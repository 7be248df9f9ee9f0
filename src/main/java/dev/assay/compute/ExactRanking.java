package dev.assay.compute;

import java.util.Arrays;

/** The last step of every search of nearest rows: candidates are ranked by direct differences in float64. */
public final class ExactRanking {

    private ExactRanking() {}

    /**
     * Writes a query's neighbours.
     *
     * @param query row that asks
     * @param candidates rows of the database, ascending
     * @param found filled in at the query's place
     */
    public static void rank(
            NeighbourSearch.Rows queries, int query, NeighbourSearch.Rows database, int[] candidates,
            NeighbourSearch.Neighbours found) {
        double queryScale = queries.scale() == null ? 1 : queries.scale()[query];
        double[] values = new double[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            values[i] = exact(queries, query, database, candidates[i]) * queryScale;
        }
        Integer[] order = new Integer[candidates.length];
        Arrays.setAll(order, i -> i);
        // Stable, and the candidates ascend: equal distances stay in the order of their indices.
        Arrays.sort(order, (x, y) -> Double.compare(values[x], values[y]));
        for (int i = 0; i < found.k(); i++) {
            boolean there = i < order.length;
            found.index()[query * found.k() + i] = there ? candidates[order[i]] : -1;
            found.distance()[query * found.k() + i] = there ? values[order[i]] : Double.NaN;
        }
    }

    private static double exact(NeighbourSearch.Rows queries, int query, NeighbourSearch.Rows database, int row) {
        int columns = queries.columns();
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            double d = (double) queries.values()[query * columns + c] - database.values()[row * columns + c];
            sum += d * d;
        }
        return database.scale() == null ? sum : sum * database.scale()[row];
    }

    /** Squared lengths of rows, summed in float64. */
    public static float[] squaredLengths(NeighbourSearch.Rows rows) {
        float[] norms = new float[rows.rows()];
        for (int r = 0; r < norms.length; r++) {
            double sum = 0;
            for (int c = 0; c < rows.columns(); c++) {
                double v = rows.values()[r * rows.columns() + c];
                sum += v * v;
            }
            norms[r] = (float) sum;
        }
        return norms;
    }
}

package dev.assay.analyses.complexity;

import java.util.Arrays;

/**
 * The linear assignment problem by shortest augmenting paths (Jonker and Volgenant 1987), O(n³): which column each row
 * takes, so that the sum of the chosen values is greatest.
 */
final class Assignment {

    private Assignment() {}

    /**
     * The best assignment; of several the one found is the same every time.
     *
     * @param values n x n, row-major, finite
     * @param checkCancelled called for every row; throws to stop
     * @return the column of each row
     */
    static int[] greatest(double[] values, int n, Runnable checkCancelled) {
        double[] rowPotential = new double[n];
        double[] columnPotential = new double[n];
        int[] rowOf = new int[n];
        int[] from = new int[n];
        double[] shortest = new double[n];
        boolean[] reached = new boolean[n];
        Arrays.fill(rowOf, -1);
        for (int start = 0; start < n; start++) {
            checkCancelled.run();
            Arrays.fill(shortest, Double.POSITIVE_INFINITY);
            Arrays.fill(reached, false);
            Arrays.fill(from, -1);
            int column = -1;
            double distance = 0;
            int row = start;
            while (row >= 0) {
                int nearest = -1;
                double least = Double.POSITIVE_INFINITY;
                for (int j = 0, at = row * n; j < n; j++, at++) {
                    if (!reached[j]) {
                        double path = distance - values[at] - rowPotential[row] - columnPotential[j];
                        if (path < shortest[j]) {
                            shortest[j] = path;
                            from[j] = row;
                        }
                        if (shortest[j] < least) {
                            least = shortest[j];
                            nearest = j;
                        }
                    }
                }
                column = nearest;
                distance = least;
                reached[column] = true;
                row = rowOf[column];
            }
            for (int j = 0; j < n; j++) {
                if (reached[j] && rowOf[j] >= 0) {
                    rowPotential[rowOf[j]] += distance - shortest[j];
                }
            }
            rowPotential[start] += distance;
            for (int j = 0; j < n; j++) {
                if (reached[j]) {
                    columnPotential[j] -= distance - shortest[j];
                }
            }
            augment(column, start, from, rowOf);
        }
        int[] columnOf = new int[n];
        for (int j = 0; j < n; j++) {
            columnOf[rowOf[j]] = j;
        }
        return columnOf;
    }

    /** Hands the columns along the path on to the rows that reached them. */
    private static void augment(int last, int start, int[] from, int[] rowOf) {
        int column = last;
        while (true) {
            int row = from[column];
            int next = -1;
            for (int j = 0; row != start && j < rowOf.length; j++) {
                if (rowOf[j] == row && j != column) {
                    next = j;
                    break;
                }
            }
            rowOf[column] = row;
            if (row == start) {
                return;
            }
            column = next;
        }
    }
}

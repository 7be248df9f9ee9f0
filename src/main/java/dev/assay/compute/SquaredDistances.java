package dev.assay.compute;

/**
 * Squared Euclidean distances in float64 by direct differences: no cancellation between near-duplicates, exactly 0
 * between equal rows, and the same value from a to b as from b to a.
 */
public interface SquaredDistances {

    /**
     * Distances of one row to a range of others, on the calling thread. The order of summation depends on the number of
     * columns alone.
     *
     * @param queries rows, row-major
     * @param query index of the row
     * @param database rows of the same length, row-major
     * @param from first row of the database
     * @param to end of the range, exclusive
     * @param columns values per row, at least 1
     * @param distances overwritten from 0, one for each row of the range
     */
    void from(double[] queries, int query, double[] database, int from, int to, int columns, double[] distances);
}

package dev.assay.compute;

/**
 * The nearest rows of a database for every query, by squared Euclidean distance scaled per row: the distance of query q
 * and row r is {@code |q - r|^2 * queryScale(q) * rowScale(r)}. The signal-to-noise distance with the query or the
 * database row as anchor, the Euclidean distance and the cosine distance of unit rows are all of that form
 * (snr-metric-learning, "Cost"). Memory is that of the rows and the answer; the matrix of all distances never exists.
 */
public interface NeighbourSearch {

    /** The queries are not rows of the database; so low that the number of a query added to it is no row either. */
    int OTHER_ROWS = Integer.MIN_VALUE / 2;

    /**
     * Rows to search.
     *
     * @param values row-major; not changed
     * @param rows number of rows
     * @param columns values per row
     * @param scale factor per row, finite and above 0, or null for 1; a row with NaN is never found
     */
    record Rows(float[] values, int rows, int columns, double[] scale) {

        /** Checks the lengths. */
        public Rows {
            if (columns < 1 || values.length != Math.multiplyExact(rows, columns)) {
                throw new IllegalArgumentException(values.length + " values for " + rows + "x" + columns);
            }
            if (scale != null && scale.length != rows) {
                throw new IllegalArgumentException(scale.length + " scales for " + rows + " rows");
            }
        }
    }

    /**
     * What was found.
     *
     * @param k neighbours per query
     * @param index {@code [queries][k]}: rows of the database, nearest first, equal distances by index; -1 behind the
     *     last when there are fewer than k
     * @param distance {@code [queries][k]}: their distances, computed by direct differences in float64
     */
    record Neighbours(int k, int[] index, double[] distance) {}

    /**
     * Searches. Candidates come from float32 products over tiles; twice as many as asked for are kept, computed anew by
     * direct differences in float64 and sorted, so that near-duplicates come in their true order.
     *
     * @param queries what to search for
     * @param database what to search in, of the same number of columns
     * @param k neighbours per query, at least 1
     * @param same whether both are the same rows, so that a query does not find itself
     * @param check called at least every 50 ms on a working thread; throws to stop
     */
    default Neighbours search(Rows queries, Rows database, int k, boolean same, Runnable check) {
        if (k < 1 || queries.columns() != database.columns()) {
            throw new IllegalArgumentException(
                    k + " neighbours, rows of " + queries.columns() + " and " + database.columns());
        }
        if (same && queries.rows() != database.rows()) {
            throw new IllegalArgumentException("the same rows have another number");
        }
        return find(queries, database, k, same ? 0 : OTHER_ROWS, check);
    }

    /**
     * As {@link #search}, of arguments that fit together.
     *
     * @param self the database's row that is the first query, where the queries are rows of the database one after the
     *     other; else {@link #OTHER_ROWS}
     */
    Neighbours find(Rows queries, Rows database, int k, int self, Runnable check);
}

package dev.assay.compute;

import java.util.List;

/**
 * Products and squared distances of all pairs of a few thousand long vectors, in float64. Vectors are put together from
 * parts and read a stretch of coordinates at a time, so that they are never all in memory.
 */
public interface PairDistances {

    /** Vectors of one length. Read from several threads at once. */
    interface Vectors {

        /** Number of coordinates. */
        int length();

        /**
         * Copies coordinates of one vector.
         *
         * @param from the first coordinate
         * @param at index in {@code to} of the first copied one
         */
        void copy(int vector, int from, int count, double[] to, int at);

        /**
         * The rows of a matrix.
         *
         * @param matrix row-major; not changed
         * @param length of a row
         */
        static Vectors rows(double[] matrix, int length) {
            return new Vectors() {
                @Override
                public int length() {
                    return length;
                }

                @Override
                public void copy(int vector, int from, int count, double[] to, int at) {
                    System.arraycopy(matrix, vector * length + from, to, at, count);
                }
            };
        }
    }

    /**
     * Distances of all pairs.
     *
     * @param squared {@code [n][n]}, symmetric to the bit, 0 on the diagonal and never below
     * @param lengths {@code [n]}: squared lengths of the vectors
     * @param nearest {@code [n]}: the nearest other vector, the lowest of equals; -1 for a single one
     */
    record Distances(double[] squared, double[] lengths, int[] nearest) {}

    /**
     * Adds {@code V Vᵀ} to a matrix.
     *
     * @param parts of n vectors each; the parts of a vector lie behind each other
     * @param gram n x n, row-major, added to
     * @param check called every few milliseconds on a working thread; throws to stop
     */
    void addProducts(List<? extends Vectors> parts, int n, double[] gram, Runnable check);

    /**
     * Squared distances {@code |i|² + |j|² - 2 i·j}, cut at 0.
     *
     * @param parts as above
     * @param check as above
     */
    Distances distances(List<? extends Vectors> parts, int n, Runnable check);
}

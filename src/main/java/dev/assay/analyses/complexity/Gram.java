package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products of all pairs of vectors in float64, and the squared distances that follow from them.
 *
 * <p>Vectors are taken in stretches of coordinates, which add up, so that they are never all in memory as float64; of each
 * stretch only the tiles on and above the diagonal are multiplied, by the BLAS. A tile takes a few milliseconds, so a
 * cancel is heard between tiles.
 */
final class Gram {

    /** Below this many multiply-adds a plain loop is faster than waking the BLAS. */
    private static final long SMALL = 20_000_000;

    /** Vectors of a tile. */
    private static final int TILE = 1024;

    /** Coordinates that are multiplied at once. */
    private static final int STRETCH = 1024;

    private Gram() {}

    /** Vectors of one length, read a stretch at a time. */
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
    }

    /** The vectors that are the rows of a matrix. */
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

    /** The features' vectors in a tensor that makes them. */
    static Vectors incoming(StoredWeight weight) {
        return new Vectors() {
            @Override
            public int length() {
                return weight.rowLength();
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {
                weight.row(vector, from, count, to, at);
            }
        };
    }

    /** The features' vectors in a tensor that reads them. */
    static Vectors outgoing(StoredWeight weight) {
        return new Vectors() {
            @Override
            public int length() {
                return weight.columnLength();
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {
                weight.column(vector, from, count, to, at);
            }
        };
    }

    /** As {@link #incoming(StoredWeight)}, with the tensor's columns in another order, or null for their own. */
    static Vectors incoming(StoredWeight weight, int[] columns) {
        return columns == null ? incoming(weight) : new Vectors() {
            @Override
            public int length() {
                return weight.rowLength();
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {
                int span = weight.span();
                for (int i = 0; i < count; i++) {
                    to[at + i] = weight.value(vector, columns[(from + i) / span], (from + i) % span);
                }
            }
        };
    }

    /** As {@link #outgoing(StoredWeight)}, with the tensor's rows in another order, or null for their own. */
    static Vectors outgoing(StoredWeight weight, int[] rows) {
        return rows == null ? outgoing(weight) : new Vectors() {
            @Override
            public int length() {
                return weight.columnLength();
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {
                int span = weight.span();
                for (int i = 0; i < count; i++) {
                    to[at + i] = weight.value(rows[(from + i) / span], vector, (from + i) % span);
                }
            }
        };
    }

    /**
     * Adds the products of n vectors with n others.
     *
     * @param products {@code [i][j]} for vector i of a and vector j of b, n x n, row-major, added to
     */
    static void addCross(Vectors a, Vectors b, int n, double[] products, Runnable checkCancelled) {
        for (int from = 0; from < a.length(); from += STRETCH) {
            checkCancelled.run();
            int count = Math.min(STRETCH, a.length() - from);
            double[] left = new double[n * count];
            double[] right = new double[n * count];
            fill(a, n, from, count, left);
            fill(b, n, from, count, right);
            if ((long) n * n * count <= SMALL) {
                addSmallCross(left, right, n, count, products);
                continue;
            }
            try (INDArray x = Nd4j.createFromArray(left).reshape('c', n, count);
                    INDArray y = Nd4j.createFromArray(right).reshape('c', n, count);
                    INDArray product = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {n, n}, 'f')) {
                Nd4j.gemm(x, y, product, false, true, 1.0, 0.0);
                double[] values = product.data().asDouble();
                for (int j = 0; j < n; j++) {
                    for (int i = 0; i < n; i++) {
                        products[i * n + j] += values[j * n + i];
                    }
                }
            }
        }
    }

    private static void addSmallCross(double[] left, double[] right, int n, int d, double[] products) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double dot = 0;
                for (int k = 0, x = i * d, y = j * d; k < d; k++, x++, y++) {
                    dot += left[x] * right[y];
                }
                products[i * n + j] += dot;
            }
        }
    }

    /** Some of the vectors, in the order asked for. */
    static Vectors chosen(Vectors all, int[] which) {
        return new Vectors() {
            @Override
            public int length() {
                return all.length();
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {
                all.copy(which[vector], from, count, to, at);
            }
        };
    }

    /**
     * Adds {@code V Vᵀ} to a Gram matrix.
     *
     * @param vectors n x d, row-major
     * @param gram n x n, row-major, added to
     */
    static void add(double[] vectors, int n, int d, double[] gram) {
        add(List.of(rows(vectors, d)), n, gram, () -> {});
    }

    /**
     * Adds the products of n vectors that are put together from several parts.
     *
     * @param gram n x n, row-major, added to
     * @param checkCancelled called every few milliseconds; throws to stop
     */
    static void add(List<Vectors> parts, int n, double[] gram, Runnable checkCancelled) {
        List<Vectors> large = new ArrayList<>();
        for (Vectors part : parts) {
            if ((long) n * n * part.length() <= SMALL) {
                double[] vectors = new double[n * part.length()];
                fill(part, n, 0, part.length(), vectors);
                addSmall(vectors, n, part.length(), gram);
            } else {
                large.add(part);
            }
        }
        if (!large.isEmpty()) {
            addLarge(large, n, gram, checkCancelled);
        }
    }

    private static void fill(Vectors part, int n, int from, int count, double[] to) {
        IntStream.range(0, n).parallel().forEach(i -> part.copy(i, from, count, to, i * count));
    }

    private static void addLarge(List<Vectors> parts, int n, double[] gram, Runnable checkCancelled) {
        int tiles = (n + TILE - 1) / TILE;
        INDArray[][] sums = new INDArray[tiles][tiles];
        try {
            for (int a = 0; a < tiles; a++) {
                for (int b = a; b < tiles; b++) {
                    sums[a][b] =
                            Nd4j.createUninitialized(DataType.DOUBLE, new long[] {size(a, n), size(b, n)}, 'f')
                                    .assign(0);
                }
            }
            for (Vectors part : parts) {
                for (int from = 0; from < part.length(); from += STRETCH) {
                    checkCancelled.run();
                    addStretch(part, from, Math.min(STRETCH, part.length() - from), n, sums, checkCancelled);
                }
            }
            for (int a = 0; a < tiles; a++) {
                for (int b = a; b < tiles; b++) {
                    addTile(sums[a][b].data().asDouble(), a * TILE, b * TILE, size(a, n), size(b, n), n, gram);
                }
            }
        } finally {
            Arrays.stream(sums).flatMap(Arrays::stream).forEach(tile -> {
                if (tile != null) {
                    tile.close();
                }
            });
        }
    }

    private static int size(int tile, int n) {
        return Math.min(TILE, n - tile * TILE);
    }

    private static void addStretch(
            Vectors part, int from, int count, int n, INDArray[][] sums, Runnable checkCancelled) {
        INDArray[] slices = new INDArray[sums.length];
        try {
            for (int t = 0; t < slices.length; t++) {
                double[] block = new double[size(t, n) * count];
                int first = t * TILE;
                IntStream.range(0, size(t, n))
                        .parallel()
                        .forEach(i -> part.copy(first + i, from, count, block, i * count));
                slices[t] = Nd4j.createFromArray(block).reshape('c', size(t, n), count);
            }
            for (int a = 0; a < slices.length; a++) {
                for (int b = a; b < slices.length; b++) {
                    checkCancelled.run();
                    Nd4j.gemm(slices[a], slices[b], sums[a][b], false, true, 1.0, 1.0);
                }
            }
        } finally {
            for (INDArray slice : slices) {
                if (slice != null) {
                    slice.close();
                }
            }
        }
    }

    /** Adds a tile, column by column, and its mirror image. */
    private static void addTile(double[] tile, int row, int column, int rows, int columns, int n, double[] gram) {
        IntStream.range(0, columns).parallel().forEach(j -> {
            for (int i = 0; i < rows; i++) {
                double value = tile[j * rows + i];
                if (row + i < column + j) {
                    gram[(row + i) * n + column + j] += value;
                    gram[(column + j) * n + row + i] += value;
                } else if (row + i == column + j) {
                    gram[(row + i) * n + column + j] += value;
                }
            }
        });
    }

    private static void addSmall(double[] v, int n, int d, double[] gram) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int k = 0, a = i * d, b = j * d; k < d; k++, a++, b++) {
                    dot += v[a] * v[b];
                }
                gram[i * n + j] += dot;
                if (i != j) {
                    gram[j * n + i] += dot;
                }
            }
        }
    }

    /** {@code D_ij = max(0, A_ii + A_jj - 2 A_ij)}, n x n with zeros on the diagonal. */
    static double[] squaredDistances(double[] gram, int n) {
        double[] d = new double[n * n];
        IntStream.range(0, n).parallel().forEach(i -> {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    // The smaller index first in the sum, so that D is symmetric to the bit.
                    int a = Math.min(i, j);
                    int b = Math.max(i, j);
                    d[i * n + j] = Math.max(0, gram[a * n + a] + gram[b * n + b] - 2 * gram[a * n + b]);
                }
            }
        });
        return d;
    }
}

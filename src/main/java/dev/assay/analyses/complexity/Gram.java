package dev.assay.analyses.complexity;

import dev.assay.compute.PairDistances;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The features' vectors as the kernel of all pairs takes them, products of two networks' vectors, and the distances. */
final class Gram {

    /** Below this many multiply-adds a plain loop is faster than waking the BLAS. */
    private static final long SMALL = 20_000_000;

    /** Coordinates that are multiplied at once. */
    private static final int STRETCH = 1024;

    private Gram() {}

    /** The features' vectors in a tensor that makes them. */
    static PairDistances.Vectors incoming(StoredWeight weight) {
        return new PairDistances.Vectors() {
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
    static PairDistances.Vectors outgoing(StoredWeight weight) {
        return new PairDistances.Vectors() {
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
    static PairDistances.Vectors incoming(StoredWeight weight, int[] columns) {
        return columns == null ? incoming(weight) : new PairDistances.Vectors() {
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
    static PairDistances.Vectors outgoing(StoredWeight weight, int[] rows) {
        return rows == null ? outgoing(weight) : new PairDistances.Vectors() {
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
    static void addCross(PairDistances.Vectors a, PairDistances.Vectors b, int n, double[] products,
            Runnable checkCancelled) {
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
    static PairDistances.Vectors chosen(PairDistances.Vectors all, int[] which) {
        return new PairDistances.Vectors() {
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

    /** One part, the rows of a matrix, for the kernel of all pairs. */
    static List<PairDistances.Vectors> part(double[] vectors, int length) {
        return List.of(PairDistances.Vectors.rows(vectors, length));
    }

    private static void fill(PairDistances.Vectors part, int n, int from, int count, double[] to) {
        IntStream.range(0, n).parallel().forEach(i -> part.copy(i, from, count, to, i * count));
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

package dev.assay.analyses.complexity;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Products of all pairs of vectors in float64, and the squared distances that follow from them. */
final class Gram {

    /** Below this many multiply-adds a plain loop is faster than waking the BLAS. */
    private static final long SMALL = 20_000_000;

    private Gram() {}

    /**
     * Adds {@code V Vᵀ} to a Gram matrix.
     *
     * @param vectors n x d, row-major
     * @param gram n x n, row-major, added to
     */
    static void add(double[] vectors, int n, int d, double[] gram) {
        if ((long) n * n * d <= SMALL) {
            addSmall(vectors, n, d, gram);
            return;
        }
        try (INDArray v = Nd4j.createFromArray(vectors).reshape('c', n, d);
                INDArray product = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {n, n}, 'f')) {
            Nd4j.gemm(v, v, product, false, true, 1.0, 0.0);
            double[] values = product.data().asDouble();
            for (int i = 0; i < gram.length; i++) {
                gram[i] += values[i];
            }
        }
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

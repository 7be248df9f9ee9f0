package dev.assay.compute.cpu;

import dev.assay.compute.PairDistances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products by the BLAS. Stretches of coordinates add up; of each stretch only the tiles on and above the diagonal are
 * multiplied. A tile takes a few milliseconds, so a cancel is heard between tiles.
 */
final class BlasPairDistances implements PairDistances {

    /** Below this many multiply-adds a plain loop is faster than waking the BLAS. */
    private static final long SMALL = 20_000_000;

    /** Numbers of a cache line. */
    private static final int LINE = 8;

    /** Vectors of a tile. */
    private static final int TILE = 1024;

    /** Coordinates that are multiplied at once. */
    private static final int STRETCH = 1024;

    @Override
    public Distances distances(List<? extends Vectors> parts, int n, Runnable check) {
        double[] gram = new double[Math.multiplyExact(n, n)];
        addProducts(parts, n, gram, check);
        return ofProducts(gram, n);
    }

    private static Distances ofProducts(double[] gram, int n) {
        double[] squared = new double[n * n];
        int[] nearest = new int[n];
        double[] lengths = new double[n];
        Arrays.setAll(lengths, i -> gram[i * n + i]);
        // The products are symmetric to the bit, and so are these.
        IntStream.range(0, n).parallel().forEach(i -> {
            double best = Double.POSITIVE_INFINITY;
            nearest[i] = -1;
            for (int j = 0, at = i * n; j < n; j++, at++) {
                if (i != j) {
                    double d = Math.max(0, lengths[i] + lengths[j] - 2 * gram[at]);
                    squared[at] = d;
                    if (d < best) {
                        best = d;
                        nearest[i] = j;
                    }
                }
            }
        });
        return new Distances(squared, lengths, nearest);
    }

    @Override
    public void addProducts(List<? extends Vectors> parts, int n, double[] gram, Runnable check) {
        List<Vectors> large = new ArrayList<>();
        for (Vectors part : parts) {
            if ((long) n * n * part.length() <= SMALL) {
                double[] vectors = new double[n * part.length()];
                IntStream.range(0, n).forEach(i -> part.copy(i, 0, part.length(), vectors, i * part.length()));
                addSmall(vectors, n, part.length(), gram);
            } else {
                large.add(part);
            }
        }
        if (!large.isEmpty()) {
            addLarge(large, n, gram, check);
        }
    }

    private static void addLarge(List<Vectors> parts, int n, double[] gram, Runnable check) {
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
                    check.run();
                    addStretch(part, from, Math.min(STRETCH, part.length() - from), n, sums, check);
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
            Vectors part, int from, int count, int n, INDArray[][] sums, Runnable check) {
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
                    check.run();
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

    /** Adds a tile and its mirror image, some columns at a time, so that both are written by whole cache lines. */
    private static void addTile(double[] tile, int row, int column, int rows, int columns, int n, double[] gram) {
        IntStream.range(0, (columns + LINE - 1) / LINE).parallel().forEach(block -> {
            int end = Math.min(columns, (block + 1) * LINE);
            for (int i = 0; i < rows; i++) {
                // On the diagonal tile what lies below is the mirror image already.
                int start = Math.max(block * LINE, row + i - column);
                for (int j = start; j < end; j++) {
                    gram[(row + i) * n + column + j] += tile[j * rows + i];
                }
            }
            for (int j = block * LINE; j < end; j++) {
                int stop = Math.min(rows, column + j - row);
                for (int i = 0, at = (column + j) * n + row; i < stop; i++, at++) {
                    gram[at] += tile[j * rows + i];
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
}

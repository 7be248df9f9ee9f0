package dev.assay.compute.cpu;

import dev.assay.compute.PairDistances;
import dev.assay.compute.RowTasks;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products over tiles of 4 vectors and 4 registers of others, those on and above the diagonal only. A stretch of
 * coordinates is laid out for both sides of the product, then every thread takes squares of the matrix, then comes the
 * next stretch. A product's sum runs over the coordinates in their order, whatever the place in the matrix and the number
 * of threads, so that equal vectors are at distance 0; the matrix itself becomes that of the distances.
 */
final class TiledPairDistances implements PairDistances {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 4;
    private static final int PANEL = 4 * LANES;

    /** Coordinates that are laid out at once. */
    private static final int STRETCH = 256;

    /** Side of a thread's square, a multiple of the panel; some milliseconds of work. */
    private static final int SQUARE = Math.max(128, PANEL);

    /** Numbers of a cache line. */
    private static final int LINE = 8;

    private final RowTasks tasks;

    TiledPairDistances(RowTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void addProducts(List<? extends Vectors> parts, int n, double[] gram, Runnable check) {
        double[] products = products(parts, n, check);
        squares(n, check, () -> (a, b) -> mirrored(a, b, n, (i, j, at, mirror) -> {
            gram[at] += products[at];
            if (i != j) {
                gram[mirror] += products[at];
            }
        }));
    }

    @Override
    public Distances distances(List<? extends Vectors> parts, int n, Runnable check) {
        double[] squared = products(parts, n, check);
        double[] lengths = new double[n];
        Arrays.setAll(lengths, i -> squared[i * n + i]);
        squares(n, check, () -> (a, b) -> mirrored(a, b, n, (i, j, at, mirror) -> {
            double d = i == j ? 0 : Math.max(0, lengths[i] + lengths[j] - 2 * squared[at]);
            squared[at] = d;
            squared[mirror] = d;
        }));
        int[] nearest = new int[n];
        tasks.run(n, (long) n * Double.BYTES, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (i % ROWS == 0) {
                    check.run();
                }
                nearest[i] = nearest(squared, n, i);
            }
        });
        return new Distances(squared, lengths, nearest);
    }

    private static int nearest(double[] squared, int n, int row) {
        double best = Double.POSITIVE_INFINITY;
        int nearest = -1;
        for (int j = 0, at = row * n; j < n; j++, at++) {
            if (squared[at] < best && j != row) {
                best = squared[at];
                nearest = j;
            }
        }
        return nearest;
    }

    /** What is done with a pair on or above the diagonal. */
    @FunctionalInterface
    private interface Pair {
        void at(int i, int j, int place, int mirror);
    }

    /** Every pair of a square, some columns at a time, so that both places are reached by whole cache lines. */
    private static void mirrored(int a, int b, int n, Pair pair) {
        int last = Math.min(n, b + SQUARE);
        for (int block = b; block < last; block += LINE) {
            int end = Math.min(last, block + LINE);
            for (int i = a; i < Math.min(Math.min(n, a + SQUARE), end); i++) {
                for (int j = Math.max(block, i); j < end; j++) {
                    pair.at(i, j, i * n + j, j * n + i);
                }
            }
        }
    }

    /** Work on a square of the matrix, by its first row and column. */
    @FunctionalInterface
    private interface Square {
        void at(int row, int column);
    }

    /** All squares on and above the diagonal. */
    private void squares(int n, Runnable check, Supplier<Square> work) {
        int side = Math.ceilDiv(n, SQUARE);
        tasks.each(side * (side + 1) / 2, () -> {
            Square square = work.get();
            return k -> {
                int row = 0;
                int left = k;
                for (; left >= side - row; row++) {
                    left -= side - row;
                }
                check.run();
                square.at(row * SQUARE, (row + left) * SQUARE);
            };
        });
    }

    /** {@code [n][n]}, right on and above the diagonal. */
    private double[] products(List<? extends Vectors> parts, int n, Runnable check) {
        double[] sums = new double[Math.multiplyExact(n, n)];
        int longest = parts.stream().mapToInt(Vectors::length).max().orElse(0);
        Stretch stretch = new Stretch(n, Math.min(STRETCH, longest));
        for (Vectors part : parts) {
            for (int from = 0; from < part.length(); from += STRETCH) {
                check.run();
                int first = from;
                int count = Math.min(STRETCH, part.length() - from);
                tasks.each(Math.ceilDiv(n, SQUARE), () -> stretch.layOut(part, first, count));
                squares(n, check, () -> {
                    double[] tile = new double[ROWS * PANEL];
                    return (a, b) -> stretch.multiply(a, b, count, tile, sums);
                });
            }
        }
        return sums;
    }

    /** A stretch of all vectors' coordinates, laid out for the left and for the right side. */
    private static final class Stretch {

        private final int n;
        private final int most;
        /** {@code [group of 4 vectors][coordinate][vector]}. */
        private final double[] left;
        /** {@code [panel][coordinate][vector]}. */
        private final double[] right;

        Stretch(int n, int most) {
            this.n = n;
            this.most = most;
            int padded = Math.multiplyExact(Math.ceilDiv(n, PANEL), PANEL);
            this.left = new double[Math.multiplyExact(padded, most)];
            this.right = new double[left.length];
        }

        IntConsumer layOut(Vectors part, int from, int count) {
            double[] rows = new double[PANEL * count];
            return square -> {
                int end = Math.min(n, (square + 1) * SQUARE);
                for (int first = square * SQUARE; first < end; first += PANEL) {
                    int there = Math.min(PANEL, n - first);
                    for (int v = 0; v < there; v++) {
                        part.copy(first + v, from, count, rows, v * count);
                    }
                    Arrays.fill(rows, there * count, rows.length, 0);
                    for (int c = 0; c < count; c++) {
                        for (int v = 0; v < PANEL; v++) {
                            double value = rows[v * count + c];
                            right[first * most + c * PANEL + v] = value;
                            left[(first + v) / ROWS * ROWS * most + c * ROWS + v % ROWS] = value;
                        }
                    }
                }
            };
        }

        /** Adds the products of a square. */
        void multiply(int row, int column, int count, double[] tile, double[] sums) {
            int rowEnd = Math.min(n, row + SQUARE);
            int columnEnd = Math.min(n, column + SQUARE);
            for (int p = column; p < columnEnd; p += PANEL) {
                int width = Math.min(PANEL, n - p);
                // What lies below the diagonal is the mirror image.
                for (int r = row; r < Math.min(rowEnd, p + width); r += ROWS) {
                    multiply(left, r * most, right, p * most, count, tile);
                    for (int i = 0; i < ROWS && r + i < n; i++) {
                        add(tile, i * PANEL, width, sums, (r + i) * n + p);
                    }
                }
            }
        }

        private static void add(double[] tile, int from, int width, double[] sums, int at) {
            int i = 0;
            for (; i + LANES <= width; i += LANES) {
                DoubleVector.fromArray(SPECIES, sums, at + i)
                        .add(DoubleVector.fromArray(SPECIES, tile, from + i))
                        .intoArray(sums, at + i);
            }
            for (; i < width; i++) {
                sums[at + i] += tile[from + i];
            }
        }

        private static void multiply(double[] left, int l, double[] right, int r, int count, double[] tile) {
            DoubleVector s00 = DoubleVector.zero(SPECIES);
            DoubleVector s01 = s00;
            DoubleVector s02 = s00;
            DoubleVector s03 = s00;
            DoubleVector s10 = s00;
            DoubleVector s11 = s00;
            DoubleVector s12 = s00;
            DoubleVector s13 = s00;
            DoubleVector s20 = s00;
            DoubleVector s21 = s00;
            DoubleVector s22 = s00;
            DoubleVector s23 = s00;
            DoubleVector s30 = s00;
            DoubleVector s31 = s00;
            DoubleVector s32 = s00;
            DoubleVector s33 = s00;
            int a = l;
            int b = r;
            for (int c = 0; c < count; c++) {
                DoubleVector b0 = DoubleVector.fromArray(SPECIES, right, b);
                DoubleVector b1 = DoubleVector.fromArray(SPECIES, right, b + LANES);
                DoubleVector b2 = DoubleVector.fromArray(SPECIES, right, b + 2 * LANES);
                DoubleVector b3 = DoubleVector.fromArray(SPECIES, right, b + 3 * LANES);
                DoubleVector v = DoubleVector.broadcast(SPECIES, left[a]);
                s00 = v.fma(b0, s00);
                s01 = v.fma(b1, s01);
                s02 = v.fma(b2, s02);
                s03 = v.fma(b3, s03);
                v = DoubleVector.broadcast(SPECIES, left[a + 1]);
                s10 = v.fma(b0, s10);
                s11 = v.fma(b1, s11);
                s12 = v.fma(b2, s12);
                s13 = v.fma(b3, s13);
                v = DoubleVector.broadcast(SPECIES, left[a + 2]);
                s20 = v.fma(b0, s20);
                s21 = v.fma(b1, s21);
                s22 = v.fma(b2, s22);
                s23 = v.fma(b3, s23);
                v = DoubleVector.broadcast(SPECIES, left[a + 3]);
                s30 = v.fma(b0, s30);
                s31 = v.fma(b1, s31);
                s32 = v.fma(b2, s32);
                s33 = v.fma(b3, s33);
                a += ROWS;
                b += PANEL;
            }
            s00.intoArray(tile, 0);
            s01.intoArray(tile, LANES);
            s02.intoArray(tile, 2 * LANES);
            s03.intoArray(tile, 3 * LANES);
            s10.intoArray(tile, 4 * LANES);
            s11.intoArray(tile, 5 * LANES);
            s12.intoArray(tile, 6 * LANES);
            s13.intoArray(tile, 7 * LANES);
            s20.intoArray(tile, 8 * LANES);
            s21.intoArray(tile, 9 * LANES);
            s22.intoArray(tile, 10 * LANES);
            s23.intoArray(tile, 11 * LANES);
            s30.intoArray(tile, 12 * LANES);
            s31.intoArray(tile, 13 * LANES);
            s32.intoArray(tile, 14 * LANES);
            s33.intoArray(tile, 15 * LANES);
        }
    }
}

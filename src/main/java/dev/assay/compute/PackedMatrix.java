package dev.assay.compute;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A constant float64 matrix laid out for products from the left: many rows of coefficients times one matrix, as bound
 * propagation needs them. Columns lie in panels of two vectors, so that a panel streams from the cache. Rows of the left
 * factor are taken in blocks of four, and indices at which all four are zero are skipped. Immutable, safe for several
 * threads; the result of a row depends on nothing but the row, so splitting rows over threads changes no bit.
 */
public final class PackedMatrix {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = 2 * LANES;
    private static final int BLOCK = 4;

    private final int rows;
    private final int columns;
    private final double[] packed;

    private PackedMatrix(int rows, int columns, double[] packed) {
        this.rows = rows;
        this.columns = columns;
        this.packed = packed;
    }

    /**
     * Packs a matrix.
     *
     * @param values row-major, {@code rows * columns}
     */
    public static PackedMatrix of(double[] values, int rows, int columns) {
        return pack(rows, columns, (r, c) -> values[r * columns + c]);
    }

    /**
     * Packs the transpose of a matrix.
     *
     * @param values row-major, {@code rows * columns}
     */
    public static PackedMatrix transposed(double[] values, int rows, int columns) {
        return pack(columns, rows, (r, c) -> values[c * columns + r]);
    }

    private interface Element {
        double at(int row, int column);
    }

    private static PackedMatrix pack(int rows, int columns, Element element) {
        int panels = (columns + PANEL - 1) / PANEL;
        double[] packed = new double[Math.multiplyExact(Math.multiplyExact(panels, rows), PANEL)];
        for (int p = 0; p < panels; p++) {
            int width = Math.min(PANEL, columns - p * PANEL);
            for (int r = 0; r < rows; r++) {
                int at = (p * rows + r) * PANEL;
                for (int c = 0; c < width; c++) {
                    packed[at + c] = element.at(r, p * PANEL + c);
                }
            }
        }
        return new PackedMatrix(rows, columns, packed);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /**
     * Adds {@code a * this} to {@code c}.
     *
     * @param a row-major {@code count x rows()}, densely packed
     * @param count rows of a and c, at least 0
     * @param c row-major {@code count x columns()}, densely packed
     */
    public void multiplyAdd(double[] a, int count, double[] c) {
        int blocks = (count + BLOCK - 1) / BLOCK;
        int[][] indices = new int[blocks][];
        double[][] factors = new double[blocks][];
        for (int b = 0; b < blocks; b++) {
            compress(a, b * BLOCK, Math.min(BLOCK, count - b * BLOCK), b, indices, factors);
        }
        double[] edge = new double[BLOCK * PANEL];
        for (int p = 0; p * PANEL < columns; p++) {
            boolean whole = (p + 1) * PANEL <= columns;
            for (int b = 0; b < blocks; b++) {
                int height = Math.min(BLOCK, count - b * BLOCK);
                if (indices[b].length == 0) {
                    continue;
                }
                if (whole && height == BLOCK) {
                    block(indices[b], factors[b], p * rows * PANEL, c, b * BLOCK * columns + p * PANEL, columns);
                } else {
                    Arrays.fill(edge, 0);
                    block(indices[b], factors[b], p * rows * PANEL, edge, 0, PANEL);
                    int width = Math.min(PANEL, columns - p * PANEL);
                    for (int i = 0; i < height; i++) {
                        int at = (b * BLOCK + i) * columns + p * PANEL;
                        for (int j = 0; j < width; j++) {
                            c[at + j] += edge[i * PANEL + j];
                        }
                    }
                }
            }
        }
    }

    private void compress(double[] a, int from, int height, int b, int[][] indices, double[][] factors) {
        int[] index = new int[rows];
        double[] factor = new double[rows * BLOCK];
        int n = 0;
        for (int k = 0; k < rows; k++) {
            boolean any = false;
            for (int i = 0; i < height; i++) {
                double v = a[(from + i) * rows + k];
                factor[n * BLOCK + i] = v;
                any |= v != 0;
            }
            if (any) {
                index[n++] = k;
            }
        }
        indices[b] = n == rows ? index : Arrays.copyOf(index, n);
        factors[b] = factor;
    }

    private void block(int[] index, double[] factor, int panel, double[] c, int at, int stride) {
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = c00;
        DoubleVector c10 = c00;
        DoubleVector c11 = c00;
        DoubleVector c20 = c00;
        DoubleVector c21 = c00;
        DoubleVector c30 = c00;
        DoubleVector c31 = c00;
        for (int n = 0; n < index.length; n++) {
            int row = panel + index[n] * PANEL;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, packed, row);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, packed, row + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, factor[n * BLOCK]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, factor[n * BLOCK + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, factor[n * BLOCK + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, factor[n * BLOCK + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
        }
        add(c00, c01, c, at);
        add(c10, c11, c, at + stride);
        add(c20, c21, c, at + 2 * stride);
        add(c30, c31, c, at + 3 * stride);
    }

    private static void add(DoubleVector low, DoubleVector high, double[] c, int at) {
        DoubleVector.fromArray(SPECIES, c, at).add(low).intoArray(c, at);
        DoubleVector.fromArray(SPECIES, c, at + LANES).add(high).intoArray(c, at + LANES);
    }
}

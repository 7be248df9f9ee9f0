package dev.assay.analyses.complexity;

import java.util.Arrays;

/**
 * A tensor with two axes of features, as feature merging sees it: {@code [rows][columns][span]}. A linear weight is
 * {@code [out][in][1]}, a convolution {@code [out][in][kernel positions]}, a linear weight behind a flatten {@code
 * [out][channel][positions]}. A tensor that reads a concatenation is cut into one such part for each of its groups.
 *
 * @param name the stored tensor's name
 * @param rows features it produces
 * @param columns features it reads
 * @param span values per pair
 * @param values row-major
 * @param rowGroup index of the group that its rows belong to, or -1 when they are frozen
 * @param columnGroup index of the group that its columns belong to, or -1
 */
record WeightTensor(String name, int rows, int columns, int span, double[] values, int rowGroup, int columnGroup) {

    /** Checks the size. */
    WeightTensor {
        if (values.length != (long) rows * columns * span) {
            throw new IllegalArgumentException(
                    name + ": " + values.length + " values for " + rows + "x" + columns + "x" + span);
        }
    }

    /** Incoming vectors: {@code rows x (columns * span)}; the tensor's own array. */
    double[] incoming() {
        return values;
    }

    /** Outgoing vectors: {@code columns x (rows * span)}; a rearranged copy. */
    double[] outgoing() {
        double[] out = new double[values.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                System.arraycopy(values, (r * columns + c) * span, out, (c * rows + r) * span, span);
            }
        }
        return out;
    }

    /** The slice of one row: {@code columns x span}. */
    double[] row(int row) {
        int length = columns * span;
        return Arrays.copyOfRange(values, row * length, (row + 1) * length);
    }

    /** The slice of one column: {@code rows x span}. */
    double[] column(int column) {
        double[] slice = new double[rows * span];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(values, (r * columns + column) * span, slice, r * span, span);
        }
        return slice;
    }

    /** Index of the first non-finite value, or -1. */
    int firstNonFinite() {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightTensor t
                && name.equals(t.name)
                && rowGroup == t.rowGroup
                && columnGroup == t.columnGroup
                && Arrays.equals(values, t.values);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(values);
    }
}

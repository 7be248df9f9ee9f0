package dev.assay.analyses.complexity;

import java.util.Arrays;

/**
 * A stored tensor, or a part of one, with two axes of features: {@code [rows][columns][span]} as {@link WeightTensor}, but
 * read where it lies instead of copied, so that a large network is in memory once.
 *
 * @param name the stored tensor's name
 * @param rows features it produces
 * @param columns features it reads
 * @param span values per pair
 * @param rowGroup index of the group that its rows belong to, or -1 when they are frozen
 * @param columnGroup index of the group that its columns belong to, or -1
 * @param values the whole stored tensor, not to be changed
 * @param layout where its values lie
 */
record StoredWeight(
        String name, int rows, int columns, int span, int rowGroup, int columnGroup, float[] values, Layout layout) {

    /**
     * Where values lie: {@code base + r row + c column + s position + k} for value {@code s kernel + k} of a span.
     *
     * @param kernel values that lie side by side
     */
    record Layout(int base, int row, int column, int position, int kernel) {}

    /** Values of one row's slice. */
    int rowLength() {
        return columns * span;
    }

    /** Values of one column's slice. */
    int columnLength() {
        return rows * span;
    }

    /** One value. */
    double value(int row, int column, int at) {
        return values[layout.base() + row * layout.row() + column * layout.column()
                + at / layout.kernel() * layout.position()
                + at % layout.kernel()];
    }

    /**
     * Copies a stretch of the incoming vector of a row.
     *
     * @param from first value of {@link #rowLength()}
     */
    void row(int row, int from, int count, double[] to, int at) {
        copy(layout.base() + row * layout.row(), layout.column(), from, count, to, at);
    }

    /** Copies a stretch of the outgoing vector of a column, of {@link #columnLength()} values. */
    void column(int column, int from, int count, double[] to, int at) {
        copy(layout.base() + column * layout.column(), layout.row(), from, count, to, at);
    }

    private void copy(int base, int step, int from, int count, double[] to, int at) {
        int kernel = layout.kernel();
        int start = base + from / span * step;
        int inside = from % span;
        int position = inside / kernel;
        int k = inside % kernel;
        for (int t = at; t < at + count; t++) {
            to[t] = values[start + position * layout.position() + k];
            if (++k == kernel) {
                k = 0;
                if (++position * kernel == span) {
                    position = 0;
                    start += step;
                }
            }
        }
    }

    /** The slice of one row: {@code columns x span}. */
    double[] row(int row) {
        double[] slice = new double[rowLength()];
        row(row, 0, slice.length, slice, 0);
        return slice;
    }

    /** The slice of one column: {@code rows x span}. */
    double[] column(int column) {
        double[] slice = new double[columnLength()];
        column(column, 0, slice.length, slice, 0);
        return slice;
    }

    /** A copy that can be changed. */
    WeightTensor copy() {
        double[] all = new double[Math.multiplyExact(rows, rowLength())];
        for (int r = 0; r < rows; r++) {
            row(r, 0, rowLength(), all, r * rowLength());
        }
        return new WeightTensor(name, rows, columns, span, all, rowGroup, columnGroup);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredWeight w
                && name.equals(w.name)
                && layout.equals(w.layout)
                && rowGroup == w.rowGroup
                && columnGroup == w.columnGroup
                && Arrays.equals(values, w.values);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}

package dev.assay.analyses.nap.verify.net;

import dev.assay.compute.PackedMatrix;
import java.util.Arrays;

/**
 * A constant linear map in float64, dense or in compressed rows. Immutable, safe for several threads. Batches are
 * row-major arrays, one vector to a row.
 */
public final class Linear {

    /** Share of nonzero elements above which a matrix is kept dense. */
    private static final double DENSE = 0.25;

    private final int rows;
    private final int columns;
    private final double[] dense;
    private final int[] start;
    private final int[] index;
    private final double[] value;
    private PackedMatrix right;
    private PackedMatrix left;
    private Linear absolute;

    private Linear(int rows, int columns, double[] dense, int[] start, int[] index, double[] value) {
        this.rows = rows;
        this.columns = columns;
        this.dense = dense;
        this.start = start;
        this.index = index;
        this.value = value;
    }

    /** The identity of that size. */
    public static Linear identity(int n) {
        int[] start = new int[n + 1];
        Arrays.setAll(start, i -> i);
        int[] index = Arrays.copyOf(start, n);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return new Linear(n, n, null, start, index, ones);
    }

    /**
     * A matrix given by all its elements.
     *
     * @param values row-major; not copied, must not be changed afterwards
     */
    public static Linear dense(int rows, int columns, double[] values) {
        long nonzero = Arrays.stream(values).filter(v -> v != 0).count();
        if (nonzero > DENSE * values.length || values.length <= 64) {
            return new Linear(rows, columns, values, null, null, null);
        }
        Rows sparse = new Rows(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                if (values[r * columns + c] != 0) {
                    sparse.add(c, values[r * columns + c]);
                }
            }
            sparse.endRow();
        }
        return sparse.sparse();
    }

    /** Collects compressed rows. */
    public static final class Rows {

        private final int rows;
        private final int columns;
        private final int[] start;
        private int[] index = new int[64];
        private double[] value = new double[64];
        private int row;
        private int size;

        /** An empty matrix of that size. */
        public Rows(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            this.start = new int[rows + 1];
        }

        /** Adds an element to the row at hand; a column may come more than once, the values then add up. */
        public void add(int column, double v) {
            if (size == index.length) {
                index = Arrays.copyOf(index, size * 2);
                value = Arrays.copyOf(value, size * 2);
            }
            index[size] = column;
            value[size++] = v;
        }

        /** Goes on to the next row. */
        public void endRow() {
            start[++row] = size;
        }

        /** The matrix; dense when it is not sparse enough. */
        public Linear build() {
            if (size > DENSE * rows * (double) columns) {
                double[] all = new double[Math.multiplyExact(rows, columns)];
                for (int r = 0; r < rows; r++) {
                    for (int i = start[r]; i < start[r + 1]; i++) {
                        all[r * columns + index[i]] += value[i];
                    }
                }
                return new Linear(rows, columns, all, null, null, null);
            }
            return sparse();
        }

        private Linear sparse() {
            return new Linear(rows, columns, null, start, Arrays.copyOf(index, size), Arrays.copyOf(value, size));
        }
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** Whether it maps every vector to itself. */
    public boolean isIdentity() {
        if (dense != null || rows != columns || index.length != rows) {
            return false;
        }
        for (int r = 0; r < rows; r++) {
            if (start[r] != r || index[r] != r || value[r] != 1) {
                return false;
            }
        }
        return true;
    }

    /** Receives the elements of a row. */
    public interface Elements {
        /** One element; a column may come more than once. */
        void at(int column, double v);
    }

    /** Goes through the nonzero elements of a row. */
    public void row(int r, Elements elements) {
        if (dense == null) {
            for (int i = start[r]; i < start[r + 1]; i++) {
                elements.at(index[i], value[i]);
            }
            return;
        }
        for (int c = 0; c < columns; c++) {
            if (dense[r * columns + c] != 0) {
                elements.at(c, dense[r * columns + c]);
            }
        }
    }

    /** Greatest number of terms that enter an element of a product, for bounds on rounding. */
    public int depth() {
        return Math.max(rows, columns);
    }

    /** Adds this times x to out for each of {@code count} vectors: x of {@code columns()}, out of {@code rows()}. */
    public void forward(double[] x, int count, double[] out) {
        if (dense != null) {
            left().multiplyAdd(x, count, out);
            return;
        }
        for (int n = 0; n < count; n++) {
            for (int r = 0; r < rows; r++) {
                double sum = 0;
                for (int i = start[r]; i < start[r + 1]; i++) {
                    sum += value[i] * x[n * columns + index[i]];
                }
                out[n * rows + r] += sum;
            }
        }
    }

    /** Adds y times this to out for each of {@code count} vectors: y of {@code rows()}, out of {@code columns()}. */
    public void backward(double[] y, int count, double[] out) {
        if (dense != null) {
            right().multiplyAdd(y, count, out);
            return;
        }
        for (int n = 0; n < count; n++) {
            for (int r = 0; r < rows; r++) {
                double f = y[n * rows + r];
                if (f != 0) {
                    for (int i = start[r]; i < start[r + 1]; i++) {
                        out[n * columns + index[i]] += f * value[i];
                    }
                }
            }
        }
    }

    /** The same map with the absolute values of its elements. */
    public synchronized Linear absolute() {
        if (absolute == null) {
            absolute = dense != null
                    ? new Linear(rows, columns, Arrays.stream(dense).map(Math::abs).toArray(), null, null, null)
                    : new Linear(rows, columns, null, start, index,
                            Arrays.stream(value).map(Math::abs).toArray());
        }
        return absolute;
    }

    private synchronized PackedMatrix right() {
        if (right == null) {
            right = PackedMatrix.of(dense, rows, columns);
        }
        return right;
    }

    private synchronized PackedMatrix left() {
        if (left == null) {
            left = PackedMatrix.transposed(dense, rows, columns);
        }
        return left;
    }

    /** This after another: {@code this * first}. */
    Linear after(Linear first) {
        if (first.isIdentity()) {
            return this;
        }
        if (isIdentity()) {
            return first;
        }
        Rows product = new Rows(rows, first.columns);
        double[] sum = new double[first.columns];
        boolean[] seen = new boolean[first.columns];
        int[] touched = new int[first.columns];
        int[] count = new int[1];
        for (int r = 0; r < rows; r++) {
            count[0] = 0;
            row(r, (k, v) -> first.row(k, (c, w) -> {
                if (!seen[c]) {
                    seen[c] = true;
                    touched[count[0]++] = c;
                }
                sum[c] += v * w;
            }));
            for (int i = 0; i < count[0]; i++) {
                int c = touched[i];
                product.add(c, sum[c]);
                sum[c] = 0;
                seen[c] = false;
            }
            product.endRow();
        }
        return product.build();
    }

    /** The sum of two maps of the same size. */
    Linear plus(Linear other) {
        Rows sum = new Rows(rows, columns);
        for (int r = 0; r < rows; r++) {
            row(r, sum::add);
            other.row(r, sum::add);
            sum.endRow();
        }
        return sum.build();
    }
}

package dev.assay.analysis.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table: typed columns, rows in the order in which they were found. The cells are held column by column in primitive
 * arrays, so a million rows are tens of megabytes.
 */
public final class Table implements Result {

    private final String id;
    private final String title;
    private final List<Column> columns;
    private final int rowCount;
    private final Object[] cells;

    private Table(String id, String title, List<Column> columns, int rowCount, Object[] cells) {
        this.id = id;
        this.title = title;
        this.columns = columns;
        this.rowCount = rowCount;
        this.cells = cells;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    /** The columns. */
    public List<Column> columns() {
        return columns;
    }

    /** Number of rows. */
    public int rowCount() {
        return rowCount;
    }

    /** Index of the column of that name, or -1. */
    public int columnIndex(String name) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).name().equals(name)) {
                return c;
            }
        }
        return -1;
    }

    /**
     * The value of a cell.
     *
     * @return String, Long, Double or Boolean as the column's type says; null for absent
     */
    public Object value(int row, int column) {
        if (row < 0 || row >= rowCount) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rowCount);
        }
        return switch (columns.get(column).type()) {
            case TEXT -> ((String[]) cells[column])[row];
            case BOOLEAN -> ((Boolean[]) cells[column])[row];
            case INTEGER -> {
                long v = ((long[]) cells[column])[row];
                yield v == Long.MIN_VALUE ? null : (Object) v;
            }
            case REAL -> {
                double v = ((double[]) cells[column])[row];
                yield Double.isNaN(v) ? null : (Object) v;
            }
        };
    }

    /** The value of a cell as a number; NaN for absent and for text. */
    public double number(int row, int column) {
        return value(row, column) instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    /** A row's references: one for every column that refers to something and has a value in this row. */
    public List<Ref> refs(int row) {
        List<Ref> refs = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            RefKind kind = columns.get(c).ref();
            Object value = kind == null ? null : value(row, c);
            if (value != null) {
                refs.add(kind.at(value));
            }
        }
        return refs;
    }

    /** Collects rows. Safe to fill on one thread and snapshot on others. */
    public static final class Builder {

        private static final int FIRST_CAPACITY = 16;

        private final String id;
        private final String title;
        private final List<Column> columns;
        private final Object[] cells;
        private final Map<String, String> interned = new HashMap<>();
        private int rowCount;
        private int capacity = FIRST_CAPACITY;

        /** An empty table. */
        public Builder(String id, String title, List<Column> columns) {
            this.id = id;
            this.title = title;
            this.columns = List.copyOf(columns);
            this.cells = new Object[columns.size()];
            for (int c = 0; c < cells.length; c++) {
                cells[c] = switch (columns.get(c).type()) {
                    case TEXT -> new String[capacity];
                    case INTEGER -> new long[capacity];
                    case REAL -> new double[capacity];
                    case BOOLEAN -> new Boolean[capacity];
                };
            }
        }

        /**
         * Appends a row.
         *
         * @throws IllegalArgumentException when the number or a type of the cells is not that of the columns
         */
        public synchronized Builder add(Object... row) {
            if (row.length != columns.size()) {
                throw new IllegalArgumentException(
                        id + ": " + row.length + " cells for " + columns.size() + " columns");
            }
            if (rowCount == capacity) {
                grow();
            }
            for (int c = 0; c < row.length; c++) {
                set(c, row[c]);
            }
            rowCount++;
            return this;
        }

        private void grow() {
            capacity = Math.addExact(capacity, capacity >> 1);
            for (int c = 0; c < cells.length; c++) {
                cells[c] = switch (cells[c]) {
                    case String[] a -> Arrays.copyOf(a, capacity);
                    case long[] a -> Arrays.copyOf(a, capacity);
                    case double[] a -> Arrays.copyOf(a, capacity);
                    case Boolean[] a -> Arrays.copyOf(a, capacity);
                    default -> throw new IllegalStateException();
                };
            }
        }

        private void set(int c, Object value) {
            switch (columns.get(c).type()) {
                case TEXT -> {
                    String text = (String) value;
                    // Few distinct texts recur in many rows (class names); sharing them keeps big tables small.
                    if (text != null && text.length() <= 32 && interned.size() < 4096) {
                        String known = interned.putIfAbsent(text, text);
                        text = known == null ? text : known;
                    }
                    ((String[]) cells[c])[rowCount] = text;
                }
                case BOOLEAN -> ((Boolean[]) cells[c])[rowCount] = (Boolean) value;
                case INTEGER -> ((long[]) cells[c])[rowCount] =
                        value == null ? Long.MIN_VALUE : integer(c, value);
                case REAL -> ((double[]) cells[c])[rowCount] = value == null ? Double.NaN : real(c, value);
            }
        }

        private long integer(int c, Object value) {
            if (value instanceof Long || value instanceof Integer) {
                return ((Number) value).longValue();
            }
            throw new IllegalArgumentException(id + "." + columns.get(c).name() + " takes an integer, not " + value);
        }

        private double real(int c, Object value) {
            if (value instanceof Number n) {
                return n.doubleValue();
            }
            throw new IllegalArgumentException(id + "." + columns.get(c).name() + " takes a number, not " + value);
        }

        /**
         * The table as it stands. Cheap: the arrays are shared, because rows that are there never change and growing
         * makes new arrays.
         */
        public synchronized Table snapshot() {
            return new Table(id, title, columns, rowCount, cells.clone());
        }
    }
}

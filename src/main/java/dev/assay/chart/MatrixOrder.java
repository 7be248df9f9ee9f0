package dev.assay.chart;

import dev.assay.analysis.result.Heatmap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * In which order the rows and columns of a matrix stand. Rows stay within their group.
 *
 * @param rows order of the rows
 * @param columns order of the columns
 */
public record MatrixOrder(By rows, By columns) {

    /** As the result gives them. */
    public static final MatrixOrder GIVEN = new MatrixOrder(By.GIVEN, By.GIVEN);

    /**
     * What rows or columns are ordered by.
     *
     * @param kind which way
     * @param line name of the column that rows are ordered by, or of the row for columns; null else
     */
    public record By(Kind kind, String line) {

        /** As given. */
        public static final By GIVEN = new By(Kind.GIVEN, null);

        /** By their mean, highest first. */
        public static final By MEAN = new By(Kind.MEAN, null);

        /** By their value in one line, highest first. */
        public static By line(String name) {
            return new By(Kind.LINE, name);
        }
    }

    /** A way to order. */
    public enum Kind {
        /** As the result gives them. */
        GIVEN,
        /** By their mean, highest first. */
        MEAN,
        /** By their value in one line, highest first. */
        LINE
    }

    /** With other rows. */
    public MatrixOrder withRows(By by) {
        return new MatrixOrder(by, columns);
    }

    /** With other columns. */
    public MatrixOrder withColumns(By by) {
        return new MatrixOrder(rows, by);
    }

    /** The matrix in this order. Absent values come last. */
    public Heatmap of(Heatmap map) {
        if (rows.kind == Kind.GIVEN && columns.kind == Kind.GIVEN) {
            return map;
        }
        int[] rowOrder = rows(map);
        int[] columnOrder = columns(map);
        double[][] values = new double[rowOrder.length][columnOrder.length];
        for (int r = 0; r < rowOrder.length; r++) {
            for (int c = 0; c < columnOrder.length; c++) {
                values[r][c] = map.values()[rowOrder[r]][columnOrder[c]];
            }
        }
        return new Heatmap(
                map.id(), map.title(), names(map.rows(), rowOrder), names(map.columns(), columnOrder), values,
                map.rowTitle(), map.columnTitle(), map.rowRef(), map.columnRef(), map.palette(), map.groups(),
                map.value(), map.levels());
    }

    private int[] rows(Heatmap map) {
        int column = rows.kind == Kind.LINE ? map.columns().indexOf(rows.line) : -1;
        double[] keys = new double[map.rows().size()];
        Arrays.setAll(keys, r -> column >= 0 ? map.values()[r][column] : mean(map.values()[r]));
        int[] order = identity(keys.length);
        if (rows.kind == Kind.GIVEN || rows.kind == Kind.LINE && column < 0) {
            return order;
        }
        int start = 0;
        for (Heatmap.Group group : map.groups()) {
            int end = Math.min(keys.length, start + group.size());
            sort(order, start, end, keys);
            start = end;
        }
        sort(order, start, keys.length, keys);
        return order;
    }

    private int[] columns(Heatmap map) {
        int row = columns.kind == Kind.LINE ? map.rows().indexOf(columns.line) : -1;
        double[] keys = new double[map.columns().size()];
        Arrays.setAll(keys, c -> row >= 0 ? map.values()[row][c] : meanOfColumn(map, c));
        int[] order = identity(keys.length);
        if (columns.kind != Kind.GIVEN && (columns.kind == Kind.MEAN || row >= 0)) {
            sort(order, 0, keys.length, keys);
        }
        return order;
    }

    private static int[] identity(int count) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private static void sort(int[] order, int from, int to, double[] keys) {
        List<Integer> part = new ArrayList<>();
        for (int i = from; i < to; i++) {
            part.add(order[i]);
        }
        part.sort(Comparator.comparing((Integer i) -> Double.isNaN(keys[i]))
                .thenComparingDouble(i -> 0.0 - keys[i])
                .thenComparing(Comparator.naturalOrder()));
        for (int i = from; i < to; i++) {
            order[i] = part.get(i - from);
        }
    }

    private static double meanOfColumn(Heatmap map, int column) {
        double[] values = new double[map.rows().size()];
        Arrays.setAll(values, r -> map.values()[r][column]);
        return mean(values);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    }

    private static List<String> names(List<String> names, int[] order) {
        return Arrays.stream(order).mapToObj(names::get).toList();
    }
}

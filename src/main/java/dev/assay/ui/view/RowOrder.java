package dev.assay.ui.view;

import dev.assay.analysis.result.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which rows of a table are shown, and in which order. Computed off the window's thread. */
public final class RowOrder {

    /**
     * A column to sort by.
     *
     * @param column its index
     * @param descending greatest first
     */
    public record Key(int column, boolean descending) {}

    private RowOrder() {}

    /**
     * The rows that pass the filter, sorted by the first key, ties by the next; stable otherwise. Absent values come
     * last in either direction. Texts are compared with their numbers as numbers ({@code 2:9} before {@code 2:10}).
     */
    public static int[] of(Table table, RowFilter filter, List<Key> keys) {
        IntStream rows = IntStream.range(0, table.rowCount());
        if (!filter.isEmpty()) {
            IntPredicate passes = filter.on(table);
            rows = rows.filter(passes);
        }
        if (keys.isEmpty()) {
            return rows.toArray();
        }
        Integer[] order = rows.boxed().toArray(Integer[]::new);
        Comparator<Integer> comparator = comparator(table, keys.getFirst());
        for (Key key : keys.subList(1, keys.size())) {
            comparator = comparator.thenComparing(comparator(table, key));
        }
        Arrays.sort(order, comparator);
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private static Comparator<Integer> comparator(Table table, Key key) {
        int c = key.column();
        Comparator<Object> values = switch (table.columns().get(c).type()) {
            case TEXT -> (a, b) -> NaturalOrder.compare((String) a, (String) b);
            case INTEGER -> (a, b) -> Long.compare((Long) a, (Long) b);
            case REAL -> (a, b) -> Double.compare((Double) a, (Double) b);
            case BOOLEAN -> (a, b) -> Boolean.compare((Boolean) a, (Boolean) b);
        };
        Comparator<Object> absentLast = Comparator.nullsLast(key.descending() ? values.reversed() : values);
        return (a, b) -> absentLast.compare(table.value(a, c), table.value(b, c));
    }
}

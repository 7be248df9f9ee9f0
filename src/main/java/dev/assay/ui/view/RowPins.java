package dev.assay.ui.view;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.report.RowKeys;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows that stay on top whatever the order and the filter. They are known by what names them, so that they stay pinned
 * while a live table grows; where rows that came later have the same name, the first one is meant. Used on the JavaFX
 * thread but for {@link Placed#order}.
 */
final class RowPins {

    private final Set<List<Object>> pinned = new LinkedHashSet<>();
    private List<String> names = List.of();
    private List<Column> columns = List.of();
    private Set<Integer> rows = Set.of();

    /**
     * Rows in their order.
     *
     * @param pinned those that are pinned, which come first
     */
    record Order(int[] rows, Set<Integer> pinned) {}

    /** The pins as they stand, for work in the background. */
    record Placed(List<String> names, Set<List<Object>> pinned) {

        /** The rows that a filter lets through, sorted, with the pinned ones first. */
        Order order(Table table, RowFilter wanted, List<RowOrder.Key> keys) {
            int[] order = RowOrder.of(table, wanted, keys);
            return pinned.isEmpty()
                    ? new Order(order, Set.of())
                    : onTop(table, order, RowOrder.of(table, RowFilter.all(), keys));
        }

        /** The order with the pinned rows first, in the order in which they would be without a filter. */
        private Order onTop(Table table, int[] order, int[] unfiltered) {
            Map<List<Object>, Integer> first = new HashMap<>();
            for (int row = 0; row < table.rowCount(); row++) {
                List<Object> key = RowKeys.key(table, row, names);
                if (pinned.contains(key)) {
                    first.putIfAbsent(key, row);
                }
            }
            Set<Integer> top = Set.copyOf(first.values());
            int[] placed = new int[top.size() + order.length];
            int at = 0;
            for (int row : unfiltered) {
                if (top.contains(row)) {
                    placed[at++] = row;
                }
            }
            for (int row : order) {
                if (!top.contains(row)) {
                    placed[at++] = row;
                }
            }
            return new Order(Arrays.copyOf(placed, at), top);
        }
    }

    boolean isEmpty() {
        return pinned.isEmpty();
    }

    /** Forgets pins of a table with other columns. */
    void show(Table table) {
        if (!table.columns().equals(columns)) {
            columns = table.columns();
            clear();
        }
    }

    /** Takes up which rows are pinned in the order that is shown from now on; whether they are others than before. */
    boolean found(Set<Integer> now) {
        boolean changed = !now.equals(rows);
        rows = now;
        return changed;
    }

    boolean isPinned(int row) {
        return rows.contains(row);
    }

    /**
     * Pins these rows, or takes the pins off when all of them have one.
     *
     * @param found the columns that name a row now, as {@link RowKeys#of(List)} finds them
     */
    void toggle(Table table, List<Integer> chosen, List<String> found) {
        if (!found.equals(names)) {
            // What named the rows may not tell them apart any more.
            names = found;
            pinned.clear();
            rows.stream().filter(r -> r < table.rowCount()).map(r -> RowKeys.key(table, r, found)).forEach(pinned::add);
        }
        List<List<Object>> keys = chosen.stream().map(r -> RowKeys.key(table, r, names)).toList();
        if (pinned.containsAll(keys)) {
            keys.forEach(pinned::remove);
        } else {
            pinned.addAll(keys);
        }
    }

    void clear() {
        pinned.clear();
    }

    Placed placed() {
        return new Placed(names, Set.copyOf(pinned));
    }
}

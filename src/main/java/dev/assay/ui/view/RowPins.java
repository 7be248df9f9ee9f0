package dev.assay.ui.view;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.report.RowKeys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows that stay on top whatever the order and the filter. They are known by what names them, so that they stay pinned
 * while a live table grows. Used on the JavaFX thread but for {@link Placed#onTop}.
 */
final class RowPins {

    private final Set<List<Object>> pinned = new LinkedHashSet<>();
    private List<String> names = List.of();
    private List<Column> columns = List.of();

    /** The pins as they stand, for work in the background. */
    record Placed(List<String> names, Set<List<Object>> pinned) {

        /** The order with the pinned rows first, in the order in which they would be without a filter. */
        int[] onTop(Table table, int[] order, int[] unfiltered) {
            List<Integer> top = new ArrayList<>();
            for (int row : unfiltered) {
                if (pinned.contains(RowKeys.key(table, row, names))) {
                    top.add(row);
                }
            }
            Set<Integer> already = Set.copyOf(top);
            int[] placed = new int[top.size() + order.length];
            int at = 0;
            for (int row : top) {
                placed[at++] = row;
            }
            for (int row : order) {
                if (!already.contains(row)) {
                    placed[at++] = row;
                }
            }
            return java.util.Arrays.copyOf(placed, at);
        }
    }

    boolean isEmpty() {
        return pinned.isEmpty();
    }

    /** Forgets pins of a table with other columns. */
    void show(Table table) {
        if (!table.columns().equals(columns)) {
            columns = table.columns();
            pinned.clear();
        }
    }

    boolean isPinned(Table table, int row) {
        return !pinned.isEmpty() && row < table.rowCount() && pinned.contains(RowKeys.key(table, row, names));
    }

    /**
     * Pins these rows, or takes the pins off when all of them have one.
     *
     * @param found the columns that name a row, as {@link RowKeys#of(List)} finds them; while rows are pinned those that
     *     named them stay
     */
    void toggle(Table table, List<Integer> rows, List<String> found) {
        if (pinned.isEmpty()) {
            names = found;
        }
        List<List<Object>> keys = rows.stream().map(r -> RowKeys.key(table, r, names)).toList();
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

package dev.assay.ui.view;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.report.RowKeys;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table with the place of each row in it and in the same table of another run: both ranked by one column, rows with
 * equal values in the same place. Rows are known again by their names, not by their order. Computed off the window's
 * thread.
 */
public final class RankChange {

    private RankChange() {}

    /**
     * Adds three columns: place, place in the other run, and how many places the row has climbed.
     *
     * @param now the table
     * @param other the same table of another run
     * @param key the column that ranks, of {@code now}; a table without it in the other run gives no places there
     * @return the table with further columns; its rows are in the same order
     */
    public static Table of(Table now, Table other, RowOrder.Key key) {
        Column ranked = now.columns().get(key.column());
        int theirs = other.columnIndex(ranked.name());
        List<String> names = RowKeys.of(List.of(now, other));
        long[] places = places(now, key);
        Map<List<Object>, Long> before = new HashMap<>();
        // Rows that nothing names cannot be known again; their numbers are no names.
        if (!names.isEmpty() && theirs >= 0 && other.columns().get(theirs).type() == ranked.type()) {
            long[] otherPlaces = places(other, new RowOrder.Key(theirs, key.descending()));
            for (int row = 0; row < other.rowCount(); row++) {
                before.put(RowKeys.key(other, row, names), otherPlaces[row]);
            }
        }
        List<Column> columns = new ArrayList<>(now.columns());
        columns.add(Column.integer("rank", Texts.of("rank.place", ranked.label())));
        columns.add(Column.integer("rank_before", Texts.of("rank.before")));
        columns.add(Column.integer("rank_climbed", Texts.of("rank.climbed")));
        Table.Builder table = new Table.Builder(now.id(), now.title(), columns);
        int width = now.columns().size();
        for (int row = 0; row < now.rowCount(); row++) {
            Object[] cells = new Object[width + 3];
            for (int c = 0; c < width; c++) {
                cells[c] = now.value(row, c);
            }
            Long place = places[row] == 0 ? null : (Long) places[row];
            Long was = before.get(RowKeys.key(now, row, names));
            was = was == null || was == 0 ? null : was;
            cells[width] = place;
            cells[width + 1] = was;
            cells[width + 2] = place == null || was == null ? null : (Object) (was - place);
            table.add(cells);
        }
        return table.snapshot();
    }

    /** The column that ranks: the first one sorted by, else the first of real numbers, greatest first. */
    static RowOrder.Key key(Table table, List<RowOrder.Key> sortedBy) {
        return sortedBy.stream()
                .filter(k -> k.column() < table.columns().size())
                .findFirst()
                .orElseGet(() -> {
                    for (int c = 0; c < table.columns().size(); c++) {
                        if (table.columns().get(c).type() == Column.Type.REAL) {
                            return new RowOrder.Key(c, true);
                        }
                    }
                    return new RowOrder.Key(0, false);
                });
    }

    /** Places from 1; 0 for rows without a value. */
    private static long[] places(Table table, RowOrder.Key key) {
        int[] order = RowOrder.of(table, RowFilter.all(), List.of(key));
        long[] places = new long[order.length];
        long place = 0;
        Object last = null;
        for (int i = 0; i < order.length; i++) {
            Object value = table.value(order[i], key.column());
            if (value == null) {
                continue;
            }
            if (!value.equals(last)) {
                place = i + 1L;
                last = value;
            }
            places[order[i]] = place;
        }
        return places;
    }
}

package dev.assay.ui.view;

import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Table;
import dev.assay.chart.Marked;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which rows of a table belong to a selection. May be called from any thread. */
final class RowMarks {

    private RowMarks() {}

    /** Whether the table names things of a kind that is selected. */
    static boolean concerns(Table table, Marked marked) {
        return table.columns().stream().anyMatch(c -> !marked.of(c.ref()).isEmpty());
    }

    /** The test for rows that name something selected. */
    static IntPredicate on(Table table, Marked marked) {
        int[] columns = IntStream.range(0, table.columns().size())
                .filter(c -> !marked.of(table.columns().get(c).ref()).isEmpty())
                .toArray();
        return row -> {
            for (int c : columns) {
                RefKind kind = table.columns().get(c).ref();
                Set<String> keys = marked.of(kind);
                Object value = table.value(row, c);
                if (value != null && keys.contains(value.toString())) {
                    return true;
                }
            }
            return false;
        };
    }

    /** The filter, and of a selected area only its rows, where the table names such things. */
    static RowFilter narrow(RowFilter filter, Table table, Marked marked) {
        return marked.brushed() && concerns(table, marked) ? filter.and(t -> on(t, marked)) : filter;
    }

    /** The first row that names all kinds of things that are selected of those it can name, or -1. */
    static int first(Table table, Marked marked) {
        int[] columns = IntStream.range(0, table.columns().size())
                .filter(c -> !marked.of(table.columns().get(c).ref()).isEmpty())
                .toArray();
        if (columns.length == 0) {
            return -1;
        }
        for (int row = 0; row < table.rowCount(); row++) {
            int at = row;
            boolean all = IntStream.of(columns).allMatch(c -> {
                Object value = table.value(at, c);
                return value != null && marked.of(table.columns().get(c).ref()).contains(value.toString());
            });
            if (all) {
                return row;
            }
        }
        return -1;
    }
}

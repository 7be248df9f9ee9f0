package dev.assay.report;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** How rows of tables are known again in other tables of the same columns, whatever their order. */
public final class RowKeys {

    private static final int MOST_KEYS = 3;

    private RowKeys() {}

    /** As {@link #of(List, List)} for the columns that tables have in common, by name and type. */
    public static List<String> of(List<Table> tables) {
        List<Column> common = tables.getFirst().columns().stream()
                .filter(c -> tables.stream().allMatch(t -> {
                    int at = t.columnIndex(c.name());
                    return at >= 0 && t.columns().get(at).type() == c.type();
                }))
                .toList();
        return of(tables, common);
    }

    /** What names a row: the values of those columns, or its number where there are none. */
    public static List<Object> key(Table table, int row, List<String> keys) {
        List<Object> key = new ArrayList<>();
        if (keys.isEmpty()) {
            key.add((long) row);
        }
        for (String name : keys) {
            key.add(table.value(row, table.columnIndex(name)));
        }
        return key;
    }

    /** Leading columns that name every row once, real numbers among them only where it does not go without. */
    public static List<String> of(List<Table> tables, List<Column> common) {
        return of(common, keys -> tables.stream().allMatch(t -> unique(t, t.rowCount(), keys)));
    }

    private static List<String> of(List<Column> common, Predicate<List<String>> namesRows) {
        for (boolean reals : new boolean[] {false, true}) {
            List<String> keys = new ArrayList<>();
            for (Column column : common) {
                if (column.type() == Column.Type.REAL && !reals) {
                    continue;
                }
                keys.add(column.name());
                if (keys.size() <= MOST_KEYS && namesRows.test(keys)) {
                    return keys;
                }
            }
        }
        return List.of();
    }

    /** As {@link #of(List, List)} for the first rows of one table. */
    static List<String> of(Table table, int rows) {
        return of(table.columns(), keys -> unique(table, rows, keys));
    }

    private static boolean unique(Table table, int rows, List<String> keys) {
        Set<List<Object>> seen = new HashSet<>();
        for (int r = 0; r < rows; r++) {
            if (!seen.add(key(table, r, keys))) {
                return false;
            }
        }
        return true;
    }
}

package dev.assay.report;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.report.Comparison.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tables of several runs joined row by row. A row is known again by the shortest run of leading columns that names every
 * row once, by its number where there is none. A column that says the same for all runs is shown once. The others stand
 * side by side, a number of each but the first run followed by its difference from the first run; shares differ in
 * percentage points.
 */
final class Joined {

    private Joined() {}

    static Table tables(List<Part> parts) {
        List<Table> tables = Part.results(parts, Table.class);
        Table first = tables.getFirst();
        List<Column> common = first.columns().stream()
                .filter(c -> tables.stream().allMatch(t -> typeOf(t, c.name()) == c.type()))
                .toList();
        List<String> keys = RowKeys.of(tables, common);
        List<Column> values =
                common.stream().filter(c -> !keys.contains(c.name())).toList();
        boolean numbered = keys.isEmpty();
        Rows rows = Rows.of(tables, keys);
        List<Boolean> once = values.stream().map(v -> rows.same(v.name())).toList();
        List<Column> columns = new ArrayList<>();
        if (numbered) {
            columns.add(Column.integer("row", "Row"));
        }
        keys.forEach(k -> columns.add(common.get(indexOf(common, k))));
        for (int v = 0; v < values.size(); v++) {
            if (once.get(v)) {
                columns.add(values.get(v));
            }
            for (int i = 0; i < parts.size() && !once.get(v); i++) {
                side(columns, values.get(v), i, parts.get(i).label());
            }
        }
        Table.Builder joined = new Table.Builder(first.id(), first.title(), columns);
        for (List<Object> key : rows.order()) {
            List<Object> row = new ArrayList<>(key);
            for (int v = 0; v < values.size(); v++) {
                List<Object> all = rows.values(key, values.get(v).name());
                if (once.get(v)) {
                    row.add(all.stream().filter(Objects::nonNull).findFirst().orElse(null));
                }
                for (int i = 0; i < all.size() && !once.get(v); i++) {
                    addSide(row, values.get(v), i, all.getFirst(), all.get(i));
                }
            }
            joined.add(row.toArray());
        }
        return joined.snapshot();
    }

    /** The rows of several tables by their keys. */
    private record Rows(List<Table> tables, List<Map<List<Object>, Integer>> places, Set<List<Object>> order) {

        static Rows of(List<Table> tables, List<String> keys) {
            List<Map<List<Object>, Integer>> places = new ArrayList<>();
            Set<List<Object>> order = new LinkedHashSet<>();
            for (Table table : tables) {
                Map<List<Object>, Integer> byKey = new LinkedHashMap<>();
                for (int r = 0; r < table.rowCount(); r++) {
                    byKey.put(RowKeys.key(table, r, keys), r);
                }
                places.add(byKey);
                order.addAll(byKey.keySet());
            }
            return new Rows(tables, places, order);
        }

        /** A cell of every table; null where it or its row is absent. */
        List<Object> values(List<Object> key, String column) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < tables.size(); i++) {
                Integer at = places.get(i).get(key);
                Table table = tables.get(i);
                values.add(at == null ? null : table.value(at, table.columnIndex(column)));
            }
            return values;
        }

        /** Whether a column says the same in all tables, as far as they have its rows: it is then shown once. */
        boolean same(String column) {
            for (List<Object> key : order) {
                List<Object> values = values(key, column);
                int known = -1;
                for (int i = 0; i < values.size(); i++) {
                    if (!places.get(i).containsKey(key)) {
                        continue;
                    }
                    if (known >= 0 && !Objects.equals(values.get(known), values.get(i))) {
                        return false;
                    }
                    known = i;
                }
            }
            return true;
        }
    }

    private static Column.Type typeOf(Table table, String name) {
        int at = table.columnIndex(name);
        return at < 0 ? null : table.columns().get(at).type();
    }

    private static int indexOf(List<Column> columns, String name) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).name().equals(name)) {
                return c;
            }
        }
        return -1;
    }

    /** A value's column for a run and, but for the first run, that of its difference. */
    private static void side(List<Column> columns, Column value, int run, String label) {
        String name = value.name() + "_" + (run + 1);
        columns.add(new Column(name, value.label() + ", " + label, value.type(), value.unit(), null));
        if (run > 0 && isNumber(value)) {
            columns.add(new Column(
                    name + "_change", "\u0394\u00a0" + value.label() + ", " + label, value.type(), value.unit(), null));
        }
    }

    private static boolean isNumber(Column column) {
        return column.type() == Column.Type.REAL || column.type() == Column.Type.INTEGER;
    }

    private static void addSide(List<Object> row, Column value, int run, Object first, Object now) {
        row.add(now);
        if (run > 0 && isNumber(value)) {
            row.add(change(first, now));
        }
    }

    private static Object change(Object from, Object to) {
        if (from instanceof Long a && to instanceof Long b) {
            return b - a;
        }
        return from instanceof Double a && to instanceof Double b ? (Object) (b - a) : null;
    }

    /** Places and scores in every run; the change of place is positive for what climbed. */
    static Table rankings(List<Part> parts) {
        List<Ranking> rankings = Part.results(parts, Ranking.class);
        Ranking first = rankings.getFirst();
        List<Column> columns = new ArrayList<>(List.of(Column.text("name", "Name")));
        for (int i = 0; i < parts.size(); i++) {
            String run = parts.get(i).label();
            columns.add(Column.integer("place_" + (i + 1), "Place, " + run));
            if (i > 0) {
                columns.add(Column.integer("climbed_" + (i + 1), "Climbed, " + run));
            }
            columns.add(Column.real("score_" + (i + 1), first.score().label() + ", " + run, first.score().unit()));
        }
        Table.Builder table = new Table.Builder(first.id(), first.title() + ": places", columns);
        List<Map<String, Integer>> places = new ArrayList<>();
        Set<String> order = new LinkedHashSet<>();
        for (Ranking ranking : rankings) {
            Map<String, Integer> byName = new LinkedHashMap<>();
            for (int p = 0; p < ranking.entries().size(); p++) {
                byName.putIfAbsent(ranking.entries().get(p).name(), p);
            }
            places.add(byName);
            order.addAll(byName.keySet());
        }
        for (String name : order) {
            List<Object> row = new ArrayList<>(List.of(name));
            Integer before = places.getFirst().get(name);
            for (int i = 0; i < rankings.size(); i++) {
                Integer place = places.get(i).get(name);
                row.add(place == null ? null : (Object) (place + 1L));
                if (i > 0) {
                    row.add(place == null || before == null ? null : (Object) (long) (before - place));
                }
                row.add(place == null ? null : (Object) rankings.get(i).entries().get(place).score());
            }
            table.add(row.toArray());
        }
        return table.snapshot();
    }

    /**
     * Numbers of all runs.
     *
     * @param rows a number of every run by id, null where a run has none
     * @param shares whether those that are shares are wanted, or the others
     */
    static Table figures(List<String> labels, Map<String, Scalar[]> rows, boolean shares) {
        String unit = shares ? "share" : "";
        List<Column> columns = new ArrayList<>(List.of(Column.text("name", "Name")));
        for (int i = 0; i < labels.size(); i++) {
            columns.add(Column.real("value_" + (i + 1), labels.get(i), unit));
            if (i > 0) {
                columns.add(Column.real("change_" + (i + 1), "\u0394\u00a0" + labels.get(i), unit));
            }
        }
        Table.Builder table = new Table.Builder(
                shares ? "shares" : "figures", shares ? "Key figures in percent" : "Key figures", columns);
        for (Scalar[] row : rows.values()) {
            Scalar known = Arrays.stream(row).filter(Objects::nonNull).findFirst().orElseThrow();
            if (known.unit().equals("share") == shares) {
                boolean named = known.unit().isEmpty() || shares;
                List<Object> cells = new ArrayList<>(
                        List.of(named ? known.title() : known.title() + " (" + known.unit() + ")"));
                for (int i = 0; i < labels.size(); i++) {
                    cells.add(row[i] == null ? null : (Object) row[i].value());
                    if (i > 0) {
                        cells.add(row[i] == null || row[0] == null ? null : (Object) (row[i].value() - row[0].value()));
                    }
                }
                table.add(cells.toArray());
            }
        }
        return table.snapshot();
    }
}

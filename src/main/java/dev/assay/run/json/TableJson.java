package dev.assay.run.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads one table of {@code result.json}. */
final class TableJson {

    private TableJson() {}

    /**
     * Reads a table from the current start of an object to its end.
     *
     * @param folder where the CSV file of a long table lies
     */
    static Table read(JsonParser in, Path folder) throws IOException {
        String id = "";
        String title = "";
        String file = null;
        List<Column> columns = List.of();
        Table.Builder builder = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "id" -> id = in.getText();
                case "title" -> title = in.getText();
                case "file" -> file = in.getValueAsString();
                case "columns" -> columns = columns(in);
                case "rows" -> {
                    builder = new Table.Builder(id, title, columns);
                    rows(in, columns, builder);
                }
                default -> in.skipChildren();
            }
        }
        if (file != null) {
            return TableFiles.read(folder.resolve(TableFiles.stem(id) + ".csv"), id, title, columns);
        }
        return builder == null ? new Table.Builder(id, title, columns).snapshot() : builder.snapshot();
    }

    private static List<Column> columns(JsonParser in) throws IOException {
        List<Column> columns = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            Column c = in.readValueAs(Column.class);
            columns.add(new Column(
                    c.name(),
                    c.label() == null ? c.name() : c.label(),
                    c.type(),
                    c.unit() == null ? "" : c.unit(),
                    c.ref()));
        }
        return columns;
    }

    private static void rows(JsonParser in, List<Column> columns, Table.Builder builder) throws IOException {
        while (in.nextToken() == JsonToken.START_ARRAY) {
            Object[] cells = new Object[columns.size()];
            int c = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (c == cells.length) {
                    throw new JsonParseException(in, "a row has more cells than there are columns");
                }
                cells[c] = cell(in, columns.get(c));
                c++;
            }
            builder.add(cells);
        }
    }

    private static Object cell(JsonParser in, Column column) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (column.type()) {
            case TEXT -> in.getText();
            case INTEGER -> (Object) in.getLongValue();
            case REAL -> ResultMapper.readReal(in);
            case BOOLEAN -> in.getBooleanValue();
        };
    }
}

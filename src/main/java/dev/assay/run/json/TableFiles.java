package dev.assay.run.json;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Tables as CSV: a heading line of column names, empty for absent, {@code true} and {@code false}, a point in numbers. */
public final class TableFiles {

    private TableFiles() {}

    /** A file name for a result's id, without ending: letters, digits, {@code _-.} only. */
    public static String stem(String id) {
        String safe = id.replaceAll("[^A-Za-z0-9_.-]", "_");
        return safe.startsWith(".") ? "_" + safe : safe;
    }

    /** Writes all rows. The stream stays open. */
    public static void write(Table table, OutputStream stream) throws IOException {
        try {
            writeRows(table, stream);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void writeRows(Table table, OutputStream stream) throws IOException {
        OutputStreamWriter out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().build(out);
        int width = table.columns().size();
        String[] cells = new String[width];
        for (int c = 0; c < width; c++) {
            cells[c] = table.columns().get(c).name();
        }
        csv.writeRecord(cells);
        for (int row = 0; row < table.rowCount(); row++) {
            for (int c = 0; c < width; c++) {
                Object value = table.value(row, c);
                cells[c] = value == null ? null : value.toString();
            }
            csv.writeRecord(cells);
        }
        csv.flush();
    }

    /**
     * Reads all rows.
     *
     * @throws IOException when the file is missing or does not hold these columns
     */
    static Table read(Path file, String id, String title, List<Column> columns) throws IOException {
        Table.Builder builder = new Table.Builder(id, title, columns);
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
            boolean heading = true;
            for (CsvRecord record : csv) {
                if (record.getFieldCount() != columns.size()) {
                    throw new IOException(file + ", line " + record.getStartingLineNumber() + ": "
                            + record.getFieldCount() + " cells for " + columns.size() + " columns");
                }
                if (!heading) {
                    builder.add(cells(record, columns));
                }
                heading = false;
            }
        } catch (NumberFormatException | UncheckedIOException | CsvParseException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return builder.snapshot();
    }

    private static Object[] cells(CsvRecord record, List<Column> columns) {
        Object[] cells = new Object[columns.size()];
        for (int c = 0; c < cells.length; c++) {
            String text = record.getField(c);
            if (text.isEmpty()) {
                continue;
            }
            cells[c] = switch (columns.get(c).type()) {
                case TEXT -> text;
                case INTEGER -> (Object) Long.parseLong(text);
                case REAL -> Double.parseDouble(text);
                case BOOLEAN -> Boolean.parseBoolean(text);
            };
        }
        return cells;
    }
}

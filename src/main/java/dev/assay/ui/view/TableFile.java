package dev.assay.ui.view;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.assay.analysis.WholeFile;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Tables as text for other programs: all digits, columns by their public names. */
final class TableFile {

    private TableFile() {}

    /**
     * Writes rows as CSV. A file that cannot be finished leaves nothing under its name.
     *
     * @param rows which rows, in which order
     * @throws IOException when it cannot be written
     */
    static void writeCsv(Table table, int[] rows, Path file) throws IOException {
        WholeFile.write(file, out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CsvWriter csv = CsvWriter.builder().build(text);
            try {
                csv.writeRecord(table.columns().stream().map(Column::name).toList());
                for (int row : rows) {
                    csv.writeRecord(cells(table, row));
                }
                csv.flush();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    /**
     * Rows as lines of tab-separated cells under a heading, for the clipboard. A cell with a tab, a line break or a
     * quotation mark is in quotes, as spreadsheets paste it.
     */
    static String tabSeparated(Table table, int[] rows) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().fieldSeparator('\t').lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord(table.columns().stream().map(Column::name).toList());
        for (int row : rows) {
            csv.writeRecord(cells(table, row));
        }
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String[] cells(Table table, int row) {
        return IntStream.range(0, table.columns().size())
                .mapToObj(c -> Numbers.full(table.value(row, c)))
                .toArray(String[]::new);
    }
}

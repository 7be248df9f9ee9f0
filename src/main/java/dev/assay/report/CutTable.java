package dev.assay.report;

import dev.assay.analysis.result.Table;
import dev.assay.run.json.TableFiles;
import dev.assay.text.Numbers;
import java.io.IOException;
import java.io.OutputStream;

/**
 * How much of a table a document shows.
 *
 * @param table the whole table
 * @param rows rows that are shown
 */
record CutTable(Table table, int rows) {

    static CutTable of(Table table, int most) {
        return new CutTable(table, Math.min(table.rowCount(), most));
    }

    boolean isCut() {
        return rows < table.rowCount();
    }

    /**
     * Says how much is shown and where the rest is.
     *
     * @param file name of the file that holds all rows
     */
    String note(String file) {
        return "The first " + Numbers.count(rows) + " of " + Numbers.count(table.rowCount())
                + " rows are shown. All of them are in the attached file " + file + ".";
    }

    String fileName() {
        return TableFiles.stem(table.id()) + ".csv";
    }

    void writeCsv(OutputStream out) throws IOException {
        TableFiles.write(table, out);
    }
}

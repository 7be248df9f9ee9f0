package dev.assay.ui.view;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;

/** First guess of how wide columns should be: their headings and their first rows, within bounds. */
final class ColumnWidths {

    private static final int LOOKED_AT = 100;
    private static final double CHARACTER = 7.4;
    private static final double CELL_PADDING = 26;
    private static final double HEADING_PADDING = 40;
    private static final double LEAST = 60;
    private static final double MOST = 320;

    private ColumnWidths() {}

    static double[] of(Table table) {
        double[] widths = new double[table.columns().size()];
        for (int c = 0; c < widths.length; c++) {
            Column column = table.columns().get(c);
            double heading = (column.label().length() + column.unit().length()) * CHARACTER + HEADING_PADDING;
            int longest = 0;
            for (int row = 0; row < Math.min(LOOKED_AT, table.rowCount()); row++) {
                longest = Math.max(longest, Numbers.cell(table.value(row, c), column.unit()).length());
            }
            widths[c] = Math.clamp(Math.max(heading, longest * CHARACTER + CELL_PADDING), LEAST, MOST);
        }
        return widths;
    }
}

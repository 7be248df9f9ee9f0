package dev.assay.ui.view;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import java.util.Set;

/** First guess of how wide columns should be: their headings and their first rows, within bounds. */
final class ColumnWidths {

    private static final int LOOKED_AT = 100;
    private static final double CHARACTER = 7.4;
    private static final double CELL_PADDING = 26;
    private static final double HEADING_PADDING = 40;
    private static final double LEAST = 60;
    private static final double MOST = 320;

    private static final Set<Character.UnicodeScript> WIDE = Set.of(
            Character.UnicodeScript.HAN, Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL);

    private ColumnWidths() {}

    static double[] of(Table table) {
        double[] widths = new double[table.columns().size()];
        for (int c = 0; c < widths.length; c++) {
            Column column = table.columns().get(c);
            double heading = (letters(column.label()) + letters(column.unit())) * CHARACTER + HEADING_PADDING;
            int longest = 0;
            for (int row = 0; row < Math.min(LOOKED_AT, table.rowCount()); row++) {
                longest = Math.max(longest, letters(Numbers.cell(table.value(row, c), column.unit())));
            }
            widths[c] = Math.clamp(Math.max(heading, longest * CHARACTER + CELL_PADDING), LEAST, MOST);
        }
        return widths;
    }

    /** Length of a text in letters as wide as Latin ones; those of Chinese, Japanese and Korean are as wide as two. */
    static int letters(String text) {
        return text.codePoints().map(c -> WIDE.contains(Character.UnicodeScript.of(c)) ? 2 : 1).sum();
    }
}

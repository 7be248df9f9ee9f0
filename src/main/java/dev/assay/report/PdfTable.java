package dev.assay.report;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartFonts;
import dev.assay.text.Numbers;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets a table: its head again on every page, and a table too wide for the page in parts that repeat the columns that name
 * its rows.
 */
final class PdfTable {

    private static final float SIZE = 7.5f;
    private static final double ROW = 12;
    private static final double PAD = 8;
    private static final double MOST_WIDTH = 190;
    private static final double LEAST_WIDTH = 34;
    private static final int MOST_HEAD_LINES = 4;

    private final PdfPages pages;
    private final CutTable cut;
    private final Table table;
    private final double[] widths;
    private final Font plain;
    private final Font bold;

    PdfTable(PdfPages pages, CutTable cut) {
        this.pages = pages;
        this.cut = cut;
        this.table = cut.table();
        StringBuilder all = new StringBuilder();
        table.columns().forEach(c -> all.append(c.label()));
        for (int r = 0; r < cut.rows(); r++) {
            for (int c = 0; c < table.columns().size(); c++) {
                all.append(cell(r, c));
            }
        }
        plain = PdfPages.regular(all.toString(), SIZE);
        bold = PdfPages.semiBold(all.toString(), SIZE);
        widths = widths();
    }

    private String cell(int row, int column) {
        return Numbers.cell(table.value(row, column), table.columns().get(column).unit());
    }

    private String head(int column) {
        Column c = table.columns().get(column);
        return c.unit().isEmpty() || c.unit().equals(Numbers.SHARE) ? c.label() : c.label() + " (" + c.unit() + ")";
    }

    private double[] widths() {
        double[] widest = new double[table.columns().size()];
        for (int c = 0; c < widest.length; c++) {
            double least = LEAST_WIDTH;
            for (String word : head(c).split(" ")) {
                least = Math.max(least, ChartFonts.width(bold, word) + PAD);
            }
            // A heading takes two or three lines before it makes its column wide.
            widest[c] = Math.max(least, ChartFonts.width(bold, head(c)) / 3 + PAD);
            for (int r = 0; r < cut.rows(); r++) {
                widest[c] = Math.max(widest[c], ChartFonts.width(plain, cell(r, c)) + PAD);
            }
            widest[c] = Math.min(widest[c], MOST_WIDTH);
        }
        return widest;
    }

    void put() {
        List<Integer> repeated = repeated();
        int from = 0;
        while (from < widths.length) {
            List<Integer> columns = new ArrayList<>();
            double used = 0;
            if (from > 0) {
                columns.addAll(repeated);
                used = repeated.stream().mapToDouble(c -> widths[c]).sum();
            }
            do {
                if (!columns.contains(from)) {
                    used += widths[from];
                    columns.add(from);
                }
                from++;
            } while (from < widths.length && (columns.contains(from) || used + widths[from] <= PdfPages.WIDTH));
            part(columns);
            pages.gap(6);
        }
    }

    /** The columns that name a row, as far as they leave room for others; the first one where nothing names it. */
    private List<Integer> repeated() {
        List<Integer> columns = new ArrayList<>();
        double used = 0;
        for (String name : RowKeys.of(table, cut.rows())) {
            int c = table.columnIndex(name);
            used += widths[c];
            if (used > PdfPages.WIDTH / 2) {
                break;
            }
            columns.add(c);
        }
        return columns.isEmpty() ? List.of(0) : columns;
    }

    private void part(List<Integer> columns) {
        int page = -1;
        double headHeight = headHeight(columns);
        for (int r = 0; r < cut.rows(); r++) {
            if (page < 0) {
                pages.need(headHeight + ROW);
            } else {
                pages.need(ROW);
            }
            if (pages.page() != page) {
                head(columns, headHeight);
                page = pages.page();
            }
            int row = r;
            pages.put(0, ROW, g2 -> row(g2, row, columns));
        }
        if (cut.rows() == 0) {
            head(columns, headHeight);
        }
    }

    private double headHeight(List<Integer> columns) {
        int most = 1;
        for (int c : columns) {
            most = Math.max(most, Math.min(MOST_HEAD_LINES, PdfPages.lines(head(c), bold, widths[c] - PAD).size()));
        }
        return most * (SIZE + 2) + 4;
    }

    private void head(List<Integer> columns, double height) {
        pages.put(0, height, g2 -> {
            double x = 0;
            for (int c : columns) {
                List<String> lines = PdfPages.lines(head(c), bold, widths[c] - PAD);
                int count = Math.min(lines.size(), MOST_HEAD_LINES);
                for (int l = 0; l < count; l++) {
                    double base = height - 5 - (count - 1 - l) * (SIZE + 2);
                    place(g2, lines.get(l), bold, PdfPages.palette().foreground(), x, c, base);
                }
                x += widths[c];
            }
            rule(g2, x, height - 1, PdfPages.palette().axis());
        });
    }

    private void row(Graphics2D g2, int row, List<Integer> columns) {
        double x = 0;
        for (int c : columns) {
            String text = ChartFonts.fit(plain, cell(row, c), widths[c] - PAD);
            place(g2, text, plain, PdfPages.palette().foreground(), x, c, 8.5);
            x += widths[c];
        }
        rule(g2, x, ROW - 0.5, PdfPages.palette().grid());
    }

    private void place(Graphics2D g2, String text, Font font, Color ink, double x, int column, double base) {
        Column.Type type = table.columns().get(column).type();
        boolean right = type == Column.Type.REAL || type == Column.Type.INTEGER;
        double at = right ? x + widths[column] - PAD - ChartFonts.width(font, text) : x;
        PdfPages.draw(g2, text, font, ink, at, base);
    }

    private static void rule(Graphics2D g2, double width, double y, Color ink) {
        g2.setPaint(ink);
        g2.setStroke(new java.awt.BasicStroke(0.5f));
        g2.draw(new Line2D.Double(0, y, width - PAD, y));
    }
}

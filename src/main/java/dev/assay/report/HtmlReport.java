package dev.assay.report;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.SeriesColours;
import dev.assay.run.Environment;
import dev.assay.text.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a report as one HTML page that needs nothing else: charts as SVG, pictures and tables inside, its own style and
 * the few lines of script that sort tables and switch the theme. A table that is cut is attached inside as gzipped CSV as
 * long as that is small, and given back to be written beside the page when it is not.
 */
final class HtmlReport {

    private static final int MOST_ROWS = 500;
    private static final int MOST_ROWS_INSIDE = 100_000;
    private static final int MOST_BYTES_INSIDE = 1_000_000;
    private static final int MOST_PICTURES = 60;
    /** Columns of a table that fit on an upright sheet of paper. */
    private static final int MOST_UPRIGHT = 12;

    private final Report report;
    private final BooleanSupplier stop;
    private final StringBuilder out = new StringBuilder();
    private final InlineSvg charts = new InlineSvg(new SeriesColours());
    private final Markdown markdown = new Markdown();
    private final Map<String, Table> beside = new LinkedHashMap<>();
    private final String folder;

    /**
     * A page.
     *
     * @param folder name of the folder beside the page for what is too large to be inside
     * @param stop asked before every piece; true gives up
     */
    HtmlReport(Report report, String folder, BooleanSupplier stop) {
        this.report = report;
        this.folder = folder;
        this.stop = stop;
    }

    /** Tables to be written beside the page, by file name; known after {@link #write}. */
    Map<String, Table> beside() {
        return beside;
    }

    String write(List<Element> elements, Instant now) throws IOException {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"generator\" content=\"Assay ")
                .append(escaped(Environment.assayVersion()))
                .append("\">\n<title>")
                .append(escaped(report.title()))
                .append("</title>\n<style>\n:root{")
                .append(InlineSvg.variables(ChartTheme.LIGHT))
                .append("color-scheme:light}\n@media (prefers-color-scheme:dark){:root:not([data-theme=light]){")
                .append(InlineSvg.variables(ChartTheme.DARK))
                .append("color-scheme:dark}}\n:root[data-theme=dark]{")
                .append(InlineSvg.variables(ChartTheme.DARK))
                .append("color-scheme:dark}\n@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){")
                .append(InlineSvg.variables(ChartTheme.LIGHT))
                .append("color-scheme:light}}\n")
                .append(resource("report.css"))
                .append("</style>\n</head>\n<body>\n<header>\n<button id=\"theme\" type=\"button\">Light or dark</button>\n")
                .append("<h1>")
                .append(escaped(report.title()))
                .append("</h1>\n<p class=\"muted\">Made with Assay ")
                .append(escaped(Environment.assayVersion()))
                .append(" on ")
                .append(ReportContent.time(now))
                .append("</p>\n");
        contents(elements);
        out.append("</header>\n<main>\n");
        int heading = 0;
        for (Element element : elements) {
            if (stop.getAsBoolean()) {
                throw new StoppedException();
            }
            if (element instanceof Element.Heading h) {
                int level = Math.clamp(h.level() + 1, 2, 4);
                out.append("<h%d id=\"s%d\">".formatted(level, heading++))
                        .append(escaped(h.text()))
                        .append("</h%d>\n".formatted(level));
            } else {
                write(element);
            }
        }
        out.append("</main>\n<script>\n")
                .append(resource("report.js"))
                .append("</script>\n</body>\n</html>\n");
        return out.toString();
    }

    private void contents(List<Element> elements) {
        List<String> links = new ArrayList<>();
        int heading = 0;
        for (Element element : elements) {
            if (element instanceof Element.Heading h) {
                if (h.level() < 3) {
                    links.add("<li class=\"l%d\"><a href=\"#s%d\">%s</a></li>"
                            .formatted(h.level(), heading, escaped(h.text())));
                }
                heading++;
            }
        }
        if (links.size() > 1) {
            out.append("<nav aria-label=\"Contents\"><ul>")
                    .append(String.join("", links))
                    .append("</ul></nav>\n");
        }
    }

    private void write(Element element) throws IOException {
        switch (element) {
            case Element.Heading h -> throw new IllegalStateException("headings are numbered by the caller");
            case Element.Text t -> out.append("<div class=\"note\">")
                    .append(markdown.html(t.markdown()))
                    .append("</div>\n");
            case Element.Caption c -> paragraph("muted", c.text());
            case Element.Notice n -> out.append("<p role=\"note\" class=\"strip ")
                    .append(n.error() ? "error" : "warning")
                    .append("\">")
                    .append(escaped(n.text()))
                    .append("</p>\n");
            case Element.Picture p -> out.append("<figure class=\"chart\">")
                    .append(charts.of(p.result(), p.setting()))
                    .append("</figure>\n");
            case Element.Bitmap b -> bitmap(b);
            case Element.Pictures p -> pictures(p.grid(), p.setting());
            case Element.Figures f -> figures(f.scalars());
            case Element.Facts f -> facts(f.facts());
            case Element.Grid g -> table(g.table(), g.setting());
        }
    }

    private void paragraph(String style, String text) {
        out.append("<p class=\"").append(style).append("\">").append(escaped(text)).append("</p>\n");
    }

    private void bitmap(Element.Bitmap bitmap) {
        out.append("<figure><img alt=\"")
                .append(escaped(bitmap.caption()))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(bitmap.png()))
                .append("\"><figcaption>")
                .append(escaped(bitmap.caption()))
                .append("</figcaption></figure>\n");
    }

    private void pictures(ImageGrid grid, String setting) throws IOException {
        out.append("<figure><figcaption><strong>")
                .append(escaped(grid.title()))
                .append("</strong><br><span class=\"muted\">")
                .append(escaped(setting))
                .append("</span></figcaption><div class=\"pictures\">");
        for (ImageGrid.Item item : grid.items().subList(0, Math.min(MOST_PICTURES, grid.items().size()))) {
            out.append("<span><img class=\"pixels\" alt=\"")
                    .append(escaped(item.caption()))
                    .append("\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(SmallPictures.png(item.picture())))
                    .append("\"><small>")
                    .append(escaped(item.caption()))
                    .append("</small></span>");
        }
        out.append("</div></figure>\n");
        if (grid.items().size() > MOST_PICTURES) {
            paragraph("muted", "The first " + MOST_PICTURES + " of " + Numbers.count(grid.items().size())
                    + " pictures are shown.");
        }
    }

    private void figures(List<Scalar> scalars) {
        out.append("<div class=\"figures\">");
        for (Scalar s : scalars) {
            out.append("<div title=\"")
                    .append(escaped(Numbers.full(s.value())))
                    .append("\"><b>")
                    .append(escaped(Numbers.value(s.value(), s.unit())))
                    .append("</b><span>")
                    .append(escaped(s.title()))
                    .append("</span><small>")
                    .append(escaped(s.note()))
                    .append("</small></div>");
        }
        out.append("</div>\n");
    }

    private void facts(List<Element.Fact> facts) {
        out.append("<dl>");
        for (Element.Fact fact : facts) {
            out.append("<dt>").append(escaped(fact.name())).append("</dt><dd>");
            out.append(fact.code() ? "<code>" : "").append(escaped(fact.value())).append(fact.code() ? "</code>" : "");
            out.append("</dd>");
        }
        out.append("</dl>\n");
    }

    private void table(Table table, String setting) throws IOException {
        CutTable cut = CutTable.of(table, MOST_ROWS);
        out.append("<div class=\"scroll").append(table.columns().size() > MOST_UPRIGHT ? " wide" : "")
                .append("\"><table><caption><strong>")
                .append(escaped(table.title()))
                .append("</strong> <span class=\"muted\">")
                .append(escaped(setting))
                .append("</span></caption><thead><tr>");
        for (Column column : table.columns()) {
            out.append("<th scope=\"col\"").append(isNumber(column) ? " class=\"n\"" : "")
                    .append("><button type=\"button\">")
                    .append(escaped(column.label()));
            if (!column.unit().isEmpty() && !column.unit().equals(Numbers.SHARE)) {
                out.append(" <small>").append(escaped(column.unit())).append("</small>");
            }
            out.append("</button></th>");
        }
        out.append("</tr></thead><tbody>");
        for (int r = 0; r < cut.rows(); r++) {
            out.append("<tr>");
            for (int c = 0; c < table.columns().size(); c++) {
                cell(table.value(r, c), table.columns().get(c));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
        if (cut.isCut()) {
            attach(cut);
        }
    }

    private void cell(Object value, Column column) {
        String shown = Numbers.cell(value, column.unit());
        String full = Numbers.full(value);
        out.append("<td").append(isNumber(column) ? " class=\"n\"" : "");
        if (isNumber(column) && !shown.equals(full) && value != null) {
            out.append(" data-v=\"").append(full).append('"');
        }
        out.append('>').append(escaped(shown)).append("</td>");
    }

    private static boolean isNumber(Column column) {
        return column.type() == Column.Type.REAL || column.type() == Column.Type.INTEGER;
    }

    private void attach(CutTable cut) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean small = cut.table().rowCount() <= MOST_ROWS_INSIDE;
        if (small) {
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                cut.writeCsv(zip);
            }
        }
        String name = cut.fileName();
        String href;
        if (small && bytes.size() <= MOST_BYTES_INSIDE) {
            name += ".gz";
            href = "data:application/gzip;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
        } else {
            for (int n = 2; beside.containsKey(name); n++) {
                name = n + "-" + cut.fileName();
            }
            beside.put(name, cut.table());
            href = address(folder, name);
        }
        out.append("<p class=\"muted\">")
                .append(escaped(cut.note(name)))
                .append(" <a download=\"")
                .append(escaped(name))
                .append("\" href=\"")
                .append(escaped(href))
                .append("\">")
                .append(escaped(name))
                .append("</a></p>\n");
    }

    /** The folder has the name of the page, in which any character may be. */
    private static String address(String folder, String name) throws IOException {
        try {
            return new URI(null, null, "./" + folder + "/" + name, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IOException("a table cannot be put beside a page of this name", e);
        }
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

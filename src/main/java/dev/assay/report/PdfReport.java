package dev.assay.report;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Scalar;
import dev.assay.chart.Chart;
import dev.assay.chart.ChartFonts;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.ChartView;
import dev.assay.chart.ResultCharts;
import dev.assay.chart.SeriesColours;
import dev.assay.run.Environment;
import dev.assay.text.Numbers;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PageMode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;

/** Writes a report as A4 pages: charts as lines, texts as texts, headings as bookmarks, cut tables attached as CSV. */
final class PdfReport {

    private static final double SMALL_LINE = 10;
    private static final double NOTICE_LINE = 13.5;
    private static final float FACT = 8.5f;
    private static final int MOST_ROWS = 100;
    private static final int MOST_PICTURES = 60;
    private static final int CHART_WIDTH = 720;
    private static final int CHART_HEIGHT = 420;

    private final Report report;
    private final BooleanSupplier stop;
    private final PdfPages pages = new PdfPages();
    private final SeriesColours colours = new SeriesColours();
    private final List<Bookmark> bookmarks = new ArrayList<>();
    private final Map<String, CutTable> attached = new LinkedHashMap<>();

    private record Bookmark(String text, int level, int page) {}

    /**
     * A document.
     *
     * @param stop asked before every page; true gives up
     */
    PdfReport(Report report, BooleanSupplier stop) {
        this.report = report;
        this.stop = stop;
    }

    void write(List<Element> elements, Instant now, OutputStream out) throws IOException {
        String made = "Made with Assay " + Environment.assayVersion() + " on " + ReportContent.time(now);
        pages.text(report.title(), PdfPages.semiBold(report.title(), 18), ink(), 0, PdfPages.WIDTH);
        pages.text(made, PdfPages.regular(made, PdfPages.SMALL), muted(), 0, PdfPages.WIDTH);
        pages.gap(10);
        for (Element element : elements) {
            put(element);
        }
        try (PDDocument document = new PDDocument()) {
            PDDocumentInformation about = new PDDocumentInformation();
            about.setTitle(report.title());
            about.setCreator("Assay " + Environment.assayVersion());
            Calendar date = Calendar.getInstance();
            date.setTimeInMillis(now.toEpochMilli());
            about.setCreationDate(date);
            document.setDocumentInformation(about);
            document.getDocumentCatalog().setLanguage("en");
            pages.paint(document, report.title(), stop);
            bookmark(document);
            List<Path> temporary = new ArrayList<>();
            try {
                attach(document, temporary);
                document.save(out);
            } finally {
                for (Path file : temporary) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Color ink() {
        return PdfPages.palette().foreground();
    }

    private static Color muted() {
        return PdfPages.palette().muted();
    }

    private void put(Element element) throws IOException {
        switch (element) {
            case Element.Heading h -> heading(h);
            case Element.Text t -> PdfMarkdown.put(t.markdown(), pages);
            case Element.Caption c -> {
                pages.text(c.text(), PdfPages.regular(c.text(), PdfPages.SMALL), muted(), 0, PdfPages.WIDTH);
                pages.gap(6);
            }
            case Element.Notice n -> notice(n);
            case Element.Picture p -> chart(p);
            case Element.Bitmap b -> bitmap(b);
            case Element.Pictures p -> pictures(p.grid(), p.setting());
            case Element.Figures f -> figures(f.scalars());
            case Element.Facts f -> facts(f.facts());
            case Element.Grid g -> table(g);
        }
    }

    private void heading(Element.Heading heading) {
        float size = switch (heading.level()) {
            case 1 -> 14;
            case 2 -> 12;
            default -> 10.5f;
        };
        pages.gap(heading.level() == 1 ? 16 : 10);
        pages.need(80);
        if (heading.level() < 3) {
            bookmarks.add(new Bookmark(heading.text(), heading.level(), pages.page()));
        }
        pages.text(heading.text(), PdfPages.semiBold(heading.text(), size), ink(), 0, PdfPages.WIDTH);
        pages.gap(4);
    }

    private void notice(Element.Notice notice) {
        Font font = PdfPages.regular(notice.text(), PdfPages.BODY);
        List<String> lines = PdfPages.lines(notice.text(), font, PdfPages.WIDTH - 24);
        Color edge = notice.error() ? PdfPages.palette().marked() : PdfPages.palette().category(0);
        // Line by line, for one may be longer than a page.
        for (int l = 0; l < lines.size(); l++) {
            String line = lines.get(l);
            double above = l == 0 ? 5 : 0;
            double height = NOTICE_LINE + above + (l == lines.size() - 1 ? 5 : 0);
            pages.put(0, height, g2 -> {
                g2.setPaint(PdfPages.palette().subtle());
                g2.fill(new Rectangle2D.Double(0, 0, PdfPages.WIDTH, height));
                g2.setPaint(edge);
                g2.fill(new Rectangle2D.Double(0, 0, 3, height));
                PdfPages.draw(g2, line, font, ink(), 12, above + 10);
            });
        }
        pages.gap(8);
    }

    private void chart(Element.Picture picture) {
        double scale = PdfPages.WIDTH / CHART_WIDTH;
        pages.put(0, CHART_HEIGHT * scale, g2 -> {
            ChartView view = ChartView.of(ChartTheme.LIGHT, picture.setting())
                    .withColours(colours)
                    .withMostMarks(ChartView.MARKS_IN_FILES);
            Chart chart = ResultCharts.chart(picture.result(), view, CHART_WIDTH, CHART_HEIGHT);
            g2.scale(scale, scale);
            chart.drawOpaque(g2);
        });
        pages.gap(10);
    }

    private void bitmap(Element.Bitmap bitmap) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bitmap.png()));
        if (image == null) {
            notice(new Element.Notice("The picture \u201c" + bitmap.caption() + "\u201d is damaged.", true));
            return;
        }
        double scale = Math.min(
                PdfPages.WIDTH / image.getWidth(), (PdfPages.fullHeight() - 40) / image.getHeight());
        // A small picture is not blown up beyond the size that it has on the screen.
        double shown = Math.min(scale, 1);
        pages.need(image.getHeight() * shown + 24);
        pages.put(0, image.getHeight() * shown, g2 -> {
            g2.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g2.scale(shown, shown);
            g2.drawImage(image, 0, 0, null);
        });
        pages.gap(3);
        pages.text(bitmap.caption(), PdfPages.regular(bitmap.caption(), PdfPages.SMALL), muted(), 0, PdfPages.WIDTH);
        pages.gap(10);
    }

    private void pictures(ImageGrid grid, String setting) {
        title(grid.title(), setting);
        int perRow = 7;
        double cell = PdfPages.WIDTH / perRow;
        List<ImageGrid.Item> items =
                grid.items().subList(0, Math.min(MOST_PICTURES, grid.items().size()));
        for (int from = 0; from < items.size(); from += perRow) {
            List<ImageGrid.Item> row = items.subList(from, Math.min(from + perRow, items.size()));
            pages.put(0, cell + 8, g2 -> {
                for (int i = 0; i < row.size(); i++) {
                    BufferedImage image = SmallPictures.image(row.get(i).picture());
                    double side = cell - 10;
                    double scale = side / Math.max(image.getWidth(), image.getHeight());
                    var at = java.awt.geom.AffineTransform.getTranslateInstance(i * cell, 0);
                    at.scale(scale, scale);
                    g2.drawImage(image, at, null);
                    String caption = row.get(i).caption();
                    Font font = PdfPages.regular(caption, 7);
                    PdfPages.draw(g2, ChartFonts.fit(font, caption, side), font, muted(), i * cell, side + 9);
                }
            });
        }
        if (items.size() < grid.items().size()) {
            String note = "The first " + MOST_PICTURES + " of " + Numbers.count(grid.items().size())
                    + " pictures are shown.";
            pages.text(note, PdfPages.regular(note, PdfPages.SMALL), muted(), 0, PdfPages.WIDTH);
        }
        pages.gap(8);
    }

    private void title(String title, String setting) {
        pages.need(60);
        pages.text(title, PdfPages.semiBold(title, PdfPages.BODY), ink(), 0, PdfPages.WIDTH);
        if (!setting.isEmpty()) {
            pages.text(setting, PdfPages.regular(setting, PdfPages.SMALL), muted(), 0, PdfPages.WIDTH);
        }
        pages.gap(3);
    }

    /** Key figures, four to a row; what they are shares of is read here or nowhere, so it is wrapped and never cut. */
    private void figures(List<Scalar> scalars) {
        int perRow = 4;
        double cell = PdfPages.WIDTH / perRow;
        for (int from = 0; from < scalars.size(); from += perRow) {
            List<Scalar> row = scalars.subList(from, Math.min(from + perRow, scalars.size()));
            List<List<String>> titles = row.stream().map(s -> small(s.title(), cell - 10)).toList();
            List<List<String>> notes = row.stream().map(s -> small(s.note(), cell - 10)).toList();
            int most = IntStream.range(0, row.size())
                    .map(i -> titles.get(i).size() + notes.get(i).size())
                    .max()
                    .orElse(0);
            pages.put(0, 26 + most * SMALL_LINE, g2 -> {
                for (int i = 0; i < row.size(); i++) {
                    Scalar s = row.get(i);
                    String value = Numbers.value(s.value(), s.unit());
                    double x = i * cell;
                    Font font = PdfPages.semiBold(value, 13);
                    PdfPages.draw(g2, ChartFonts.fit(font, value, cell - 8), font, ink(), x, 14);
                    double base = drawSmall(g2, titles.get(i), ink(), x, 26);
                    drawSmall(g2, notes.get(i), muted(), x, base);
                }
            });
        }
        pages.gap(6);
    }

    private static List<String> small(String text, double width) {
        return text.isEmpty() ? List.of() : PdfPages.lines(text, PdfPages.regular(text, PdfPages.SMALL), width);
    }

    /** Draws lines one below the other; where the next one would be. */
    private static double drawSmall(Graphics2D g2, List<String> lines, Color ink, double x, double first) {
        double base = first;
        for (String line : lines) {
            PdfPages.draw(g2, line, PdfPages.regular(line, PdfPages.SMALL), ink, x, base);
            base += SMALL_LINE;
        }
        return base;
    }

    private void facts(List<Element.Fact> facts) {
        double names = 110;
        for (Element.Fact fact : facts) {
            Font font = PdfPages.regular(fact.value(), FACT);
            Font name = PdfPages.regular(fact.name(), PdfPages.SMALL);
            String label = ChartFonts.fit(name, fact.name(), names - 8);
            pages.need(14);
            pages.beside(0, g2 -> PdfPages.draw(g2, label, name, muted(), 0, FACT * 1.05));
            pages.text(fact.value(), font, ink(), names, PdfPages.WIDTH - names);
        }
        pages.gap(8);
    }

    private void table(Element.Grid grid) {
        title(grid.table().title(), grid.setting());
        CutTable cut = CutTable.of(grid.table(), MOST_ROWS);
        new PdfTable(pages, cut).put();
        if (cut.isCut()) {
            String name = cut.fileName();
            for (int n = 2; attached.containsKey(name); n++) {
                name = n + "-" + cut.fileName();
            }
            attached.put(name, cut);
            String note = cut.note(name);
            pages.text(note, PdfPages.regular(note, PdfPages.SMALL), muted(), 0, PdfPages.WIDTH);
        }
        pages.gap(8);
    }

    private void bookmark(PDDocument document) {
        if (bookmarks.isEmpty()) {
            return;
        }
        PDDocumentOutline outline = new PDDocumentOutline();
        PDOutlineItem part = null;
        for (Bookmark mark : bookmarks) {
            PDOutlineItem item = new PDOutlineItem();
            item.setTitle(mark.text());
            item.setDestination(document.getPage(mark.page()));
            if (mark.level() > 1 && part != null) {
                part.addLast(item);
                part.openNode();
            } else {
                outline.addLast(item);
                part = item;
            }
        }
        document.getDocumentCatalog().setDocumentOutline(outline);
        document.getDocumentCatalog().setPageMode(PageMode.USE_OUTLINES);
    }

    private void attach(PDDocument document, List<Path> temporary) throws IOException {
        if (attached.isEmpty()) {
            return;
        }
        Map<String, PDComplexFileSpecification> files = new LinkedHashMap<>();
        for (Map.Entry<String, CutTable> table : attached.entrySet()) {
            Path csv = Files.createTempFile("assay-report-", ".csv");
            temporary.add(csv);
            try (OutputStream to = new java.io.BufferedOutputStream(Files.newOutputStream(csv))) {
                table.getValue().writeCsv(to);
            }
            PDComplexFileSpecification file = new PDComplexFileSpecification();
            file.setFile(table.getKey());
            file.setFileUnicode(table.getKey());
            try (InputStream in = Files.newInputStream(csv)) {
                PDEmbeddedFile embedded = new PDEmbeddedFile(document, in, COSName.FLATE_DECODE);
                embedded.setSubtype("text/csv");
                embedded.setSize(Math.toIntExact(Math.min(Integer.MAX_VALUE, Files.size(csv))));
                file.setEmbeddedFile(embedded);
                file.setEmbeddedFileUnicode(embedded);
            }
            files.put(table.getKey(), file);
        }
        PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(files);
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
    }
}

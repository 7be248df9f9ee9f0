package dev.assay.chart;

import dev.assay.analysis.WholeFile;
import dev.assay.analysis.result.Result;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Charts as files: PNG, SVG, PDF. A file appears under its name only when it is whole. Needs no display; not for the
 * window's thread.
 */
public final class ChartFiles {

    /** Size of the charts of {@link #writeAll} in pixels. */
    public static final int WIDTH = 720;

    /** Height of the charts of {@link #writeAll}. */
    public static final int HEIGHT = 420;

    private ChartFiles() {}

    /**
     * Writes {@code <id>.svg} for every result that has a chart.
     *
     * @param folder existing folder
     * @return the files, in the order of the results
     * @throws IOException when a file cannot be written; those before it stay
     */
    public static List<Path> writeAll(List<? extends Result> results, Path folder, ChartTheme theme)
            throws IOException {
        SeriesColours colours = new SeriesColours();
        ChartView view = ChartView.of(theme, "").withColours(colours).withMostMarks(ChartView.MARKS_IN_FILES);
        List<Path> files = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Result result : results) {
            if (ResultCharts.supports(result)) {
                String name = fileName(result.id());
                for (int n = 2; !names.add(name); n++) {
                    name = fileName(result.id()) + "-" + n;
                }
                Path file = folder.resolve(name + ".svg");
                svg(ResultCharts.chart(result, view, WIDTH, HEIGHT), file);
                files.add(file);
            }
        }
        return files;
    }

    /** A result's id as part of a file name: only letters, digits, {@code _}, {@code -} and inner dots. */
    public static String fileName(String id) {
        String safe = id.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^\\.+", "_");
        return safe.isEmpty() ? "chart" : safe;
    }

    /** Writes a chart as PNG with that many pixels for each of the chart's. */
    public static void png(Chart chart, Path file, double scale) throws IOException {
        WholeFile.write(file, out -> {
            if (!ImageIO.write(chart.image(scale), "png", out)) {
                throw new IOException("no PNG writer");
            }
        });
    }

    /** Writes a chart as SVG with texts as texts. */
    public static void svg(Chart chart, Path file) throws IOException {
        WholeFile.write(file, out -> out.write(svg(chart).getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a drawing as SVG with texts as texts. */
    public static void svg(Drawing drawing, Path file) throws IOException {
        WholeFile.write(file, out -> out.write(SvgDocument.of(drawing).getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a drawing as PNG with that many pixels for each of the drawing's. */
    public static void png(Drawing drawing, Path file, double scale) throws IOException {
        BufferedImage image = new BufferedImage(
                Math.max(1, (int) Math.ceil(drawing.width() * scale)),
                Math.max(1, (int) Math.ceil(drawing.height() * scale)), BufferedImage.TYPE_INT_RGB);
        Graphics2D g2 = Chart.graphics(image, scale);
        drawing.paint().accept(g2);
        g2.dispose();
        WholeFile.write(file, out -> {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("no PNG writer");
            }
        });
    }

    /** A chart as an SVG document. The same chart gives the same text. */
    public static String svg(Chart chart) throws IOException {
        return SvgDocument.of(chart);
    }

    /** Writes a chart as a PDF page of its size, as lines and texts. */
    public static void pdf(Chart chart, Path file) throws IOException {
        WholeFile.write(file, out -> {
            try (PDDocument document = new PDDocument();
                    PdfTexts fonts = new PdfTexts()) {
                PDPage page = new PDPage(new PDRectangle(chart.width(), chart.height()));
                document.addPage(page);
                PdfBoxGraphics2D g2 = new PdfBoxGraphics2D(document, chart.width(), chart.height());
                g2.setFontTextDrawer(fonts);
                chart.drawOpaque(g2);
                g2.dispose();
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.drawForm(g2.getXFormObject());
                }
                document.save(out);
            }
        });
    }
}

package dev.assay.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import dev.assay.chart.ChartFonts;
import dev.assay.chart.ChartPalette;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.PdfTexts;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDBorderStyleDictionary;

/**
 * A4 pages that are filled from top to bottom. What is put on them is noted first and painted at the end, when the number
 * of pages is known; texts stay texts. Lengths are points.
 */
final class PdfPages {

    static final double WIDTH = 499;
    static final float BODY = 9.5f;
    static final float SMALL = 8f;

    private static final double MARGIN = 48;
    static final double PAGE_WIDTH = WIDTH + 2 * MARGIN;
    private static final double PAGE_HEIGHT = 842;
    static final double HEIGHT_PER_WIDTH = PAGE_HEIGHT / PAGE_WIDTH;
    private static final double FOOT = 36;
    private static final double LEADING = 1.42;

    private final List<List<Painting>> pages = new ArrayList<>();
    private final List<Linked> links = new ArrayList<>();
    private double y;

    /** Paints one piece with its upper left corner at the origin. */
    @FunctionalInterface
    interface Painter {
        void paint(Graphics2D g2) throws IOException;
    }

    private record Painting(double x, double y, Painter painter) {}

    private record Linked(int page, double x, double y, double width, double height, String address) {}

    PdfPages() {
        turn();
    }

    private void turn() {
        pages.add(new ArrayList<>());
        y = MARGIN;
    }

    /** The page that the next piece begins on, from 0. */
    int page() {
        return pages.size() - 1;
    }

    /** Goes on to the next page unless so much room is left; nothing is higher than a page. */
    void need(double height) {
        if (y + height > PAGE_HEIGHT - MARGIN - FOOT / 2 && y > MARGIN) {
            turn();
        }
    }

    /** Leaves room, but not at the top of a page. */
    void gap(double height) {
        if (y > MARGIN) {
            y += height;
        }
    }

    /** Room from the top margin to the foot. */
    static double fullHeight() {
        return PAGE_HEIGHT - 2 * MARGIN - FOOT / 2;
    }

    /** Puts a piece on the page. */
    void put(double x, double height, Painter painter) {
        need(height);
        pages.getLast().add(new Painting(MARGIN + x, y, painter));
        y += height;
    }

    /** Puts a piece beside what comes next: the place on the page stays. */
    void beside(double x, Painter painter) {
        pages.getLast().add(new Painting(MARGIN + x, y, painter));
    }

    /** Lets a part of the piece that was put last lead to an address. */
    void link(double x, double width, double height, String address) {
        links.add(new Linked(page(), MARGIN + x, y - height, width, height, address));
    }

    private void link(PDPage page, Linked link) throws IOException {
        PDActionURI action = new PDActionURI();
        action.setURI(link.address());
        PDBorderStyleDictionary none = new PDBorderStyleDictionary();
        none.setWidth(0);
        PDAnnotationLink annotation = new PDAnnotationLink();
        annotation.setAction(action);
        annotation.setBorderStyle(none);
        annotation.setRectangle(new PDRectangle(
                (float) link.x(), (float) (PAGE_HEIGHT - link.y() - link.height()), (float) link.width(),
                (float) link.height()));
        page.getAnnotations().add(annotation);
    }

    /** A text in lines of at most that width. */
    void text(String text, Font font, Color ink, double x, double width) {
        double leading = font.getSize2D() * LEADING;
        for (String line : lines(text, font, width)) {
            line(line, font, ink, x, leading);
        }
    }

    /** One line of text. */
    void line(String text, Font font, Color ink, double x, double leading) {
        put(x, leading, g2 -> draw(g2, text, font, ink, 0, font.getSize2D() * 1.05));
    }

    /** Draws a text on its base line. */
    static void draw(Graphics2D g2, String text, Font font, Color ink, double x, double baseline) {
        g2.setFont(font);
        g2.setPaint(ink);
        g2.drawString(text, (float) x, (float) baseline);
    }

    /** The lines of a text; a word longer than a line is broken where the line ends. */
    static List<String> lines(String text, Font font, double width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ")) {
                String longer = line.isEmpty() ? word : line + " " + word;
                if (ChartFonts.width(font, longer) <= width) {
                    line.setLength(0);
                    line.append(longer);
                    continue;
                }
                if (!line.isEmpty()) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                String rest = word;
                while (ChartFonts.width(font, rest) > width) {
                    int fits = fitting(rest, font, width);
                    lines.add(rest.substring(0, fits));
                    rest = rest.substring(fits);
                }
                line.append(rest);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** How many characters of a word fit into a width, at least one; both halves of a character stay together. */
    static int fitting(String word, Font font, double width) {
        int low = 1;
        int high = word.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (ChartFonts.width(font, word.substring(0, middle)) <= width) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        boolean apart = low < word.length() && Character.isSurrogatePair(word.charAt(low - 1), word.charAt(low));
        return !apart ? low : low > 1 ? low - 1 : 2;
    }

    static Font regular(String text, float size) {
        return ChartFonts.forTexts(List.of(text)).regular(size);
    }

    static Font semiBold(String text, float size) {
        return ChartFonts.forTexts(List.of(text)).semiBold(size);
    }

    static ChartPalette palette() {
        return ChartPalette.of(ChartTheme.LIGHT);
    }

    /**
     * Paints all pages into a document.
     *
     * @param foot stands at the foot of every page, beside its number
     * @param stop asked before every page; true gives up
     */
    void paint(PDDocument document, String foot, BooleanSupplier stop) throws IOException {
        try (PdfTexts fonts = new PdfTexts()) {
            for (int n = 0; n < pages.size(); n++) {
                if (stop.getAsBoolean()) {
                    throw new StoppedException();
                }
                PDPage page = new PDPage(new PDRectangle((float) PAGE_WIDTH, (float) PAGE_HEIGHT));
                document.addPage(page);
                PdfBoxGraphics2D g2 = new PdfBoxGraphics2D(document, (float) PAGE_WIDTH, (float) PAGE_HEIGHT);
                g2.setFontTextDrawer(fonts);
                for (Painting painting : pages.get(n)) {
                    Graphics2D own = (Graphics2D) g2.create();
                    own.translate(painting.x(), painting.y());
                    painting.painter().paint(own);
                    own.dispose();
                }
                foot(g2, foot, (n + 1) + " / " + pages.size());
                g2.dispose();
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.drawForm(g2.getXFormObject());
                }
                for (Linked link : links) {
                    if (link.page() == n) {
                        link(page, link);
                    }
                }
            }
        }
    }

    private static void foot(Graphics2D g2, String text, String number) {
        double baseline = PAGE_HEIGHT - FOOT;
        Font font = regular(text + number, SMALL);
        draw(g2, ChartFonts.fit(font, text, WIDTH - 80), font, palette().muted(), MARGIN, baseline);
        draw(g2, number, font, palette().muted(), MARGIN + WIDTH - ChartFonts.width(font, number), baseline);
    }
}

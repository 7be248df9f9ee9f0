package dev.assay.report;

import dev.assay.chart.ChartFonts;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** Sets a note: paragraphs, headings, lists, quotations, code, tables, and links that can be followed. */
final class PdfMarkdown extends AbstractVisitor {

    private static final double INDENT = 14;
    private static final Pattern INDENTED = Pattern.compile("(?m)^ +");
    private static final Pattern ADDRESS = Pattern.compile("(?i)^(https?|mailto):");
    private static final double CELL_GAP = 12;

    private final PdfPages pages;
    private double indent;
    private String bullet = "";

    /** A word; {@code link} is where it leads, or null. */
    private record Word(String text, boolean bold, String link) {}

    private PdfMarkdown(PdfPages pages) {
        this.pages = pages;
    }

    static void put(String markdown, PdfPages pages) {
        new Markdown().parse(markdown).accept(new PdfMarkdown(pages));
    }

    @Override
    public void visit(Heading heading) {
        pages.gap(4);
        set(words(heading, true), heading.getLevel() == 1 ? 12 : 10.5f);
    }

    @Override
    public void visit(Paragraph paragraph) {
        set(words(paragraph, false), PdfPages.BODY);
        pages.gap(paragraph.getParent() instanceof ListItem ? 1 : 5);
    }

    @Override
    public void visit(BulletList list) {
        items(list, -1);
    }

    @Override
    public void visit(OrderedList list) {
        Integer start = list.getMarkerStartNumber();
        items(list, start == null ? 1 : start);
    }

    private void items(Node list, int number) {
        indent += INDENT;
        int n = number;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            bullet = number < 0 ? "\u2022" : n++ + ".";
            visitChildren(item);
        }
        bullet = "";
        indent -= INDENT;
        pages.gap(4);
    }

    @Override
    public void visit(BlockQuote quote) {
        indent += INDENT;
        visitChildren(quote);
        indent -= INDENT;
    }

    @Override
    public void visit(FencedCodeBlock code) {
        plain(code.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        plain(code.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
        plain(html.getLiteral());
    }

    private void plain(String text) {
        // Blanks that begin a line of code say something; a line of text would lose them.
        String shown = INDENTED.matcher(text.stripTrailing()).replaceAll(m -> "\u00a0".repeat(m.group().length()));
        pages.text(shown, PdfPages.regular(shown, PdfPages.SMALL), PdfPages.palette().muted(), indent,
                PdfPages.WIDTH - indent);
        pages.gap(5);
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            List<List<List<Word>>> rows = new ArrayList<>();
            rows(block, rows);
            table(rows);
            pages.gap(5);
        }
    }

    private static void rows(Node part, List<List<List<Word>>> to) {
        for (Node child = part.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof TableRow row) {
                List<List<Word>> cells = new ArrayList<>();
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    cells.add(words(cell, row.getParent() instanceof TableHead));
                }
                to.add(cells);
            } else {
                rows(child, to);
            }
        }
    }

    /** Columns as wide as their widest cell, or their share of the line where that is too much. */
    private void table(List<List<List<Word>>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        Font plain = PdfPages.regular(text(rows), PdfPages.BODY);
        Font bold = PdfPages.semiBold(text(rows), PdfPages.BODY);
        double room = PdfPages.WIDTH - indent;
        double[] widths = new double[columns];
        for (List<List<Word>> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                double width = row.get(c).stream().mapToDouble(w -> width(w, plain, bold)).sum();
                widths[c] = Math.max(widths[c], width + CELL_GAP);
            }
        }
        double all = Arrays.stream(widths).sum();
        for (int c = 0; c < columns && all > room; c++) {
            widths[c] *= room / all;
        }
        double left = indent;
        for (List<List<Word>> row : rows) {
            List<List<List<Word>>> cells = new ArrayList<>();
            for (int c = 0; c < row.size(); c++) {
                cells.add(lines(row.get(c), plain, bold, Math.max(1, widths[c] - CELL_GAP)));
            }
            int high = cells.stream().mapToInt(List::size).max().orElse(0);
            for (int l = 0; l < high; l++) {
                double x = left;
                List<Runnable> after = new ArrayList<>();
                double leading = PdfPages.BODY * 1.42;
                pages.need(leading);
                for (int c = 0; c < cells.size(); c++) {
                    if (l < cells.get(c).size()) {
                        List<Word> line = cells.get(c).get(l);
                        double at = x;
                        pages.beside(at, g2 -> paint(g2, line, plain, bold));
                        after.add(() -> links(line, plain, bold, at, leading));
                    }
                    x += widths[c];
                }
                pages.put(left, leading, g2 -> {});
                after.forEach(Runnable::run);
            }
        }
    }

    private static String text(List<List<List<Word>>> rows) {
        StringBuilder all = new StringBuilder();
        rows.forEach(r -> r.forEach(c -> c.forEach(w -> all.append(w.text()))));
        return all.toString();
    }

    private static List<Word> words(Node parent, boolean bold) {
        List<Word> words = new ArrayList<>();
        collect(parent, bold, null, words);
        return words;
    }

    private static void collect(Node parent, boolean bold, String link, List<Word> to) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Text t -> split(t.getLiteral(), bold, link, to);
                case Code c -> split(c.getLiteral(), bold, link, to);
                case HtmlInline h -> split(h.getLiteral(), bold, link, to);
                case SoftLineBreak b -> split(" ", bold, link, to);
                case HardLineBreak b -> to.add(new Word("\n", bold, null));
                case Link l -> {
                    int before = to.size();
                    collect(l, bold, l.getDestination(), to);
                    String said = to.subList(before, to.size()).stream().map(Word::text).collect(Collectors.joining());
                    // On paper the address is all there is; one that stands there is not said twice.
                    if (!l.getDestination().endsWith(said) || said.isBlank()) {
                        split(" (" + l.getDestination() + ")", bold, l.getDestination(), to);
                    }
                }
                default -> collect(node, bold || node instanceof StrongEmphasis, link, to);
            }
        }
    }

    /** Words with the blanks before them, so that words of two styles may touch. */
    private static void split(String text, boolean bold, String link, List<Word> to) {
        for (String word : text.split("(?= )")) {
            if (!word.isEmpty()) {
                to.add(new Word(word, bold, link));
            }
        }
    }

    private void set(List<Word> words, float size) {
        StringBuilder all = new StringBuilder();
        words.forEach(w -> all.append(w.text()));
        Font plain = PdfPages.regular(all + bullet, size);
        Font bold = PdfPages.semiBold(all + bullet, size);
        lines(words, plain, bold, PdfPages.WIDTH - indent).forEach(line -> line(line, plain, bold));
    }

    private static double width(Word word, Font plain, Font bold) {
        return ChartFonts.width(word.bold() ? bold : plain, word.text());
    }

    /** Words in lines of at most that width. */
    private static List<List<Word>> lines(List<Word> words, Font plain, Font bold, double room) {
        List<List<Word>> lines = new ArrayList<>();
        List<Word> line = new ArrayList<>();
        double used = 0;
        for (Word word : words) {
            Font font = word.bold() ? bold : plain;
            String text = line.isEmpty() ? word.text().stripLeading() : word.text();
            double width = ChartFonts.width(font, text);
            if (word.text().equals("\n") || (used + width > room && !line.isEmpty())) {
                lines.add(line);
                line = new ArrayList<>();
                used = 0;
                text = text.stripLeading();
                width = ChartFonts.width(font, text);
            }
            // An address or a text without blanks may be longer than a line.
            while (line.isEmpty() && width > room && text.length() > 1) {
                int fits = PdfPages.fitting(text, font, room);
                lines.add(List.of(new Word(text.substring(0, fits), word.bold(), word.link())));
                text = text.substring(fits);
                width = ChartFonts.width(font, text);
            }
            if (!text.isEmpty()) {
                line.add(new Word(text, word.bold(), word.link()));
                used += width;
            }
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }

    private void line(List<Word> words, Font plain, Font bold) {
        String mark = bullet;
        bullet = "";
        double size = plain.getSize2D();
        pages.put(indent, size * 1.42, g2 -> {
            if (!mark.isEmpty()) {
                PdfPages.draw(g2, mark, plain, PdfPages.palette().muted(), -INDENT + 3, size * 1.05);
            }
            paint(g2, words, plain, bold);
        });
        links(words, plain, bold, indent, size * 1.42);
    }

    private static void paint(Graphics2D g2, List<Word> words, Font plain, Font bold) {
        double x = 0;
        for (Word word : words) {
            Font font = word.bold() ? bold : plain;
            Color ink = leads(word) ? PdfPages.palette().category(3) : PdfPages.palette().foreground();
            PdfPages.draw(g2, word.text(), font, ink, x, plain.getSize2D() * 1.05);
            x += ChartFonts.width(font, word.text());
        }
    }

    /** Only what a reader's browser or mail program opens; other addresses are left as text. */
    private static boolean leads(Word word) {
        return word.link() != null && ADDRESS.matcher(word.link()).find();
    }

    private void links(List<Word> words, Font plain, Font bold, double left, double height) {
        double x = left;
        for (Word word : words) {
            double width = width(word, plain, bold);
            if (leads(word)) {
                pages.link(x, width, height, word.link());
            }
            x += width;
        }
    }
}

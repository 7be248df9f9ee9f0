package dev.assay.report;

import dev.assay.chart.ChartFonts;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
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

/** Sets a note: paragraphs, headings, lists, quotations, code, and tables as rows of text. */
final class PdfMarkdown extends AbstractVisitor {

    private static final double INDENT = 14;

    private final PdfPages pages;
    private double indent;
    private String bullet = "";

    private record Word(String text, boolean bold) {}

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
        String shown = text.stripTrailing();
        pages.text(shown, PdfPages.regular(shown, PdfPages.SMALL), PdfPages.palette().muted(), indent,
                PdfPages.WIDTH - indent);
        pages.gap(5);
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            rows(block);
            pages.gap(5);
        }
    }

    private void rows(Node part) {
        for (Node child = part.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof org.commonmark.ext.gfm.tables.TableRow row) {
                boolean head = row.getParent() instanceof org.commonmark.ext.gfm.tables.TableHead;
                List<Word> words = new ArrayList<>();
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    if (!words.isEmpty()) {
                        words.add(new Word("\u00b7", false));
                    }
                    words.addAll(words(cell, head));
                }
                set(words, PdfPages.BODY);
            } else {
                rows(child);
            }
        }
    }

    private static List<Word> words(Node parent, boolean bold) {
        List<Word> words = new ArrayList<>();
        collect(parent, bold, words);
        return words;
    }

    private static void collect(Node parent, boolean bold, List<Word> to) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Text t -> split(t.getLiteral(), bold, to);
                case Code c -> split(c.getLiteral(), bold, to);
                case HtmlInline h -> split(h.getLiteral(), bold, to);
                case SoftLineBreak b -> split(" ", bold, to);
                case HardLineBreak b -> to.add(new Word("\n", bold));
                case Link link -> {
                    collect(link, bold, to);
                    split(" (" + link.getDestination() + ")", bold, to);
                }
                default -> collect(node, bold || node instanceof StrongEmphasis, to);
            }
        }
    }

    /** Words with the blanks before them, so that words of two styles may touch. */
    private static void split(String text, boolean bold, List<Word> to) {
        for (String word : text.split("(?= )")) {
            if (!word.isEmpty()) {
                to.add(new Word(word, bold));
            }
        }
    }

    private void set(List<Word> words, float size) {
        StringBuilder all = new StringBuilder();
        words.forEach(w -> all.append(w.text()));
        Font plain = PdfPages.regular(all + bullet, size);
        Font bold = PdfPages.semiBold(all + bullet, size);
        double room = PdfPages.WIDTH - indent;
        List<Word> line = new ArrayList<>();
        double used = 0;
        for (Word word : words) {
            String text = line.isEmpty() ? word.text().stripLeading() : word.text();
            double width = ChartFonts.width(word.bold() ? bold : plain, text);
            if (word.text().equals("\n") || (used + width > room && !line.isEmpty())) {
                line(line, plain, bold);
                line = new ArrayList<>();
                used = 0;
                text = text.stripLeading();
                width = ChartFonts.width(word.bold() ? bold : plain, text);
            }
            Font font = word.bold() ? bold : plain;
            // An address or a text without blanks may be longer than a line.
            while (line.isEmpty() && width > room) {
                int fits = PdfPages.fitting(text, font, room);
                line(List.of(new Word(text.substring(0, fits), word.bold())), plain, bold);
                text = text.substring(fits);
                width = ChartFonts.width(font, text);
            }
            if (!text.isEmpty()) {
                line.add(new Word(text, word.bold()));
                used += width;
            }
        }
        if (!line.isEmpty()) {
            line(line, plain, bold);
        }
    }

    private void line(List<Word> words, Font plain, Font bold) {
        String mark = bullet;
        bullet = "";
        double size = plain.getSize2D();
        pages.put(indent, size * 1.42, g2 -> {
            if (!mark.isEmpty()) {
                PdfPages.draw(g2, mark, plain, PdfPages.palette().muted(), -INDENT + 3, size * 1.05);
            }
            double x = 0;
            for (Word word : words) {
                Font font = word.bold() ? bold : plain;
                PdfPages.draw(g2, word.text(), font, PdfPages.palette().foreground(), x, size * 1.05);
                x += ChartFonts.width(font, word.text());
            }
        });
    }
}

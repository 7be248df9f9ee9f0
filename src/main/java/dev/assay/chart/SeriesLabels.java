package dev.assay.chart;

import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.LineMetrics;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Names of series to the right of a plot: each at the end of its line where there is room, else one below the other.
 */
final class SeriesLabels implements Side {

    private static final double LINE = 15;
    private static final double LEADER = 16;
    private static final double DOT = 6;
    private static final double GAP = 4;
    private static final double WIDEST_SHARE = 0.3;

    private final List<Entry> entries;
    private final Font font;
    private final ChartPalette palette;
    private final double textWidth;

    /**
     * A name.
     *
     * @param name the series
     * @param colour its colour
     * @param strong whether it is read first
     * @param hidden whether the series is not drawn
     * @param end position along y of the line's end, NaN for none
     * @param endX position along x of the line's end
     * @param mark what stands beside the name where no line leads to it
     */
    record Entry(
            String name, Color colour, boolean strong, boolean hidden, double endX, double end, Mark mark) {

        Entry(String name, Color colour, boolean strong, boolean hidden, double endX, double end) {
            this(name, colour, strong, hidden, endX, end, Mark.DOT);
        }

        /** Something that is drawn as lines, which end nowhere near the name. */
        static Entry line(String name, Color colour) {
            return new Entry(name, colour, false, false, Double.NaN, Double.NaN, Mark.LINE);
        }
    }

    /** What stands beside a name. */
    enum Mark {
        /** A point. */
        DOT,
        /** A diamond, where the colours are used a second time. */
        DIAMOND,
        /** A short line. */
        LINE
    }

    SeriesLabels(List<Entry> entries, Font font, ChartPalette palette, int chartWidth) {
        this.entries = entries;
        this.font = font;
        this.palette = palette;
        double widest = 0;
        for (Entry e : entries) {
            widest = Math.max(widest, ChartFonts.width(font, e.name()));
        }
        // Not all may find room; how many did not is said in their place.
        widest = Math.max(widest, ChartFonts.width(font, "+" + Numbers.count(entries.size())));
        this.textWidth = Math.ceil(Math.min(widest, chartWidth * WIDEST_SHARE)) + 1;
    }

    @Override
    public double width() {
        return entries.isEmpty() ? 0 : LEADER + GAP + textWidth + GAP;
    }

    @Override
    public List<Drawn.Label> draw(Graphics2D g2, Rectangle2D plot, Pixels pixels) {
        int room = (int) Math.max(1, Math.floor((plot.getHeight() + LINE / 2) / LINE));
        List<Entry> shown = entries;
        int left = 0;
        if (entries.size() > room) {
            shown = chosen(Math.max(0, room - 1));
            left = entries.size() - shown.size();
        }
        double[] places = places(shown, plot, pixels, left > 0);
        List<Drawn.Label> labels = new ArrayList<>();
        g2.setFont(font);
        LineMetrics metrics = font.getLineMetrics("Ag", ChartFonts.MEASURE);
        double rise = (metrics.getAscent() - metrics.getDescent()) / 2;
        double x = plot.getMaxX();
        for (int i = 0; i < shown.size(); i++) {
            Entry e = shown.get(i);
            double y = places[i];
            drawLeader(g2, e, x, y, plot, pixels);
            g2.setPaint(e.hidden() ? palette.quiet() : e.strong() ? palette.foreground() : palette.muted());
            String text = ChartFonts.fit(font, e.name(), textWidth);
            g2.drawString(text, (float) (x + LEADER + GAP), (float) (y + rise));
            labels.add(new Drawn.Label(
                    new Rectangle2D.Double(x + 2, y - LINE / 2, width() - 2, LINE), e.name()));
        }
        if (left > 0) {
            g2.setPaint(palette.muted());
            String words = "+ " + Numbers.count(left) + " more";
            String more = ChartFonts.width(font, words) <= textWidth ? words : "+" + Numbers.count(left);
            g2.drawString(more, (float) (x + LEADER + GAP),
                    (float) (plot.getMaxY() - LINE / 2 + rise));
        }
        return labels;
    }

    private void drawLeader(Graphics2D g2, Entry e, double x, double y, Rectangle2D plot, Pixels pixels) {
        g2.setPaint(e.hidden() ? palette.quiet() : e.colour());
        double end = pixels.y(e.end());
        boolean atEdge = !e.hidden() && plot.getMinY() - 1 <= end && end <= plot.getMaxY() + 1
                && Math.abs(pixels.x(e.endX()) - x) <= plot.getWidth() * 0.25;
        if (atEdge) {
            g2.setStroke(new BasicStroke(1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            Path2D path = new Path2D.Double();
            path.moveTo(pixels.x(e.endX()) + 5, end);
            path.lineTo(Math.max(x, pixels.x(e.endX()) + 5), end);
            path.curveTo(x + LEADER * 0.6, end, x + LEADER * 0.4, y, x + LEADER, y);
            g2.setPaint(ChartPalette.fade(e.colour(), 0.7));
            g2.draw(path);
            return;
        }
        Ellipse2D dot = new Ellipse2D.Double(x + LEADER - DOT, y - DOT / 2, DOT, DOT);
        if (e.hidden()) {
            g2.setStroke(new BasicStroke(1f));
            g2.draw(dot);
            g2.draw(new Line2D.Double(x + LEADER - DOT - 2, y + DOT / 2 + 1, x + LEADER + 2, y - DOT / 2 - 1));
        } else if (e.mark() == Mark.LINE) {
            g2.setStroke(new BasicStroke(1.75f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g2.draw(new Line2D.Double(x + LEADER - 2 * DOT, y, x + LEADER, y));
        } else {
            g2.fill(e.mark() == Mark.DIAMOND ? ScatterChart.diamond(dot.getCenterX(), dot.getCenterY(), DOT) : dot);
        }
    }

    /** The strong ones first, then the others evenly, in their order. */
    private List<Entry> chosen(int count) {
        List<Entry> list = new ArrayList<>(entries.stream().filter(Entry::strong).limit(count).toList());
        List<Entry> others = entries.stream().filter(e -> !e.strong()).toList();
        int more = count - list.size();
        for (int i = 0; i < more && !others.isEmpty(); i++) {
            list.add(others.get((int) ((long) i * others.size() / more)));
        }
        return list.stream().distinct().sorted(Comparator.comparingInt(entries::indexOf)).toList();
    }

    /** Heights of the labels: as near to the ends as they can be without touching each other. */
    private static double[] places(List<Entry> shown, Rectangle2D plot, Pixels pixels, boolean footer) {
        double[] y = new double[shown.size()];
        double top = plot.getMinY() + LINE / 2 - 4;
        double bottom = plot.getMaxY() - (footer ? LINE : 0) - LINE / 2 + 4;
        boolean anyEnd = shown.stream().anyMatch(e -> !e.hidden() && !Double.isNaN(e.end()));
        Integer[] order = new Integer[y.length];
        for (int i = 0; i < y.length; i++) {
            order[i] = i;
            double end = pixels.y(shown.get(i).end());
            y[i] = !anyEnd ? top + i * LINE
                    : Double.isNaN(end) || shown.get(i).hidden() ? bottom + 1
                            : Math.clamp(end, top, Math.max(top, bottom));
        }
        Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> y[i]).thenComparing(Comparator.naturalOrder()));
        double low = Double.NEGATIVE_INFINITY;
        for (int i : order) {
            y[i] = Math.max(y[i], low);
            low = y[i] + LINE;
        }
        double high = Math.max(bottom, top + (y.length - 1) * LINE);
        for (int k = order.length - 1; k >= 0; k--) {
            y[order[k]] = Math.min(y[order[k]], high);
            high = y[order[k]] - LINE;
        }
        return y;
    }
}

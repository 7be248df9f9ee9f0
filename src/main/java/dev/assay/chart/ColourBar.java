package dev.assay.chart;

import dev.assay.analysis.result.Heatmap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleFunction;

/** The colours of a matrix beside it, with numbers, or with the names of states. */
final class ColourBar implements Side {

    private static final double GAP = 14;
    private static final double BAR = 10;
    private static final double TICK = 4;
    private static final double LINE = 18;
    private static final double TALLEST = 220;
    private static final double WIDEST = 130;
    private static final int STEPS = 128;
    private static final int LEAST_MARKS = 3;

    private final List<Heatmap.Level> levels;
    private final DoubleFunction<Color> colour;
    private final Span span;
    private final Ticks ticks;
    private final String title;
    private final Font font;
    private final ChartPalette palette;
    private final double labels;

    /**
     * @param levels names of states, or empty for a continuous bar
     * @param span positions from the bar's lower to its upper end
     * @param ticks marks of a continuous bar
     * @param title what the values are, may be empty
     */
    ColourBar(
            List<Heatmap.Level> levels,
            DoubleFunction<Color> colour,
            Span span,
            Ticks ticks,
            String title,
            Font font,
            ChartPalette palette) {
        this.levels = levels;
        this.colour = colour;
        this.span = span;
        this.ticks = ticks;
        this.title = title;
        this.font = font;
        this.palette = palette;
        double widest = 0;
        if (levels.isEmpty()) {
            for (double height : new double[] {TALLEST, 2 * TALLEST}) {
                for (Ticks.Mark mark : ticks.marks(span, height, false)) {
                    widest = Math.max(widest, ChartFonts.width(font, mark.label()));
                }
            }
        } else {
            widest = ChartFonts.width(font, title);
            for (Heatmap.Level level : levels) {
                widest = Math.max(widest, BAR + 2 + ChartFonts.width(font, level.name()));
            }
        }
        this.labels = Math.ceil(Math.min(widest, WIDEST)) + 2;
    }

    @Override
    public double width() {
        if (!levels.isEmpty()) {
            return GAP + labels + TICK;
        }
        return GAP + BAR + TICK + 3 + labels + (title.isEmpty() ? 0 : LINE);
    }

    @Override
    public List<Drawn.Label> draw(Graphics2D g2, Rectangle2D plot, Pixels pixels) {
        g2.setFont(font);
        if (levels.isEmpty()) {
            drawBar(g2, plot);
        } else {
            drawLevels(g2, plot);
        }
        return List.of();
    }

    private void drawLevels(Graphics2D g2, Rectangle2D plot) {
        double x = plot.getMaxX() + GAP;
        double y = plot.getMinY();
        if (!title.isEmpty()) {
            g2.setPaint(palette.muted());
            g2.drawString(ChartFonts.fit(font, title, labels), (float) x, (float) (y + 9));
            y += LINE;
        }
        g2.setStroke(new BasicStroke(1f));
        for (Heatmap.Level level : levels) {
            Rectangle2D swatch = new Rectangle2D.Double(x + 0.5, y + 0.5, BAR - 1, BAR - 1);
            Color fill = colour.apply(level.value());
            g2.setPaint(fill);
            g2.fill(swatch);
            if (fill.getAlpha() == 0) {
                g2.setPaint(palette.quiet());
                g2.draw(swatch);
            }
            g2.setPaint(palette.foreground());
            String name = ChartFonts.fit(font, level.name(), labels - BAR - 2);
            g2.drawString(name, (float) (x + BAR + 6), (float) (y + 9));
            y += LINE;
        }
    }

    /** A bar with one number or two says too little: then they stand closer. */
    private List<Ticks.Mark> marks(double height) {
        List<Ticks.Mark> marks = ticks.marks(span, height, false);
        return marks.size() >= LEAST_MARKS ? marks : ticks.marks(span, height * 2, false);
    }

    private void drawBar(Graphics2D g2, Rectangle2D plot) {
        double x = plot.getMaxX() + GAP;
        double height = Math.min(plot.getHeight(), TALLEST);
        double top = plot.getMinY();
        BufferedImage strip = new BufferedImage(1, STEPS, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < STEPS; i++) {
            double at = span.upper() - (i + 0.5) / STEPS * span.length();
            strip.setRGB(0, i, colour.apply(at).getRGB());
        }
        AffineTransform place = AffineTransform.getTranslateInstance(x, top);
        place.scale(BAR, height / STEPS);
        g2.drawImage(strip, place, null);
        g2.setStroke(new BasicStroke(1f));
        float rise = (float) (font.getLineMetrics("0", ChartFonts.MEASURE).getAscent() * 0.36);
        for (Ticks.Mark mark : marks(height)) {
            if (mark.label().isEmpty()) {
                continue;
            }
            double y = top + (span.upper() - mark.at()) / span.length() * height;
            g2.setPaint(palette.axis());
            g2.draw(new Line2D.Double(x + BAR, y, x + BAR + TICK, y));
            g2.setPaint(palette.muted());
            g2.drawString(mark.label(), (float) (x + BAR + TICK + 3), (float) y + rise);
        }
        if (!title.isEmpty()) {
            AffineTransform before = g2.getTransform();
            String text = ChartFonts.fit(font, title, height);
            double right = x + BAR + TICK + 3 + labels + LINE - 6;
            g2.translate(right, top + height / 2 + ChartFonts.width(font, text) / 2);
            g2.rotate(-Math.PI / 2);
            g2.setPaint(palette.muted());
            g2.drawString(text, 0f, 0f);
            g2.setTransform(before);
        }
    }
}

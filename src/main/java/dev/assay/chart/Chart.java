package dev.assay.chart;

import dev.assay.analysis.result.Result;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;

/**
 * A result as a chart of a certain size. Made, drawn and thrown away on one thread; what {@link #draw} returns may then be
 * handed to others.
 */
public final class Chart {

    private final Result result;
    private final ChartView view;
    private final int width;
    private final int height;
    private final JFreeChart chart;
    private final Function<Pixels, Hits> hits;
    private final String finding;
    private final ChartFrame frame;

    Chart(ChartFrame frame, JFreeChart chart, Function<Pixels, Hits> hits, String finding) {
        this.result = frame.result();
        this.view = frame.view();
        this.width = frame.width();
        this.height = frame.height();
        this.chart = chart;
        this.hits = hits;
        this.finding = finding;
        this.frame = frame;
    }

    /** What it shows. */
    public Result result() {
        return result;
    }

    /** How it is looked at. */
    public ChartView view() {
        return view;
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** The chart of the library. */
    public JFreeChart jfree() {
        return chart;
    }

    /** The finding in one sentence, for those who cannot see it. */
    public String finding() {
        return finding;
    }

    /** Whether the x axis may be switched between linear and logarithmic. */
    public boolean xCanBeLog() {
        return frame.xCanBeLog();
    }

    /** Whether the y axis may be switched between linear and logarithmic. */
    public boolean yCanBeLog() {
        return frame.yCanBeLog();
    }

    /** Whether the positions along x are values, so that the user may type a range. */
    public boolean hasXValues() {
        return frame.xScaling() != null;
    }

    /** Whether the positions along y are values. */
    public boolean hasYValues() {
        return frame.yScaling() != null;
    }

    /** Whether x is drawn logarithmically. */
    public boolean isXLog() {
        return hasXValues() && frame.xScaling().isLog();
    }

    /** Whether y is drawn logarithmically. */
    public boolean isYLog() {
        return hasYValues() && frame.yScaling().isLog();
    }

    /** The value at a position along x. */
    public double xValue(double at) {
        return frame.xScaling().value(at);
    }

    /** The value at a position along y. */
    public double yValue(double at) {
        return frame.yScaling().value(at);
    }

    /** The position of a value along x, NaN when it has none. */
    public double xAt(double value) {
        return frame.xScaling().at(value);
    }

    /** The position of a value along y, NaN when it has none. */
    public double yAt(double value) {
        return frame.yScaling().at(value);
    }

    /** The line across the chart, or null. {@link #draw} leaves it to whoever moves it, files have it. */
    public PlotCursor cursor() {
        return frame.cursor();
    }

    /**
     * The position of the line when it is at a value, kept within what is seen.
     *
     * @param drawn the chart as it was drawn
     */
    public double cursorPixel(double value, Drawn drawn) {
        boolean onX = cursor().onX();
        double at = onX ? xAt(value) : yAt(value);
        Span span = onX ? drawn.x() : drawn.y();
        // A value that a logarithmic axis has no place for is 0.
        double share = Double.isNaN(at) ? 0 : Math.clamp((at - span.lower()) / span.length(), 0, 1);
        Rectangle2D plot = drawn.plot();
        return onX ? plot.getMinX() + share * plot.getWidth() : plot.getMaxY() - share * plot.getHeight();
    }

    /** The value of the line's axis at a pixel, kept within what is seen. */
    public double cursorValue(double pixel, Drawn drawn) {
        Rectangle2D plot = drawn.plot();
        if (cursor().onX()) {
            double share = Math.clamp((pixel - plot.getMinX()) / plot.getWidth(), 0, 1);
            return xValue(drawn.x().lower() + share * drawn.x().length());
        }
        double share = Math.clamp((plot.getMaxY() - pixel) / plot.getHeight(), 0, 1);
        return yValue(drawn.y().lower() + share * drawn.y().length());
    }

    /** Whether there are so many series that all but the highlighted one are grey. */
    public boolean isCrowded() {
        return frame.isCrowded();
    }

    /** Whether positions along y grow downwards. */
    public boolean isYInverted() {
        return chart.getXYPlot().getRangeAxis().isInverted();
    }

    /** Number of places along y where positions are places, e.g. of a ranking; 0 else. */
    public int bands() {
        return frame.bands();
    }

    /** Where the title ends, in pixels from the left. */
    public double titleEnd() {
        return ChartFrame.PADDING + frame.titleWidth();
    }

    /** Draws it with its upper left corner at the origin, on a transparent ground. */
    public Drawn draw(Graphics2D g2) {
        chart.draw(g2, new Rectangle2D.Double(0, 0, width, height));
        PanelPlot plot = (PanelPlot) chart.getXYPlot();
        Pixels pixels = plot.pixels();
        if (pixels == null) {
            return new Drawn(new Rectangle2D.Double(), new Span(0, 1), new Span(0, 1), List.of(), Hits.NONE);
        }
        return new Drawn(
                pixels.plot(), span(plot.getDomainAxis()), span(plot.getRangeAxis()), plot.labels(),
                hits.apply(pixels));
    }

    private static Span span(ValueAxis axis) {
        return new Span(axis.getLowerBound(), axis.getUpperBound());
    }

    /** Draws it on the theme's ground, as files need it. */
    public Drawn drawOpaque(Graphics2D g2) {
        g2.setPaint(ChartPalette.of(view.theme()).background());
        g2.fill(new Rectangle2D.Double(0, 0, width, height));
        Drawn drawn = draw(g2);
        if (cursor() != null) {
            paintCursor(g2, drawn);
        }
        return drawn;
    }

    private void paintCursor(Graphics2D g2, Drawn drawn) {
        Rectangle2D plot = drawn.plot();
        double at = cursorPixel(cursor().value(), drawn);
        g2.setPaint(ChartPalette.of(view.theme()).foreground());
        g2.setStroke(
                new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {5f, 3f}, 0f));
        g2.draw(
                cursor().onX()
                        ? new Line2D.Double(at, plot.getMinY(), at, plot.getMaxY())
                        : new Line2D.Double(plot.getMinX(), at, plot.getMaxX(), at));
    }

    /**
     * A picture of it.
     *
     * @param scale pixels of the picture for each pixel of the chart, e.g. 2 for a fine screen
     */
    public BufferedImage image(double scale) {
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D g2 = graphics(image, scale);
        drawOpaque(g2);
        g2.dispose();
        return image;
    }

    /** A way to draw on a picture with all that makes lines and text smooth. */
    public static Graphics2D graphics(BufferedImage image, double scale) {
        Graphics2D g2 = image.createGraphics();
        g2.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g2.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g2.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g2.scale(scale, scale);
        return g2;
    }
}

package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Result;
import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.VerticalAlignment;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.XYDataset;

/** What all charts have in common: title, subtitle, axes, grid, the look. */
final class ChartFrame {

    /** Space around everything. */
    static final double PADDING = 8;

    /** Space above the plot, so that the topmost tick's label is whole. */
    private static final double ABOVE = 8;

    private static final BasicStroke HAIRLINE = new BasicStroke(1f);
    private static final float TICK = 4f;

    private final Result result;
    private final ChartView view;
    private final int width;
    private final int height;
    private final ChartPalette palette;
    private final ChartFonts fonts;
    private boolean xCanBeLog;
    private boolean yCanBeLog;
    private boolean crowded;
    private int bands;
    private Scaling xScaling;
    private Scaling yScaling;
    private PlotCursor cursor;

    ChartFrame(Result result, ChartView view, int width, int height, List<String> texts) {
        this.result = result;
        this.view = view;
        this.width = width;
        this.height = height;
        this.palette = ChartPalette.of(view.theme());
        List<String> all = new ArrayList<>(texts);
        all.add(result.title());
        all.add(view.subtitle());
        this.fonts = ChartFonts.forTexts(all);
    }

    Result result() {
        return result;
    }

    ChartView view() {
        return view;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    ChartPalette palette() {
        return palette;
    }

    ChartFonts fonts() {
        return fonts;
    }

    boolean xCanBeLog() {
        return xCanBeLog;
    }

    boolean yCanBeLog() {
        return yCanBeLog;
    }

    boolean isCrowded() {
        return crowded;
    }

    int bands() {
        return bands;
    }

    /** Takes up the looks of lines or steps. */
    SeriesLook look(List<String> names) {
        return look(names, Math.min(SeriesLook.MOST_LINES, palette.categories() + 1));
    }

    /** Takes up the looks of clouds of points, whose shapes help to tell twice as many of them apart. */
    SeriesLook lookOfPoints(List<String> names) {
        return look(names, 2 * palette.categories());
    }

    private SeriesLook look(List<String> names, int most) {
        SeriesLook look = new SeriesLook(names, most, view, palette);
        crowded = look.isCrowded();
        return look;
    }

    /** The scaling along x, or null when its positions are no values. */
    Scaling xScaling() {
        return xScaling;
    }

    /** The scaling along y, or null when its positions are no values. */
    Scaling yScaling() {
        return yScaling;
    }

    /** Says how values lie along the axes, null where positions are no values, and whether that may be changed. */
    void scale(Scaling x, boolean xLogFits, Scaling y, boolean yLogFits) {
        xScaling = x;
        xCanBeLog = xLogFits;
        yScaling = y;
        yCanBeLog = yLogFits;
    }

    /** Takes up the line across the chart that one of the axes may have. */
    void cursor(Axis x, Axis y) {
        if (x != null && x.cursor() != null) {
            cursor = new PlotCursor(true, x);
        } else if (y != null && y.cursor() != null) {
            cursor = new PlotCursor(false, y);
        }
    }

    /** The line across the chart, or null. */
    PlotCursor cursor() {
        return cursor;
    }

    /** Width of the title as it is drawn. */
    double titleWidth() {
        return ChartFonts.width(
                fonts.semiBold(ChartFonts.TITLE), fitted(result.title(), fonts.semiBold(ChartFonts.TITLE)));
    }

    private String fitted(String text, Font font) {
        return ChartFonts.fit(font, text, Math.max(20, width - 2 * PADDING - 4 - view.titleInset()));
    }

    /** The range that an axis shows: what the user chose, else the data's, in steps while they grow. */
    Span shownX(Span automatic) {
        return shown(view.x(), automatic, view.xAtLeast());
    }

    /** As {@link #shownX}. */
    Span shownY(Span automatic) {
        return shown(view.y(), automatic, view.yAtLeast());
    }

    /** What is said in a plot without data: values may still come while a run goes on. */
    String noValues() {
        return view.live() ? "No values yet" : "No values";
    }

    /** The bands that an axis shows: what the user chose, else all. */
    Span shownBand(Span chosen, int count, int of) {
        bands = of;
        return chosen != null ? chosen : new Span(-0.5, Math.max(1, count) - 0.5);
    }

    private Span shown(Span chosen, Span automatic, Span atLeast) {
        if (chosen != null) {
            return chosen;
        }
        return view.live() ? automatic.stepped().with(atLeast) : automatic;
    }

    /** Label and unit of an axis. */
    static String title(Axis axis) {
        String unit = axis.unit();
        if (unit.isEmpty() || Numbers.SHARE.equals(unit)) {
            return axis.label();
        }
        return axis.label().isEmpty() ? unit : axis.label() + " (" + unit + ")";
    }

    /** A value of an axis with its unit. */
    static String text(double value, Axis axis) {
        return Numbers.value(value, axis.unit());
    }

    /** An axis in the look of all charts. */
    TickedAxis axis(Ticks ticks, Span span, String title, boolean line) {
        TickedAxis axis = new TickedAxis(ticks, span);
        axis.setLabel(title.isEmpty() ? null : title);
        axis.setLabelFont(fonts.regular(ChartFonts.BODY));
        axis.setLabelPaint(palette.muted());
        axis.setLabelInsets(new RectangleInsets(6, 4, 2, 6));
        axis.setTickLabelFont(fonts.regular(ChartFonts.CAPTION));
        axis.setTickLabelPaint(palette.muted());
        axis.setTickLabelInsets(new RectangleInsets(3, 2, 2, 5));
        axis.setAxisLineVisible(line);
        axis.setAxisLinePaint(palette.axis());
        axis.setAxisLineStroke(HAIRLINE);
        axis.setTickMarksVisible(line);
        axis.setTickMarkPaint(palette.axis());
        axis.setTickMarkStroke(HAIRLINE);
        axis.setTickMarkInsideLength(0f);
        axis.setTickMarkOutsideLength(TICK);
        axis.setMinorTickMarksVisible(line);
        axis.setMinorTickMarkInsideLength(0f);
        axis.setMinorTickMarkOutsideLength(TICK / 2);
        return axis;
    }

    /** Puts the parts together. */
    Chart build(
            XYDataset data,
            TickedAxis x,
            TickedAxis y,
            XYItemRenderer renderer,
            Side side,
            boolean grid,
            String empty,
            Function<Pixels, Hits> hits,
            String finding) {
        PanelPlot plot = new PanelPlot(data, x, y, renderer, side);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setInsets(new RectangleInsets(ABOVE, 0, 0, Math.max(side.width(), overhang(x))));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainGridlinesVisible(false);
        // Lines would go through what is said where there is nothing.
        plot.setRangeGridlinesVisible(grid && !DatasetUtils.isEmptyOrNull(data));
        plot.setRangeGridlinePaint(palette.grid());
        plot.setRangeGridlineStroke(HAIRLINE);
        plot.setRangeZeroBaselineVisible(false);
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
        plot.setNoDataMessage(empty);
        plot.setNoDataMessageFont(fonts.regular(ChartFonts.BODY));
        plot.setNoDataMessagePaint(palette.muted());

        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setBorderVisible(false);
        chart.setPadding(new RectangleInsets(PADDING, PADDING, PADDING, PADDING));
        chart.setAntiAlias(true);
        chart.setTextAntiAlias(true);
        chart.getRenderingHints().put(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        chart.setTitle(line(result.title(), true));
        if (!view.subtitle().isEmpty()) {
            chart.addSubtitle(0, line(view.subtitle(), false));
        }
        return new Chart(this, chart, hits, finding);
    }

    /** Room to the right of the plot for the half of the last label that sticks out. */
    private double overhang(TickedAxis x) {
        double out = PADDING;
        Span span = new Span(x.getLowerBound(), x.getUpperBound());
        double pixels = width * 0.85;
        for (Ticks.Mark mark : x.marks(pixels)) {
            double right = (mark.at() - span.lower()) / span.length() * pixels
                    + ChartFonts.width(x.getTickLabelFont(), mark.label()) / 2;
            out = Math.max(out, right - pixels);
        }
        return out;
    }

    private TextTitle line(String text, boolean first) {
        Font font = first ? fonts.semiBold(ChartFonts.TITLE) : fonts.regular(ChartFonts.CAPTION);
        TextTitle title = new TextTitle(
                fitted(text, font),
                font,
                first ? palette.foreground() : palette.muted(),
                RectangleEdge.TOP,
                HorizontalAlignment.LEFT,
                VerticalAlignment.TOP,
                new RectangleInsets(0, 0, first ? 2 : 4, 0));
        title.setMaximumLinesToDisplay(1);
        title.setExpandToFitSpace(true);
        return title;
    }
}

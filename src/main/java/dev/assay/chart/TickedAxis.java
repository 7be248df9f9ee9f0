package dev.assay.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis of positions whose marks come from {@link Ticks}. */
final class TickedAxis extends NumberAxis {

    private static final long serialVersionUID = 1L;

    /** How much longer than the axis its title may be, in pixels. */
    private static final double OVERHANG = 20;

    private final transient Ticks ticks;
    /** Width of the widest label that was drawn last. */
    private float widestLabel;

    TickedAxis(Ticks ticks, Span span) {
        super(null);
        this.ticks = ticks;
        setAutoRange(false);
        setRange(span.lower(), span.upper());
    }

    /** The marks for a horizontal axis of that length. */
    List<Ticks.Mark> marks(double pixels) {
        return ticks.turned(span(), pixels) ? List.of() : ticks.marks(span(), pixels, true);
    }

    private Span span() {
        return new Span(getRange().getLowerBound(), getRange().getUpperBound());
    }

    @Override
    public List<ValueTick> refreshTicks(Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
        boolean horizontal = RectangleEdge.isTopOrBottom(edge);
        double pixels = horizontal ? area.getWidth() : area.getHeight();
        Span span = span();
        boolean turned = horizontal && ticks.turned(span, pixels);
        setVerticalTickLabels(turned);
        TextAnchor anchor = turned || !horizontal ? TextAnchor.CENTER_RIGHT : TextAnchor.TOP_CENTER;
        widestLabel = 0;
        List<ValueTick> list = new ArrayList<>();
        for (Ticks.Mark mark : ticks.marks(span, pixels, horizontal)) {
            widestLabel = (float) Math.max(widestLabel, ChartFonts.width(getTickLabelFont(), mark.label()));
            list.add(new NumberTick(
                    mark.label().isEmpty() ? TickType.MINOR : TickType.MAJOR,
                    mark.at(), mark.label(), anchor, anchor, turned ? -Math.PI / 2 : 0));
        }
        return list;
    }

    /** Marks between groups end where their names do: there is no room kept for them beyond that. */
    @Override
    public float getMinorTickMarkOutsideLength() {
        return Math.min(super.getMinorTickMarkOutsideLength(), widestLabel);
    }

    /** A title longer than its axis would run into what stands above the plot. */
    @Override
    protected AxisState drawLabel(
            String label,
            Graphics2D g2,
            Rectangle2D plotArea,
            Rectangle2D dataArea,
            RectangleEdge edge,
            AxisState state) {
        double room = RectangleEdge.isTopOrBottom(edge) ? dataArea.getWidth() : dataArea.getHeight();
        String fitting = label == null ? null : ChartFonts.fit(getLabelFont(), label, room + OVERHANG);
        return super.drawLabel(fitting, g2, plotArea, dataArea, edge, state);
    }
}

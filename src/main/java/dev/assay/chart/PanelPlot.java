package dev.assay.chart;

import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.PlotState;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.data.xy.XYDataset;

/** A plot with something beside it, which remembers where it was drawn last. */
final class PanelPlot extends XYPlot {

    private static final long serialVersionUID = 1L;

    private final transient Side side;
    private transient Pixels pixels;
    private transient List<Drawn.Label> labels = List.of();

    PanelPlot(XYDataset dataset, ValueAxis x, ValueAxis y, XYItemRenderer renderer, Side side) {
        super(dataset, x, y, renderer);
        this.side = side;
    }

    @Override
    public void draw(
            Graphics2D g2, Rectangle2D area, Point2D anchor, PlotState parentState, PlotRenderingInfo info) {
        PlotRenderingInfo where = info == null ? new PlotRenderingInfo(null) : info;
        super.draw(g2, area, anchor, parentState, where);
        Rectangle2D plot = where.getDataArea();
        if (plot == null || plot.getWidth() <= 1 || plot.getHeight() <= 1) {
            pixels = null;
            return;
        }
        pixels = Pixels.of((Rectangle2D) plot.clone(), getDomainAxis(), getRangeAxis());
        labels = side.draw(g2, plot, pixels);
    }

    /** Where the plot was drawn, or null when there was no room for it. */
    Pixels pixels() {
        return pixels;
    }

    List<Drawn.Label> labels() {
        return labels;
    }
}

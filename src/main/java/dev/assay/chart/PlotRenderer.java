package dev.assay.chart;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;

/**
 * Draws a series at once instead of item by item: a line of ten thousand points is one path, a matrix one picture.
 */
final class PlotRenderer extends AbstractXYItemRenderer {

    private static final long serialVersionUID = 1L;

    private final int passes;
    private final transient Painter painter;

    /** Draws a series in a pass. */
    interface Painter {
        void paint(Graphics2D g2, Pixels pixels, int series, int pass);
    }

    PlotRenderer(int passes, Painter painter) {
        this.passes = passes;
        this.painter = painter;
    }

    @Override
    public int getPassCount() {
        return passes;
    }

    @Override
    public XYItemRendererState initialise(
            Graphics2D g2, Rectangle2D area, XYPlot plot, XYDataset data, PlotRenderingInfo info) {
        XYItemRendererState state = new XYItemRendererState(info);
        state.setProcessVisibleItemsOnly(false);
        return state;
    }

    @Override
    public void drawItem(
            Graphics2D g2,
            XYItemRendererState state,
            Rectangle2D area,
            PlotRenderingInfo info,
            XYPlot plot,
            ValueAxis x,
            ValueAxis y,
            XYDataset data,
            int series,
            int item,
            CrosshairState crosshair,
            int pass) {
        if (item > 0) {
            return;
        }
        Object before = g2.getRenderingHint(RenderingHints.KEY_STROKE_CONTROL);
        g2.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        painter.paint(g2, Pixels.of(area, x, y), series, pass);
        g2.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, before == null ? RenderingHints.VALUE_STROKE_DEFAULT : before);
    }
}

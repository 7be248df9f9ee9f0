package dev.assay.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/** Draws what is selected over a chart: rings around points, frames around bars, rows and columns. */
public final class MarkPainter {

    private static final double RING = 9;
    private static final double SMALL_RING = 5;
    private static final int MANY = 300;
    private static final int GRAIN = 2;

    private MarkPainter() {}

    /**
     * Draws on a transparent picture of the chart's size. May take a while for a million points.
     *
     * @return how many things are marked
     */
    public static int paint(Graphics2D g2, Drawn drawn, Marked marked, ChartTheme theme) {
        ChartPalette palette = ChartPalette.of(theme);
        Rectangle2D plot = drawn.plot();
        int wide = (int) plot.getWidth() / GRAIN + 1;
        int high = (int) plot.getHeight() / GRAIN + 1;
        boolean[] taken = new boolean[Math.max(1, wide * high)];
        int[] count = new int[1];
        drawn.hits().marked(marked, area -> count[0]++);
        boolean many = count[0] > MANY;
        g2.clip(plot);
        g2.setStroke(new BasicStroke(many ? 1f : 1.75f));
        drawn.hits().marked(marked, area -> {
            if (area.getWidth() > 0 || area.getHeight() > 0) {
                g2.setPaint(palette.foreground());
                g2.draw(area);
                return;
            }
            int column = (int) (area.getX() - plot.getMinX()) / GRAIN;
            int row = (int) (area.getY() - plot.getMinY()) / GRAIN;
            boolean outside = column < 0 || row < 0 || column >= wide || row >= high;
            if (outside || taken[row * wide + column]) {
                return;
            }
            taken[row * wide + column] = true;
            double size = many ? SMALL_RING : RING;
            g2.setPaint(palette.foreground());
            g2.draw(new Ellipse2D.Double(area.getX() - size / 2, area.getY() - size / 2, size, size));
        });
        return count[0];
    }
}

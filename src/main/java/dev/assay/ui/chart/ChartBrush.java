package dev.assay.ui.chart;

import dev.assay.chart.Brushed;
import dev.assay.chart.Drawn;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.application.Platform;

/**
 * Selecting an area of a chart with the mouse: a rectangle, or a lasso that closes itself. What lies in it is found in the
 * background. JavaFX thread only.
 */
final class ChartBrush {

    /** What dragging the mouse does. */
    enum Tool {
        /** Zooms to a rectangle. */
        ZOOM,
        /** Selects what is in a rectangle. */
        RECTANGLE,
        /** Selects what is in a closed line. */
        LASSO
    }

    private static final double STEP = 2;

    private final ResultChart chart;
    private final List<Double> line = new ArrayList<>();
    private Consumer<Brushed> onBrush;
    private Tool tool = Tool.ZOOM;
    private Tool used = Tool.ZOOM;
    private long asked;
    private ChartPainter.Wanted endedOn;

    ChartBrush(ResultChart chart) {
        this.chart = chart;
    }

    void setOnBrush(Consumer<Brushed> handler) {
        onBrush = handler;
    }

    /** Whether areas of the chart select anything. */
    boolean isPossible() {
        return onBrush != null && chart.result() != null && Brushed.fits(chart.result());
    }

    Tool tool() {
        return tool;
    }

    void setTool(Tool next) {
        tool = next;
    }

    /** Begins an area; false when dragging is for something else. */
    boolean start(double x, double y, boolean once) {
        used = once ? Tool.LASSO : tool;
        if (used == Tool.ZOOM || !isPossible() || chart.seen() == null
                || !chart.seen().drawn().plot().contains(x, y)) {
            return false;
        }
        line.clear();
        line.add(x);
        line.add(y);
        return true;
    }

    void drag(double x, double y) {
        Rectangle2D plot = chart.seen().drawn().plot();
        double px = Math.clamp(x, plot.getMinX(), plot.getMaxX());
        double py = Math.clamp(y, plot.getMinY(), plot.getMaxY());
        int last = line.size() - 2;
        if (used == Tool.RECTANGLE) {
            double x0 = line.get(0);
            double y0 = line.get(1);
            line.clear();
            line.addAll(List.of(x0, y0, px, y0, px, py, x0, py));
        } else if (Math.hypot(line.get(last) - px, line.get(last + 1) - py) >= STEP) {
            line.add(px);
            line.add(py);
        }
        chart.overlay().brush(line);
    }

    /** Ends the area and looks up what is in it. */
    void end(boolean dragged) {
        ChartPainter.Painted seen = chart.seen();
        if (!dragged || line.size() < 6 || seen == null) {
            chart.overlay().brush(List.of());
            return;
        }
        endedOn = seen.wanted();
        Shape area = area();
        Drawn drawn = seen.drawn();
        long mine = ++asked;
        Thread.ofVirtual().name("brush").start(() -> {
            Brushed found = Brushed.of(seen.chart(), drawn, area);
            Platform.runLater(() -> {
                if (mine == asked && onBrush != null) {
                    onBrush.accept(found);
                }
            });
        });
    }

    /** The chart was painted anew: in another size or zoom the area would lie over other points. */
    void painted(ChartPainter.Wanted now) {
        boolean moved = endedOn != null
                && (now.width() != endedOn.width() || now.height() != endedOn.height()
                        || !Objects.equals(now.view().x(), endedOn.view().x())
                        || !Objects.equals(now.view().y(), endedOn.view().y()));
        if (moved) {
            endedOn = null;
            line.clear();
            chart.overlay().brush(line);
        }
    }

    /** Forgets the area. */
    void clear() {
        asked++;
        line.clear();
        chart.overlay().brush(List.of());
    }

    private Shape area() {
        Path2D path = new Path2D.Double();
        path.moveTo(line.get(0), line.get(1));
        for (int i = 2; i + 1 < line.size(); i += 2) {
            path.lineTo(line.get(i), line.get(i + 1));
        }
        path.closePath();
        return path;
    }
}

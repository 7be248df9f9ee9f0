package dev.assay.ui.chart;

import dev.assay.chart.Drawn;
import dev.assay.chart.PlotCursor;
import java.math.BigDecimal;
import java.math.MathContext;

/** The line across a chart that stands at a value of an axis; it may be moved where it is a live parameter. JavaFX thread only. */
final class LiveCursor {

    /** How near to the line the mouse takes hold of it. */
    private static final double REACH = 6;

    private final ResultChart chart;
    private CursorHandler onMoved;
    private double held = Double.NaN;

    LiveCursor(ResultChart chart) {
        this.chart = chart;
    }

    /** Called while the user moves the line; null when it cannot be moved. */
    void setOnMoved(CursorHandler handler) {
        onMoved = handler;
        show();
    }

    /** Whether the line is at a pixel and may be moved. */
    boolean isAt(double x, double y) {
        if (chart.seen() == null || onMoved == null || chart.seen().chart().cursor() == null) {
            return false;
        }
        PlotCursor cursor = chart.seen().chart().cursor();
        Drawn drawn = chart.seen().drawn();
        double at = chart.seen().chart().cursorPixel(cursor.value(), drawn);
        return cursor.isMovable()
                && drawn.plot().contains(x, y)
                && Math.abs((cursor.onX() ? x : y) - at) <= REACH;
    }

    /** Moves the line to a pixel and tells whoever listens. */
    void hold(double x, double y) {
        PlotCursor cursor = chart.seen().chart().cursor();
        double value = chart.seen().chart().cursorValue(cursor.onX() ? x : y, chart.seen().drawn());
        // As exact as a hand is; what stands beside the line is then what the parameter becomes.
        held = new BigDecimal(value).round(new MathContext(3)).doubleValue();
        show();
        onMoved.moved(cursor.parameter(), held);
    }

    /** Leaves the line where results say that it is. */
    void drop() {
        held = Double.NaN;
    }

    /** Shows the line where it is. */
    void show() {
        if (chart.seen() == null || chart.seen().chart().cursor() == null
                || chart.seen().drawn().plot().isEmpty()) {
            chart.overlay().noCursor();
            return;
        }
        PlotCursor cursor = chart.seen().chart().cursor();
        double value = Double.isNaN(held) ? cursor.value() : held;
        chart.overlay().cursor(
                chart.seen().chart().cursorPixel(value, chart.seen().drawn()), cursor.label(value), cursor.onX(),
                cursor.isMovable() && onMoved != null, chart.seen().drawn());
    }
}

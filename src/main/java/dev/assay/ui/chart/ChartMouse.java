package dev.assay.ui.chart;

import dev.assay.chart.Drawn;
import dev.assay.chart.Hit;
import dev.assay.chart.Span;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.scene.Cursor;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/**
 * The mouse on a chart: hover, click, drag the line of a live parameter, drag elsewhere to zoom (with Shift or the middle
 * button to move, with Alt to select with a lasso), wheel, double click to see all again. The wheel zooms a chart that has the focus, or with Ctrl; else it scrolls the page.
 */
final class ChartMouse {

    private static final double LEAST_DRAG = 4;
    private static final double LEAST_ZOOM = 12;
    private static final double WHEEL_STEP = 1.2;
    private static final double WHEEL_NOTCH = 40;

    private final ResultChart chart;
    private double startX;
    private double startY;
    private boolean dragging;
    private boolean moving;
    private boolean holding;
    private boolean brushing;
    private Span fromX;
    private Span fromY;

    ChartMouse(ResultChart chart) {
        this.chart = chart;
        chart.addEventHandler(MouseEvent.MOUSE_MOVED, e -> hover(e.getX(), e.getY()));
        chart.addEventHandler(MouseEvent.MOUSE_EXITED, e -> leave());
        chart.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        chart.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        chart.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        chart.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        chart.addEventHandler(ScrollEvent.SCROLL, this::scroll);
    }

    private void hover(double x, double y) {
        if (chart.cursor().isAt(x, y)) {
            chart.hover(null);
            chart.hoverSeries(null);
            chart.setCursor(chart.seen().chart().cursor().onX() ? Cursor.H_RESIZE : Cursor.V_RESIZE);
            return;
        }
        Optional<String> label = chart.labelAt(x, y);
        Optional<Hit> hit = label.isPresent() ? Optional.empty() : chart.hitAt(x, y);
        chart.hover(hit.orElse(null));
        String series = label.or(() -> hit.filter(h -> chart.isCrowded()).map(Hit::series)).orElse(null);
        chart.hoverSeries(series);
        boolean hand = label.isPresent() || hit.isPresent() && !hit.get().refs().isEmpty();
        chart.setCursor(hand ? Cursor.HAND : null);
    }

    private void leave() {
        if (!dragging) {
            chart.hover(null);
            chart.hoverSeries(null);
        }
    }

    private void press(MouseEvent e) {
        chart.menu().hide();
        if (e.getButton() != MouseButton.SECONDARY) {
            chart.requestFocus();
            startX = e.getX();
            startY = e.getY();
            dragging = false;
            holding = e.getButton() == MouseButton.PRIMARY && chart.cursor().isAt(startX, startY);
            brushing = !holding && e.getButton() == MouseButton.PRIMARY && !e.isShiftDown()
                    && chart.brush().start(startX, startY, e.isAltDown());
            moving = e.isShiftDown() || e.getButton() == MouseButton.MIDDLE;
            if (chart.seen() != null) {
                fromX = chart.seen().drawn().x();
                fromY = chart.seen().drawn().y();
            }
        }
    }

    private void drag(MouseEvent e) {
        Drawn drawn = chart.seen() == null ? null : chart.seen().drawn();
        if (drawn == null || fromX == null || e.isSecondaryButtonDown()
                || !drawn.plot().contains(startX, startY)) {
            return;
        }
        if (!dragging && Math.hypot(e.getX() - startX, e.getY() - startY) < LEAST_DRAG) {
            return;
        }
        dragging = true;
        chart.hover(null);
        if (holding) {
            chart.cursor().hold(e.getX(), e.getY());
            e.consume();
            return;
        }
        if (brushing) {
            chart.brush().drag(e.getX(), e.getY());
            e.consume();
            return;
        }
        if (moving) {
            double dx = (startX - e.getX()) / drawn.plot().getWidth() * fromX.length();
            double dy = (e.getY() - startY) / drawn.plot().getHeight() * fromY.length();
            chart.zoom(
                    chart.zoomsOnlyY() ? null : fromX.moved(dx), fromY.moved(isDown() ? -dy : dy));
        } else {
            chart.overlay().zoom(area(e, drawn));
        }
        e.consume();
    }

    /** Whether positions along y grow downwards. */
    private boolean isDown() {
        return chart.seen().chart().isYInverted();
    }

    private Rectangle2D area(MouseEvent e, Drawn drawn) {
        double left = drawn.plot().getMinX();
        double right = drawn.plot().getMaxX();
        double top = drawn.plot().getMinY();
        double bottom = drawn.plot().getMaxY();
        double endX = Math.clamp(e.getX(), left, right);
        double endY = Math.clamp(e.getY(), top, bottom);
        // A drag along one axis zooms just that one.
        boolean wholeX = Math.abs(endX - startX) < LEAST_ZOOM || chart.zoomsOnlyY();
        boolean wholeY = Math.abs(endY - startY) < LEAST_ZOOM;
        double x0 = wholeX ? left : Math.min(startX, endX);
        double x1 = wholeX ? right : Math.max(startX, endX);
        double y0 = wholeY ? top : Math.min(startY, endY);
        double y1 = wholeY ? bottom : Math.max(startY, endY);
        return new Rectangle2D(x0, y0, x1 - x0, y1 - y0);
    }

    private void release(MouseEvent e) {
        if (holding) {
            holding = false;
            chart.cursor().drop();
            return;
        }
        if (brushing) {
            brushing = false;
            chart.brush().end(dragging);
            return;
        }
        if (!dragging || moving) {
            return;
        }
        chart.overlay().zoom(null);
        Drawn drawn = chart.seen().drawn();
        Rectangle2D area = area(e, drawn);
        var plot = drawn.plot();
        boolean wholeX = area.getWidth() >= plot.getWidth() - 0.5;
        boolean wholeY = area.getHeight() >= plot.getHeight() - 0.5;
        Span x = drawn.x();
        Span y = drawn.y();
        if (wholeX && wholeY) {
            return;
        }
        Span newX = wholeX ? chart.view().x()
                : x.part((area.getMinX() - plot.getMinX()) / plot.getWidth(),
                        (area.getMaxX() - plot.getMinX()) / plot.getWidth());
        double low = (plot.getMaxY() - area.getMaxY()) / plot.getHeight();
        double high = (plot.getMaxY() - area.getMinY()) / plot.getHeight();
        Span newY = wholeY ? chart.view().y() : isDown() ? y.part(1 - high, 1 - low) : y.part(low, high);
        chart.zoom(newX, newY);
    }

    private void click(MouseEvent e) {
        if (e.getButton() != MouseButton.PRIMARY || dragging || !e.isStillSincePress()) {
            dragging = false;
            return;
        }
        Optional<String> label = chart.labelAt(e.getX(), e.getY());
        if (label.isPresent()) {
            chart.toggle(label.get());
        } else if (e.getClickCount() == 2) {
            chart.resetZoom();
        } else {
            chart.select(chart.hitAt(e.getX(), e.getY()).orElse(null));
        }
        e.consume();
    }

    private void scroll(ScrollEvent e) {
        boolean meant = chart.isFocused() || e.isControlDown() || e.isShortcutDown();
        if (!meant || chart.seen() == null || e.getDeltaY() == 0 || e.isInertia()) {
            return;
        }
        Drawn drawn = chart.seen().drawn();
        var plot = drawn.plot();
        if (e.getX() > plot.getMaxX() || e.getY() < plot.getMinY()) {
            return;
        }
        e.consume();
        if (chart.zoomsOnlyY() && !e.isControlDown()) {
            double rows = -e.getDeltaY() / WHEEL_NOTCH * Math.max(1, Math.round(drawn.y().length() / 8));
            chart.zoom(null, within(drawn.y().moved(rows)));
            return;
        }
        double factor = Math.pow(WHEEL_STEP, -e.getDeltaY() / WHEEL_NOTCH);
        boolean onlyY = e.getX() < plot.getMinX() || chart.zoomsOnlyY();
        boolean onlyX = e.getY() > plot.getMaxY() && !chart.zoomsOnlyY();
        double shareX = (e.getX() - plot.getMinX()) / plot.getWidth();
        double shareY = (plot.getMaxY() - e.getY()) / plot.getHeight();
        Span x = drawn.x();
        Span y = drawn.y();
        Span newX = onlyY ? chart.view().x() : x.zoomed(factor, x.lower() + shareX * x.length());
        Span newY = onlyX ? chart.view().y()
                : y.zoomed(factor, y.lower() + (isDown() ? 1 - shareY : shareY) * y.length());
        // Zooming out beyond everything ends at everything.
        Span wholeX = chart.whole(true);
        Span wholeY = chart.whole(false);
        boolean all = factor > 1
                && (newX == null || wholeX != null && newX.length() >= wholeX.length())
                && (newY == null || wholeY != null && newY.length() >= wholeY.length());
        if (all) {
            chart.resetZoom();
        } else {
            chart.zoom(newX, newY);
        }
    }

    /** Keeps rows of a ranking within the ranking. */
    private Span within(Span rows) {
        double low = -0.5;
        double high = chart.seen().chart().bands() - 0.5;
        if (rows.length() >= high - low) {
            return new Span(low, high);
        }
        double by = rows.lower() < low ? low - rows.lower() : rows.upper() > high ? high - rows.upper() : 0;
        return rows.moved(by);
    }
}

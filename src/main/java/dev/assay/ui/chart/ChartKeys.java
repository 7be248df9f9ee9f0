package dev.assay.ui.chart;

import dev.assay.chart.Hit;
import dev.assay.chart.Span;
import javafx.scene.AccessibleAttribute;
import javafx.scene.input.KeyEvent;

/** The keyboard on a chart: arrows walk points and cells, Enter selects, plus and minus zoom, 0 shows all. */
final class ChartKeys {

    private static final double STEP = 1.25;

    private final ResultChart chart;

    ChartKeys(ResultChart chart) {
        this.chart = chart;
        chart.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
    }

    private void press(KeyEvent e) {
        if (chart.seen() == null || e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return;
        }
        switch (e.getCode()) {
            case LEFT -> walk(-1, 0);
            case RIGHT -> walk(1, 0);
            case UP -> walk(0, -1);
            case DOWN -> walk(0, 1);
            case ENTER, SPACE -> {
                if (chart.hovered() == null) {
                    return;
                }
                chart.select(chart.hovered());
            }
            case PLUS, EQUALS, ADD -> zoom(1 / STEP);
            case MINUS, SUBTRACT -> zoom(STEP);
            case DIGIT0, NUMPAD0, HOME -> chart.resetZoom();
            case ESCAPE -> {
                if (chart.hovered() == null) {
                    return;
                }
                chart.hover(null);
            }
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void walk(int dx, int dy) {
        chart.seen().drawn().hits().step(chart.hovered(), dx, dy).ifPresent(hit -> {
            chart.hover(hit);
            if (chart.isCrowded()) {
                chart.hoverSeries(hit.series());
            }
            tell(hit);
        });
    }

    private void tell(Hit hit) {
        chart.setAccessibleText(hit.sentence());
        chart.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }

    private void zoom(double factor) {
        Span x = chart.seen().drawn().x();
        Span y = chart.seen().drawn().y();
        chart.zoom(
                chart.zoomsOnlyY() ? null : x.zoomed(factor, (x.lower() + x.upper()) / 2),
                y.zoomed(factor, (y.lower() + y.upper()) / 2));
    }
}

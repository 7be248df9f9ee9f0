package dev.assay.chart;

import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Where positions along the two axes lie in a drawn plot.
 *
 * @param plot the plot's area
 * @param x0 pixel of position 0 along x
 * @param perX pixels for each unit of x
 * @param y0 pixel of position 0 along y
 * @param perY pixels for each unit of y
 */
record Pixels(Rectangle2D plot, double x0, double perX, double y0, double perY) {

    static Pixels of(Rectangle2D plot, ValueAxis x, ValueAxis y) {
        double left = x.valueToJava2D(x.getLowerBound(), plot, RectangleEdge.BOTTOM);
        double right = x.valueToJava2D(x.getUpperBound(), plot, RectangleEdge.BOTTOM);
        double perX = (right - left) / x.getRange().getLength();
        double low = y.valueToJava2D(y.getLowerBound(), plot, RectangleEdge.LEFT);
        double high = y.valueToJava2D(y.getUpperBound(), plot, RectangleEdge.LEFT);
        double perY = (high - low) / y.getRange().getLength();
        return new Pixels(plot, left - x.getLowerBound() * perX, perX, low - y.getLowerBound() * perY, perY);
    }

    double x(double at) {
        return x0 + perX * at;
    }

    double y(double at) {
        return y0 + perY * at;
    }

    double atX(double pixel) {
        return (pixel - x0) / perX;
    }

    double atY(double pixel) {
        return (pixel - y0) / perY;
    }

    Span spanX() {
        return new Span(atX(plot.getMinX()), atX(plot.getMaxX()));
    }

    Span spanY() {
        double a = atY(plot.getMaxY());
        double b = atY(plot.getMinY());
        return new Span(Math.min(a, b), Math.max(a, b));
    }
}

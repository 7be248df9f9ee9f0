package dev.assay.chart;

import dev.assay.analysis.result.Axis;

/**
 * A line across a chart at one value of an axis.
 *
 * @param onX whether it is the x axis's value, so that the line is upright
 * @param axis the axis, which has a cursor
 */
public record PlotCursor(boolean onX, Axis axis) {

    /** Name of the parameter that follows the line; empty when the line only marks a value. */
    public String parameter() {
        return axis.cursor().parameter();
    }

    /** Whether the line can be moved. */
    public boolean isMovable() {
        return axis.cursor().isMovable();
    }

    /** Where the line is, as a value of the axis. */
    public double value() {
        return axis.cursor().value();
    }

    /** What stands beside the line at a value: the parameter and the value, or the value alone. */
    public String label(double value) {
        String text = ChartFrame.text(value, axis);
        return parameter().isEmpty() ? text : parameter() + " " + text;
    }
}

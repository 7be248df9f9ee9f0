package dev.assay.analysis.result;

/**
 * An axis of a chart.
 *
 * @param label quantity, sentence case
 * @param unit unit, or empty for a pure number; {@code share} marks 0..1 values that are shown in percent
 * @param scale linear or logarithmic
 * @param cursor a line across the chart at one value of this axis, or null
 * @param source the column of a table that the values of this axis are, or null
 */
public record Axis(String label, String unit, Scale scale, Cursor cursor, Source source) {

    /** An axis without a cursor. */
    public Axis(String label, String unit, Scale scale) {
        this(label, unit, scale, null, null);
    }

    /** How values are spread along the axis. */
    public enum Scale {
        /** Even. */
        LINEAR,
        /** By powers of ten; a value of 0 is drawn at the left or lower edge. */
        LOG
    }

    /** A linear axis. */
    public static Axis of(String label, String unit) {
        return new Axis(label, unit, Scale.LINEAR);
    }

    /** A logarithmic axis. */
    public static Axis log(String label, String unit) {
        return new Axis(label, unit, Scale.LOG);
    }

    /**
     * A line across a chart.
     *
     * @param parameter name of the live parameter that this axis is the range of: moving the line changes the parameter;
     *     empty for a line that only marks a value
     * @param value where the line is
     */
    public record Cursor(String parameter, double value) {

        /** Whether moving it changes a parameter. */
        public boolean isMovable() {
            return !parameter.isEmpty();
        }
    }

    /**
     * Where the values of an axis stand one by one. What lies in a part of the axis, say in some bins of a histogram, can
     * then be told by the rows of that table.
     *
     * @param table id of a table of the same run
     * @param column name of its column
     */
    public record Source(String table, String column) {}

    /** The same axis, whose values are those of a column of a table of the same run. */
    public Axis from(String table, String column) {
        return new Axis(label, unit, scale, cursor, new Source(table, column));
    }

    /** The same axis with a line at the value of a live parameter, which can be changed by moving the line. */
    public Axis following(String parameter, double value) {
        return new Axis(label, unit, scale, new Cursor(parameter, value), source);
    }

    /** The same axis with a line that marks a value. */
    public Axis marking(double value) {
        return new Axis(label, unit, scale, new Cursor("", value), source);
    }
}

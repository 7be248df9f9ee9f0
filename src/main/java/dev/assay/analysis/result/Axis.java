package dev.assay.analysis.result;

/**
 * An axis of a chart.
 *
 * @param label quantity, sentence case
 * @param unit unit, or empty for a pure number; {@code share} marks 0..1 values that are shown in percent
 * @param scale linear or logarithmic
 */
public record Axis(String label, String unit, Scale scale) {

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
}

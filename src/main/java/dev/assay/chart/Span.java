package dev.assay.chart;

/**
 * A range of an axis.
 *
 * @param lower lower end, finite
 * @param upper upper end, finite, above the lower
 */
public record Span(double lower, double upper) {

    /** Beyond this an axis would overflow. */
    private static final double FARTHEST = 1e300;

    /** Values nearer than this to each other, or to zero, are drawn as one. */
    private static final double CLOSEST = 1e-290;

    /** Air around values that start at zero, as a share of the range. */
    static final double AIR = 0.02;

    private static final double[] STEPS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

    /** Checks the order. */
    public Span {
        if (!(lower < upper) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
            throw new IllegalArgumentException(lower + ".." + upper + " is not a range");
        }
    }

    /** The range of some values, widened when it would be a point; 0..1 when there are none. */
    static Span of(double lowest, double highest) {
        if (!(lowest <= highest)) {
            return new Span(0, 1);
        }
        double low = Math.clamp(lowest, -FARTHEST, FARTHEST);
        double high = Math.clamp(highest, -FARTHEST, FARTHEST);
        if (high - low > least(low, high)) {
            return new Span(low, high);
        }
        double half = Math.max(Math.abs(low) * 0.05, Math.abs(low) < CLOSEST ? 0.5 : 0);
        return new Span(low - half, high + half);
    }

    /** Ranges narrower than this cannot be divided into ticks in double precision. */
    private static double least(double low, double high) {
        return Math.max(Math.max(Math.abs(low), Math.abs(high)) * 1e-12, CLOSEST);
    }

    /** A range that is asked for, or this one when it cannot be drawn. */
    private Span to(double low, double high) {
        double a = Math.clamp(low, -FARTHEST, FARTHEST);
        double b = Math.clamp(high, -FARTHEST, FARTHEST);
        return b - a > least(a, b) ? new Span(a, b) : this;
    }

    /** Length. */
    public double length() {
        return upper - lower;
    }

    /** Whether the value is in it, ends included. */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }

    /** Whether more than an end of another range is in it. */
    boolean meets(double low, double high) {
        return low < upper && high > lower;
    }

    /** The smallest range that holds both. */
    Span with(Span other) {
        return other == null ? this : new Span(Math.min(lower, other.lower), Math.max(upper, other.upper));
    }

    /** Widened by a share of the length at each end. */
    Span padded(double below, double above) {
        return to(lower - below * length(), upper + above * length());
    }

    /** Scaled around a point, as by a wheel. */
    public Span zoomed(double factor, double around) {
        return to(around - (around - lower) * factor, around + (upper - around) * factor);
    }

    /** The part between two shares of the length, 0 to 1; this one when the part is too narrow to be drawn. */
    public Span part(double from, double to) {
        return to(lower + from * length(), lower + to * length());
    }

    /** Moved. */
    public Span moved(double by) {
        return to(lower + by, upper + by);
    }

    /** Widened to round numbers, so that an axis of growing data moves seldom and by much. */
    Span stepped() {
        if (lower >= 0 && lower <= upper / 2) {
            return to(0, stepUp(upper));
        }
        if (lower < 0 && -lower <= 2 * AIR * upper) { // from zero, with air around the values: step from the values
            double top = stepUp(upper / (1 + AIR));
            return to(Math.min(lower, -AIR * top), top * (1 + AIR));
        }
        if (upper <= 0 && upper >= lower / 2) {
            return to(-stepUp(-lower), 0);
        }
        double step = stepUp(length()) / 4;
        return to(Math.floor(lower / step) * step, Math.ceil(upper / step) * step);
    }

    private static double stepUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : STEPS) {
            if (value <= step * power * (1 + 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }
}

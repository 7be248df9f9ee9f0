package dev.assay.chart;

/**
 * Where values lie along an axis. Positions are even on the screen: the value itself on a linear axis, its decimal
 * logarithm on a logarithmic one, where 0 has a place of its own left of the smallest positive value.
 */
final class Scaling {

    private static final double ZERO_GAP_SHARE = 0.12;
    private static final double LEAST_ZERO_GAP = 0.3;

    private static final Scaling LINEAR = new Scaling(false, Double.NaN, Double.NaN);

    private final boolean log;
    private final double lowest;
    private final double zeroAt;

    private Scaling(boolean log, double lowest, double zeroAt) {
        this.log = log;
        this.lowest = lowest;
        this.zeroAt = zeroAt;
    }

    static Scaling linear() {
        return LINEAR;
    }

    /**
     * The scaling for some values: linear where a logarithm is not wanted, or makes no sense because a value is negative
     * or none is positive.
     */
    static Scaling of(boolean log, Extent extent) {
        if (!log || extent.least < 0 || !(extent.leastPositive < Double.POSITIVE_INFINITY)) {
            return LINEAR;
        }
        double low = Math.log10(extent.leastPositive);
        double gap = Math.max(LEAST_ZERO_GAP, (Math.log10(extent.greatest) - low) * ZERO_GAP_SHARE);
        return new Scaling(true, low, extent.least == 0 ? low - gap : Double.NaN);
    }

    boolean isLog() {
        return log;
    }

    /** The place of zero on a logarithmic axis; NaN where zero does not occur. */
    double zeroAt() {
        return zeroAt;
    }

    /** The place of the smallest positive value on a logarithmic axis. */
    double lowest() {
        return lowest;
    }

    /** The place of a value; NaN for one that has none. */
    double at(double value) {
        if (!log) {
            return Double.isInfinite(value) ? Double.NaN : value;
        }
        if (value == 0) {
            return zeroAt;
        }
        return value > 0 && value < Double.POSITIVE_INFINITY ? Math.log10(value) : Double.NaN;
    }

    /** The value at a place. */
    double value(double at) {
        if (!log) {
            return at;
        }
        return at <= zeroAt ? 0 : Math.pow(10, at);
    }

    /** What is known of some values before they are placed. */
    static final class Extent {

        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;
        private double leastPositive = Double.POSITIVE_INFINITY;

        Extent add(double value) {
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
                if (value > 0) {
                    leastPositive = Math.min(leastPositive, value);
                }
            }
            return this;
        }

        Extent add(double[] values) {
            if (values != null) {
                for (double value : values) {
                    add(value);
                }
            }
            return this;
        }

        boolean isEmpty() {
            return least > greatest;
        }

        double least() {
            return least;
        }

        double greatest() {
            return greatest;
        }

        /** The range of the places. */
        Span span(Scaling scaling) {
            if (isEmpty()) {
                return new Span(0, 1);
            }
            if (!scaling.isLog()) {
                return Span.of(least, greatest);
            }
            // Of some values only zeros may be left to show, and others may be zero where the scaling has no place for it.
            double high = greatest > 0 ? Math.log10(greatest) : scaling.zeroAt();
            double low = least == 0 && !Double.isNaN(scaling.zeroAt())
                    ? scaling.zeroAt()
                    : greatest > 0 ? Math.log10(leastPositive) : high;
            if (Double.isNaN(high)) {
                return new Span(0, 1);
            }
            return high - low < 1e-9 ? new Span(low - 0.5, high + 0.5) : new Span(low, high);
        }
    }
}

package dev.assay.analyses.fidelity;

import java.util.Arrays;

/**
 * Mean over instances with its 95 % interval, mean plus and minus 1.96 s / sqrt(n), s with divisor n - 1.
 *
 * @param count n
 * @param mean NaN for none
 * @param error standard error, NaN for fewer than 2
 */
record Means(int count, double mean, double error) {

    /** Half-width of a 95 % interval in standard errors. */
    static final double NORMAL = 1.96;

    /** Of the values that are no NaN. */
    static Means of(double[] values) {
        double[] there = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        int n = there.length;
        if (n == 0) {
            return new Means(0, Double.NaN, Double.NaN);
        }
        double mean = Arrays.stream(there).sum() / n;
        double squares = Arrays.stream(there).map(v -> (v - mean) * (v - mean)).sum();
        return new Means(n, mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n));
    }

    double low() {
        return mean - NORMAL * error;
    }

    double high() {
        return mean + NORMAL * error;
    }
}

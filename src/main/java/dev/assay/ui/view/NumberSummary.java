package dev.assay.ui.view;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Distribution;
import java.util.List;
import java.util.Optional;

/**
 * What an array of numbers is made of. Not-a-numbers and infinities are counted and take no further part.
 *
 * @param count number of values
 * @param nans not-a-numbers among them
 * @param infinities infinite ones
 * @param zeros values equal to zero
 * @param min least finite value; NaN without one
 * @param max greatest finite value
 * @param mean mean of the finite values
 * @param std their standard deviation, divided by their number
 * @param edges edges of the bins, one more than there are counts; empty without a finite value
 * @param counts finite values in each bin
 */
public record NumberSummary(
        long count,
        long nans,
        long infinities,
        long zeros,
        double min,
        double max,
        double mean,
        double std,
        double[] edges,
        long[] counts) {

    private static final int BINS = 64;

    /** Looks through the values twice: for range and mean, then for spread and bins. */
    public static NumberSummary of(float[] values) {
        long nans = 0;
        long infinities = 0;
        long zeros = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (float v : values) {
            if (Float.isNaN(v)) {
                nans++;
            } else if (Float.isInfinite(v)) {
                infinities++;
            } else {
                min = Math.min(min, v);
                max = Math.max(max, v);
                sum += v;
                zeros += v == 0 ? 1 : 0;
            }
        }
        long finite = values.length - nans - infinities;
        if (finite == 0) {
            return new NumberSummary(
                    values.length, nans, infinities, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, new double[0],
                    new long[0]);
        }
        double mean = sum / finite;
        double[] edges = edges(min, max);
        long[] counts = new long[edges.length - 1];
        double scale = counts.length / (edges[counts.length] - edges[0]);
        double squares = 0;
        for (float v : values) {
            if (Float.isFinite(v)) {
                squares += (v - mean) * (v - mean);
                counts[Math.clamp((int) ((v - edges[0]) * scale), 0, counts.length - 1)]++;
            }
        }
        return new NumberSummary(
                values.length, nans, infinities, zeros, min, max, mean, Math.sqrt(squares / finite), edges, counts);
    }

    private static double[] edges(double min, double max) {
        // A constant gets one bin around it, wide enough to be seen.
        double margin = Math.max(Math.abs(min) * 0.05, 1e-6);
        double low = min == max ? min - margin : min;
        double high = min == max ? max + margin : max;
        int bins = min == max ? 1 : BINS;
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = low + (high - low) * i / bins;
        }
        return edges;
    }

    /** Share of zeros in 0..1; NaN without values. */
    public double zeroShare() {
        return count == 0 ? Double.NaN : (double) zeros / count;
    }

    /** Share of not-a-numbers in 0..1; NaN without values. */
    public double nanShare() {
        return count == 0 ? Double.NaN : (double) nans / count;
    }

    /**
     * The histogram; empty without a finite value.
     *
     * @param axis what the values are
     */
    public Optional<Distribution> histogram(String id, String title, String axis) {
        return counts.length == 0
                ? Optional.empty()
                : Optional.of(new Distribution(
                        id, title, Axis.of(axis, ""), edges, List.of(new Distribution.Series(title, counts))));
    }
}

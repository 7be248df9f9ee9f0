package dev.assay.analysis.result;

import java.util.List;

/**
 * Histograms over common bins.
 *
 * @param edges bin edges, ascending, one more than bins
 * @param series counts by name
 */
public record Distribution(String id, String title, Axis x, double[] edges, List<Series> series) implements Result {

    /** Checks the lengths. */
    public Distribution {
        series = List.copyOf(series);
        for (Series s : series) {
            if (s.counts().length != edges.length - 1) {
                throw new IllegalArgumentException(
                        id + ": " + s.counts().length + " counts for " + (edges.length - 1) + " bins");
            }
        }
    }

    /** One histogram. */
    public record Series(String name, long[] counts) {}
}

package dev.assay.analysis.result;

import java.util.List;

/**
 * Histograms over common bins.
 *
 * @param edges bin edges, ascending, one more than bins
 * @param series counts by name
 * @param marks values that stand out
 */
public record Distribution(
        String id, String title, Axis x, double[] edges, List<Series> series, List<Mark> marks) implements Result {

    /** Histograms without marks. */
    public Distribution(String id, String title, Axis x, double[] edges, List<Series> series) {
        this(id, title, x, edges, series, List.of());
    }

    /**
     * A value that is drawn as a line across the histograms.
     *
     * @param name short text beside it
     * @param x the value
     */
    public record Mark(String name, double x) {}

    /** Checks the lengths. */
    public Distribution {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
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

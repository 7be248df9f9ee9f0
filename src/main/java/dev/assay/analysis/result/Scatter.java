package dev.assay.analysis.result;

import java.util.List;

/**
 * Points in a plane.
 *
 * @param series groups of points, each with a colour of its own
 * @param ref what the points' keys refer to, or null
 */
public record Scatter(String id, String title, Axis x, Axis y, List<Series> series, RefKind ref) implements Result {

    /** Copies the list. */
    public Scatter {
        series = List.copyOf(series);
    }

    /**
     * A group of points; the arrays have one length, are not copied and must not be changed afterwards.
     *
     * @param keys the points' keys, or null
     * @param xError half-widths of the uncertainty along x, or null
     * @param yError half-widths along y, or null
     */
    public record Series(String name, double[] x, double[] y, String[] keys, double[] xError, double[] yError) {

        /** Points without uncertainty. */
        public static Series of(String name, double[] x, double[] y, String[] keys) {
            return new Series(name, x, y, keys, null, null);
        }
    }
}

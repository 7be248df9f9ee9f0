package dev.assay.analysis.result;

import java.util.List;

/**
 * Points in a plane.
 *
 * @param series groups of points, each with a colour of its own
 * @param ref what the points' keys refer to, or null
 * @param guides straight lines behind the points that help to read the plane; drawn on linear axes
 */
public record Scatter(
        String id, String title, Axis x, Axis y, List<Series> series, RefKind ref,
        List<Guide> guides) implements Result {

    /** Copies the lists. */
    public Scatter {
        series = List.copyOf(series);
        guides = List.copyOf(guides);
    }

    /** Points without guides. */
    public Scatter(String id, String title, Axis x, Axis y, List<Series> series, RefKind ref) {
        this(id, title, x, y, series, ref, List.of());
    }

    /**
     * The line {@code y = slope * x + intercept}.
     *
     * @param name short text at its end
     */
    public record Guide(String name, double slope, double intercept) {}

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

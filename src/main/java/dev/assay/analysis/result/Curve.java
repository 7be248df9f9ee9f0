package dev.assay.analysis.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lines over a common axis.
 *
 * @param series at least one for a finished curve
 * @param ref what the names of the series refer to, or null
 * @param absent one sentence that a chart without values shows, why it has none; null for the usual words
 */
public record Curve(String id, String title, Axis x, Axis y, List<Series> series, RefKind ref,
        String absent) implements Result {

    /** Copies the list. */
    public Curve {
        series = List.copyOf(series);
    }

    /** Lines of which there is nothing to explain. */
    public Curve(String id, String title, Axis x, Axis y, List<Series> series, RefKind ref) {
        this(id, title, x, y, series, ref, null);
    }

    /** A curve without values, and why it has none. */
    public static Curve without(String id, String title, Axis x, Axis y, String absent) {
        return new Curve(id, title, x, y, List.of(), null, absent);
    }

    /**
     * One line. The arrays are not copied and must not be changed afterwards.
     *
     * @param name name for the legend
     * @param x positions
     * @param y values, as many as positions; NaN for absent
     * @param low lower ends of the uncertainty, or null
     * @param high upper ends, or null
     */
    public record Series(String name, double[] x, double[] y, double[] low, double[] high) {

        /** Checks the lengths. */
        public Series {
            Objects.requireNonNull(name);
            if (x.length != y.length
                    || (low != null && low.length != x.length)
                    || (high != null && high.length != x.length)) {
                throw new IllegalArgumentException("series '" + name + "' has arrays of different lengths");
            }
        }

        /** A line without uncertainty. */
        public static Series of(String name, double[] x, double[] y) {
            return new Series(name, x, y, null, null);
        }

        /** Number of points. */
        public int size() {
            return x.length;
        }
    }

    /** Collects points. Safe to fill on one thread and snapshot on others. */
    public static final class Builder {

        private final String id;
        private final String title;
        private final Axis x;
        private final Axis y;
        private final Map<String, Growing> series = new LinkedHashMap<>();

        /** An empty curve. */
        public Builder(String id, String title, Axis x, Axis y) {
            this.id = id;
            this.title = title;
            this.x = x;
            this.y = y;
        }

        /** Appends a point. */
        public synchronized Builder add(String name, double px, double py) {
            series.computeIfAbsent(name, n -> new Growing(16)).add(px, py);
            return this;
        }

        /**
         * The curve as it stands; the points are copied, but outside the lock, so that adding does not wait for it.
         */
        public Curve snapshot() {
            Map<String, Growing> parts = new LinkedHashMap<>();
            synchronized (this) {
                series.forEach((name, g) -> parts.put(name, g.shared()));
            }
            List<Series> list = new ArrayList<>();
            parts.forEach(
                    (name, g) -> list.add(Series.of(name, Arrays.copyOf(g.x, g.size), Arrays.copyOf(g.y, g.size))));
            return new Curve(id, title, x, y, list, null);
        }

        private static final class Growing {
            private double[] x;
            private double[] y;
            private int size;

            Growing(int capacity) {
                x = new double[capacity];
                y = new double[capacity];
            }

            /** The same arrays: points that are there never change, and growing makes new arrays. */
            Growing shared() {
                Growing copy = new Growing(0);
                copy.x = x;
                copy.y = y;
                copy.size = size;
                return copy;
            }

            void add(double px, double py) {
                if (size == x.length) {
                    x = Arrays.copyOf(x, size * 2);
                    y = Arrays.copyOf(y, size * 2);
                }
                x[size] = px;
                y[size++] = py;
            }
        }
    }
}

package dev.assay.analyses.snr;

import dev.assay.compute.SquaredDistances;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;

/**
 * All pairs among some rows in one distance: what the matrix, the histograms and the threshold are made of.
 *
 * @param rows indices of the rows, ordered by class, then by index
 * @param labels their classes
 * @param values {@code [i][j]}, as shown; NaN where a row cannot stand in the denominator
 */
record PairSample(int[] rows, int[] labels, double[][] values) {

    private static final int BINS = 60;

    /** Draws rows when there are more than the limit. */
    static int[] draw(int rows, int limit, long seed) {
        return BatchSampler.draw(rows, Math.min(limit, rows), new SplittableRandom(seed));
    }

    /** @param chosen indices of the rows, in any order */
    static PairSample of(
            Distance distance, PreparedRows prepared, int[] labels, int[] chosen, SquaredDistances kernel,
            Runnable check) {
        int[] rows = Arrays.stream(chosen)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(r -> labels[r]).thenComparingInt(r -> r))
                .mapToInt(Integer::intValue)
                .toArray();
        int n = prepared.columns();
        double[] gathered = new double[rows.length * n];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(prepared.values(), rows[i] * n, gathered, i * n, n);
        }
        double[][] values = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            check.run();
            kernel.from(gathered, i, gathered, 0, rows.length, n, values[i]);
            for (int j = 0; j < rows.length; j++) {
                boolean there = (!distance.dividesByQuery() || prepared.usable()[rows[i]])
                        && (!distance.dividesByDatabase() || prepared.usable()[rows[j]])
                        && (distance != Distance.COSINE
                                || prepared.usable()[rows[i]] && prepared.usable()[rows[j]]);
                values[i][j] = there
                        ? distance.shown(distance.rank(
                                values[i][j], prepared.denominator(rows[i]), prepared.denominator(rows[j])))
                        : Double.NaN;
            }
        }
        return new PairSample(rows, Arrays.stream(rows).map(r -> labels[r]).toArray(), values);
    }

    /** Whether both are of one known class. */
    boolean sameClass(int i, int j) {
        return labels[i] >= 0 && labels[i] == labels[j];
    }

    /** A pair and its distance. */
    @FunctionalInterface
    interface Visitor {
        void pair(boolean same, double value);
    }

    /** Visits all ordered pairs of different rows that have a distance. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < rows.length; i++) {
            forEach(i, visitor);
        }
    }

    private void forEach(int i, Visitor visitor) {
        for (int j = 0; j < rows.length; j++) {
            if (i != j && !Double.isNaN(values[i][j])) {
                visitor.pair(sameClass(i, j), values[i][j]);
            }
        }
    }

    /**
     * The distances of all pairs in ascending order.
     *
     * @param check called every few milliseconds, throws to stop
     */
    Sides sides(Runnable check) {
        double[][] sides = new double[2][rows.length * Math.max(0, rows.length - 1)];
        int[] counts = new int[2];
        for (int i = 0; i < rows.length; i++) {
            check.run();
            forEach(i, (same, v) -> sides[same ? 0 : 1][counts[same ? 0 : 1]++] = v);
        }
        for (int side = 0; side < 2; side++) {
            sides[side] = LongSort.sorted(Arrays.copyOf(sides[side], counts[side]), check);
        }
        return new Sides(sides[0], sides[1]);
    }

    /**
     * Distances in ascending order.
     *
     * @param same of pairs of one class
     * @param other of pairs of two
     */
    record Sides(double[] same, double[] other) {

        /** Chance that a pair of one class is nearer than a pair of two, ties half; NaN without either. */
        double auc() {
            double won = 0;
            int below = 0;
            int upTo = 0;
            for (double v : same) {
                while (below < other.length && other[below] < v) {
                    below++;
                }
                upTo = Math.max(upTo, below);
                while (upTo < other.length && other[upTo] <= v) {
                    upTo++;
                }
                won += other.length - upTo + (upTo - below) / 2.0;
            }
            return won / ((double) same.length * other.length);
        }

        /** Common bins of both histograms, up to where all but a hundredth of the pairs lie; the last takes the rest. */
        double[] edges() {
            int all = same.length + other.length;
            double top = all == 0 ? 1 : fromTheTop(all - 1 - (int) (0.99 * (all - 1)));
            double last = all == 0 ? 1 : fromTheTop(0);
            double width = top > 0 ? top / (BINS - 1) : last > 0 ? last / (BINS - 1) : 1.0 / BINS;
            double[] edges = new double[BINS + 1];
            for (int b = 0; b <= BINS; b++) {
                edges[b] = b * width;
            }
            return edges;
        }

        /** The distance below which all lie but so many. */
        private double fromTheTop(int above) {
            int s = same.length - 1;
            int o = other.length - 1;
            for (int i = 0; i < above; i++) {
                if (o < 0 || s >= 0 && same[s] > other[o]) {
                    s--;
                } else {
                    o--;
                }
            }
            return s < 0 ? other[o] : o < 0 ? same[s] : Math.max(same[s], other[o]);
        }
    }

    long[] histogram(boolean same, double[] edges) {
        long[] counts = new long[edges.length - 1];
        double width = edges[1];
        forEach((s, v) -> {
            if (s == same) {
                counts[Math.clamp((long) (v / width), 0, counts.length - 1)]++;
            }
        });
        return counts;
    }
}

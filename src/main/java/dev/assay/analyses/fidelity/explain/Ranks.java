package dev.assay.analyses.fidelity.explain;

import java.util.Arrays;

/** Ranks with averages for ties, and what follows from them. */
public final class Ranks {

    private Ranks() {}

    /** Ranks from 1 by rising value; equal values share the mean of their ranks. */
    public static double[] average(double[] values) {
        double[] sorted = new double[values.length];
        Arrays.setAll(sorted, i -> values[i] + 0.0); // no negative zero, which would sort before zero
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < sorted.length;) {
            int end = i + 1;
            while (end < sorted.length && sorted[end] == sorted[i]) {
                end++;
            }
            Arrays.fill(ranks, i, end, (i + 1 + end) / 2.0);
            i = end;
        }
        double[] found = new double[values.length];
        Arrays.setAll(found, i -> ranks[Arrays.binarySearch(sorted, values[i] + 0.0)]);
        return found;
    }

    /** Spearman's correlation; NaN when either is constant or there are fewer than 2. */
    public static double spearman(double[] a, double[] b) {
        return correlation(average(a), average(b));
    }

    /** The same from ranks as {@link #average} gives them. */
    public static double correlation(double[] x, double[] y) {
        double mean = (x.length + 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
    }

    /**
     * Probability that a member scores above a non-member, ties counting one half; NaN when there are only members or
     * none.
     */
    public static double auc(double[] scores, boolean[] members) {
        double[] ranks = average(scores);
        double sum = 0;
        long inside = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (members[i]) {
                sum += ranks[i];
                inside++;
            }
        }
        long outside = ranks.length - inside;
        return inside == 0 || outside == 0
                ? Double.NaN
                : (sum - inside * (inside + 1) / 2.0) / ((double) inside * outside);
    }
}

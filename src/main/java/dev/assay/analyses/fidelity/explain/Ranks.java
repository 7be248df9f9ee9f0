package dev.assay.analyses.fidelity.explain;

import java.util.Arrays;

/** Ranks with averages for ties, and what follows from them. */
public final class Ranks {

    private Ranks() {}

    /** Ranks from 1 by rising value; equal values share the mean of their ranks. */
    public static double[] average(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a] + 0.0, values[b] + 0.0));
        double[] ranks = new double[values.length];
        for (int i = 0; i < order.length;) {
            int end = i + 1;
            while (end < order.length && values[order[end]] == values[order[i]]) {
                end++;
            }
            for (int j = i; j < end; j++) {
                ranks[order[j]] = (i + 1 + end) / 2.0;
            }
            i = end;
        }
        return ranks;
    }

    /** Spearman's correlation; NaN when either is constant or there are fewer than 2. */
    public static double spearman(double[] a, double[] b) {
        double[] x = average(a);
        double[] y = average(b);
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

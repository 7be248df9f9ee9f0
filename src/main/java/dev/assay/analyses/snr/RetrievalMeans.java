package dev.assay.analyses.snr;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Means over queries. Recall counts queries without another member of their class as misses unless they are excluded;
 * all else leaves them out.
 *
 * @param ks the K list, ascending
 * @param recall {@code [k][rule]}
 * @param mapAtK {@code [k][denominator]}
 * @param queries queries that Recall is a mean over
 * @param singletons queries without another member of their class
 */
record RetrievalMeans(
        int[] ks,
        double[][] recall,
        double[][] mapAtK,
        double rPrecision,
        double mapAtR,
        double map,
        long queries,
        long singletons) {

    static RetrievalMeans of(QueryScores[] scores, int[] ks, Singletons rule) {
        Predicate<QueryScores> counted = s -> rule == Singletons.COUNT || !s.singleton();
        double[][] recall = new double[ks.length][TieRule.values().length];
        double[][] mapAtK = new double[ks.length][MapDenominator.values().length];
        for (int i = 0; i < ks.length; i++) {
            int k = i;
            for (TieRule tie : TieRule.values()) {
                recall[i][tie.ordinal()] = mean(scores, counted, s -> s.recall()[k][tie.ordinal()]);
            }
            for (MapDenominator by : MapDenominator.values()) {
                mapAtK[i][by.ordinal()] =
                        mean(scores, s -> !s.singleton(), s -> s.mapAtK()[k][by.ordinal()]);
            }
        }
        return new RetrievalMeans(
                ks,
                recall,
                mapAtK,
                mean(scores, s -> !s.singleton(), QueryScores::rPrecision),
                mean(scores, s -> !s.singleton(), QueryScores::mapAtR),
                mean(scores, s -> !s.singleton(), QueryScores::map),
                Arrays.stream(scores).filter(Objects::nonNull).filter(counted).count(),
                Arrays.stream(scores).filter(s -> s != null && s.singleton()).count());
    }

    /** Mean in the order of the queries, so that it does not depend on threads; NaN over none. */
    private static double mean(
            QueryScores[] scores, Predicate<QueryScores> counted, ToDoubleFunction<QueryScores> value) {
        double sum = 0;
        long count = 0;
        for (QueryScores s : scores) {
            if (s != null && counted.test(s)) {
                sum += value.applyAsDouble(s);
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    double recallAt(int k, TieRule rule) {
        return recall[Arrays.binarySearch(ks, k)][rule.ordinal()];
    }
}

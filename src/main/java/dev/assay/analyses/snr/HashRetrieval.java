package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import java.util.Arrays;

/**
 * Retrieval by Hamming distance.
 *
 * @param means over the queries
 * @param precisionRadius mean share of relevant rows within the radius; 0 for a query with nothing there
 * @param emptyBalls queries with nothing within the radius
 */
record HashRetrieval(RetrievalMeans means, double precisionRadius, long emptyBalls) {

    /** Which rows of the database are relevant to a query. */
    @FunctionalInterface
    interface Relevance {
        boolean test(int query, int candidate);
    }

    static HashRetrieval of(
            HashCodes queries,
            HashCodes database,
            Relevance relevance,
            int[] ks,
            int radius,
            int threads,
            Runnable check)
            throws AnalysisException {
        int count = queries.words().length;
        boolean same = queries == database;
        QueryScores[] scores = new QueryScores[count];
        double[] precision = new double[count];
        boolean[] empty = new boolean[count];
        Blocks.run(count, threads, () -> {
            QueryScorer scorer = new QueryScorer(ks, 0);
            double[] distances = new double[database.words().length];
            return q -> {
                check.run();
                long near = 0;
                long right = 0;
                for (int j = 0; j < distances.length; j++) {
                    int d = queries.hamming(q, database, j);
                    distances[j] = same && j == q ? Double.NaN : d;
                    if (d <= radius && !(same && j == q)) {
                        near++;
                        right += relevance.test(q, j) ? 1 : 0;
                    }
                }
                empty[q] = near == 0;
                precision[q] = near == 0 ? 0 : (double) right / near;
                scores[q] = scorer.score(distances, distances.length, j -> relevance.test(q, j));
            };
        });
        long balls = 0;
        for (boolean e : empty) {
            balls += e ? 1 : 0;
        }
        return new HashRetrieval(
                RetrievalMeans.of(scores, ks, Singletons.COUNT),
                Arrays.stream(precision).average().orElse(Double.NaN),
                balls);
    }
}

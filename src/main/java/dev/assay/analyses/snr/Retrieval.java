package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.compute.SquaredDistances;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/**
 * Exact retrieval among rows in memory, none of which finds itself: every one against all others by direct differences
 * in float64, a row of distances at a time, so that memory grows with the number of rows and never with its square.
 *
 * @param rows rows that ask and answer
 * @param labels their classes, -1 for none
 */
record Retrieval(PreparedRows rows, int[] labels) {

    /** Distances between two looks at a cancel. */
    private static final int BLOCK = 8_192;

    /** Most candidates that a query has. */
    int candidates(Distance distance) {
        int count = 0;
        for (int j = 0; j < rows.rows(); j++) {
            count += rows.found(distance, j) ? 1 : 0;
        }
        return Math.max(0, count - 1);
    }

    /**
     * Ranking values of one query to all; NaN for itself and for what cannot be found.
     *
     * @param check called now and then, throws to stop
     */
    void distances(Distance distance, SquaredDistances kernel, int query, double[] to, double[] buffer,
            Runnable check) {
        int n = rows.columns();
        double asking = rows.denominator(query);
        for (int from = 0; from < rows.rows(); from += BLOCK) {
            check.run();
            int end = Math.min(rows.rows(), from + BLOCK);
            kernel.from(rows.values(), query, rows.values(), from, end, n, buffer);
            for (int j = from; j < end; j++) {
                to[j] = rows.found(distance, j)
                        ? distance.rank(buffer[j - from], asking, rows.denominator(j))
                        : Double.NaN;
            }
        }
        to[query] = Double.NaN;
    }

    /** Length of the buffer that {@link #distances} takes. */
    int bufferLength() {
        return Math.min(BLOCK, Math.max(1, rows.rows()));
    }

    /**
     * Scores all queries.
     *
     * @param ks the K list, ascending
     * @param neighbours how many of the nearest to keep per query
     * @param done told of finished queries
     * @return one for each query; null for a row that cannot ask
     */
    QueryScores[] score(
            Distance distance,
            int[] ks,
            int neighbours,
            SquaredDistances kernel,
            int threads,
            Runnable check,
            LongConsumer done)
            throws AnalysisException {
        QueryScores[] scores = new QueryScores[rows.rows()];
        Blocks.run(rows.rows(), threads, () -> worker(distance, ks, neighbours, kernel, check, done, scores));
        return scores;
    }

    private IntConsumer worker(
            Distance distance,
            int[] ks,
            int neighbours,
            SquaredDistances kernel,
            Runnable check,
            LongConsumer done,
            QueryScores[] scores) {
        QueryScorer scorer = new QueryScorer(ks, neighbours);
        double[] row = new double[rows.rows()];
        double[] buffer = new double[bufferLength()];
        return query -> {
            if (rows.asks(distance, query)) {
                distances(distance, kernel, query, row, buffer, check);
                int label = labels[query];
                scores[query] =
                        scorer.score(row, row.length, candidate -> label >= 0 && labels[candidate] == label);
            }
            done.accept(1);
        };
    }

    /** The K list cut to the number of candidates, ascending, each once. */
    static int[] cut(Iterable<Integer> asked, int candidates) {
        int[] ks = new int[0];
        for (int k : asked) {
            ks = Arrays.copyOf(ks, ks.length + 1);
            ks[ks.length - 1] = Math.max(1, Math.min(k, candidates));
        }
        return Arrays.stream(ks).sorted().distinct().toArray();
    }
}

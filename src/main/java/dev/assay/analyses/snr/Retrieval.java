package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.compute.SquaredDistances;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/**
 * Exact retrieval: every query against the whole database by direct differences in float64, a row of distances at a
 * time, so that memory grows with the number of rows and never with its square.
 *
 * @param queries rows that ask
 * @param database rows that answer; the same object where a sample must not find itself
 * @param queryLabels classes of the queries
 * @param databaseLabels classes of the database, by the same names
 */
record Retrieval(PreparedRows queries, PreparedRows database, int[] queryLabels, int[] databaseLabels) {

    /** Queries between two looks at a cancel take less than this many multiplications. */
    private static final int DATABASE_BLOCK = 8_192;

    private boolean same() {
        return queries == database;
    }

    /** Most candidates that a query has. */
    int candidates(Distance distance) {
        int count = 0;
        for (int j = 0; j < database.rows(); j++) {
            count += candidate(distance, j) ? 1 : 0;
        }
        return Math.max(0, same() ? count - 1 : count);
    }

    /** Whether a row of the database can be found. */
    boolean candidate(Distance distance, int row) {
        return !distance.dividesByDatabase() && distance != Distance.COSINE || database.usable()[row];
    }

    /** Whether a row can ask. */
    boolean asks(Distance distance, int row) {
        return !distance.dividesByQuery() && distance != Distance.COSINE || queries.usable()[row];
    }

    /**
     * Ranking values of one query to all of the database; NaN for itself and for what cannot be found.
     *
     * @param check called now and then, throws to stop
     */
    void distances(Distance distance, SquaredDistances kernel, int query, double[] to, double[] buffer,
            Runnable check) {
        int n = queries.columns();
        double asking = queries.denominator(query);
        for (int from = 0; from < database.rows(); from += DATABASE_BLOCK) {
            check.run();
            int end = Math.min(database.rows(), from + DATABASE_BLOCK);
            kernel.from(queries.values(), query, database.values(), from, end, n, buffer);
            for (int j = from; j < end; j++) {
                to[j] = candidate(distance, j)
                        ? distance.rank(buffer[j - from], asking, database.denominator(j))
                        : Double.NaN;
            }
        }
        if (same()) {
            to[query] = Double.NaN;
        }
    }

    /** Length of the buffer that {@link #distances} takes. */
    int bufferLength() {
        return Math.min(DATABASE_BLOCK, Math.max(1, database.rows()));
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
        QueryScores[] scores = new QueryScores[queries.rows()];
        Blocks.run(queries.rows(), threads, () -> worker(distance, ks, neighbours, kernel, check, done, scores));
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
        double[] row = new double[database.rows()];
        double[] buffer = new double[bufferLength()];
        return query -> {
            if (asks(distance, query)) {
                distances(distance, kernel, query, row, buffer, check);
                int label = queryLabels[query];
                scores[query] = scorer.score(
                        row, row.length, candidate -> label >= 0 && databaseLabels[candidate] == label);
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

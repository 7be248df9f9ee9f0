package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.compute.SquaredDistances;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Exact retrieval in a database that is read batch by batch. Every query keeps its nearest candidates and those of its
 * class; a second pass over the file counts what comes before these. Distances are direct differences in float64, so that
 * the scores are those of a database in memory to the last bit, and how the file is cut into batches makes no difference.
 *
 * @param queries rows that ask
 * @param queryLabels their classes, -1 for none
 * @param database rows that answer
 * @param databaseLabels classes of the database by the same numbers
 * @param normalize whether rows of the database are divided by their length, as the queries were
 * @param eps added to the variance in a denominator
 * @param mostHeld pairs (distance, index) that queries may hold together; more queries take another round
 */
record StreamedRetrieval(
        PreparedRows queries,
        int[] queryLabels,
        StoredRows database,
        int[] databaseLabels,
        boolean normalize,
        double eps,
        long mostHeld) {

    /** What queries hold together in a run: some 300 MB. */
    static final long MOST_HELD = 1L << 24;
    /** Rows of the database that stay in the cache while queries pass by. */
    private static final int TILE = 64;
    /** Queries that are one item of a thread's work. */
    private static final int ITEM = 16;

    /** Most candidates that a query has. */
    int candidates(Distance distance, Runnable check, LongConsumer done) throws AnalysisException {
        int[] count = new int[1];
        if (distance.dividesByDatabase() || distance == Distance.COSINE) {
            database.forEach(check, (first, rows, values) -> {
                PreparedRows part = part(distance, values, rows);
                count[0] += (int) IntStream.range(0, rows).filter(r -> part.found(distance, r)).count();
                done.accept(rows);
            });
        } else {
            count[0] = database.rows();
        }
        return count[0];
    }

    private PreparedRows part(Distance distance, double[] values, int rows) {
        return PreparedRows.part(
                values, rows, database.columns(), distance.form(), normalize, eps, database.least());
    }

    /**
     * Ends of the rounds in which queries are scored, ascending.
     *
     * @param ks the K list, ascending
     * @param neighbours how many of the nearest to keep per query
     */
    int[] rounds(int[] ks, int neighbours) {
        long[] members = new long[1 + Math.max(0, Arrays.stream(queryLabels).max().orElse(0))];
        for (int label : databaseLabels) {
            if (label >= 0 && label < members.length) {
                members[label]++;
            }
        }
        long each = QueryScorer.kept(ks, neighbours);
        IntStream.Builder ends = IntStream.builder();
        long held = 0;
        for (int q = 0; q < queries.rows(); q++) {
            long more = each + (queryLabels[q] < 0 ? 0 : members[queryLabels[q]]);
            if (held > 0 && held + more > mostHeld) {
                ends.add(q);
                held = 0;
            }
            held += more;
        }
        return ends.add(queries.rows()).build().toArray();
    }

    /**
     * Scores all queries.
     *
     * @param ks the K list, ascending; empty for neighbours alone, which takes one pass instead of two
     * @param neighbours how many of the nearest to keep per query
     * @param done told of rows of the database that were read
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
        int start = 0;
        for (int end : rounds(ks, neighbours)) {
            QueryScorer[] scorers = new QueryScorer[end - start];
            for (int q = start; q < end; q++) {
                scorers[q - start] = queries.asks(distance, q) ? new QueryScorer(ks, neighbours) : null;
            }
            Round round = new Round(distance, scorers, start, kernel, threads, check, done);
            round.pass(QueryScorer::collect);
            for (QueryScorer scorer : scorers) {
                if (scorer != null) {
                    check.run();
                    scorer.rank();
                }
            }
            if (ks.length > 0) {
                round.pass(QueryScorer::count);
            }
            for (int q = start; q < end; q++) {
                scores[q] = scorers[q - start] == null ? null : scorers[q - start].finish();
            }
            start = end;
        }
        return scores;
    }

    /** What a scorer does with a block. */
    private interface Step {
        void take(QueryScorer scorer, double[] distances, int count, int first, QueryScorer.Relevance relevance);
    }

    /** Some queries that go over the file together. */
    private final class Round {

        private final Distance distance;
        private final QueryScorer[] scorers;
        private final int start;
        private final SquaredDistances kernel;
        private final int threads;
        private final Runnable check;
        private final LongConsumer done;

        Round(
                Distance distance,
                QueryScorer[] scorers,
                int start,
                SquaredDistances kernel,
                int threads,
                Runnable check,
                LongConsumer done) {
            this.distance = distance;
            this.scorers = scorers;
            this.start = start;
            this.kernel = kernel;
            this.threads = threads;
            this.check = check;
            this.done = done;
        }

        void pass(Step step) throws AnalysisException {
            int items = (scorers.length + ITEM - 1) / ITEM;
            database.forEach(check, (first, rows, values) -> {
                PreparedRows part = part(distance, values, rows);
                Blocks.run(items, threads, () -> {
                    double[] distances = new double[TILE];
                    return item -> {
                        for (int from = 0; from < rows; from += TILE) {
                            check.run();
                            int to = Math.min(rows, from + TILE);
                            int end = Math.min(scorers.length, (item + 1) * ITEM);
                            for (int s = item * ITEM; s < end; s++) {
                                if (scorers[s] != null) {
                                    fill(start + s, part, from, to, distances);
                                    int label = queryLabels[start + s];
                                    step.take(
                                            scorers[s],
                                            distances,
                                            to - from,
                                            first + from,
                                            c -> label >= 0 && databaseLabels[c] == label);
                                }
                            }
                        }
                    };
                });
                done.accept(rows);
            });
        }

        private void fill(int query, PreparedRows part, int from, int to, double[] distances) {
            kernel.from(queries.values(), query, part.values(), from, to, part.columns(), distances);
            double asking = queries.denominator(query);
            for (int r = from; r < to; r++) {
                distances[r - from] = part.found(distance, r)
                        ? distance.rank(distances[r - from], asking, part.denominator(r))
                        : Double.NaN;
            }
        }
    }
}

package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.data.Dataset;
import dev.assay.data.npy.NpzKind;
import dev.assay.data.npy.NpzWriter;
import dev.assay.run.fake.TestRun;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is read in batches: the same scores as when it is held, whatever the batches. */
class StreamedRetrievalTest {

    @TempDir
    Path folder;

    private static PreparedRows prepared(MemorySamples samples, Distance distance) {
        float[] flat = new float[samples.rows().length * samples.sampleShape()[0]];
        for (int r = 0; r < samples.rows().length; r++) {
            System.arraycopy(samples.rows()[r], 0, flat, r * samples.sampleShape()[0], samples.sampleShape()[0]);
        }
        return PreparedRows.of(flat, samples.rows().length, samples.sampleShape()[0], distance.form(), false, 0);
    }

    /** Few different values, so that distances tie and rows are equal or constant. */
    private static MemorySamples samples(int rows, int columns, int classes, SplittableRandom random) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            Arrays.setAll(row, c -> random.nextInt(3));
        }
        return MemorySamples.of(values, random.ints(rows, 0, classes).toArray());
    }

    /** Every query against all rows at once, as the database in memory is scored. */
    private static QueryScores[] whole(
            MemorySamples queries, MemorySamples database, Distance distance, int[] ks, int neighbours) {
        PreparedRows asking = prepared(queries, distance);
        PreparedRows answering = prepared(database, distance);
        QueryScores[] scores = new QueryScores[asking.rows()];
        for (int q = 0; q < scores.length; q++) {
            double[] distances = new double[answering.rows()];
            MetricLossTest.kernel()
                    .from(asking.values(), q, answering.values(), 0, distances.length, asking.columns(), distances);
            for (int j = 0; j < distances.length; j++) {
                distances[j] = answering.found(distance, j)
                        ? distance.rank(distances[j], asking.denominator(q), answering.denominator(j))
                        : Double.NaN;
            }
            int label = queries.labels()[q];
            scores[q] = asking.asks(distance, q)
                    ? new QueryScorer(ks, neighbours)
                            .score(distances, distances.length, j -> database.labels()[j] == label)
                    : null;
        }
        return scores;
    }

    /** Everything about a query to the last bit. */
    private static String text(QueryScores s) {
        return s == null
                ? "none"
                : s.relevant() + Arrays.deepToString(s.recall()) + Arrays.deepToString(s.mapAtK()) + s.rPrecision()
                        + " " + s.mapAtR() + " " + s.map() + Arrays.toString(s.nearest())
                        + Arrays.toString(s.distances());
    }

    @Property(tries = 15)
    void batchesAndRoundsMakeNoDifference(@ForAll @LongRange(min = 0) long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        MemorySamples queries = samples(random.nextInt(2, 40), 3, 4, random);
        MemorySamples database = samples(random.nextInt(3, 200), 3, 4, random);
        int[] ks = IntStream.of(1, 2, 5, 9).filter(k -> k <= database.rows().length).toArray();
        BatchedSamples file = new BatchedSamples(database, random.nextInt(1, 90));
        StoredRows stored = StoredRows.scan(file, false, () -> {}, n -> {});
        for (Distance distance : Distance.values()) {
            QueryScores[] expected = whole(queries, database, distance, ks, 4);
            QueryScores[] found = new StreamedRetrieval(
                    prepared(queries, distance),
                    queries.labels(),
                    stored,
                    database.labels(),
                    false,
                    0,
                    random.nextLong(1, 2_000))
                    .score(distance, ks, 4, MetricLossTest.kernel(), random.nextInt(1, 3), () -> {}, n -> {});
            assertThat(Arrays.stream(found).map(StreamedRetrievalTest::text).toList())
                    .as(distance.id())
                    .isEqualTo(Arrays.stream(expected).map(StreamedRetrievalTest::text).toList());
        }
        assertThat(file.mostRead()).isLessThanOrEqualTo(file.batch());
    }

    @Test
    void theFileIsReadAFewTimesAndNeverAsAWhole() throws Exception {
        MemorySamples database = MemorySamples.clusters(10, 100, 8, 3);
        BatchedSamples file = new BatchedSamples(database, 50);
        MemorySamples queries = MemorySamples.clusters(10, 3, 8, 3);
        try (TestRun run = new TestRun(folder)) {
            new SnrMetricLearning()
                    .run(
                            Inputs.of("embeddings", queries).with("database", file),
                            SnrMetricLearningTest.parameters(
                                    SnrParameters.class, Map.of("distances", "snr", "k", "1,5")),
                            run);
            assertThat(run.scalar("database")).isEqualTo(1000);
            assertThat(TestRun.number(run.table("recall"), 0, "queries")).isEqualTo(30);
        }
        // Once to check it, twice to score.
        assertThat(file.passes()).isEqualTo(3);
        assertThat(file.mostRead()).isEqualTo(50);
    }

    private Dataset npz(String name, MemorySamples samples) throws Exception {
        Path file = folder.resolve(name);
        int columns = samples.sampleShape()[0];
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.begin("embeddings", samples.rows().length, columns);
            for (float[] row : samples.rows()) {
                npz.append(FloatBuffer.wrap(row));
            }
            npz.end();
            npz.add("labels", samples.labels());
        }
        return new NpzKind().open(Location.of(file));
    }

    @Test
    void aRunWithADatabaseIsExplored() throws Exception {
        MemorySamples asking = MemorySamples.clusters(3, 4, 5, 7);
        MemorySamples answering = MemorySamples.clusters(3, 30, 5, 7);
        SnrMetricLearning analysis = new SnrMetricLearning();
        try (Dataset queries = npz("queries.npz", asking);
                Dataset database = npz("database-rows.npz", answering);
                TestRun run = new TestRun(folder)) {
            Inputs inputs = Inputs.of("embeddings", queries).with("database", database);
            SnrParameters parameters = SnrMetricLearningTest.parameters(
                    SnrParameters.class, Map.of("anchor", "database", "threshold", "0.5", "matrixLimit", "5"));
            run.seed(11);
            analysis.run(inputs, parameters, run);
            try (Explorer<SnrParameters> explorer =
                    analysis.explore(inputs, parameters, folder).orElseThrow()) {
                Table neighbours = run.table("neighbours");
                Table nearest = (Table) explorer
                        .details(
                                new Selection("rows", List.of(RefKind.sample("embeddings").at(2))), parameters)
                        .getLast();
                for (int rank = 1; rank <= 8; rank++) {
                    int row = TestRun.row(neighbours, "snr:database", 2L, (long) rank);
                    assertThat(nearest.value(rank - 1, 1)).isEqualTo(neighbours.value(row, 3));
                    assertThat(nearest.number(rank - 1, 3)).isEqualTo(neighbours.number(row, 4));
                    assertThat(nearest.value(rank - 1, 2))
                            .isEqualTo(String.valueOf(answering.labels()[(int) (long) neighbours.value(row, 3)]));
                }
                assertThat(nearest.columns().get(1).ref().role()).isEqualTo("database");
                askersAndPairs(explorer, parameters, neighbours);
                TestRun again = new TestRun(folder);
                explorer.update(parameters, again);
                // The rows behind the threshold are the run's own, drawn with its seed.
                for (String side : List.of("nearer", "farther")) {
                    assertThat(TestRun.number(again.table("threshold"), 0, side))
                            .isEqualTo(TestRun.number(run.table("threshold"), 0, side));
                }
                again.close();
            }
        }
    }

    private static void askersAndPairs(
            Explorer<SnrParameters> explorer, SnrParameters parameters, Table neighbours) throws Exception {
        var found = RefKind.sample("database").at(17);
        List<Result> askers = explorer.details(new Selection("neighbours", List.of(found)), parameters);
        Table queries = (Table) askers.getLast();
        assertThat(queries.rowCount()).isEqualTo(12);
        assertThat(queries.title()).contains("database row 17");
        int row = TestRun.row(neighbours, "snr:database", 2L, 1L);
        var both = new Selection(
                "neighbours",
                List.of(
                        RefKind.sample("embeddings").at(2),
                        RefKind.sample("database").at(neighbours.value(row, 3))));
        Table pair = (Table) explorer.details(both, parameters).getLast();
        assertThat(pair.title()).contains("Row 2 and database row");
        // The second row is the anchor in the distance of the run.
        assertThat(pair.number(1, 1)).isCloseTo(neighbours.number(row, 4), within(1e-12));
    }

    @Test
    void badDatabasesAreRefusedInASentence() {
        MemorySamples queries = MemorySamples.clusters(2, 3, 4, 1);
        MemorySamples broken = MemorySamples.clusters(2, 40, 4, 1);
        broken.rows()[61][2] = Float.POSITIVE_INFINITY;
        refuses(queries, new BatchedSamples(broken, 7), "row 61, column 2 is infinite");
        refuses(queries, new BatchedSamples(MemorySamples.clusters(2, 40, 5, 1), 7), "rows have 5 values", "have 4");
        refuses(queries, new BatchedSamples(MemorySamples.of(new double[0][], new int[0]), 7), "no samples");
    }

    private void refuses(Dataset queries, Dataset database, String... words) {
        assertThatThrownBy(() -> new SnrMetricLearning()
                .run(
                        Inputs.of("embeddings", queries).with("database", database),
                        SnrParameters.defaults(),
                        new TestRun(folder)))
                .isInstanceOf(AnalysisException.class)
                .message()
                .contains(words);
    }

    @Test
    void readingCanBeCancelled() throws Exception {
        try (TestRun run = new TestRun(folder).cancelAfter(400)) {
            assertThatThrownBy(() -> new SnrMetricLearning()
                    .run(
                            Inputs.of("embeddings", MemorySamples.clusters(2, 3, 4, 1))
                                    .with("database", new BatchedSamples(MemorySamples.clusters(4, 90, 4, 1), 20)),
                            SnrParameters.defaults(),
                            run))
                    .isInstanceOf(CancellationException.class);
        }
    }
}

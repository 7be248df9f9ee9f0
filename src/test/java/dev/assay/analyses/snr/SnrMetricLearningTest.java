package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.data.Dataset;
import dev.assay.data.Reading;
import dev.assay.data.npy.NpzKind;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.run.fake.TestRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The retrieval analysis as a user meets it: results, views, what it refuses. */
class SnrMetricLearningTest {

    @TempDir
    Path folder;

    private final SnrMetricLearning analysis = new SnrMetricLearning();

    static <P extends Record> P parameters(Class<P> type, Map<String, String> values)
            throws AnalysisException {
        return ParameterSet.of(type).parse(values);
    }

    private TestRun run(Inputs inputs, Map<String, String> values) throws Exception {
        TestRun run = new TestRun(folder);
        analysis.run(inputs, parameters(SnrParameters.class, values), run);
        return run;
    }

    private static Inputs embeddings(MemorySamples samples) {
        return Inputs.of("embeddings", samples);
    }

    @Test
    void resultsHaveTheGoldenValues() throws Exception {
        MemorySamples b = MemorySamples.of(Golden.B, new int[] {0, 1, 0, 1, 2, 0});
        try (TestRun run = run(embeddings(b), Map.of("anchor", "query,database,symmetric", "k", "1,2,3"))) {
            Table recall = run.table("recall");
            int row = TestRun.row(recall, "snr:query", 2L);
            assertThat(TestRun.number(recall, row, "value")).isEqualTo(0.5);
            Table retrieval = run.table("retrieval");
            row = TestRun.row(retrieval, "snr:database");
            assertThat(TestRun.number(retrieval, row, "map_at_r")).isCloseTo(0.15, within(1e-9));
            assertThat(TestRun.number(retrieval, row, "map")).isCloseTo(0.4233333333, within(1e-9));
            assertThat(run.scalar("singleton_queries")).isEqualTo(1);
            assertThat(run.scalar("recall_at_1")).isZero();
            assertThat(run.scalar("dimension")).isEqualTo(4);
            assertThat(recall.rowCount()).isEqualTo(15);
            Table neighbours = run.table("neighbours");
            row = TestRun.row(neighbours, "snr:query", 0L, 1L);
            assertThat(neighbours.value(row, neighbours.columnIndex("neighbour"))).isEqualTo(1L);
            assertThat(TestRun.number(neighbours, row, "value")).isEqualTo(0.25);
            assertThat(run.heatmap("distance_matrix").values()).hasDimensions(6, 6);
            for (String id : List.of("row_statistics", "asymmetry", "embedding_map")) {
                assertThat(run.find(Scatter.class, id)).as(id).isPresent();
            }
            for (String id : List.of("same_class", "other_class", "pair_distances")) {
                assertThat(run.find(Distribution.class, id)).as(id).isPresent();
            }
        }
    }

    @Test
    void singletonsCanBeLeftOutOfRecall() throws Exception {
        MemorySamples b = MemorySamples.of(Golden.B, new int[] {0, 1, 0, 1, 2, 0});
        try (TestRun run = run(embeddings(b), Map.of("singletons", "exclude", "k", "2"))) {
            Table recall = run.table("recall");
            assertThat(TestRun.number(recall, 0, "value")).isCloseTo(0.6, within(1e-12));
            assertThat(TestRun.number(recall, 0, "queries")).isEqualTo(5);
        }
    }

    @Test
    void constantRowsAreNamedAndNothingBecomesNaN() throws Exception {
        double[][] rows = {{1, 2, 3}, {2, 2, 2}, {1, 2, 4}, {3, 1, 0}, {3, 1, 1}, {0.1, 0.1, 0.1}};
        MemorySamples samples = MemorySamples.of(rows, new int[] {0, 0, 0, 1, 1, 1});
        try (TestRun run = run(embeddings(samples), Map.of("anchor", "query,database,symmetric"))) {
            assertThat(run.scalar("constant_rows")).isEqualTo(2);
            assertThat(run.warnings()).anyMatch(w -> w.contains("row 1, 5"));
            Table recall = run.table("recall");
            for (int r = 0; r < recall.rowCount(); r++) {
                assertThat(TestRun.number(recall, r, "value")).isBetween(0.0, 1.0);
            }
            assertThat(TestRun.number(recall, TestRun.row(recall, "snr:query", 1L), "queries")).isEqualTo(4);
        }
    }

    @Test
    void rowsHaveTheirMeanAndVariance() throws Exception {
        try (TestRun run = run(embeddings(MemorySamples.of(Golden.A, Golden.A_LABELS)), Map.of())) {
            Table rows = run.table("rows");
            double[] means = {0, 0, 0.5, 0};
            double[] variances = {2 / 3.0, 2, 1.5, 2 / 3.0};
            for (int r = 0; r < 4; r++) {
                assertThat(TestRun.number(rows, r, "mean")).isCloseTo(means[r], within(1e-12));
                assertThat(TestRun.number(rows, r, "variance")).isCloseTo(variances[r], within(1e-12));
            }
            assertThat(run.scalar("mean_abs_row_mean")).isCloseTo(0.125, within(1e-12));
            Scatter statistics = run.find(Scatter.class, "row_statistics").orElseThrow();
            assertThat(statistics.series()).extracting(Scatter.Series::name).containsExactly("c0", "c1");
            assertThat(statistics.series().get(1).x()).containsExactly(0.5, 0);
            assertThat(statistics.series().get(0).y())
                    .containsExactly(new double[] {Math.sqrt(2 / 3.0), Math.sqrt(2)}, within(1e-12));
        }
    }

    @Test
    void normalizingChangesDistancesAndNotWhatRowsAre() throws Exception {
        Inputs inputs = embeddings(MemorySamples.of(Golden.A, Golden.A_LABELS));
        try (TestRun run = run(inputs, Map.of("normalize", "true"))) {
            Scatter statistics = run.find(Scatter.class, "row_statistics").orElseThrow();
            assertThat(statistics.series().get(1).x()).containsExactly(0.5, 0);
            assertThat(statistics.series().get(0).y())
                    .containsExactly(new double[] {Math.sqrt(2 / 3.0), Math.sqrt(2)}, within(1e-12));
            assertThat(TestRun.number(run.table("rows"), 1, "variance")).isCloseTo(2, within(1e-12));
        }
    }

    @Test
    void epsilonChangesDistancesAndNotWhatRowsAre() throws Exception {
        Inputs inputs = embeddings(MemorySamples.of(Golden.A, Golden.A_LABELS));
        Map<String, String> values = Map.of("eps", "1");
        try (TestRun run = run(inputs, values)) {
            Scatter statistics = run.find(Scatter.class, "row_statistics").orElseThrow();
            assertThat(statistics.series().get(0).y())
                    .containsExactly(new double[] {Math.sqrt(2 / 3.0), Math.sqrt(2)}, within(1e-12));
            SnrParameters parameters = parameters(SnrParameters.class, values);
            try (Explorer<SnrParameters> explorer =
                    analysis.explore(inputs, parameters, folder).orElseThrow()) {
                RefKind sample = RefKind.sample("embeddings");
                var both = new Selection("distance_matrix", List.of(sample.at(0), sample.at(1)));
                Table pair = (Table) explorer.details(both, parameters).getLast();
                int row = TestRun.row(pair, "Correlation of the rows");
                assertThat(TestRun.number(pair, row, "value")).isCloseTo(3 / Math.sqrt(12), within(1e-12));
                row = TestRun.row(pair, "Ratio of standard deviations");
                assertThat(TestRun.number(pair, row, "value")).isCloseTo(Math.sqrt(3), within(1e-12));
            }
        }
    }

    @Test
    void theDenominatorThatWasChosenIsTheOneOfTheCurve() throws Exception {
        MemorySamples b = MemorySamples.of(Golden.B, new int[] {0, 1, 0, 1, 2, 0});
        for (String denominator : List.of("found", "relevant", "min")) {
            try (TestRun run = run(embeddings(b), Map.of("k", "2", "mapDenominator", denominator))) {
                Table table = run.table("map_at_k");
                assertThat(run.curve("map_at_k").series().getFirst().y())
                        .as(denominator)
                        .containsExactly(TestRun.number(table, 0, denominator));
                assertThat(run.curve("map_at_k").title()).contains("MAP@K");
            }
        }
    }

    @Test
    void theAsymmetryPlotHasBothWaysOfAPair() throws Exception {
        try (TestRun run = run(embeddings(MemorySamples.of(Golden.A, Golden.A_LABELS)), Map.of())) {
            Scatter plot = run.find(Scatter.class, "asymmetry").orElseThrow();
            assertThat(plot.x()).isEqualTo(Axis.log("d(i, j), i as anchor", ""));
            assertThat(plot.series()).extracting(Scatter.Series::name)
                    .containsExactly("other class", "same class", "equal");
            double[][] d = {{0, 1, 6.25, 3}, {1 / 3.0, 0, 3.25, 4 / 3.0}, {25 / 9.0, 13 / 3.0, 0, 7 / 9.0},
                {3, 4, 1.75, 0}};
            for (Scatter.Series side : plot.series().subList(0, 2)) {
                for (int i = 0; i < side.x().length; i++) {
                    double[] row = d[Integer.parseInt(side.keys()[i])];
                    int j = 0;
                    while (j < 4 && Math.abs(row[j] - side.x()[i]) > 1e-9) {
                        j++;
                    }
                    assertThat(j).as("a distance of row " + side.keys()[i]).isLessThan(4);
                    assertThat(side.y()[i]).isCloseTo(d[j][Integer.parseInt(side.keys()[i])], within(1e-9));
                }
            }
        }
    }

    @Test
    void clustersThatAreClassesScoreOne() throws Exception {
        double[][] rows = new double[12][];
        int[] labels = new int[12];
        for (int i = 0; i < 12; i++) {
            labels[i] = i % 3;
            rows[i] = new double[] {i % 3 == 0 ? 10 : 0, i % 3 == 1 ? 10 : 0, i % 3 == 2 ? 10 : 0, i / 12.0};
        }
        try (TestRun run = run(embeddings(MemorySamples.of(rows, labels)), Map.of())) {
            Table retrieval = run.table("retrieval");
            for (int r = 0; r < retrieval.rowCount(); r++) {
                for (String column : List.of("nmi", "nmi_geometric", "f1", "pair_precision", "pair_recall")) {
                    assertThat(TestRun.number(retrieval, r, column)).as(column).isCloseTo(1, within(1e-12));
                }
            }
            assertThat(run.scalar("same_class_auc")).isEqualTo(1);
        }
        try (TestRun run = run(embeddings(MemorySamples.of(rows, labels)), Map.of("clusters", "false"))) {
            assertThat(run.table("retrieval").value(0, 4)).isNull();
        }
    }

    @Test
    void theValueFollowsTheTieRule() throws Exception {
        double[][] line = new double[8][];
        double[] at = {0, 1, 2, 2, 3, 5, 6, 6};
        for (int i = 0; i < 8; i++) {
            line[i] = new double[] {at[i], 0};
        }
        MemorySamples samples = MemorySamples.of(line, new int[] {0, 0, 0, 1, 1, 1, 1, 2});
        Map<String, Double> expected =
                Map.of("index", 0.375, "expected", 1 / 3.0, "best", 0.5, "worst", 0.125);
        for (Map.Entry<String, Double> rule : expected.entrySet()) {
            try (TestRun run = run(
                    embeddings(samples), Map.of("ties", rule.getKey(), "distances", "euclid", "k", "1"))) {
                assertThat(TestRun.number(run.table("recall"), 0, "value"))
                        .as(rule.getKey())
                        .isCloseTo(rule.getValue(), within(1e-12));
                assertThat(run.scalar("recall_at_1")).isCloseTo(rule.getValue(), within(1e-12));
            }
        }
    }

    @Test
    void whatTheTablesMustSayIsSaid() throws Exception {
        MemorySamples b = MemorySamples.of(Golden.B, new int[] {0, 1, 0, 1, 2, 0});
        try (TestRun run = run(embeddings(b), Map.of())) {
            assertThat(run.table("recall").title()).contains("ranks as euclid of rows without their means");
            assertThat(run.table("retrieval").title()).contains("ranks as euclid of rows without their means");
            assertThat(run.warnings()).anyMatch(w -> w.contains("no other member of the class to find: row 4."));
        }
        try (TestRun run = run(embeddings(b), Map.of("distances", "snr"))) {
            assertThat(run.table("recall").title()).doesNotContain("euclid");
        }
    }

    @Test
    void embeddingsWithoutLabelsTakeThoseOfTheirSamples() throws Exception {
        MemorySamples rows = MemorySamples.of(Golden.B, null);
        MemorySamples samples = MemorySamples.of(Golden.B, Golden.B_LABELS);
        Inputs inputs = embeddings(rows).with("data", samples);
        try (TestRun run = run(inputs, Map.of("k", "1"));
                TestRun labelled = run(embeddings(samples), Map.of("k", "1"))) {
            assertThat(run.scalar("recall_at_1")).isEqualTo(labelled.scalar("recall_at_1"));
            SnrParameters parameters = parameters(SnrParameters.class, Map.of());
            try (Explorer<SnrParameters> explorer =
                    analysis.explore(inputs, parameters, folder).orElseThrow()) {
                var one = new Selection("rows", List.of(RefKind.sample("data").at(0)));
                Table nearest = (Table) explorer.details(one, parameters).getLast();
                assertThat(nearest.value(0, 2)).isEqualTo("c0");
            }
        }
    }

    @Test
    void kIsCutToTheCandidatesAndSaidSo() throws Exception {
        MemorySamples a = MemorySamples.of(Golden.A, Golden.A_LABELS);
        try (TestRun run = run(embeddings(a), Map.of("k", "1,50"))) {
            assertThat(run.warnings()).anyMatch(w -> w.contains("cut to the 3 candidates"));
            assertThat(run.table("recall").value(1, 1)).isEqualTo(3L);
        }
    }

    @Test
    void oneClassHasRecallOneAndNoNmi() throws Exception {
        MemorySamples a = MemorySamples.of(Golden.A, new int[4]);
        try (TestRun run = run(embeddings(a), Map.of())) {
            assertThat(run.scalar("recall_at_1")).isEqualTo(1);
            assertThat(run.table("retrieval").value(0, 4)).isNull();
        }
    }

    @Test
    void duplicatesLieAtZeroAndShowTheirInterval() throws Exception {
        double[][] rows = {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}, {5, 1, 0}, {5, 1, 0}};
        MemorySamples samples = MemorySamples.of(rows, new int[] {0, 0, 1, 1, 1});
        try (TestRun run = run(embeddings(samples), Map.of("k", "1"))) {
            Table recall = run.table("recall");
            assertThat(TestRun.number(recall, 0, "best")).isGreaterThan(TestRun.number(recall, 0, "worst"));
            assertThat(TestRun.number(run.table("neighbours"), 0, "value")).isZero();
        }
    }

    @Test
    void rowsOfLengthOneAreRemarkedUpon() throws Exception {
        double[][] rows = {{1, 0}, {0.6, 0.8}, {0, 1}, {-0.6, 0.8}};
        try (TestRun run = run(embeddings(MemorySamples.of(rows, new int[] {0, 0, 1, 1})), Map.of())) {
            assertThat(run.warnings()).anyMatch(w -> w.contains("rank almost alike"));
        }
    }

    @Test
    void withoutLabelsNeighboursRemain() throws Exception {
        try (TestRun run = run(embeddings(MemorySamples.of(Golden.B, null)), Map.of("neighbours", "5"))) {
            Table neighbours = run.table("neighbours");
            int first = TestRun.row(neighbours, "snr:query", 2L, 1L);
            assertThat(neighbours.value(first, 3)).isEqualTo(3L);
            assertThat(neighbours.value(first + 4, 3)).isEqualTo(5L);
            assertThat(run.find(Table.class, "recall")).isEmpty();
            assertThat(run.warnings()).anyMatch(w -> w.contains("no labels"));
        }
    }

    private void refuses(Inputs inputs, String... words) {
        assertThatThrownBy(() -> run(inputs, Map.of()).close())
                .isInstanceOf(AnalysisException.class)
                .message()
                .contains(words);
    }

    @Test
    void badInputIsRefusedInASentence() {
        refuses(Inputs.none(), "there are no embeddings", "choose embeddings");
        assertThat(new SnrMetricLearning().fits(Inputs.none()).reason()).contains("nothing to search in yet");
        refuses(embeddings(MemorySamples.of(new double[][] {{1}, {2}, {3}}, new int[] {0, 0, 1})), "only one value");
        refuses(
                embeddings(MemorySamples.of(new double[][] {{1, 2}, {3, Double.NaN}}, new int[] {0, 0})),
                "row 1, column 1 is NaN");
        refuses(embeddings(MemorySamples.of(new double[][] {{1, 2}}, new int[] {0})), "only one row");
        refuses(embeddings(MemorySamples.of(new double[0][], new int[0])), "no samples");
        refuses(
                embeddings(MemorySamples.of(Golden.A, Golden.A_LABELS))
                        .with("database", MemorySamples.of(Golden.B, Golden.B_LABELS)),
                "rows have 4 values", "have 3");
        refuses(
                embeddings(MemorySamples.of(Golden.A, Golden.A_LABELS))
                        .with("data", MemorySamples.of(Golden.B, Golden.B_LABELS)),
                "6 samples", "4 rows");
    }

    @Test
    void aDatabaseOfItsOwnIsSearchedWhole() throws Exception {
        MemorySamples queries = MemorySamples.of(Golden.A, Golden.A_LABELS);
        try (TestRun run = run(embeddings(queries).with("database", queries), Map.of("k", "1"))) {
            assertThat(run.scalar("recall_at_1")).isEqualTo(1);
            assertThat(run.scalar("database")).isEqualTo(4);
        }
    }

    @Test
    void aDatabasesClassesAreMatchedByName() throws Exception {
        MemorySamples queries = MemorySamples.of(Golden.A, new int[] {0, 0, 1, 1});
        MemorySamples turned =
                new MemorySamples(queries.rows(), new int[] {1, 1, 0, 0}, new int[] {3}, List.of("c1", "c0"));
        try (TestRun run = run(embeddings(queries).with("database", turned), Map.of("k", "1"))) {
            assertThat(run.scalar("recall_at_1")).isEqualTo(1);
        }
        refuses(
                embeddings(queries).with("database", queries.called("another ")),
                "none of its classes (another 0, another 1) is one of", "classes=");
    }

    private Scatter map(MemorySamples samples, String... pairs) throws Exception {
        Map<String, String> values = new HashMap<>(Map.of("map", "umap", "distances", "snr"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        try (TestRun run = run(embeddings(samples), values)) {
            return run.find(Scatter.class, "embedding_map").orElseThrow();
        }
    }

    @Test
    void theMapCanBeMadeByUmap() throws Exception {
        MemorySamples samples = MemorySamples.clusters(3, 40, 8, 4);
        Scatter map = map(samples);
        assertThat(map.title()).contains("UMAP");
        assertThat(map.series()).extracting(Scatter.Series::name).containsExactly("c0", "c1", "c2");
        int right = 0;
        for (Scatter.Series of : map.series()) {
            for (int i = 0; i < of.x().length; i++) {
                assertThat(of.keys()[i]).isNotNull();
                right += nearestClass(map, of, i).equals(of.name()) ? 1 : 0;
            }
        }
        // Clusters of noise 0.8 about centres in a cube of side 2 stay together.
        assertThat(right).isGreaterThan(95);
        assertThat(map(samples).series().getFirst().x()).containsExactly(map.series().getFirst().x());
        assertThat(map(MemorySamples.of(Golden.A, Golden.A_LABELS)).series()).hasSize(2);
        assertThat(map(MemorySamples.of(new double[][] {{1, 2}, {3, 1}}, new int[] {0, 0})).series()).hasSize(1);
    }

    private static String nearestClass(Scatter map, Scatter.Series own, int point) {
        String found = "";
        double least = Double.POSITIVE_INFINITY;
        for (Scatter.Series other : map.series()) {
            for (int i = 0; i < other.x().length; i++) {
                double d = Math.hypot(other.x()[i] - own.x()[point], other.y()[i] - own.y()[point]);
                if (d < least && !(other == own && i == point)) {
                    least = d;
                    found = other.name();
                }
            }
        }
        return found;
    }

    @Test
    void umapEndsWithTheRun() throws Exception {
        float[][] rows = MemorySamples.clusters(4, 300, 8, 4).rows();
        long started = System.nanoTime();
        assertThatThrownBy(() -> UmapPlane.project(rows, 0, () -> {
            if (System.nanoTime() - started > 50_000_000) {
                throw new CancellationException("cancelled");
            }
        }))
                .isInstanceOf(CancellationException.class);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("umap")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private Model model() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("net");
        String x = graph.input("x", -1, 4);
        float[] weights = new float[20];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.sin(3 * i + 1);
        }
        String h = graph.named(
                "hidden",
                graph.gemm(x, graph.initializer("w", weights, 5, 4), graph.initializer("b", new float[5], 5)));
        graph.output(graph.named("out", graph.relu(h)), -1, 5);
        Path file = folder.resolve("net.onnx");
        graph.write(file);
        return new OnnxKind().open(Location.of(file));
    }

    /** A layer is called by its name, whatever its tensor is called, and gives what it puts out, negative values too. */
    @Test
    void aLayersOwnOutputIsEmbedded() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("encoder");
        String x = graph.input("x", -1, 2);
        float[] turned = {1, 0, 0, 1};
        String h = graph.gemm(x, graph.initializer("w", turned, 2, 2), graph.initializer("b", new float[2], 2));
        graph.node(onnx.Onnx.NodeProto.newBuilder()
                .setOpType("LeakyRelu")
                .setName("leaky")
                .addInput(h)
                .addOutput("leaky:0")
                .build());
        String v = graph.initializer("v", turned, 2, 2);
        graph.output(graph.gemm("leaky:0", v, graph.initializer("c", new float[2], 2)), -1, 2);
        Path file = folder.resolve("leaky.onnx");
        graph.write(file);
        MemorySamples data = MemorySamples.of(new double[][] {{-1, 2}, {3, -4}, {5, 6}}, new int[] {0, 0, 1});
        try (Model model = new OnnxKind().open(Location.of(file));
                TestRun run = run(Inputs.of("model", model).with("data", data), Map.of("layer", "leaky"))) {
            Dataset kept = new NpzKind().open(Location.of(run.artifacts().resolve("embeddings.npz")));
            assertThat(Reading.all(kept).values()).containsExactly(-0.01f, 2, 3, -0.04f, 5, 6);
        }
    }

    @Test
    void aModelsLayerIsEmbeddedKeptAndExplored() throws Exception {
        MemorySamples data = MemorySamples.clusters(3, 8, 4, 5).asPictures(2);
        try (Model model = model()) {
            Inputs inputs = Inputs.of("model", model).with("data", data);
            Map<String, String> values = Map.of("layer", "hidden", "threshold", "0.5");
            try (TestRun run = run(inputs, values)) {
                assertThat(run.scalar("dimension")).isEqualTo(5);
                ImageGrid wall = run.images("retrieval_wall");
                assertThat(wall.items().getFirst().caption()).startsWith("query ");
                assertThat(wall.items().getFirst().ref().kind()).isEqualTo(RefKind.sample("data"));
                Table threshold = run.table("threshold");
                SnrParameters parameters = parameters(SnrParameters.class, values);
                try (Explorer<SnrParameters> explorer =
                        analysis.explore(inputs, parameters, folder).orElseThrow()) {
                    TestRun again = new TestRun(folder);
                    explorer.update(parameters, again);
                    assertThat(again.table("threshold").value(0, 1)).isEqualTo(threshold.value(0, 1));
                    explorer.update(
                            parameters(SnrParameters.class, Map.of("layer", "hidden", "threshold", "4")), again);
                    assertThat(TestRun.number(again.table("threshold"), 0, "nearer"))
                            .isGreaterThan(TestRun.number(threshold, 0, "nearer"));
                    again.close();
                    var one = new Selection("embedding_map", List.of(RefKind.sample("data").at(3)));
                    var details = explorer.details(one, parameters);
                    assertThat(details).extracting(r -> r.id()).containsExactly("neighbours_of", "nearest");
                    Table neighbours = run.table("neighbours");
                    int row = TestRun.row(neighbours, "snr:query", 3L, 1L);
                    assertThat(((Table) details.get(1)).value(0, 1)).isEqualTo(neighbours.value(row, 3));
                    var cell = new Selection(
                            "distance_matrix",
                            List.of(RefKind.sample("data").at(3), RefKind.sample("data").at(7)));
                    Table pair = (Table) explorer.details(cell, parameters).getLast();
                    assertThat(pair.rowCount()).isEqualTo(5);
                    assertThat(pair.number(2, 1)).isBetween(-1.0, 1.0);
                }
            }
            refusesLayer(model, data);
        }
    }

    @Test
    void aWideLayerIsTakenAFewSamplesAtATime() throws Exception {
        int wide = 1_100_000;
        OnnxGraphBuilder graph = new OnnxGraphBuilder("net");
        float[] ones = new float[wide];
        Arrays.fill(ones, 1);
        String h = graph.named(
                "wide",
                graph.gemm(
                        graph.input("x", -1, 1), graph.initializer("w", ones, wide, 1),
                        graph.initializer("b", new float[wide], wide)));
        graph.output(
                graph.gemm(
                        graph.relu(h), graph.initializer("v", ones, 1, wide),
                        graph.initializer("c", new float[1], 1)),
                -1, 1);
        Path file = folder.resolve("wide.onnx");
        graph.write(file);
        MemorySamples data = MemorySamples.clusters(2, 10, 1, 5);
        try (Model model = new OnnxKind().open(Location.of(file)); TestRun run = new TestRun(folder)) {
            Vectors vectors = new VectorReader(run).compute(model, data, "data", "wide");
            assertThat(vectors.rows()).isEqualTo(20);
            assertThat(vectors.columns()).isEqualTo(wide);
            assertThat(vectors.values()[19 * wide]).isEqualTo(vectors.values()[20 * wide - 1]).isNotZero();
        }
    }

    private void refusesLayer(Model model, MemorySamples data) {
        assertThatThrownBy(() -> run(
                Inputs.of("model", model).with("data", data).with("database", MemorySamples.clusters(3, 8, 5, 5)),
                Map.of())
                .close())
                .isInstanceOf(AnalysisException.class);
        assertThat(folder.resolve(EmbeddingInputs.DATABASE_FILE)).doesNotExist();
        assertThatThrownBy(() -> run(Inputs.of("model", model).with("data", data), Map.of("layer", "nowhere"))
                .close())
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("no layer 'nowhere'")
                .hasMessageContaining("hidden");
    }

    @Test
    void theSameSeedGivesTheSameWhateverTheThreads() throws Exception {
        MemorySamples samples = MemorySamples.clusters(5, 9, 6, 2);
        SnrParameters parameters = SnrParameters.defaults();
        try (TestRun one = new TestRun(folder, 1);
                TestRun three = new TestRun(folder, 3)) {
            analysis.run(embeddings(samples), parameters, one);
            analysis.run(embeddings(samples), parameters, three);
            for (String id : List.of("retrieval", "recall", "neighbours")) {
                Table a = one.table(id);
                Table b = three.table(id);
                for (int r = 0; r < a.rowCount(); r++) {
                    for (int c = 0; c < a.columns().size(); c++) {
                        assertThat(a.value(r, c)).isEqualTo(b.value(r, c));
                    }
                }
            }
        }
    }
}

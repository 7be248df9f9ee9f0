package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.onnx.OnnxModel;
import dev.assay.run.Catalogue;
import dev.assay.run.LogLine;
import dev.assay.run.ResultBoard;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.fake.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureComplexityTest {

    @TempDir
    private Path folder;

    private Path samples;

    @BeforeEach
    void writeSamples() throws Exception {
        samples = folder.resolve("samples.csv");
        Random random = new Random(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            for (int k = 0; k < 32; k++) {
                text.append((float) random.nextGaussian()).append(',');
            }
            text.append(i % 2).append('\n');
        }
        Files.writeString(samples, text);
    }

    private Path write(OnnxGraphBuilder graph) throws Exception {
        Path file = folder.resolve("net.onnx");
        graph.write(file);
        return file;
    }

    private Run run(Path model, Map<String, String> parameters, String... dataRoles) {
        return run(model, parameters, Map.of(), dataRoles);
    }

    private Run run(
            Path model, Map<String, String> parameters, Map<String, String> options, String... dataRoles) {
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        inputs.put("model", List.of(Location.of(model)));
        Map<String, String> reading = new LinkedHashMap<>(Map.of("label", "last", "shape", "2x4x4"));
        reading.putAll(options);
        for (String role : dataRoles) {
            inputs.put(role, List.of(new Location(samples, reading)));
        }
        Map<String, String> all = new LinkedHashMap<>(
                ParameterSet.of(ComplexityParameters.class).toText(ComplexityParameters.defaults()));
        all.putAll(parameters);
        try (RunQueue queue = RunQueue.inline(Catalogue.load(), new MemoryStore(folder.resolve("runs")))) {
            return queue.submit(new RunRequest("feature-complexity", inputs, all, 0, "cpu", 2));
        }
    }

    private static <T extends Result> T find(List<Result> results, Class<T> kind, String id) {
        return results.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + id));
    }

    private static double scalar(Run run, String id) {
        return find(run.results(), Scalar.class, id).value();
    }

    @Test
    void aRunGivesEveryResultOfTheMethod() throws Exception {
        Run run = run(write(Networks.plain()), Map.of("beta", "0.3", "baselines", "true"), "test");

        assertThat(run.failure()).isEmpty();
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(scalar(run, "features")).isEqualTo(8);
        Table groups = find(run.results(), Table.class, "groups");
        assertThat(groups.rowCount()).isEqualTo(2);
        assertThat(find(run.results(), Table.class, "merges").rowCount()).isEqualTo(2 + 4);
        assertThat(find(run.results(), Table.class, "not_analysed").rowCount()).isEqualTo(1);
        assertThat(find(run.results(), Table.class, "tradeoff").rowCount()).isEqualTo(3 * 8);
        assertThat(find(run.results(), Curve.class, "complexity").series())
                .extracting(Curve.Series::name)
                .containsExactly("conv1", "fc1", "total");
        assertThat(find(run.results(), Curve.class, "depth").series()).hasSize(2);
        assertThat(scalar(run, "parameters_before")).isEqualTo(3 * 18 + 3 + 3 + 3 + 5 * 12 + 5 + 2 * 5 + 2);
        assertThat(scalar(run, "multiply_adds_before")).isEqualTo(54 * 16 + 60 + 10);
        assertThat(scalar(run, "accuracy_before")).isBetween(0.0, 1.0);
    }

    @Test
    void theExportedModelHasThePredictedSize() throws Exception {
        Path file = write(Networks.residual());
        byte[] before = Files.readAllBytes(file);

        Run run = run(file, Map.of("beta", "0.95", "exportModel", "true"));

        assertThat(run.failure()).isEmpty();
        Path merged = run.folder().resolve("merged.onnx");
        try (OnnxModel model = (OnnxModel) new OnnxKind().open(Location.of(merged))) {
            assertThat(model.input().shape()).containsExactly(2, 4, 4);
            assertThat(model.parameterCount()).isEqualTo((long) scalar(run, "parameters_after"));
        }
        assertThat(scalar(run, "parameters_after")).isLessThan(scalar(run, "parameters_before"));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void profileReferenceRunsEveryThreshold() throws Exception {
        Run run = run(write(Networks.residual()), Map.of("profile", "reference", "beta", "0.5", "betas", "0.1,0.9"));

        assertThat(run.failure()).isEmpty();
        Curve curve = find(run.results(), Curve.class, "complexity");
        assertThat(curve.series().getLast().x()).containsExactly(0.1, 0.9);
        assertThat(curve.series().getLast().y()[1]).isLessThanOrEqualTo(curve.series().getLast().y()[0]);
    }

    @Test
    void activationsAreComparedOnSamples() throws Exception {
        for (String distance : List.of("covariance", "correlation")) {
            Run run = run(
                    write(Networks.plain()),
                    Map.of("space", "activations", "activationDistance", distance, "beta", "0.2"),
                    "batch");

            assertThat(run.failure()).as(distance).isEmpty();
            assertThat(scalar(run, "complexity")).isBetween(2.0, 8.0);
        }
    }

    @Test
    void zipItMergesWithinItsBudgetAndItsThresholdMoves() throws Exception {
        Path file = write(Networks.plain());
        Map<String, String> parameters =
                Map.of("profile", "zipit", "space", "activations", "beta", "0.9", "budget", "0.5");
        Run run = run(file, parameters, "batch");

        assertThat(run.failure()).isEmpty();
        // Of 3 and of 5 features at most 1 and 2 are merged away.
        assertThat(find(run.results(), Table.class, "merges").rowCount()).isEqualTo(1 + 2);
        assertThat(scalar(run, "complexity")).isBetween(5.0, 8.0);
        assertThat(find(run.results(), Dendrogram.class, "dendrogram_fc1").heights()).hasSize(2);
        assertThat(ParameterSet.of(ComplexityParameters.class).check(Map.of("profile", "zipit")))
                .extracting(ParameterProblem::message)
                .anyMatch(m -> m.contains("space=activations"));
    }

    @Test
    void clustersLeadToTheirMembersDistancesInBothSpaces() throws Exception {
        for (String space : List.of("weights", "activations")) {
            Path file = write(Networks.plain());
            Map<String, String> values = Map.of("beta", "0.9", "space", space);
            Run run = run(file, values, "batch");
            ParameterSet<ComplexityParameters> set = ParameterSet.of(ComplexityParameters.class);
            Map<String, String> all = new LinkedHashMap<>(set.toText(ComplexityParameters.defaults()));
            all.putAll(values);
            try (OnnxModel model = (OnnxModel) new OnnxKind().open(Location.of(file));
                    var explorer = new FeatureComplexity()
                            .explore(dev.assay.analysis.Inputs.of("model", model), set.parse(all), run.folder())
                            .orElseThrow()) {
                Dendrogram tree = find(run.results(), Dendrogram.class, "dendrogram_fc1");
                Heatmap whole = find(run.results(), Heatmap.class, "distance_fc1");
                List<Result> details = explorer.details(
                        new Selection("dendrogram_fc1", List.of(tree.leafRef().at(tree.leaves().getFirst()))),
                        set.parse(all));

                Heatmap members = find(details, Heatmap.class, "members_fc1");
                assertThat(members.rows()).isNotEmpty().hasSizeLessThanOrEqualTo(5);
                for (String a : members.rows()) {
                    for (String b : members.rows()) {
                        assertThat(members.values()[members.rows().indexOf(a)][members.rows().indexOf(b)])
                                .as(space)
                                .isCloseTo(whole.values()[whole.rows().indexOf(a)][whole.rows().indexOf(b)],
                                        within(1e-9));
                    }
                }
                assertThat(find(details, Table.class, "members").rowCount()).isEqualTo(members.rows().size());
            }
        }
    }

    @Test
    void aTreeLeadsToItsOwnGroupWhateverTheOthersAreCalled() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("named");
        String x = graph.input("input", -1, 2);
        for (String name : List.of("fc", "block_fc")) {
            int columns = name.equals("fc") ? 2 : 3;
            float[] weights = new float[3 * columns];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = i % 5 - 1.5f;
            }
            x = graph.relu(graph.gemm(
                    x, graph.initializer(name + ".weight", weights, 3, columns),
                    graph.initializer(name + ".bias", new float[3], 3)));
        }
        graph.output(
                graph.gemm(
                        x, graph.initializer("out.weight", new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                        graph.initializer("out.bias", new float[2], 2)),
                -1, 2);
        Path file = folder.resolve("named.onnx");
        graph.write(file);
        Run run = run(file, Map.of());
        ComplexityParameters parameters = ComplexityParameters.defaults();
        try (OnnxModel model = (OnnxModel) new OnnxKind().open(Location.of(file));
                var explorer = new FeatureComplexity()
                        .explore(dev.assay.analysis.Inputs.of("model", model), parameters, run.folder())
                        .orElseThrow()) {
            for (String name : List.of("fc", "block_fc")) {
                Dendrogram tree = find(run.results(), Dendrogram.class, "dendrogram_" + name);
                List<Result> details = explorer.details(
                        new Selection(tree.id(), List.of(tree.leafRef().at("0"))), parameters);
                assertThat(find(details, Table.class, "members").title()).startsWith("Features of " + name + " at");
            }
        }
    }

    @Test
    void mergesAreSeenWhileTheyAreMade() throws Exception {
        try (OnnxModel model = Networks.open(Networks.residual(), folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            ResultBoard board = new ResultBoard();
            LiveGroups live = new LiveGroups(network, 0.1, 1, board);
            Thread.sleep(120);
            live.merged(1, new Merge(0, 2, 3, 10), 2);

            Table groups = find(board.results(), Table.class, "groups");
            assertThat(groups.rowCount()).isEqualTo(network.sizes().length);
            assertThat(groups.value(1, 3)).isEqualTo(2L);
            assertThat(groups.value(1, 9)).isEqualTo(0.3);
            assertThat(groups.value(1, 5)).isNull();
        }
    }

    @Test
    void aRowOfAGroupThatIsDoneHeedsTheLargestShareOfMerges() throws Exception {
        try (OnnxModel model = Networks.open(Networks.residual(), folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            ResultBoard board = new ResultBoard();
            LiveGroups live = new LiveGroups(network, 0.5, 0.25, board);
            live.done(List.of(new Linked(
                    "first", 4, List.of(new Merge(0, 1, 1, 10), new Merge(0, 2, 2, 10), new Merge(0, 3, 3, 10)),
                    List.of())));
            Thread.sleep(120);
            live.merged(1, new Merge(0, 2, 3, 10), 2);

            assertThat(find(board.results(), Table.class, "groups").value(0, 3)).isEqualTo(3L);
        }
        assertThat(Linked.most(0.07, 100)).isEqualTo(7);
        assertThat(Linked.most(0.071, 100)).isEqualTo(8);
        assertThat(Linked.most(1, 100)).isEqualTo(100);
    }

    @Test
    void activationsWithoutSamplesAskForThem() throws Exception {
        Run run = run(write(Networks.plain()), Map.of("space", "activations"));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.failure().orElseThrow().message()).contains("batch");
        assertThat(run.failure().orElseThrow().userError()).isTrue();
    }

    @Test
    void aSingleLinearLayerHasNothingToMerge() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("linear");
        String x = g.input("x", -1, 3);
        g.output(
                g.gemm(
                        x,
                        g.initializer("fc.weight", new float[6], 2, 3),
                        g.initializer("fc.bias", new float[2], 2)),
                -1,
                2);

        Run run = run(write(g), Map.of());

        assertThat(run.failure().orElseThrow().message())
                .contains("nothing to merge")
                .contains("fc.weight: it is the network's output");
    }

    @Test
    void equalFeaturesAreOneFeature() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("zeros");
        String x = g.input("x", -1, 3);
        x = g.relu(g.gemm(
                x, g.initializer("a.weight", new float[12], 4, 3), g.initializer("a.bias", new float[4], 4)));
        g.output(
                g.gemm(x, g.initializer("b.weight", new float[8], 2, 4), g.initializer("b.bias", new float[2], 2)),
                -1,
                2);

        Run run = run(write(g), Map.of("beta", "0"));

        assertThat(run.failure()).isEmpty();
        assertThat(scalar(run, "complexity")).isEqualTo(1);
        assertThat(find(run.results(), Table.class, "groups").value(0, 6)).isEqualTo(4L);
    }

    @Test
    void deadFeaturesMergeFirstAndAreCountedApartFromCopies() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("dead");
        String x = g.input("x", -1, 2);
        // Features 1 and 3 are dead, 0 and 4 are copies.
        x = g.relu(g.gemm(
                x,
                g.initializer("a.weight", new float[] {1, 2, 0, 0, 3, -1, 0, 0, 1, 2}, 5, 2),
                g.initializer("a.bias", new float[5], 5)));
        g.output(
                g.gemm(
                        x,
                        g.initializer("b.weight", new float[] {1, 0, 2, 0, 1}, 1, 5),
                        g.initializer("b.bias", new float[1], 1)),
                -1,
                1);

        Run run = run(write(g), Map.of("beta", "0"));

        assertThat(scalar(run, "complexity")).isEqualTo(3);
        Table groups = find(run.results(), Table.class, "groups");
        assertThat(groups.value(0, 6)).isEqualTo(2L);
        Table clusters = find(run.results(), Table.class, "clusters");
        assertThat(List.of(clusters.value(0, 3), clusters.value(1, 3), clusters.value(2, 3)))
                .containsExactly("0,4", "1,3", "2");
    }

    @Test
    void aGroupWithBrokenWeightsAmongOthersIsToldLoudly() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("partly");
        String x = g.input("x", -1, 1);
        float[] broken = {1, 2, Float.POSITIVE_INFINITY};
        x = g.relu(g.gemm(x, g.initializer("a.weight", broken, 3, 1), g.initializer("a.bias", new float[3], 3)));
        float[] square = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        x = g.relu(g.gemm(x, g.initializer("b.weight", square, 3, 3), g.initializer("b.bias", new float[3], 3)));
        float[] last = {1, 1, 1};
        g.output(
                g.gemm(x, g.initializer("c.weight", last, 1, 3), g.initializer("c.bias", new float[1], 1)), -1, 1);

        Run run = run(write(g), Map.of());

        assertThat(run.log()).anyMatch(l -> l.warning() && l.text().contains("'a.weight' holds Infinity at index 2"));
    }

    @Test
    void aGroupWithBrokenWeightsIsNamedWithTheFirstBadValue() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("broken");
        String x = g.input("x", -1, 1);
        float[] broken = {1, 2, Float.NaN};
        x = g.relu(g.gemm(x, g.initializer("a.weight", broken, 3, 1), g.initializer("a.bias", new float[3], 3)));
        g.output(
                g.gemm(x, g.initializer("b.weight", new float[3], 1, 3), g.initializer("b.bias", new float[1], 1)),
                -1,
                1);

        Run run = run(write(g), Map.of());

        assertThat(run.failure().orElseThrow().message()).contains("'a.weight' holds NaN at index 2");
    }

    @Test
    void anUnknownLayerNamesTheKnownOnes() throws Exception {
        Run run = run(write(Networks.plain()), Map.of("layers", "conv9"));

        assertThat(run.failure().orElseThrow().message()).contains("conv9").contains("conv1, fc1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-0.1", "NaN"})
    void aThresholdOutOfRangeNamesTheRange(String beta) {
        assertThat(ParameterSet.of(ComplexityParameters.class).check(Map.of("beta", beta)))
                .singleElement()
                .satisfies(p -> assertThat(p.parameter()).isEqualTo("beta"));
    }

    @Test
    void profileReferenceWarnsOfActivationsThatDoNotScale() throws Exception {
        Run run = run(write(Networks.gated()), Map.of("profile", "reference"));

        assertThat(run.log())
                .filteredOn(LogLine::warning)
                .extracting(LogLine::text)
                .anyMatch(t -> t.contains("Tanh"));
    }

    @Test
    void dataThatDoesNotFitLeavesAccuraciesOut() throws Exception {
        Run run = run(write(Networks.gated()), Map.of(), "test");

        assertThat(run.failure()).isEmpty();
        assertThat(run.results()).noneMatch(r -> r.id().equals("accuracy_before"));
        assertThat(run.log()).anyMatch(l -> l.warning() && l.text().contains("Accuracies are left out"));
    }

    @Test
    void labelsOfMoreClassesThanTheNetworkScoresLeaveAccuraciesOut() throws Exception {
        Files.writeString(samples, Files.readString(samples).replaceFirst(",0\n", ",9\n"));

        Run run = run(write(Networks.plain()), Map.of(), "test");

        assertThat(run.failure()).isEmpty();
        assertThat(scalar(run, "features")).isEqualTo(8);
        assertThat(run.results()).noneMatch(r -> r.id().equals("accuracy_before"));
        assertThat(run.log()).anyMatch(l -> l.warning() && l.text().contains("10 classes, the network 2 scores"));
    }

    @Test
    void classesInTheOrderOfTheScoresGiveTheAccuracyThatTheirNumbersGive() throws Exception {
        Path model = write(Networks.plain());
        double byNumber = scalar(run(model, Map.of(), "test"), "accuracy_before");
        String text = Files.readString(samples);
        Files.writeString(samples, text.replace(",0\n", ",yes\n").replace(",1\n", ",no\n"));

        assertThat(scalar(run(model, Map.of(), Map.of("classes", "yes,no"), "test"), "accuracy_before"))
                .isEqualTo(byNumber);
        assertThat(scalar(run(model, Map.of(), "test"), "accuracy_before"))
                .as("in the order of the alphabet")
                .isCloseTo(1 - byNumber, within(1e-12))
                .isNotEqualTo(byNumber);
    }

    @Test
    void aNamedClassThatIsMissingIsWarnedOf() throws Exception {
        String text = Files.readString(samples);
        Files.writeString(samples, text.replaceAll(",[01]\n", ",yes\n"));

        Run run = run(write(Networks.plain()), Map.of(), "test");

        assertThat(run.log())
                .anyMatch(l -> l.warning() && l.text().contains("1 class (yes)") && l.text().contains("2 outputs"));
    }

    @Test
    void movingTheThresholdGivesWhatARunWouldGive() throws Exception {
        Path file = write(Networks.residual());
        Run at = run(file, Map.of("beta", "0.6"));
        Run other = run(file, Map.of("beta", "0.01"));
        FeatureComplexity analysis = new FeatureComplexity();
        ComplexityParameters parameters = ComplexityParameters.defaults().at(0.01);
        ResultBoard board = new ResultBoard();
        try (OnnxModel model = (OnnxModel) new OnnxKind().open(Location.of(file));
                var explorer = analysis.explore(
                        dev.assay.analysis.Inputs.of("model", model), parameters, other.folder())
                        .orElseThrow()) {
            explorer.update(parameters.at(0.6), (ResultSink) board);
        }

        for (String id : List.of("complexity", "parameters_after", "multiply_adds_after")) {
            assertThat(find(board.results(), Scalar.class, id).value()).isEqualTo(scalar(at, id));
        }
    }
}

package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.result.Scalar;
import dev.assay.model.onnx.OnnxModel;
import dev.assay.run.Catalogue;
import dev.assay.run.LogLine;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.fake.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks whose weights are shared or quantised, and exports that cannot be. */
class WorkingGraphTest {

    @TempDir
    private Path folder;

    private Run run(Path model, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(
                ParameterSet.of(ComplexityParameters.class).toText(ComplexityParameters.defaults()));
        all.putAll(parameters);
        try (RunQueue queue = RunQueue.inline(Catalogue.load(), new MemoryStore(folder.resolve("runs")))) {
            return queue.submit(new RunRequest(
                    "feature-complexity", Map.of("model", List.of(Location.of(model))), all, 0, "cpu", 2));
        }
    }

    private static List<String> warnings(Run run) {
        return run.log().stream().filter(LogLine::warning).map(LogLine::text).toList();
    }

    private static double scalar(Run run, String id) {
        return run.results().stream()
                .filter(r -> r instanceof Scalar && r.id().equals(id))
                .mapToDouble(r -> ((Scalar) r).value())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyUseOfATiedTensorCounts() throws Exception {
        try (OnnxModel model = Networks.open(Networks.tied(), folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");

            assertThat(network.working().tied()).containsExactly("shared.weight");
            assertThat(network.sizes()).containsExactly(4, 4, 4);
            // Group 2 is made by the first use and read by the second: rows and columns of the same tensor.
            float[] w = network.values().of("shared.weight");
            double[] squared =
                    GroupDistances.ofWeights(network, 1, FeatureVector.IN_OUT, Pairs.KERNEL, () -> {}).squared();
            double expected = 0;
            for (int k = 0; k < 4; k++) {
                expected += Math.pow((double) w[k] - w[4 + k], 2)
                        + Math.pow((double) w[4 * k] - w[4 * k + 1], 2);
            }
            assertThat(squared[1]).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void tiedTensorsComputeTheSameAfterMergingNothingAndAreNotExported() throws Exception {
        Path file = folder.resolve("tied.onnx");
        Networks.tied().write(file);
        try (OnnxModel model = Networks.open(Networks.tied(), folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            Onnx.ModelProto same = network.merged(
                    Arrays.stream(network.sizes()).mapToObj(Partition::singletons).toList(), false, true, false);
            float[][] samples = Networks.samples(8, 3);
            try (OnnxModel untied = new GraphInMemory(same, model).open()) {
                assertThat(Networks.scores(untied, samples))
                        .containsExactly(Networks.scores(model, samples), within(1e-5f));
            }
        }

        Run run = run(file, Map.of("beta", "0.5", "exportModel", "true"));

        assertThat(run.failure()).isEmpty();
        assertThat(scalar(run, "parameters_before")).isEqualTo(4 * 3 + 4 + 4 * 4 + 4 + 4 + 2 * 4 + 2);
        assertThat(warnings(run)).anyMatch(t -> t.contains("shared.weight") && t.contains("every use counts"));
        assertThat(warnings(run)).anyMatch(t -> t.startsWith("No model was exported"));
        assertThat(run.folder().resolve("merged.onnx")).doesNotExist();
    }

    @Test
    void quantisedWeightsAreComparedAsNumbersAndNotExported() throws Exception {
        Path file = folder.resolve("quantised.onnx");
        Files.write(file, Networks.quantised().toByteArray());

        Run run = run(file, Map.of("beta", "0", "exportModel", "true"));

        assertThat(run.failure()).isEmpty();
        // Rows 0 and 2 hold the same integers but scales of 0.5 and 0.25; rows 1 and 3 stand for the same numbers.
        assertThat(scalar(run, "complexity")).isEqualTo(3);
        assertThat(warnings(run)).anyMatch(t -> t.contains("quantised") && t.startsWith("No model was exported"));
        assertThat(run.folder().resolve("merged.onnx")).doesNotExist();
    }

    @Test
    void anExportThatCannotBeLoadedLeavesNoFile() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        try (OnnxModel model = Networks.open(Networks.plain(), folder)) {
            Onnx.ModelProto.Builder broken = model.graph().toBuilder();
            IntStream.range(0, broken.getGraph().getInitializerCount())
                    .filter(i -> broken.getGraph().getInitializer(i).getName().equals("fc2.weight"))
                    .forEach(i -> broken.getGraphBuilder()
                            .setInitializer(
                                    i,
                                    broken.getGraph().getInitializer(i).toBuilder().setDims(0, 5).setDims(1, 2)));

            assertThatThrownBy(() -> MergedModelFile.write(broken.build(), model, out))
                    .isInstanceOf(AnalysisException.class);
        }
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anExportWithOtherScoresIsAnErrorAndLeavesNoFile() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        try (OnnxModel model = Networks.open(Networks.plain(), folder);
                OnnxModel other = Networks.open(Networks.residual(), folder)) {
            assertThatThrownBy(() -> MergedModelFile.check(model, other, "merged.onnx"))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("differ from the prediction");
        }
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void distancesOfSomeFeaturesAreThoseOfAll() throws Exception {
        for (var graph : List.of(Networks.concatenated(), Networks.channelsLast(), Networks.residual())) {
            try (OnnxModel model = Networks.open(graph, folder)) {
                NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
                double[] all =
                        GroupDistances.ofWeights(network, 0, FeatureVector.IN_OUT, Pairs.KERNEL, () -> {}).squared();
                int n = network.sizes()[0];
                double[][] some =
                        GroupDistances.ofSome(network, 0, FeatureVector.IN_OUT, new int[] {2, 0}, Pairs.KERNEL);

                assertThat(some[0][1]).isCloseTo(all[2 * n], within(1e-9));
                assertThat(some[1][1]).isZero();
            }
        }
    }
}

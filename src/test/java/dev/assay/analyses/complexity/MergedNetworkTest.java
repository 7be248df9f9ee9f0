package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MergedNetworkTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("plain", Networks.plain(), 32),
                Arguments.of("reshaped", Networks.reshaped(), 32),
                Arguments.of("channels last", Networks.channelsLast(), 32),
                Arguments.of("residual", Networks.residual(), 32),
                Arguments.of("depthwise", Networks.depthwise(), 32),
                Arguments.of("concatenated", Networks.concatenated(), 32));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void keepingEveryFeatureKeepsTheFunction(String name, OnnxGraphBuilder graph, int inputs) throws Exception {
        try (OnnxModel model = Networks.open(graph, folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            List<Partition> reversed = new ArrayList<>();
            for (int size : network.sizes()) {
                List<int[]> clusters = new ArrayList<>();
                for (int i = size - 1; i >= 0; i--) {
                    clusters.add(new int[] {i});
                }
                reversed.add(new Partition(clusters));
            }

            assertSameScores(model, network.merged(reversed, false, true, false), inputs, 1e-4);
            assertSameScores(model, network.merged(reversed, true, true, false), inputs, 1e-4);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void copiesMergeWithoutChangingTheFunction(String name, OnnxGraphBuilder graph, int inputs) throws Exception {
        try (OnnxModel model = Networks.open(graph, folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            List<Partition> once = Arrays.stream(network.sizes())
                    .mapToObj(Partition::singletons)
                    .toList();
            Onnx.ModelProto doubled = Copies.of(network, 2);
            try (OnnxModel copies = new GraphInMemory(doubled, model).open()) {
                assertSameScores(model, doubled, inputs, 1e-4);
                NetworkUnderAnalysis wide = NetworkUnderAnalysis.of(copies, "all");
                List<Partition> merged = new ArrayList<>();
                for (int g = 0; g < wide.sizes().length; g++) {
                    double[] squared = GroupDistances.ofWeights(wide, g, FeatureVector.IN_OUT, Pairs.KERNEL, () -> {})
                            .squared();
                    List<Merge> merges = WardLinkage.link(squared, wide.sizes()[g], Linking.QUIET);
                    merged.add(new Linked("g", wide.sizes()[g], merges, List.of()).partition(1e-9, 1));
                }

                assertThat(merged).extracting(Partition::size).isEqualTo(once.stream().map(Partition::size).toList());
                assertSameScores(model, wide.merged(merged, false, true, false), inputs, 1e-4);
                assertSameScores(model, wide.merged(merged, true, true, false), inputs, 2e-3);
            }
        }
    }

    private static void assertSameScores(OnnxModel model, Onnx.ModelProto other, int inputs, double tolerance)
            throws Exception {
        float[][] samples = Networks.samples(5, inputs);
        float[] expected = Networks.scores(model, samples);
        try (OnnxModel opened = new GraphInMemory(other, model).open()) {
            float[] actual = Networks.scores(opened, samples);
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) actual[i])
                        .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    @Test
    void batchNormsOfCopiesAreMendedUnlessAsPublished() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("bn");
        String x = g.input("x", -1, 1);
        x = g.gemm(x, g.initializer("in.weight", new float[] {1, 1, 1}, 3, 1),
                g.initializer("in.bias", new float[3], 3));
        x = g.batchNormalization(
                x,
                g.initializer("g", new float[] {1.5f, 1.5f, 1.5f}, 3),
                g.initializer("b", new float[] {0.2f, 0.2f, 0.2f}, 3),
                g.initializer("m", new float[] {0.4f, 0.4f, 0.4f}, 3),
                g.initializer("v", new float[] {2.25f, 2.25f, 2.25f}, 3),
                0f);
        g.output(
                g.gemm(
                        x,
                        g.initializer("out.weight", new float[] {1, 1, 1}, 1, 3),
                        g.initializer("out.bias", new float[1], 1)),
                -1,
                1);
        try (OnnxModel model = Networks.open(g, folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            List<Partition> one = List.of(new Partition(List.of(new int[] {0, 1, 2})));
            float[][] samples = {{-1}, {0.4f}, {2}};

            assertScores(network.merged(one, true, true, false), model, samples, -3.6, 0.6, 5.4);
            assertScores(
                    network.merged(one, true, false, false), model, samples, -6.6746133918, 0.6, 8.9138438763);
            assertScores(network.merged(one, false, true, false), model, samples, -3.6, 0.6, 5.4);
        }
    }

    private static void assertScores(Onnx.ModelProto merged, OnnxModel original, float[][] samples, double... golden)
            throws Exception {
        try (OnnxModel opened = new GraphInMemory(merged, original).open()) {
            float[] scores = Networks.scores(opened, samples);
            for (int i = 0; i < golden.length; i++) {
                assertThat((double) scores[i]).isCloseTo(golden[i], within(1e-5));
            }
        }
    }

    @Test
    void example1ComputesTheGoldenOutputs() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("example1");
        String x = g.input("x", -1, 3);
        float[] w1 = {1, 0, 2, 0, 1, -1, 1.1f, 0, 1.9f, -1, 2, 0, 0, 1.2f, -1, 3, -1, 1};
        float[] w2 = {1, -1, 1, 0.5f, -1, 2, 0, 1, 0.1f, -0.5f, 0.8f, 1};
        x = g.relu(g.gemm(
                x,
                g.initializer("l1.weight", w1, 6, 3),
                g.initializer("l1.bias", new float[] {0.1f, 0, 0.1f, -0.2f, 0, 0.3f}, 6)));
        g.output(
                g.gemm(x, g.initializer("l2.weight", w2, 2, 6), g.initializer("l2.bias", new float[] {0, 0.5f}, 2)),
                -1,
                2);
        float[][] samples = {{1, 1, 1}, {0.5f, -1, 2}, {-1, 2, 0}, {2, 0, -1}};
        try (OnnxModel model = Networks.open(g, folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            Partition four = Partition.of(6, List.of(new Merge(0, 2, 0, 1), new Merge(1, 4, 0, 1)));
            Partition two = Partition.of(
                    6,
                    List.of(
                            new Merge(0, 2, 0, 1),
                            new Merge(1, 4, 0, 1),
                            new Merge(1, 3, 0, 1),
                            new Merge(0, 5, 0, 1)));
            double[] golden = {13, 3.89, 18.65, 5.7525, -2, 2.06, 9.1, 7.625};

            assertScores(network.merged(List.of(four), true, true, false), model, samples, golden);
            assertScores(network.merged(List.of(four), false, true, false), model, samples, golden);
            assertScores(
                    network.merged(List.of(two), true, true, false),
                    model,
                    samples,
                    12.1666666667,
                    4.4166666667,
                    18.4666666667,
                    5.5783333333,
                    -4.6,
                    4.4866666667,
                    7.7333333333,
                    2.6266666667);
        }
    }
}

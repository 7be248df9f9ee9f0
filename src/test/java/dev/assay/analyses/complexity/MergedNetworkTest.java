package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.Location;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.protobuf.ByteString;

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
                Arguments.of("concatenated", Networks.concatenated(), 32),
                Arguments.of("slopes", Networks.slopes(), 32));
    }

    @Test
    void copiesMergeBehindAnyActivation() throws Exception {
        try (OnnxModel model = Networks.open(Networks.smooth(), folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            assertThat(network.sizes()).containsExactly(6, 3);
            assertThat(network.groups().unhomogeneous()).contains("Sigmoid", "Erf");
            try (OnnxModel copies = new GraphInMemory(Copies.of(network, 2), model).open()) {
                NetworkUnderAnalysis wide = NetworkUnderAnalysis.of(copies, "all");
                List<Partition> pairs = Arrays.stream(network.sizes())
                        .mapToObj(n -> new Partition(IntStream.range(0, n)
                                .mapToObj(i -> new int[] {2 * i, 2 * i + 1})
                                .toList()))
                        .toList();
                assertSameScores(model, wide.merged(pairs, false, true, false), 32, 1e-4);
            }
        }
    }

    /** Weights keep their type: half precision, double precision, or half precision that is widened by a node. */
    @ParameterizedTest
    @ValueSource(strings = {"FLOAT16", "DOUBLE", "BFLOAT16", "cast"})
    void mergedWeightsHaveTheTypeOfTheOriginals(String kind) throws Exception {
        boolean cast = kind.equals("cast") || kind.equals("BFLOAT16");
        Onnx.TensorProto.DataType type =
                kind.equals("cast") ? Onnx.TensorProto.DataType.FLOAT16 : Onnx.TensorProto.DataType.valueOf(kind);
        Onnx.ModelProto.Builder file = Networks.dense().build().toBuilder();
        Onnx.GraphProto.Builder graph = file.getGraphBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            graph.setInitializer(i, as(graph.getInitializer(i), type));
        }
        if (cast) {
            List<Onnx.NodeProto> nodes = graph.getNodeList();
            graph.clearNode();
            for (Onnx.TensorProto weight : graph.getInitializerList()) {
                graph.addNode(cast(weight.getName(), weight.getName() + ":wide"));
            }
            for (Onnx.NodeProto node : nodes) {
                Onnx.NodeProto.Builder wide = node.toBuilder();
                for (int k = 1; k < node.getInputCount(); k++) {
                    wide.setInput(k, node.getInput(k) + ":wide");
                }
                graph.addNode(wide);
            }
        } else {
            graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
            graph.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
        }
        Path written = Files.write(folder.resolve("half.onnx"), file.build().toByteArray());
        try (OnnxModel model = (OnnxModel) new OnnxKind().open(Location.of(written))) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            List<Partition> all =
                    Arrays.stream(network.sizes()).mapToObj(Partition::singletons).toList();
            assertThat(all).hasSize(2);
            assertSameScores(model, network.merged(all, false, true, false), 32, 2e-2);
        }
    }

    /** The written file leaves open what the original leaves open, and is read as that was. */
    @Test
    void aFileWithOpenSizesIsCheckedWithTheSizesThatWereGiven() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("open");
        String x = g.input("x", -1, 1, -1, -1);
        x = g.relu(g.conv(x, g.initializer("w", new float[] {1, 2, 3}, 3, 1, 1, 1), "", 1, 0));
        g.output(g.flatten(g.globalAveragePool(x), 1), -1, 3);
        Path file = folder.resolve("open.onnx");
        g.write(file);
        try (OnnxModel model = (OnnxModel) new OnnxKind().open(new Location(file, Map.of("shape", "1x4x4")))) {
            MergedModelFile.write(model.graph(), model, folder);
        }
        assertThat(folder.resolve(MergedModelFile.NAME)).exists();
    }

    private static Onnx.TensorProto as(Onnx.TensorProto tensor, Onnx.TensorProto.DataType type) {
        ByteBuffer floats = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer raw = ByteBuffer.allocate(2 * floats.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            float v = floats.getFloat();
            switch (type) {
                case DOUBLE -> raw.putDouble(v);
                case FLOAT16 -> raw.putShort(Float.floatToFloat16(v));
                default -> raw.putShort((short) (Float.floatToIntBits(v) >>> 16));
            }
        }
        return tensor.toBuilder()
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(raw.flip()))
                .build();
    }

    private static Onnx.NodeProto cast(String from, String to) {
        return Onnx.NodeProto.newBuilder()
                .setOpType("Cast")
                .setName(to)
                .addInput(from)
                .addOutput(to)
                .addAttribute(Onnx.AttributeProto.newBuilder()
                        .setName("to")
                        .setType(Onnx.AttributeProto.AttributeType.INT)
                        .setI(Onnx.TensorProto.DataType.FLOAT_VALUE))
                .build();
    }

    /** A vector that meets the last dimension of an image is no bias, even where it is as long as there are channels. */
    @Test
    void aVectorAlongTheWidthIsNoBias() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("wide");
        String x = g.input("x", -1, 1, 3, 3);
        x = g.conv(x, g.initializer("w", new float[] {1, 2, 3}, 3, 1, 1, 1), "", 1, 0);
        x = g.add(x, g.initializer("b", new float[] {1, 2, 3}, 3));
        x = g.flatten(g.relu(x), 1);
        g.output(g.gemm(x, g.initializer("v", new float[54], 2, 27), g.initializer("c", new float[2], 2)), -1, 2);
        try (OnnxModel model = Networks.open(g, folder)) {
            assertThatThrownBy(() -> NetworkUnderAnalysis.of(model, "all"))
                    .hasMessageContaining("nothing to merge")
                    .hasMessageContaining("Add");
        }
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

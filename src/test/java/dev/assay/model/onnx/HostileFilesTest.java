package dev.assay.model.onnx;

import static dev.assay.model.onnx.Networks.open;
import static dev.assay.model.onnx.Networks.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileFilesTest {

    @TempDir
    Path folder;

    private final OnnxGraphBuilder graph = new OnnxGraphBuilder("g");

    private OnnxGraphBuilder small() {
        String x = graph.input("x", -1, 2);
        String h = graph.gemm(x, graph.initializer("w", random(4, 1), 2, 2), graph.initializer("b", new float[2], 2));
        graph.output(graph.relu(h), -1, 2);
        return graph;
    }

    private void assertRefused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> open(folder, bytes))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("net.onnx")
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private void assertCannotRun(Model model, String... parts) {
        assertThatThrownBy(() -> model.open(new InferenceOptions(1, 1, List.of())))
                .isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("nowhere.onnx");
        assertThatThrownBy(() -> new OnnxKind().open(Location.of(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere.onnx")
                .hasMessageContaining("no such file");
    }

    @Test
    void aFolderIsNotAModel() {
        assertThatThrownBy(() -> new OnnxKind().open(Location.of(folder))).isInstanceOf(InputException.class);
    }

    @Test
    void anEmptyFileIsSaidToBeEmpty() {
        assertRefused(new byte[0], "the file is empty");
    }

    @Test
    void aFileCutAnywhereIsRefusedWithoutACrash() {
        byte[] whole = small().toBytes();
        for (int end = 1; end < whole.length; end++) {
            assertRefused(Arrays.copyOf(whole, end), ";");
        }
    }

    @Test
    void aChangedByteAnywhereNeverCrashes() throws Exception {
        byte[] whole = small().toBytes();
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) (1 + i % 255);
            try (Model model = open(folder, changed)) {
                model.open(new InferenceOptions(1, 1, List.of())).close();
            } catch (InputException e) {
                assertThat(e.getMessage()).contains("net.onnx");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\u0003\u0004 zip", "\u0089HDF\r\n", "\u0080\u0002}q", "version https://git-lfs"})
    void filesOfOtherFormatsAreRecognised(String start) {
        assertRefused(start.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), "not an ONNX model");
    }

    @Test
    void noiseIsNotAModel() {
        byte[] noise = new byte[1000];
        new java.util.Random(1).nextBytes(noise);
        assertRefused(noise, "no ONNX model");
    }

    @Test
    void deepNestingIsRefused() {
        Onnx.GraphProto inner = Onnx.GraphProto.newBuilder()
                .addNode(Onnx.NodeProto.newBuilder().setOpType("Relu").addOutput("y"))
                .build();
        for (int i = 0; i < 60; i++) {
            inner = Onnx.GraphProto.newBuilder()
                    .addNode(Onnx.NodeProto.newBuilder()
                            .setOpType("If")
                            .addOutput("y")
                            .addAttribute(Onnx.AttributeProto.newBuilder()
                                    .setName("then_branch")
                                    .setG(inner)))
                    .build();
        }
        assertRefused(
                Onnx.ModelProto.newBuilder()
                        .setIrVersion(8)
                        .setGraph(inner)
                        .build()
                        .toByteArray(),
                "nests deeper");
    }

    @Test
    void severalInputsAreNamed() {
        String a = graph.input("left", -1, 2);
        graph.output(graph.relu(graph.add(a, graph.input("right", -1, 2))), -1, 2);
        assertRefused(graph.toBytes(), "2 inputs (left, right)");
    }

    @Test
    void weightsThatAreListedAsInputsAreNoInputs() throws Exception {
        Onnx.ModelProto.Builder model = small().build().toBuilder();
        model.getGraphBuilder().addInput(0, OnnxGraphBuilder.valueInfo("w", Onnx.TensorProto.DataType.FLOAT, 2, 2));
        assertThat(open(folder, model.build()).input().name()).isEqualTo("x");
    }

    @Test
    void anOpenSizeIsNamedAndCanBeGiven() throws Exception {
        String x = graph.input("x", -1, 1, -1, -1);
        graph.output(graph.flatten(graph.globalAveragePool(graph.relu(graph.add(x, x))), 1), -1, 1);
        assertRefused(graph.toBytes(), "leaves the size of a sample open", "1x?x?", "?shape=1x224x224");

        Path file = folder.resolve("net.onnx");
        try (Model model = new OnnxKind().open(new Location(file, Map.of("shape", "1x3x4")))) {
            assertThat(model.input().shape()).containsExactly(1, 3, 4);
            assertThat(model.reluLayers().getFirst().shape()).containsExactly(1, 3, 4);
        }
        assertThatThrownBy(() -> new OnnxKind().open(new Location(file, Map.of("shape", "3x3x4"))))
                .hasMessageContaining("contradicts the input 'x'");
        assertThatThrownBy(() -> new OnnxKind().open(new Location(file, Map.of("shape", "3"))))
                .hasMessageContaining("has 1 dimensions");
        assertThatThrownBy(() -> new OnnxKind().open(new Location(file, Map.of("shape", "wide"))))
                .hasMessageContaining("'wide' is not a list of sizes");
    }

    @Test
    void anOptionThatIsNotKnownIsNamed() throws Exception {
        Files.write(folder.resolve("net.onnx"), small().toBytes());
        Location location = new Location(folder.resolve("net.onnx"), Map.of("scale", "1"));
        assertThatThrownBy(() -> new OnnxKind().open(location)).hasMessageContaining("no option 'scale'");
    }

    @Test
    void anUnknownOperatorIsNamedWithItsNode() throws Exception {
        String x = graph.input("x", -1, 2);
        graph.output(graph.relu(graph.named("odd one", graph.node("Frobnicate", List.of(graph.relu(x))))), -1, 2);
        try (Model model = open(folder, graph)) {
            assertCannotRun(model, "Frobnicate", "odd one");
            assertThat(model.withoutRelus()).contains("Frobnicate", "odd one");
            assertThat(model.notes()).anyMatch(n -> n.startsWith("The model can be looked at but not run"));
            assertThat(model.layers()).hasSize(3);
        }
    }

    @Test
    void anOperatorOfAnUnknownDomainIsNamedWithItsNode() throws Exception {
        String x = graph.input("x", -1, 2);
        graph.node(Onnx.NodeProto.newBuilder()
                .setName("theirs")
                .setOpType("Magic")
                .setDomain("com.example")
                .addInput(x)
                .addOutput("y")
                .build());
        graph.output("y", -1, 2);
        assertCannotRun(open(folder, graph), "com.example:Magic", "theirs");
    }

    @Test
    void anOperatorSetFromTheFutureIsSaid() throws Exception {
        small().versions(99, 9);
        assertCannotRun(open(folder, graph), "operator set 99", "opset_version=");
    }

    @Test
    void layersThatDoNotFitEachOtherAreNamed() throws Exception {
        String x = graph.input("x", -1, 2);
        graph.output(
                graph.named(
                        "crooked",
                        graph.gemm(
                                x,
                                graph.initializer("w", random(6, 1), 2, 3),
                                graph.initializer("b", new float[2], 2))),
                -1,
                2);
        assertCannotRun(open(folder, graph), "crooked");
    }

    @Test
    void controlFlowCanBeRunButHasNoUnits() throws Exception {
        String x = graph.input("x", -1, 2);
        String condition = graph.node(
                "Greater",
                List.of(
                        graph.node("ReduceMax", List.of(x), Map.of("keepdims", 0L)),
                        graph.initializer("half", new float[] {0.5f})));
        graph.node(Onnx.NodeProto.newBuilder()
                .setName("fork")
                .setOpType("If")
                .addInput(condition)
                .addOutput("y")
                .addAttribute(branch("then_branch", "Relu"))
                .addAttribute(branch("else_branch", "Neg"))
                .build());
        graph.output("y", -1, 2);
        try (Model model = open(folder, graph)) {
            assertThat(model.reluLayers()).isEmpty();
            assertThat(model.withoutRelus()).contains("'fork' is an If");
            model.open(new InferenceOptions(1, 1, List.of())).close();
        }
    }

    @Test
    void aBranchThatReachesOutForTheInputIsRunToo() throws Exception {
        graph.input("x", -1, 2);
        graph.node(Onnx.NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("always")
                .addAttribute(Onnx.AttributeProto.newBuilder()
                        .setName("value")
                        .setType(Onnx.AttributeProto.AttributeType.TENSOR)
                        .setT(Onnx.TensorProto.newBuilder()
                                .setDataType(Onnx.TensorProto.DataType.BOOL_VALUE)
                                .addInt32Data(1)))
                .build());
        graph.node(Onnx.NodeProto.newBuilder()
                .setName("fork")
                .setOpType("If")
                .addInput("always")
                .addOutput("y")
                .addAttribute(branch("then_branch", "Relu"))
                .addAttribute(branch("else_branch", "Neg"))
                .build());
        graph.output("y", -1, 2);
        try (Model model = open(folder, graph)) {
            assertThat(Networks.run(model, new float[] {-1, 2}, 1, 1).getFirst()).containsExactly(0, 2);
        }
    }

    private static Onnx.AttributeProto branch(String name, String operator) {
        return Onnx.AttributeProto.newBuilder()
                .setName(name)
                .setType(Onnx.AttributeProto.AttributeType.GRAPH)
                .setG(Onnx.GraphProto.newBuilder()
                        .setName(name)
                        .addNode(Onnx.NodeProto.newBuilder()
                                .setOpType(operator)
                                .addInput("x")
                                .addOutput(name + "_y"))
                        .addOutput(OnnxGraphBuilder.valueInfo(name + "_y", Onnx.TensorProto.DataType.FLOAT, -1, 2)))
                .build();
    }

    @Test
    void batchNormalisationInTrainingIsRefused() {
        String x = graph.input("x", -1, 2);
        String one = graph.initializer("one", new float[] {1, 1}, 2);
        graph.versions(14, 7);
        graph.output(
                graph.named(
                        "bn1",
                        graph.node("BatchNormalization", List.of(x, one, one, one, one), Map.of("training_mode", 1L))),
                -1,
                2);
        assertRefused(graph.toBytes(), "'bn1' is in training mode", "model.eval()");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
    void weightsThatAreNoNumbersAreNamedButCanBeLookedAt(float broken) throws Exception {
        String x = graph.input("x", -1, 2);
        float[] weight = {1, 2, broken, 4};
        graph.output(
                graph.gemm(x, graph.initializer("fc.weight", weight, 2, 2), graph.initializer("b", new float[2], 2)),
                -1,
                2);
        try (Model model = open(folder, graph)) {
            assertCannotRun(model, "'fc.weight'", "place 2 of 4");
            assertThat(model.notes()).anyMatch(n -> n.contains("fc.weight"));
            assertThat(model.values(model.tensors().getFirst())).containsExactly(weight);
        }
    }

    @Test
    void anInfiniteBoundIsNotABrokenWeight() throws Exception {
        String x = graph.input("x", -1, 2);
        String h = graph.node(
                "Clip",
                List.of(graph.add(x, x), graph.initializer("low", new float[1]), graph.initializer("high", new float[] {
                    Float.POSITIVE_INFINITY
                })));
        graph.output(graph.add(h, h), -1, 2);
        open(folder, graph).open(new InferenceOptions(1, 1, List.of())).close();
    }

    @Test
    void aTensorThatClaimsMoreThanItHoldsIsNamed() {
        Onnx.ModelProto.Builder model = small().build().toBuilder();
        model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1L << 40);
        assertRefused(model.build().toByteArray(), "tensor 'w'", "dimension of 1099511627776");
        model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1 << 30);
        assertRefused(model.build().toByteArray(), "tensor 'w' holds 4 values");
    }

    @Test
    void aTensorThatNothingMakesIsNamed() {
        graph.input("x", -1, 2);
        graph.output(graph.named("lost", graph.relu("ghost")), -1, 2);
        assertRefused(graph.toBytes(), "node 'lost'", "'ghost'");
    }

    @Test
    void aFileThatChangedSinceItWasOpenedIsRefused() throws Exception {
        try (Model model = open(folder, small())) {
            Path file = folder.resolve("net.onnx");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1));
            assertThatThrownBy(model::sha256).hasMessageContaining("has changed since it was opened");
        }
    }

    @Test
    void theHashIsThatOfTheFile() throws Exception {
        Files.write(folder.resolve("net.onnx"), small().toBytes());
        String expected = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(graph.toBytes()));
        assertThat(open(folder, graph).sha256()).isEqualTo(expected);
    }

    @Test
    void namelessAndEqualNamesBecomeDifferent() throws Exception {
        String x = graph.input("x", -1, 2);
        for (int i = 0; i < 2; i++) {
            graph.node(Onnx.NodeProto.newBuilder()
                    .setOpType("Abs")
                    .addInput(x)
                    .addOutput("a" + i)
                    .build());
            graph.node(Onnx.NodeProto.newBuilder()
                    .setName("same")
                    .setOpType("Neg")
                    .addInput("a" + i)
                    .addOutput("n" + i)
                    .build());
        }
        graph.output(graph.add("n0", "n1"), -1, 2);
        try (Model model = open(folder, graph)) {
            assertThat(model.layers()).extracting("name").doesNotHaveDuplicates().hasSize(5);
            // The engine takes a name only once.
            assertThat(Networks.run(model, new float[] {1, 2}, 1, 1).getFirst()).containsExactly(-2, -4);
        }
    }

    @Test
    void recognisesByNameOrByTheFirstBytes() throws IOException {
        Path unnamed = folder.resolve("weights.bin");
        Files.write(unnamed, small().toBytes());
        Files.writeString(folder.resolve("text.txt"), "hello");
        OnnxKind kind = new OnnxKind();
        assertThat(kind.recognises(Location.of(unnamed))).isTrue();
        assertThat(kind.recognises(Location.of(folder.resolve("MODEL.ONNX")))).isTrue();
        assertThat(kind.recognises(Location.of(folder.resolve("text.txt")))).isFalse();
        assertThat(kind.recognises(Location.of(folder))).isFalse();
    }

    @Test
    void aTensorOfAnotherModelIsNamed() throws Exception {
        try (Model model = open(folder, small())) {
            assertThatThrownBy(() -> model.values(new TensorInfo("other", "float32", new int[0])))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("'other'");
        }
    }

    @Test
    void anInputWithoutAShapeTakesTheOneThatIsGiven() throws Exception {
        String x = graph.input("x", -1, 2);
        graph.output(graph.relu(graph.add(x, x)), -1, 2);
        Onnx.ModelProto.Builder model = graph.build().toBuilder();
        model.getGraphBuilder().getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearShape();
        Path file = Files.write(folder.resolve("net.onnx"), model.build().toByteArray());
        assertThatThrownBy(() -> new OnnxKind().open(Location.of(file))).hasMessageContaining("?shape=");
        Model opened = new OnnxKind().open(new Location(file, Map.of("shape", "2")));
        assertThat(opened.input().shape()).containsExactly(2);
        opened.open(new InferenceOptions(3, 1, List.of())).close();
    }

    @Test
    void aBatchOfMoreValuesThanCanBeCountedCannotBeRun() throws Exception {
        String x = graph.input("x", 1 << 19, 4100);
        graph.output(graph.relu(x), 1 << 19, 4100);
        assertCannotRun(open(folder, graph.toBytes()), "batches of 524288 samples of 4100 values");
    }
}

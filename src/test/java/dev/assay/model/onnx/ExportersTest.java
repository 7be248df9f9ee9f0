package dev.assay.model.onnx;

import static dev.assay.model.onnx.Networks.assertComputes;
import static dev.assay.model.onnx.Networks.open;
import static dev.assay.model.onnx.Networks.random;
import static dev.assay.model.onnx.Networks.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.UnknownFieldSet;

/** What exporters write around a plain network: names of classes, functions, fused operators, sizes left open. */
class ExportersTest {

    private static final int N = 3;

    @TempDir
    Path folder;

    private final OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
    private final float[] w1 = random(6 * 4, 1);
    private final float[] b1 = random(6, 2);
    private final float[] w2 = random(2 * 6, 3);
    private final float[] b2 = random(2, 4);
    private final float[] samples = random(N * 4, 5);
    private final Float64 hidden = Float64.of(samples, N, 4).linear(w1, b1);
    private final Float64 scores = hidden.relu().linear(w2, b2);

    private String hidden(String x) {
        return graph.relu(graph.gemm(x, graph.initializer("w1", w1, 6, 4), graph.initializer("b1", b1, 6)));
    }

    private String scores(String hidden) {
        return graph.gemm(hidden, graph.initializer("w2", w2, 2, 6), graph.initializer("b2", b2, 2));
    }

    private static Onnx.NodeProto.Builder node(String operator, List<String> inputs, String... outputs) {
        return Onnx.NodeProto.newBuilder()
                .setOpType(operator)
                .setName(operator)
                .addAllInput(inputs)
                .addAllOutput(List.of(outputs));
    }

    private Onnx.ModelProto with(String domain, Consumer<Onnx.ModelProto.Builder> change) {
        Onnx.ModelProto.Builder model = graph.build().toBuilder();
        model.addOpsetImport(
                Onnx.OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(2));
        change.accept(model);
        return model.build();
    }

    /** scikit-learn: the outputs are the class's number and a map from classes to probabilities. */
    @Test
    void scoresAreTakenFromBeforeAMapByClass() throws Exception {
        String probabilities = graph.softmax(scores(hidden(graph.input("x", -1, 4))), -1);
        graph.node(node("ArgMax", List.of(probabilities), "winner")
                .addAttribute(OnnxGraphBuilder.attribute("axis", 1L))
                .addAttribute(OnnxGraphBuilder.attribute("keepdims", 0L))
                .build());
        graph.node(node("ZipMap", List.of(probabilities), "map")
                .setDomain("ai.onnx.ml")
                .addAttribute(OnnxGraphBuilder.attribute("classlabels_int64s", new long[] {0, 1}))
                .build());
        graph.output("winner", -1);
        graph.output("map");
        Onnx.ModelProto written = with("ai.onnx.ml", model -> {
            model.getGraphBuilder()
                    .getOutputBuilder(0)
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .setElemType(Onnx.TensorProto.DataType.INT64_VALUE);
            model.getGraphBuilder()
                    .getOutputBuilder(1)
                    .setType(Onnx.TypeProto.newBuilder()
                            .setSequenceType(Onnx.TypeProto.Sequence.newBuilder()
                                    .setElemType(Onnx.TypeProto.newBuilder()
                                            .setMapType(Onnx.TypeProto.Map.newBuilder()
                                                    .setKeyType(Onnx.TensorProto.DataType.INT64_VALUE)))));
        });
        try (Model model = open(folder, written)) {
            assertComputes(model, samples, N, scores, hidden);
            assertThat(model.notes()).anyMatch(n -> n.contains("closing Softmax"));
        }
    }

    /** A network that only says which class wins is asked before it decides. */
    @Test
    void scoresAreTakenFromBeforeTheDecision() throws Exception {
        String made = scores(hidden(graph.input("x", -1, 4)));
        graph.node(node("ArgMax", List.of(made), "winner")
                .addAttribute(OnnxGraphBuilder.attribute("axis", 1L))
                .build());
        graph.output("winner", -1, 1);
        Onnx.ModelProto.Builder written = graph.build().toBuilder();
        written.getGraphBuilder()
                .getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(Onnx.TensorProto.DataType.INT64_VALUE);
        try (Model model = open(folder, written.build())) {
            assertThat(model.output().name()).isEqualTo(made);
            assertComputes(model, samples, N, scores, hidden);
        }
    }

    @Test
    void anotherOutputCanBeChosen() throws Exception {
        String features = hidden(graph.input("x", -1, 4));
        graph.output(graph.named("features", features), -1, 6);
        graph.output(graph.named("logits", scores("features")), -1, 2);
        Path file = Files.write(folder.resolve("net.onnx"), graph.toBytes());
        try (Model model = new OnnxKind().open(Location.of(file))) {
            assertThat(model.output().name()).isEqualTo("features");
            assertThat(model.notes()).anyMatch(n -> n.contains("features, logits") && n.contains("?output="));
        }
        try (Model model = new OnnxKind().open(new Location(file, Map.of("output", "logits")))) {
            assertComputes(model, samples, N, scores, hidden);
        }
        assertThatThrownBy(() -> new OnnxKind().open(new Location(file, Map.of("output", "scores"))))
                .hasMessageContaining("no output 'scores'")
                .hasMessageContaining("features, logits");
    }

    @Test
    void whatTheScoresDoNotNeedIsNotRun() throws Exception {
        String features = hidden(graph.input("x", -1, 4));
        graph.output(graph.named("logits", scores(features)), -1, 2);
        graph.output(graph.node("Frobnicate", List.of(features)), -1, 6);
        assertComputes(open(folder, graph), samples, N, scores, hidden);
    }

    /** A function of the file's own holds the layer, with a setting that the call gives or leaves to its default. */
    @Test
    void functionsOfTheFileAreSpelledOut() throws Exception {
        String x = graph.input("x", -1, 4);
        graph.initializer("w1", w1, 6, 4);
        graph.initializer("b1", b1, 6);
        graph.node(node("Layer", List.of(x, "w1", "b1"), "h")
                .setDomain("own")
                .addAttribute(OnnxGraphBuilder.attribute("turned", 1L))
                .build());
        graph.output(scores("h"), -1, 2);
        Onnx.NodeProto gemm = node("Gemm", List.of("x", "w", "b"), "z")
                .addAttribute(Onnx.AttributeProto.newBuilder()
                        .setName("transB")
                        .setRefAttrName("turned")
                        .setType(Onnx.AttributeProto.AttributeType.INT))
                .addAttribute(Onnx.AttributeProto.newBuilder()
                        .setName("beta")
                        .setRefAttrName("factor")
                        .setType(Onnx.AttributeProto.AttributeType.FLOAT))
                .build();
        Onnx.FunctionProto layer = function("Layer", List.of("x", "w", "b"), "y", List.of(
                gemm, node("Activate", List.of("z"), "y").setDomain("own").build()))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                11,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(OnnxGraphBuilder.attribute("factor", 1f)
                                                .toByteString())
                                        .build())
                        .build())
                .build();
        Onnx.FunctionProto activate = function(
                "Activate", List.of("z"), "y", List.of(node("Relu", List.of("z"), "y").build()))
                .build();
        Onnx.ModelProto written =
                with("own", model -> model.setIrVersion(8).addFunctions(layer).addFunctions(activate));
        try (Model model = open(folder, written)) {
            assertComputes(model, samples, N, scores, hidden);
            assertThat(model.layers()).extracting(Layer::operator).containsExactly("Gemm", "Relu", "Gemm");
            assertThat(model.layers()).extracting(Layer::name).contains("Layer/Gemm", "Layer/Activate/Relu");
        }
    }

    private static Onnx.FunctionProto.Builder function(
            String name, List<String> inputs, String output, List<Onnx.NodeProto> nodes) {
        return Onnx.FunctionProto.newBuilder()
                .setName(name)
                .setDomain("own")
                .addAllInput(inputs)
                .addOutput(output)
                .addAllNode(nodes)
                .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder()
                        .setDomain("")
                        .setVersion(OnnxGraphBuilder.DEFAULT_OPSET))
                .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setDomain("own").setVersion(2));
    }

    @Test
    void functionsThatCallThemselvesAreRefused() {
        String x = graph.input("x", -1, 4);
        graph.node(node("Layer", List.of(x), "h").setDomain("own").build());
        graph.output("h", -1, 4);
        Onnx.NodeProto again = node("Layer", List.of("x"), "y").setDomain("own").build();
        Onnx.ModelProto written = with(
                "own", model -> model.addFunctions(function("Layer", List.of("x"), "y", List.of(again))));
        assertThatThrownBy(() -> open(folder, written)).hasMessageContaining("without end");
    }

    /** ONNX Runtime's own optimiser writes an activation into the operator before it. */
    @Test
    void aFusedActivationIsTakenOutAgain() throws Exception {
        String x = graph.input("x", -1, 4);
        graph.initializer("w1", w1, 6, 4);
        graph.initializer("b1", b1, 6);
        graph.node(node("FusedGemm", List.of(x, "w1", "b1"), "h")
                .setDomain("com.microsoft")
                .addAttribute(OnnxGraphBuilder.attribute("transB", 1L))
                .addAttribute(Onnx.AttributeProto.newBuilder()
                        .setName("activation")
                        .setType(Onnx.AttributeProto.AttributeType.STRING)
                        .setS(org.nd4j.shade.protobuf.ByteString.copyFromUtf8("Relu")))
                .build());
        graph.output(scores("h"), -1, 2);
        assertComputes(open(folder, with("com.microsoft", model -> model.getOpsetImportBuilder(1).setVersion(1))),
                samples, N, scores, hidden);
    }

    @Test
    void aFormatNewerThanTheEngineIsRun() throws Exception {
        graph.versions(13, 13);
        graph.output(scores(hidden(graph.input("x", -1, 4))), -1, 2);
        assertComputes(open(folder, graph), samples, N, scores, hidden);
    }

    @Test
    void sizesThatTheFirstWeightFixesNeedNotBeGiven() throws Exception {
        String x = graph.input("x", -1, -1);
        graph.output(scores(hidden(graph.div(x, graph.initializer("one", new float[] {1}, 1)))), -1, 2);
        try (Model model = open(folder, graph)) {
            assertThat(model.input().shape()).containsExactly(4);
            assertComputes(model, samples, N, scores, hidden);
        }
        OnnxGraphBuilder image = new OnnxGraphBuilder("image");
        String kernel = image.initializer("k", new float[2 * 3 * 9], 2, 3, 3, 3);
        image.output(image.relu(image.conv(image.input("x", -1, -1, -1, -1), kernel, "", 1, 1)), -1, 2, 4, 4);
        assertThatThrownBy(() -> open(folder, image)).hasMessageContaining("takes 3x?x?");
    }

    /** Bytes that were divided by 255 on reading would all become 0 in a network that takes bytes. */
    @Test
    void fractionsForANetworkOfWholeNumbersAreRefused() throws Exception {
        String x = graph.input("x", -1, 4);
        String real = graph.node(
                "Cast", List.of(x), Map.of("to", (long) Onnx.TensorProto.DataType.FLOAT_VALUE));
        graph.output(scores(hidden(real)), -1, 2);
        Onnx.ModelProto.Builder written = graph.build().toBuilder();
        written.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(Onnx.TensorProto.DataType.UINT8_VALUE);
        try (Model model = open(folder, written.build())) {
            float[] whole = {0, 1, 200, 255};
            assertThat(run(model, whole, 1, 1).getFirst()).hasSize(2);
            assertThatThrownBy(() -> run(model, new float[] {0, 1, 0.5f, 2}, 1, 1))
                    .hasMessageContaining("whole numbers (uint8)")
                    .hasMessageContaining("0.5")
                    .hasMessageContaining("?scale=1");
            assertThatThrownBy(() -> run(model, new float[] {0, 256, 1, 2}, 1, 1)).hasMessageContaining("256");
        }
    }

    @Test
    void quantisedWeightsCountAsParametersAndTheirScalesDoNot() throws Exception {
        String x = graph.input("x", -1, 4);
        Onnx.TensorProto.Builder bytes = Onnx.TensorProto.newBuilder()
                .setName("q")
                .setDataType(Onnx.TensorProto.DataType.INT8_VALUE)
                .addDims(6)
                .addDims(4);
        for (int i = 0; i < 24; i++) {
            bytes.addInt32Data(i - 12);
        }
        graph.initializer("scale", new float[] {1, 2, 3, 4, 5, 6}, 6);
        String weight = graph.node("DequantizeLinear", List.of("q", "scale"), Map.of("axis", 0L));
        graph.output(scores(graph.relu(graph.gemm(x, weight, graph.initializer("b1", b1, 6)))), -1, 2);
        Onnx.ModelProto.Builder written = graph.build().toBuilder();
        written.getGraphBuilder().addInitializer(bytes);
        try (Model model = open(folder, written.build())) {
            assertThat(model.parameterCount()).isEqualTo(24 + 6 + 12 + 2);
            assertThat(model.reluLayers()).extracting(ReluLayer::width).containsExactly(6);
        }
    }

    @Test
    void layersNameTheTensorThatTheyMake() throws Exception {
        String x = graph.input("x", -1, 4);
        graph.initializer("w1", w1, 6, 4);
        graph.initializer("b1", b1, 6);
        graph.node(node("Gemm", List.of(x, "w1", "b1"), "h:0")
                .addAttribute(OnnxGraphBuilder.attribute("transB", 1L))
                .build());
        graph.output(scores(graph.relu("h:0")), -1, 2);
        assertThat(open(folder, graph).layers().getFirst())
                .extracting(Layer::name, Layer::output)
                .containsExactly("Gemm", "h:0");
    }

    /** The scores stand before a closing softmax, but who asks for the softmax itself gets it. */
    @Test
    void aClosingSoftmaxCanBeAskedFor() throws Exception {
        graph.output(graph.named("p", graph.softmax(scores(hidden(graph.input("x", -1, 4))), -1)), -1, 2);
        try (Model model = open(folder, graph);
                Inference inference = model.open(new InferenceOptions(N, 1, List.of("p")));
                Inference.Activations result = inference.run(SharedData.direct(samples), N)) {
            for (int i = 0; i < N; i++) {
                assertThat(result.captured(0).get(2 * i) + result.captured(0).get(2 * i + 1))
                        .isCloseTo(1, within(1e-6f));
                assertThat((double) result.scores().get(2 * i))
                        .isCloseTo(scores.values()[2 * i], within(1e-4));
            }
        }
    }

    @Test
    void aSoftmaxBeforeAReshapeCannotBeAskedFor() throws Exception {
        String p = graph.named("p", graph.softmax(scores(hidden(graph.input("x", -1, 4))), -1));
        graph.output(graph.reshape(p, graph.initializer("to", new long[] {-1, 1, 2}, 3)), -1, 1, 2);
        try (Model model = open(folder, graph)) {
            assertThatThrownBy(() -> model.open(new InferenceOptions(N, 1, List.of("p"))))
                    .hasMessageContaining("closing Softmax 'p' is left out");
            assertThat(run(model, samples, N, N).getFirst()).hasSize(2 * N);
        }
    }

    /** Whole-number kernels round otherwise than the file says, by a step or more of the scale. */
    @Test
    void quantisedNetworksAreComputedAsTheyAreWritten() throws Exception {
        int inputs = 64;
        int units = 32;
        float[] x = random(N * inputs, 7);
        String q = quantised(graph.input("x", -1, inputs), "in", 1f / 127);
        Onnx.TensorProto.Builder bytes = Onnx.TensorProto.newBuilder()
                .setName("wq")
                .setDataType(Onnx.TensorProto.DataType.INT8_VALUE)
                .addDims(units)
                .addDims(inputs);
        float[] weight = new float[units * inputs];
        float[] scale = new float[units];
        for (int i = 0; i < weight.length; i++) {
            int step = (int) Math.round(random(weight.length, 8)[i] * 127);
            scale[i / inputs] = 0.001f * (1 + i / inputs);
            weight[i] = step * scale[i / inputs];
            bytes.addInt32Data(step);
        }
        float[] bias = random(units, 9);
        String w = graph.node(
                "DequantizeLinear", List.of("wq", graph.initializer("ws", scale, units)), Map.of("axis", 0L));
        String h = graph.relu(graph.gemm(q, w, graph.initializer("bias", bias, units)));
        float[] last = random(2 * units, 10);
        graph.output(
                graph.gemm(
                        quantised(h, "mid", 6f / 255),
                        graph.initializer("v", last, 2, units),
                        graph.initializer("c", new float[2], 2)),
                -1,
                2);
        Onnx.ModelProto.Builder written = graph.build().toBuilder();
        written.getGraphBuilder().addInitializer(bytes);
        for (String name : List.of("in", "mid")) {
            written.getGraphBuilder()
                    .addInitializer(Onnx.TensorProto.newBuilder()
                            .setName(name + ":zero")
                            .setDataType(Onnx.TensorProto.DataType.UINT8_VALUE)
                            .addInt32Data(name.equals("in") ? 128 : 0));
        }
        Float64 hidden = Float64.of(x, N, inputs)
                .map(v -> (Math.clamp(Math.rint(v / (1f / 127)) + 128, 0, 255) - 128) * (1f / 127))
                .linear(weight, bias);
        Float64 expected = hidden.relu()
                .map(v -> Math.clamp(Math.rint(v / (6f / 255)), 0, 255) * (6f / 255))
                .linear(last, new float[2]);
        try (Model model = open(folder, written.build());
                Inference inference = model.open(new InferenceOptions(N, 1, List.of()));
                Inference.Activations result = inference.run(SharedData.direct(x), N)) {
            for (int i = 0; i < 2 * N; i++) {
                assertThat((double) result.scores().get(i)).isCloseTo(expected.values()[i], within(1e-4));
            }
        }
    }

    private String quantised(String x, String name, float scale) {
        List<String> with = List.of(graph.initializer(name + ":scale", new float[] {scale}), name + ":zero");
        String q = graph.node("QuantizeLinear", List.of(x, with.getFirst(), with.getLast()));
        return graph.node("DequantizeLinear", List.of(q, with.getFirst(), with.getLast()));
    }
}

package dev.assay.model.onnx;

import static dev.assay.model.onnx.Networks.assertComputes;
import static dev.assay.model.onnx.Networks.open;
import static dev.assay.model.onnx.Networks.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.Layer;
import dev.assay.model.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operator that a feed-forward ReLU network is made of, against float64. */
class OperatorsTest {

    private static final int N = 3;

    @TempDir
    Path folder;

    private final OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
    private final float[] w1 = random(6 * 4, 1);
    private final float[] b1 = random(6, 2);
    private final float[] w2 = random(2 * 6, 3);
    private final float[] b2 = random(2, 4);
    private final float[] samples = random(N * 4, 5);
    private final Float64 x = Float64.of(samples, N, 4);

    /** A last layer of two scores behind six units. */
    private void finish(String hidden) {
        graph.output(graph.gemm(hidden, graph.initializer("w2", w2, 2, 6), graph.initializer("b2", b2, 2)), -1, 2);
    }

    private String input() {
        return graph.input("x", -1, 4);
    }

    private String first(String x) {
        return graph.gemm(x, graph.initializer("w1", w1, 6, 4), graph.initializer("b1", b1, 6));
    }

    private Float64 hidden() {
        return x.linear(w1, b1);
    }

    private Float64 scores(Float64 hidden) {
        return hidden.relu().linear(w2, b2);
    }

    @Test
    void gemm() throws Exception {
        finish(graph.relu(first(input())));
        assertComputes(open(folder, graph), samples, N, scores(hidden()), hidden());
    }

    @Test
    void gemmWithFactorsAndAnUntransposedWeight() throws Exception {
        String h = graph.node(
                "Gemm",
                List.of(input(), graph.initializer("w1", transposed(w1, 6, 4), 4, 6), graph.initializer("b1", b1, 6)),
                Map.of("alpha", 0.5f, "beta", 2f));
        finish(graph.relu(h));
        Float64 hidden = x.map(v -> v / 2).linear(w1, doubled(b1));
        assertComputes(open(folder, graph), samples, N, scores(hidden), hidden);
    }

    @Test
    void matMulAndAdd() throws Exception {
        String product = graph.matMul(input(), graph.initializer("w1", transposed(w1, 6, 4), 4, 6));
        finish(graph.relu(graph.add(graph.initializer("b1", b1, 6), product)));
        assertComputes(open(folder, graph), samples, N, scores(hidden()), hidden());
    }

    @Test
    void subtractionMultiplicationAndDivisionByConstants() throws Exception {
        String mean = graph.initializer("mean", new float[] {0.5f}, 1);
        String scale = graph.initializer("scale", new float[] {4}, 1);
        String two = graph.initializer("two", new float[] {2}, 1);
        String h = first(graph.mul(graph.div(graph.sub(input(), mean), scale), two));
        finish(graph.relu(h));
        Float64 hidden = x.map(v -> (v - 0.5) / 4 * 2).linear(w1, b1);
        assertComputes(open(folder, graph), samples, N, scores(hidden), hidden);
    }

    @Test
    void weightsInConstantNodesAreFound() throws Exception {
        graph.node(Onnx.NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("w1")
                .addAttribute(Onnx.AttributeProto.newBuilder()
                        .setName("value")
                        .setType(Onnx.AttributeProto.AttributeType.TENSOR)
                        .setT(OnnxGraphBuilder.tensor("", w1, 6, 4)))
                .build());
        finish(graph.relu(graph.gemm(input(), "w1", graph.initializer("b1", b1, 6))));
        try (Model model = open(folder, graph)) {
            assertComputes(model, samples, N, scores(hidden()), hidden());
            assertThat(model.parameterCount()).isEqualTo(24 + 6 + 12 + 2);
            assertThat(model.layers()).extracting(Layer::operator).containsExactly("Gemm", "Relu", "Gemm");
            assertThat(model.layers().getFirst().tensors()).containsExactly("w1", "b1");
            assertThat(model.values(model.tensors().getLast())).containsExactly(w1);
        }
    }

    @Test
    void identityAndDropoutChangeNothing() throws Exception {
        String dropped = graph.node("Dropout", List.of(graph.node("Identity", List.of(first(input())))));
        finish(graph.node("Dropout", List.of(graph.relu(dropped))));
        assertComputes(open(folder, graph), samples, N, scores(hidden()), hidden());
    }

    @Test
    void dropoutLeftInTrainingModeIsRemoved() throws Exception {
        graph.node(Onnx.NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("training")
                .addAttribute(Onnx.AttributeProto.newBuilder()
                        .setName("value")
                        .setType(Onnx.AttributeProto.AttributeType.TENSOR)
                        .setT(Onnx.TensorProto.newBuilder()
                                .setDataType(Onnx.TensorProto.DataType.BOOL_VALUE)
                                .addInt32Data(1)))
                .build());
        String ratio = graph.initializer("ratio", new float[] {0.9f});
        finish(graph.node("Dropout", List.of(graph.relu(first(input())), ratio, "training")));
        assertComputes(open(folder, graph), samples, N, scores(hidden()), hidden());
    }

    @Test
    void aClosingSoftmaxIsDroppedAndTheScoresStandBeforeIt() throws Exception {
        String scores = graph.gemm(
                graph.relu(first(input())), graph.initializer("w2", w2, 2, 6), graph.initializer("b2", b2, 2));
        graph.output(graph.softmax(scores, 1), -1, 2);
        try (Model model = open(folder, graph)) {
            assertComputes(model, samples, N, scores(hidden()), hidden());
            assertThat(model.output().name()).isEqualTo(scores);
            assertThat(model.notes()).anyMatch(n -> n.contains("Softmax is left out"));
        }
    }

    @Test
    void aSoftmaxInsideStays() throws Exception {
        finish(graph.relu(first(graph.softmax(input(), 1))));
        double[] exponentials = new double[N * 4];
        for (int i = 0; i < exponentials.length; i++) {
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                sum += Math.exp(samples[i / 4 * 4 + k]);
            }
            exponentials[i] = Math.exp(samples[i]) / sum;
        }
        Float64 hidden = new Float64(exponentials, N, 4).linear(w1, b1);
        assertComputes(open(folder, graph), samples, N, scores(hidden), hidden);
    }

    @Test
    void residualAddition() throws Exception {
        float[] square = random(36, 6);
        float[] bias = random(6, 7);
        String h1 = first(input());
        String r1 = graph.relu(h1);
        String h2 =
                graph.add(graph.gemm(r1, graph.initializer("ws", square, 6, 6), graph.initializer("bs", bias, 6)), r1);
        finish(graph.relu(h2));
        Float64 a1 = hidden().relu();
        Float64 second = a1.linear(square, bias).plus(a1);
        assertComputes(open(folder, graph), samples, N, scores(second), hidden(), second);
    }

    @Test
    void concatenationOfTwoBranches() throws Exception {
        String x = input();
        float[] wa = random(2 * 4, 8);
        float[] wb = random(4 * 4, 9);
        String a = graph.gemm(x, graph.initializer("wa", wa, 2, 4), graph.initializer("ba", b2, 2));
        String b = graph.gemm(x, graph.initializer("wb", wb, 4, 4), graph.initializer("bb", random(4, 10), 4));
        finish(graph.relu(graph.concat(1, a, b)));
        float[] joined = new float[24];
        System.arraycopy(wa, 0, joined, 0, 8);
        System.arraycopy(wb, 0, joined, 8, 16);
        float[] bias = new float[6];
        System.arraycopy(b2, 0, bias, 0, 2);
        System.arraycopy(random(4, 10), 0, bias, 2, 4);
        Float64 hidden = this.x.linear(joined, bias);
        assertComputes(open(folder, graph), samples, N, scores(hidden), hidden);
    }

    @Test
    void convolutionsNormalisationAndPools() throws Exception {
        float[] images = random(N * 2 * 9 * 9, 11);
        float[] k1 = random(4 * 2 * 9, 12);
        float[] c1 = random(4, 13);
        float[] k2 = random(6 * 4 * 9, 14);
        float[] scale = random(4, 15);
        float[] shift = random(4, 16);
        float[] mean = random(4, 17);
        float[] variance = {0.5f, 1, 2, 3};
        String x = graph.input("x", -1, 2, 9, 9);
        String conv = graph.conv(x, graph.initializer("k1", k1, 4, 2, 3, 3), graph.initializer("c1", c1, 4), 1, 1);
        String normal = graph.batchNormalization(
                conv,
                graph.initializer("scale", scale, 4),
                graph.initializer("shift", shift, 4),
                graph.initializer("mean", mean, 4),
                graph.initializer("variance", variance, 4),
                1e-3f);
        String pooled = graph.averagePool(graph.maxPool(graph.relu(normal), 2, 2), 2, 1);
        String second =
                graph.conv(pooled, graph.initializer("k2", k2, 6, 4, 3, 3), graph.initializer("c2", b1, 6), 2, 1);
        finish(graph.flatten(graph.globalAveragePool(graph.relu(second)), 1));

        Float64 first = Float64.of(images, N, 2, 9, 9)
                .conv(k1, c1, 3, 1, 1)
                .batchNormalisation(scale, shift, mean, variance, 1e-3);
        Float64 last = first.relu().pool(2, 2, false).pool(2, 1, true).conv(k2, b1, 3, 2, 1);
        Float64 scores = last.relu().pool(last.shape()[2], 1, true).shaped(N, 6).linear(w2, b2);
        try (Model model = open(folder, graph)) {
            assertComputes(model, images, N, scores, first, last);
            assertThat(model.layers().get(3).outputShape()).containsExactly(4, 4, 4);
        }
    }

    @Test
    void reshapeTransposeAndFlatten() throws Exception {
        float[] images = random(N * 12, 18);
        float[] weight = random(6 * 12, 19);
        String x = graph.input("x", -1, 12);
        String image = graph.reshape(x, graph.initializer("to", new long[] {-1, 3, 2, 2}, 4));
        String last = graph.flatten(graph.transpose(image, 0, 2, 3, 1), 1);
        finish(graph.relu(graph.gemm(last, graph.initializer("w1", weight, 6, 12), graph.initializer("b1", b1, 6))));
        Float64 hidden =
                Float64.of(images, N, 3, 2, 2).channelsLast().shaped(N, 12).linear(weight, b1);
        assertComputes(open(folder, graph), images, N, scores(hidden), hidden);
    }

    @Test
    void batchDimensionThatIsReadFromTheInputItself() throws Exception {
        // As PyTorch writes x.view(x.size(0), -1): Shape, Gather, Unsqueeze, Concat, Reshape.
        float[] images = random(N * 4, 20);
        String x = graph.input("x", -1, 2, 2);
        String size = graph.node(
                "Gather", List.of(graph.node("Shape", List.of(x)), graph.initializer("zero", new long[] {0})));
        String batch = graph.node("Unsqueeze", List.of(size, graph.initializer("axis", new long[] {0}, 1)));
        String flat = graph.reshape(x, graph.concat(0, batch, graph.initializer("rest", new long[] {-1}, 1)));
        finish(graph.relu(first(flat)));
        Float64 hidden = Float64.of(images, N, 4).linear(w1, b1);
        try (Model model = open(folder, graph)) {
            assertComputes(model, images, N, scores(hidden), hidden);
            assertThat(model.input().shape()).containsExactly(2, 2);
        }
    }

    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] turned = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            turned[i % columns * rows + i / columns] = matrix[i];
        }
        return turned;
    }

    private static float[] doubled(float[] values) {
        float[] twice = values.clone();
        for (int i = 0; i < twice.length; i++) {
            twice[i] *= 2;
        }
        return twice;
    }
}

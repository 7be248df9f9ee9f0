package dev.assay.model.onnx;

import static dev.assay.model.onnx.Networks.assertClose;
import static dev.assay.model.onnx.Networks.open;
import static dev.assay.model.onnx.Networks.random;
import static dev.assay.model.onnx.Networks.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.SharedData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs whose file fixes the batch are run with many samples at once, and give what they give one by one. */
class BatchingTest {

    @TempDir
    Path folder;

    private final OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
    private final float[] w1 = random(6 * 4, 1);
    private final float[] b1 = random(6, 2);
    private final float[] w2 = random(2 * 6, 3);
    private final float[] b2 = random(2, 4);
    private final float[] samples = random(7 * 4, 5);
    private final Float64 hidden = Float64.of(samples, 7, 4).linear(w1, b1);
    private final Float64 scores = hidden.relu().linear(w2, b2);

    private String layers(String x) {
        String h = graph.gemm(x, graph.initializer("w1", w1, 6, 4), graph.initializer("b1", b1, 6));
        return graph.gemm(graph.relu(h), graph.initializer("w2", w2, 2, 6), graph.initializer("b2", b2, 2));
    }

    private void assertRight(Model model) throws Exception {
        List<float[]> results = run(model, samples, 7, 7);
        assertClose(results.get(0), scores);
        assertClose(results.get(1), hidden);
    }

    private static boolean slow(Model model) throws Exception {
        try (Inference inference = model.open(new InferenceOptions(2, 1, List.of()))) {
            return !inference.warning().isEmpty();
        }
    }

    @Test
    void aBatchFixedAtOneIsFreed() throws Exception {
        graph.output(layers(graph.input("x", 1, 4)), 1, 2);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(slow(model)).isFalse();
            assertThat(model.input().shape()).containsExactly(4);
            assertThat(model.notes()).anyMatch(n -> n.contains("batches of 1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,4", "1,-1", "-1,4", "0,-1"})
    void aReshapeThatNamesTheBatchIsFreedToo(String shape) throws Exception {
        long[] target =
                Arrays.stream(shape.split(",")).mapToLong(Long::parseLong).toArray();
        String x = graph.input("x", 1, 2, 2);
        graph.output(layers(graph.reshape(x, graph.initializer("shape", target, 2))), 1, 2);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(slow(model)).isFalse();
        }
    }

    @Test
    void aDimensionOfOneThatIsNotTheBatchStays() throws Exception {
        String x = graph.input("x", 1, 4);
        String image = graph.reshape(x, graph.initializer("to", new long[] {1, 1, 4, 1}, 4));
        graph.output(layers(graph.reshape(image, graph.initializer("back", new long[] {1, 4}, 2))), 1, 2);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(model.layers().getFirst().outputShape()).containsExactly(1, 4, 1);
        }
    }

    @Test
    void flatteningTheBatchAwayIsMended() throws Exception {
        graph.output(layers(graph.flatten(graph.input("x", 1, 2, 2), 0)), 1, 2);
        assertRight(open(folder, graph));
    }

    @Test
    void aFreeBatchThatTheGraphContradictsIsMended() throws Exception {
        String x = graph.input("x", -1, 4);
        graph.output(layers(graph.reshape(x, graph.initializer("shape", new long[] {1, 4}, 2))), -1, 2);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(slow(model)).isFalse();
        }
    }

    @Test
    void aLargerFixedBatchIsFreed() throws Exception {
        graph.output(layers(graph.input("x", 5, 4)), 5, 2);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(model.input().shape()).containsExactly(4);
        }
    }

    @Test
    void aWeightOnTheLeftOfAVectorIsTurned() throws Exception {
        String x = graph.input("x", 4);
        String h = graph.add(graph.matMul(graph.initializer("w1", w1, 6, 4), x), graph.initializer("b1", b1, 6));
        String y = graph.matMul(graph.initializer("w2", w2, 2, 6), graph.relu(h));
        graph.output(graph.add(y, graph.initializer("b2", b2, 2)), 2);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(slow(model)).isFalse();
            assertThat(model.input().shape()).containsExactly(4);
            assertThat(model.reluLayers().getFirst().shape()).containsExactly(6);
        }
    }

    @Test
    void aWeightOnTheLeftOfAColumnIsTurned() throws Exception {
        String x = graph.input("x", 4, 1);
        String h = graph.add(graph.matMul(graph.initializer("w1", w1, 6, 4), x), graph.initializer("b1", b1, 6, 1));
        String y = graph.matMul(graph.initializer("w2", w2, 2, 6), graph.relu(h));
        graph.output(graph.add(y, graph.initializer("b2", b2, 2, 1)), 2, 1);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(slow(model)).isFalse();
            assertThat(model.output().shape()).containsExactly(2, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void samplesThatLieInColumnsAreHandedOutAsRows(int batch) throws Exception {
        String columns = graph.transpose(graph.input("x", batch, 4), 1, 0);
        String h =
                graph.add(graph.matMul(graph.initializer("w1", w1, 6, 4), columns), graph.initializer("b1", b1, 6, 1));
        String y = graph.matMul(graph.initializer("w2", w2, 2, 6), graph.relu(h));
        graph.output(graph.transpose(graph.add(y, graph.initializer("b2", b2, 2, 1)), 1, 0), batch, 2);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(slow(model)).isFalse();
            assertThat(model.reluLayers().getFirst().width()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void severalRowsOfASampleStayTogether(int batch) throws Exception {
        String rows = graph.reshape(graph.input("x", batch, 2, 4), graph.initializer("rows", new long[] {-1, 4}, 2));
        String h = graph.gemm(rows, graph.initializer("w1", w1, 6, 4), graph.initializer("b1", b1, 6));
        String flat = graph.reshape(graph.relu(h), graph.initializer("flat", new long[] {-1, 12}, 2));
        float[] last = random(24, 8);
        graph.output(graph.gemm(flat, graph.initializer("w2", last, 2, 12), graph.initializer("b2", b2, 2)), batch, 2);
        float[] pairs = random(5 * 8, 9);
        Float64 expected = Float64.of(pairs, 10, 4).linear(w1, b1).shaped(5, 12);
        try (Model model = open(folder, graph)) {
            assertThat(slow(model)).isFalse();
            assertThat(model.reluLayers().getFirst().shape()).containsExactly(2, 6);
            List<float[]> results = run(model, pairs, 5, 5);
            assertClose(results.get(1), expected);
            assertClose(results.get(0), expected.relu().linear(last, b2));
        }
    }

    @Test
    void anImageWithoutABatchDimensionGetsOne() throws Exception {
        String x = graph.input("x", 2, 2);
        graph.output(layers(graph.reshape(x, graph.initializer("shape", new long[] {1, 4}, 2))), 1, 2);
        try (Model model = open(folder, graph)) {
            assertRight(model);
            assertThat(slow(model)).isFalse();
            assertThat(model.input().shape()).containsExactly(2, 2);
        }
    }

    @Test
    void whatCannotBeBatchedRunsOneByOneAndSaysSo() throws Exception {
        // A stored row is joined to the sample: for more samples it would be too short.
        String joined =
                graph.concat(1, graph.input("x", 1, 2), graph.initializer("row", new float[] {0.25f, -0.5f}, 1, 2));
        graph.output(layers(joined), 1, 2);
        float[] pairs = random(7 * 2, 6);
        float[] full = new float[7 * 4];
        for (int i = 0; i < 7; i++) {
            System.arraycopy(pairs, 2 * i, full, 4 * i, 2);
            full[4 * i + 2] = 0.25f;
            full[4 * i + 3] = -0.5f;
        }
        Float64 expected = Float64.of(full, 7, 4).linear(w1, b1);
        try (Model model = open(folder, graph)) {
            assertThat(slow(model)).isTrue();
            assertThat(model.notes()).anyMatch(n -> n.contains("runs slowly"));
            List<float[]> results = run(model, pairs, 7, 7);
            assertClose(results.get(0), expected.relu().linear(w2, b2));
            assertClose(results.get(1), expected);
        }
    }

    @Test
    void aFixedBatchThatCannotBeFreedIsRunInPaddedPortions() throws Exception {
        String added = graph.add(graph.input("x", 3, 4), graph.initializer("rows", new float[12], 3, 4));
        graph.output(layers(added), 3, 2);
        try (Model model = open(folder, graph)) {
            assertThat(slow(model)).isTrue();
            assertRight(model);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mnistfc/mnist-net_256x2.onnx",
                "cifar10-small/cifar_base_kw.onnx",
                "acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx",
                "vnn-small/test_small.onnx",
                "vnn-small/test_tiny.onnx",
                "vnn-small/test_nano.onnx",
                "mnist-small-nets/fc1.onnx",
                "mnist-small-nets/fc_2-2-3.onnx"
            })
    void realNetworksGiveTheSameInABatchAsOneByOne(String file) throws Exception {
        try (Model model = new OnnxKind().open(Location.of(SharedData.file(file)))) {
            int size = (int) model.input().size();
            float[] many = random(9 * size, 7);
            assertThat(slow(model)).isFalse();
            List<float[]> together = run(model, many, 9, 9);
            for (int i = 0; i < 9; i++) {
                List<float[]> alone = run(model, Arrays.copyOfRange(many, i * size, (i + 1) * size), 1, 1);
                for (int t = 0; t < alone.size(); t++) {
                    int width = alone.get(t).length;
                    float[] row = Arrays.copyOfRange(together.get(t), i * width, (i + 1) * width);
                    assertClose(row, Float64.of(alone.get(t), 1, width));
                }
            }
        }
    }
}

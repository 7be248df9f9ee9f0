package dev.assay.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxGraphBuilderTest {

    @TempDir
    Path folder;

    @Test
    void aWrittenNetworkRunsInOnnxRuntime() throws Exception {
        Path file = folder.resolve("mlp.onnx");
        mlp().write(file);

        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor x = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(new float[] {1, 2, -1, 3}), new long[] {2, 2});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            // hidden: (1-2, 1+2) -> (0, 3); (-1-3, -1+3) -> (0, 2); score = 2 h1 + h2 + 0.5
            assertThat((float[][]) result.get(0).getValue()).isDeepEqualTo(new float[][] {{3.5f}, {2.5f}});
        }
    }

    @Test
    void writingReplacesAnOlderFileAndLeavesNothingBeside() throws Exception {
        Path file = folder.resolve("mlp.onnx");
        Files.writeString(file, "old");
        mlp().write(file);
        assertThat(file).hasBinaryContent(mlp().toBytes());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aTensorWhoseShapeDoesNotHoldItsValuesIsRefused() {
        assertThatThrownBy(() -> new OnnxGraphBuilder("g").initializer("w", new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("w has 5 values, its shape says 6");
    }

    @Test
    void aNameAppliesToTheNodeAndItsTensor() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
        String x = graph.input("x", -1, 2);
        String hidden = graph.named("hidden", graph.relu(x));
        graph.output(graph.relu(hidden), -1, 2);
        assertThat(graph.build().getGraph().getNode(0).getName()).isEqualTo("hidden");
        assertThat(graph.build().getGraph().getNode(1).getInput(0)).isEqualTo("hidden");
        assertThatThrownBy(() -> graph.named("late", hidden)).isInstanceOf(IllegalArgumentException.class);
    }

    private static OnnxGraphBuilder mlp() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("mlp");
        String x = graph.input("x", -1, 2);
        String hidden = graph.relu(graph.gemm(
                x, graph.initializer("w1", new float[] {1, -1, 1, 1}, 2, 2), graph.initializer("b1", new float[2], 2)));
        graph.output(
                graph.gemm(
                        hidden,
                        graph.initializer("w2", new float[] {2, 1}, 1, 2),
                        graph.initializer("b2", new float[] {0.5f}, 1)),
                -1,
                1);
        return graph;
    }
}

package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many samples go into a call. */
class InferenceOptionsTest {

    @TempDir
    Path folder;

    private Model open(OnnxGraphBuilder graph) throws Exception {
        Path file = folder.resolve("net.onnx");
        graph.write(file);
        return new OnnxKind().open(Location.of(file));
    }

    @Test
    void aNetworkWithLittleToDoForASampleGetsAFullBatch() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("dense");
        String x = graph.input("in", -1, 100);
        graph.output(
                graph.gemm(
                        x, graph.initializer("w", new float[1000], 10, 100),
                        graph.initializer("b", new float[10], 10)),
                -1, 10);
        try (Model model = open(graph)) {
            assertThat(InferenceOptions.goodBatchSize(model, List.of())).isEqualTo(512);
        }
    }

    @Test
    void aCallOfAConvolutionalNetworkIsOverSoon() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("convolutions");
        String x = graph.input("in", -1, 3, 32, 32);
        for (int layer = 0; layer < 3; layer++) {
            int in = layer == 0 ? 3 : 64;
            x = graph.relu(graph.conv(
                    x, graph.initializer("w" + layer, new float[64 * in * 9], 64, in, 3, 3),
                    graph.initializer("b" + layer, new float[64], 64), 1, 1));
        }
        graph.output(x, -1, 64, 32, 32);
        try (Model model = open(graph)) {
            long each = 2L * 32 * 32 * (64 * 3 * 9 + 2 * 64 * 64 * 9 + 3 * 64);

            assertThat(InferenceOptions.operations(model)).isEqualTo(each + 1);
            assertThat(InferenceOptions.goodBatchSize(model, List.of()) * each).isBetween(2_000_000_000L,
                    4_000_000_000L);
            assertThat(InferenceOptions.largestBatchSize(model, List.of())).isGreaterThan(100);
        }
    }
}

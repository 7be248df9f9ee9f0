package dev.assay.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.SharedData;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx;

/** Helps tests to write graphs, open them, and compare what they compute. */
final class Networks {

    private Networks() {}

    static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return values;
    }

    static Model open(Path folder, OnnxGraphBuilder graph) throws Exception {
        return open(folder, graph.build());
    }

    static Model open(Path folder, Onnx.ModelProto model) throws Exception {
        return open(folder, model.toByteArray());
    }

    static Model open(Path folder, byte[] bytes) throws Exception {
        Path file = folder.resolve("net.onnx");
        Files.write(file, bytes);
        return new OnnxKind().open(Location.of(file));
    }

    /** Scores, then the pre-activations of every layer, for a batch of samples. */
    static List<float[]> run(Model model, float[] samples, int count, int batchSize) throws Exception {
        List<String> capture =
                model.reluLayers().stream().map(ReluLayer::preActivation).toList();
        try (Inference inference = model.open(new InferenceOptions(batchSize, 1, capture));
                Inference.Activations result = inference.run(SharedData.direct(samples), count)) {
            List<float[]> tensors = new ArrayList<>(List.of(array(result.scores())));
            for (int i = 0; i < capture.size(); i++) {
                tensors.add(array(result.captured(i)));
            }
            return tensors;
        }
    }

    private static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    static void assertClose(float[] actual, Float64 expected) {
        assertThat(actual).hasSize(expected.values().length);
        for (int i = 0; i < actual.length; i++) {
            double e = expected.values()[i];
            assertThat(Math.abs(actual[i] - e))
                    .as("place %s: %s, expected %s", i, actual[i], e)
                    .isLessThan(1e-4 * Math.max(1, Math.abs(e)));
        }
    }

    /** That the model's scores and pre-activations, and the shapes of its layers, are these. */
    static void assertComputes(Model model, float[] samples, int count, Float64 scores, Float64... preActivations)
            throws Exception {
        assertThat(model.reluLayers()).hasSize(preActivations.length);
        List<float[]> results = run(model, samples, count, count);
        assertClose(results.getFirst(), scores);
        int offset = 0;
        for (int i = 0; i < preActivations.length; i++) {
            ReluLayer layer = model.reluLayers().get(i);
            int[] shape = preActivations[i].shape();
            assertThat(layer.shape()).isEqualTo(java.util.Arrays.copyOfRange(shape, 1, shape.length));
            assertThat(layer.number()).isEqualTo(i + 1);
            assertThat(layer.offset()).isEqualTo(offset);
            offset += layer.width();
            assertClose(results.get(i + 1), preActivations[i]);
        }
    }
}

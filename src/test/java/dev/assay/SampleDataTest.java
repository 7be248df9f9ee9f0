package dev.assay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.idx.IdxKind;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.onnx.OnnxKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of sample-data are what their pages say. */
class SampleDataTest {

    private static final Path FOLDER = Path.of("sample-data");

    @ParameterizedTest
    @CsvSource({"train, 6000", "test, 1000"})
    void imagesAreOfTenClassesAndAsManyOfEach(String name, int count) throws Exception {
        Dataset digits = digits(name);

        assertThat(digits.size()).isEqualTo(count);
        assertThat(digits.sampleShape()).endsWith(28, 28);
        assertThat(digits.classes()).hasSize(10);
        assertThat(digits.classCounts()).hasSize(10).containsOnly(count / 10);
    }

    @ParameterizedTest
    @CsvSource({"digits-784-256x4-10.onnx, 98.2", "digits-cnn.onnx, 99.0"})
    void networksAreAsAccurateOnUnseenImagesAsTheirPageSays(String file, double percent) throws Exception {
        Dataset test = digits("test");

        double found = 100 * accuracy(model(file), test);

        assertThat(found).isEqualTo(percent, within(0.11));
        assertThat(row(file)).endsWith(String.format(Locale.ROOT, "| %.1f %% |", percent));
    }

    @Test
    void theDenseNetworkHasFourReluLayersOf256Units() throws Exception {
        assertThat(model("digits-784-256x4-10.onnx").reluLayers()).extracting(ReluLayer::width)
                .containsExactly(256, 256, 256, 256);
    }

    @Test
    void theConvolutionalNetworkHasTwoReluLayers() throws Exception {
        assertThat(model("digits-cnn.onnx").reluLayers()).extracting(ReluLayer::width)
                .containsExactly(8 * 28 * 28, 16 * 14 * 14);
    }

    private static Dataset digits(String name) throws Exception {
        return new IdxKind().open(Location.of(FOLDER.resolve("digits").resolve(name + "-images-idx3-ubyte.gz")));
    }

    private static Model model(String file) throws Exception {
        return new OnnxKind().open(Location.of(FOLDER.resolve("models").resolve(file)));
    }

    private static String row(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve("models/README.md")).stream()
                .filter(line -> line.startsWith("| `" + file + "`"))
                .findFirst()
                .orElseThrow();
    }

    private static double accuracy(Model model, Dataset dataset) throws Exception {
        int batch = 250;
        int size = Math.toIntExact(model.input().size());
        FloatBuffer samples = ByteBuffer.allocateDirect(batch * size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        int[] labels = new int[batch];
        long right = 0;
        try (Inference inference = model.open(new InferenceOptions(batch, 1, List.of()));
                BatchReader reader = dataset.read(0, batch)) {
            for (int count = reader.next(samples, labels); count > 0; count = reader.next(samples, labels)) {
                try (Inference.Activations activations = inference.run(samples, count)) {
                    right += right(activations.scores(), labels, count);
                }
            }
        }
        return right / (double) dataset.size();
    }

    private static int right(FloatBuffer scores, int[] labels, int count) {
        int classes = scores.remaining() / count;
        int right = 0;
        for (int i = 0; i < count; i++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (scores.get(i * classes + c) > scores.get(i * classes + best)) {
                    best = c;
                }
            }
            right += best == labels[i] ? 1 : 0;
        }
        return right;
    }
}

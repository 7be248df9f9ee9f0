package dev.assay.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.SharedData;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that others have trained, with the accuracies that they are known to have. */
class RealNetworksTest {

    @ParameterizedTest
    @CsvSource({
        "mnistfc/mnist-net_256x2.onnx, 9808, '2x256 ReLU, 269k parameters'",
        "mnistfc/mnist-net_256x4.onnx, 9764, '4x256 ReLU, 401k parameters'",
        "mnist-small-nets/mnist2x10.onnx, 9226, '2x10 ReLU, 8.1k parameters'",
    })
    void mnistNetworksHaveTheirKnownAccuracy(String file, int right, String summary) throws Exception {
        try (Model model = open(file)) {
            assertThat(model.summary()).isEqualTo(summary);
            assertThat(SharedData.right(model, SharedData.mnist("t10k"), 512)).isEqualTo(right);
        }
    }

    @ParameterizedTest
    @CsvSource({"cifar_base_kw, 73, 3172", "cifar_deep_kw, 58, 6756"})
    void normalisedCifarNetworksHaveTheirKnownAccuracy(String name, int right, int units) throws Exception {
        SharedData.Samples images = SharedData.cifar();
        float[] mean = {0.485f, 0.456f, 0.406f};
        FloatBuffer values = SharedData.direct(images.values().capacity());
        for (int i = 0; i < images.count(); i++) {
            for (int c = 0; c < 3; c++) {
                for (int p = 0; p < 1024; p++) {
                    float pixel = images.values().get(i * 3072 + p * 3 + c) / 255f;
                    values.put((pixel - mean[c]) / 0.225f);
                }
            }
        }
        try (Model model = open("cifar10-small/" + name + ".onnx")) {
            assertThat(model.reluLayers().stream().mapToInt(ReluLayer::width).sum())
                    .isEqualTo(units);
            assertThat(SharedData.right(model, new SharedData.Samples(values.flip(), images.labels()), 32))
                    .isEqualTo(right);
        }
    }

    @Test
    void aNetworkThatTransposesItselfTakesChannelsLastAndShowsUnitsChannelsFirst() throws Exception {
        SharedData.Samples images = SharedData.cifar();
        FloatBuffer values = SharedData.direct(images.values().capacity());
        for (int i = 0; i < values.capacity(); i++) {
            values.put(images.values().get(i) / 255f);
        }
        try (Model model = open("cifar10-small/cifar10_small.onnx")) {
            assertThat(model.input().shape()).containsExactly(32, 32, 3);
            assertThat(model.reluLayers().getFirst().shape()).containsExactly(8, 15, 15);
            assertThat(SharedData.right(model, new SharedData.Samples(values.flip(), images.labels()), 100))
                    .isEqualTo(61);
        }
    }

    private static Model open(String file) throws Exception {
        return new OnnxKind().open(Location.of(SharedData.file(file)));
    }
}

package dev.assay.model.onnx;

import static dev.assay.model.onnx.Networks.assertClose;
import static dev.assay.model.onnx.Networks.open;
import static dev.assay.model.onnx.Networks.random;
import static dev.assay.model.onnx.Networks.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.InputException;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights outside of the ONNX file. */
class ExternalDataTest {

    private static final int BEFORE = 64;
    private static final int ROWS = 40;

    @TempDir
    Path folder;

    private final float[] weight = random(ROWS * 4, 1);
    private Path models;

    @BeforeEach
    void writeData() throws IOException {
        models = Files.createDirectory(folder.resolve("models"));
        ByteBuffer bytes =
                ByteBuffer.allocate(BEFORE + weight.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(BEFORE);
        for (float w : weight) {
            bytes.putFloat(w);
        }
        Files.write(models.resolve("net.data"), bytes.array());
    }

    private Onnx.ModelProto model(String location, String offset, String length) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
        String x = graph.input("x", -1, 4);
        String h =
                graph.gemm(x, graph.initializer("w", weight, ROWS, 4), graph.initializer("b", new float[ROWS], ROWS));
        graph.output(graph.add(graph.relu(h), h), -1, ROWS);
        Onnx.ModelProto.Builder model = graph.build().toBuilder();
        Onnx.TensorProto.Builder tensor = model.getGraphBuilder().getInitializerBuilder(0);
        tensor.clearRawData().setDataLocation(Onnx.TensorProto.DataLocation.EXTERNAL);
        entry(tensor, "location", location);
        entry(tensor, "offset", offset);
        entry(tensor, "length", length);
        return model.build();
    }

    private static void entry(Onnx.TensorProto.Builder tensor, String key, String value) {
        if (!value.isEmpty()) {
            tensor.addExternalData(
                    Onnx.StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        }
    }

    @Test
    void weightsAreReadFromTheFileBeside() throws Exception {
        try (Model model = open(models, model("net.data", "64", "640"))) {
            float[] samples = random(12, 2);
            Float64 hidden = Float64.of(samples, 3, 4).linear(weight, new float[ROWS]);
            List<float[]> results = run(model, samples, 3, 3);
            assertClose(results.get(1), hidden);
            assertClose(results.get(0), hidden.relu().plus(hidden));
            assertThat(model.values(model.tensors().getFirst())).containsExactly(weight);
            assertThat(model.files()).containsExactly(models.resolve("net.onnx"), models.resolve("net.data"));
            assertThat(model.parameterCount()).isEqualTo(ROWS * 4 + ROWS);
        }
    }

    @Test
    void dataMayLieInAFolderBelow() throws Exception {
        Files.createDirectory(models.resolve("parts"));
        Files.move(models.resolve("net.data"), models.resolve("parts/0"));
        open(models, model("parts/0", "64", "")).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.data",
                "parts/../../secret.data",
                "..\\secret.data",
                "/etc/hostname",
                "nowhere.data",
                "."
            })
    void dataOutsideOfTheFolderIsRefused(String location) throws Exception {
        Files.copy(models.resolve("net.data"), folder.resolve("secret.data"));
        assertRefused(model(location, "64", "640"), "external data");
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws Exception {
        Path secret = Files.copy(models.resolve("net.data"), folder.resolve("secret.data"));
        try {
            Files.createSymbolicLink(models.resolve("link.data"), secret);
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "no links here: " + e.getMessage());
        }
        assertRefused(model("link.data", "64", "640"), "'link.data' is a link out of the model's folder");
    }

    @Test
    void dataThatIsTooShortIsRefused() {
        assertRefused(model("net.data", "68", "640"), "ends at byte 708, the file 'net.data' has 704");
        assertRefused(model("net.data", "9223372036854775807", "640"), "tensor 'w'");
    }

    @Test
    void aLengthThatDoesNotFitTheShapeIsRefused() {
        assertRefused(model("net.data", "0", "639"), "has 639 bytes, its shape needs 640");
    }

    @Test
    void anOffsetThatIsNoNumberIsRefused() {
        assertRefused(model("net.data", "-1", "640"), "tensor 'w'");
        assertRefused(model("net.data", "start", "640"), "the offset 'start', not a number");
    }

    @Test
    void dataThatHasGoneSinceIsSaid() throws Exception {
        try (Model model = open(models, model("net.data", "64", "640"))) {
            Files.delete(models.resolve("net.data"));
            assertThatThrownBy(() -> model.open(new InferenceOptions(1, 1, List.of())))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("'net.data' is missing");
        }
    }

    private void assertRefused(Onnx.ModelProto model, String part) {
        assertThatThrownBy(() -> open(models, model))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("net.onnx")
                .hasMessageContaining(part);
    }
}

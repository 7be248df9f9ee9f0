package dev.assay.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.SharedData;
import dev.assay.model.TensorInfo;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptKindTest {

    @TempDir
    Path folder;

    private static TorchScriptFile linear() {
        return new TorchScriptFile("return torch.add(torch.relu(torch.matmul(x, torch.t(self.weight))), self.bias)")
                .tensor("weight", new float[] {1, -1, 1, 1, 2, 0}, 3, 2)
                .tensor("bias", new float[] {0.5f, 0, -1}, 3);
    }

    private Model open(TorchScriptFile file, Map<String, String> options) throws Exception {
        return open(file.bytes(), options);
    }

    private Model open(byte[] bytes, Map<String, String> options) throws Exception {
        Path path = folder.resolve("net.pt");
        Files.write(path, bytes);
        return new TorchScriptKind().open(new Location(path, options));
    }

    private static float[] scores(Model model, int batchSize, int count, float... samples) throws Exception {
        try (Inference inference = model.open(new InferenceOptions(batchSize, 1, List.of()));
                Inference.Activations result = inference.run(SharedData.direct(samples), count)) {
            float[] scores = new float[result.scores().remaining()];
            result.scores().get(scores);
            return scores;
        }
    }

    @Test
    void aNetworkRunsAndShowsItsWeights() throws Exception {
        try (Model model = open(linear(), Map.of())) {
            assertThat(scores(model, 2, 2, 1, 2, -3, 1)).containsExactly(0.5f, 3, 1, 0.5f, 0, -1);
            assertThat(model.input().shape()).containsExactly(2);
            assertThat(model.output().shape()).containsExactly(3);
            assertThat(model.parameterCount()).isEqualTo(9);
            assertThat(model.tensors()).extracting(TensorInfo::shapeText).containsExactly("3x2", "3");
            assertThat(model.values(model.tensors().getFirst())).containsExactly(1, -1, 1, 1, 2, 0);
            assertThat(model.summary()).isEqualTo("3 scores, 9 parameters");
        }
    }

    @Test
    void innerActivationsCannotBeSeenAndTheWayOutIsSaid() throws Exception {
        try (Model model = open(linear(), Map.of())) {
            assertThat(model.reluLayers()).isEmpty();
            assertThat(model.withoutRelus()).contains("torch.onnx.export(");
            assertThatThrownBy(() -> model.open(new InferenceOptions(1, 1, List.of("hidden"))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("'hidden' cannot be seen");
        }
    }

    @Test
    void theSampleShapeCanBeGiven() throws Exception {
        TorchScriptFile file = new TorchScriptFile("return torch.sum(torch.flatten(x, 1), [1], True)");
        assertThatThrownBy(() -> open(file, Map.of())).hasMessageContaining("?shape=1x28x28");
        try (Model model = open(file, Map.of("shape", "1x2x2"))) {
            assertThat(scores(model, 4, 2, 1, 2, 3, 4, 5, 6, 7, 8)).containsExactly(10, 26);
        }
    }

    @Test
    void pyTorchAndOnnxRuntimeLiveInOneProcess() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
        graph.output(graph.relu(graph.input("x", -1, 2)), -1, 2);
        Path file = folder.resolve("net.onnx");
        graph.write(file);
        try (Model onnx = new OnnxKind().open(Location.of(file))) {
            assertThat(scores(onnx, 1, 1, -1, 2)).containsExactly(0, 2);
            try (Model torch = open(linear(), Map.of())) {
                assertThat(scores(torch, 1, 1, 1, 2)).containsExactly(0.5f, 3, 1);
            }
            assertThat(scores(onnx, 1, 1, 3, -4)).containsExactly(3, 0);
        }
    }

    @Test
    void aShapeThatDoesNotFitIsExplained() {
        assertThatThrownBy(() -> open(linear(), Map.of("shape", "5")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be run on samples of 5")
                .hasMessageContaining("?shape=");
    }

    @Test
    void aNetworkThatMixesItsSamplesIsRunOneByOne() throws Exception {
        TorchScriptFile file = new TorchScriptFile("return torch.sub(x, torch.mean(x, [0], True))")
                .tensor("unused", new float[4], 2, 2);
        try (Model model = open(file, Map.of())) {
            assertThat(scores(model, 2, 2, 1, 2, 3, 4)).containsExactly(0, 0, 0, 0);
            assertThat(model.notes()).contains(TorchScriptInference.SLOW);
        }
    }

    @Test
    void weightsThatAreNoNumbersAreNamed() throws Exception {
        TorchScriptFile file = new TorchScriptFile("return torch.matmul(x, self.weight)")
                .tensor("weight", new float[] {1, Float.NaN, 3, 4}, 2, 2);
        try (Model model = open(file, Map.of())) {
            assertThatThrownBy(() -> model.open(new InferenceOptions(1, 1, List.of())))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("'weight' holds NaN");
        }
    }

    @Test
    void aFileCutAnywhereIsRefusedWithoutACrash() throws Exception {
        byte[] whole = linear().bytes();
        for (int end = 0; end < whole.length; end += 7) {
            byte[] part = Arrays.copyOf(whole, end);
            assertThatThrownBy(() -> open(part, Map.of())).isInstanceOf(InputException.class);
        }
    }

    @Test
    void picklesAreNeverRun() throws Exception {
        assertThatThrownBy(() -> open(new byte[] {(byte) 0x80, 2, '}', '.'}, Map.of()))
                .hasMessageContaining("Python pickle");
        assertThatThrownBy(() -> open(zip("net/data.pkl"), Map.of()))
                .hasMessageContaining("pickled weights without code");
    }

    @Test
    void otherFilesAreRefused() throws Exception {
        assertThatThrownBy(() -> open("hello".getBytes(StandardCharsets.UTF_8), Map.of()))
                .hasMessageContaining("not a TorchScript file");
        assertThatThrownBy(() -> open(zip("readme.txt"), Map.of())).hasMessageContaining("no TorchScript code");
    }

    @Test
    void codeThatDoesNotCompileIsSaid() {
        assertThatThrownBy(() -> open(new TorchScriptFile("return torch.frobnicate(x)"), Map.of("shape", "2")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("frobnicate");
    }

    @Test
    void anArchiveThatUnpacksToFarMoreIsRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("net/data/0"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 80; i++) {
                zip.write(zeros);
            }
        }
        assertThatThrownBy(() -> open(bytes.toByteArray(), Map.of())).hasMessageContaining("20 times as much");
    }

    private static byte[] zip(String entry) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(1);
        }
        return bytes.toByteArray();
    }
}

package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.run.Catalogue;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way from a bad file to one clear sentence and exit code 3, with the program's own readers and analysis. */
class BadFilesTest {

    private static final int SIDE = 2;
    private static final int SAMPLES = 30;

    @TempDir
    Path folder;

    private final Cli cli = new Cli(false, Catalogue.load());
    private Path network;
    private Path images;

    @BeforeEach
    void writeGoodFiles() throws Exception {
        network = folder.resolve("net.onnx");
        network(SIDE * SIDE, 0.5f).write(network);
        images = Files.write(folder.resolve("digits-images-idx3-ubyte"), images());
        Files.write(folder.resolve("digits-labels-idx1-ubyte"), labels(SAMPLES));
    }

    private static OnnxGraphBuilder network(int in, float weight) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("small");
        float[] first = new float[3 * in];
        float[] second = new float[2 * 3];
        Arrays.fill(first, weight);
        Arrays.fill(second, weight);
        String h = graph.relu(graph.gemm(
                graph.input("x", -1, in),
                graph.initializer("w1", first, 3, in),
                graph.initializer("b1", new float[3], 3)));
        graph.output(
                graph.gemm(h, graph.initializer("w2", second, 2, 3), graph.initializer("b2", new float[2], 2)), -1, 2);
        return graph;
    }

    private static byte[] images() {
        ByteBuffer bytes = ByteBuffer.allocate(16 + SAMPLES * SIDE * SIDE);
        bytes.putInt(0x803).putInt(SAMPLES).putInt(SIDE).putInt(SIDE);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.put((byte) (i * 37));
        }
        return bytes.array();
    }

    private static byte[] labels(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + count);
        bytes.putInt(0x801).putInt(count);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.put((byte) (i % 2));
        }
        return bytes.array();
    }

    private int run() {
        return cli.run("run", "nap-mining", "model=" + network, "train=" + images, "--device", "cpu", "--threads", "1",
                "--out", folder.resolve("out").toString());
    }

    private void refusedNaming(String... words) {
        assertThat(run()).as(cli.err()).isEqualTo(3);
        assertThat(cli.err()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(cli.err().lines().filter(l -> l.matches(".*[.?]")).count()).isEqualTo(1);
    }

    @Test
    void goodFilesAreAnalysed() {
        assertThat(run()).as(cli.err()).isZero();
        assertThat(folder.resolve("out/result.json")).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 12, 16, 40})
    void anImagesFileCutShortIsRefused(int length) throws Exception {
        Files.write(images, Arrays.copyOf(images(), length));
        refusedNaming("digits-images");
    }

    @Test
    void aWrongMagicIsRefused() throws Exception {
        byte[] bytes = images();
        bytes[2] = 77;
        Files.write(images, bytes);
        refusedNaming("digits-images");
    }

    @Test
    void labelsThatDoNotMatchAreRefused() throws Exception {
        Files.write(folder.resolve("digits-labels-idx1-ubyte"), labels(SAMPLES - 1));
        refusedNaming("labels");
    }

    @Test
    void aMissingLabelsFileIsRefused() throws Exception {
        Files.delete(folder.resolve("digits-labels-idx1-ubyte"));
        refusedNaming("label");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.9})
    void aModelCutShortIsRefused(double share) throws Exception {
        byte[] bytes = Files.readAllBytes(network);
        Files.write(network, Arrays.copyOf(bytes, (int) (bytes.length * share)));
        refusedNaming("net.onnx");
    }

    @Test
    void aModelOfAnotherInputShapeIsRefused() throws Exception {
        network(7, 0.5f).write(network);
        refusedNaming("7", "4");
    }

    @Test
    void aModelWithNanWeightsIsRefused() throws Exception {
        network(SIDE * SIDE, Float.NaN).write(network);
        refusedNaming("NaN");
    }

    @Test
    void aModelInThePlaceOfADatasetIsRefused() throws Exception {
        images = network;
        refusedNaming("net.onnx", "ONNX model", "'train'");
    }

    @Test
    void aMissingFileIsRefused() {
        images = folder.resolve("gone");
        refusedNaming("gone", "no such file");
    }

    @Test
    void aReadingOptionThatThereIsNotIsRefused() {
        images = folder.resolve("digits-images-idx3-ubyte?skale=1");
        refusedNaming("skale");
    }
}

package dev.assay.analyses.nap.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analyses.nap.verify.net.NetworkReader;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analysis.Location;
import dev.assay.model.Model;
import dev.assay.model.nnet.NnetKind;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of network that is read computes what ONNX Runtime computes; {@link LoadedNetwork} compares them. */
class NetworkReaderTest {

    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(3);

    private float[] values(int n) {
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = (float) (random.nextDouble() - 0.5);
        }
        return v;
    }

    private static void assertReads(Model model) {
        assertThatCode(() -> {
            try (LoadedNetwork loaded = LoadedNetwork.of(model, -1, 1)) {
                assertThat(loaded.net().layers()).isPositive();
            }
        }).doesNotThrowAnyException();
    }

    @Test
    void convolutionsBatchNormalisationPoolsAndResidualAdditions() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("cnn");
        String x = g.input("x", -1, 2, 6, 6);
        String w1 = g.initializer("w1", values(4 * 2 * 9), 4, 2, 3, 3);
        String b1 = g.initializer("b1", values(4), 4);
        String c1 = g.conv(x, w1, b1, 1, 1);
        String scale = g.initializer("scale", new float[] {1, .5f, 2, -1}, 4);
        String mean = g.initializer("mean", values(4), 4);
        String variance = g.initializer("variance", new float[] {1, 2, .5f, .1f}, 4);
        String h1 = g.relu(g.batchNormalization(c1, scale, b1, mean, variance, 1e-5f));
        String w2 = g.initializer("w2", values(4 * 4 * 9), 4, 4, 3, 3);
        String h2 = g.relu(g.add(g.conv(h1, w2, "", 1, 1), h1));
        String w3 = g.initializer("w3", values(4 * 9 * 3), 3, 36);
        String b3 = g.initializer("b3", values(3), 3);
        g.output(g.gemm(g.flatten(g.averagePool(h2, 2, 2), 1), w3, b3), -1, 3);
        OnnxModel model = ToyModels.open(g, folder);
        assertReads(model);
        ReluNetwork net = NetworkReader.read(model);
        assertThat(net.block(2).terms()).hasSize(1);
        assertThat(net.units()).isEqualTo(2 * 144);
    }

    @Test
    void transposedInputsAndASkipOverALayer() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("skip");
        String x = g.input("x", -1, 3, 2);
        String flat = g.flatten(g.transpose(x, 0, 2, 1), 1);
        String w = g.initializer("w", values(36), 6, 6);
        String h = g.relu(g.matMul(flat, w));
        String z = g.sub(g.matMul(h, w), flat);
        g.output(g.matMul(g.relu(z), w), -1, 6);
        OnnxModel model = ToyModels.open(g, folder);
        assertReads(model);
        assertThat(NetworkReader.read(model).block(2).terms()).hasSize(2);
    }

    /** Clip from 0 and the maximum with 0 are ReLUs; means over positions and zeros around an image are affine. */
    @Test
    void relusUnderOtherNamesMeansAndPadding() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("other");
        String x = g.input("x", -1, 2, 4, 4);
        String padded = g.node("Pad", List.of(x, g.initializer("pads", new long[] {0, 0, 1, 0, 0, 0, 1, 2}, 8)));
        String zero = g.initializer("zero", new float[] {0});
        String h1 = g.node(
                "Clip",
                List.of(g.conv(padded, g.initializer("w1", values(3 * 2 * 9), 3, 2, 3, 3), "", 1, 0), zero, ""));
        String h2 = g.node(
                "Max", List.of(zero, g.conv(h1, g.initializer("w2", values(4 * 3 * 4), 4, 3, 2, 2), "", 1, 0)));
        String mean = g.node("ReduceMean", List.of(h2), Map.of("axes", new long[] {2, -1}, "keepdims", 0L));
        g.output(g.gemm(mean, g.initializer("w3", values(8), 2, 4), g.initializer("b3", values(2), 2)), -1, 2);
        OnnxModel model = ToyModels.open(g, folder);
        assertReads(model);
        assertThat(NetworkReader.read(model).layers()).isEqualTo(2);
        OnnxGraphBuilder six = new OnnxGraphBuilder("six");
        String y = six.input("x", -1, 2);
        String limited = six.node(
                "Clip",
                List.of(
                        six.matMul(y, six.initializer("w", values(4), 2, 2)),
                        six.initializer("zero", new float[] {0}),
                        six.initializer("six", new float[] {6})));
        six.output(six.matMul(limited, six.initializer("v", values(4), 2, 2)), -1, 2);
        assertThatThrownBy(() -> NetworkReader.read(ToyModels.open(six, folder))).hasMessageContaining("0.0 and 6.0");
    }

    /** A reshape that names the size of a fixed batch is read for one sample. */
    @Test
    void aReshapeOfAFixedBatch() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("batch");
        String x = g.input("x", 5, 1, 2, 2);
        String h = g.relu(g.conv(x, g.initializer("w1", values(8), 2, 1, 2, 2), "", 1, 0));
        String flat = g.reshape(h, g.initializer("to", new long[] {5, 2}, 2));
        g.output(g.matMul(flat, g.initializer("w2", values(4), 2, 2)), 5, 2);
        assertReads(ToyModels.open(g, folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vnn-small/test_nano.onnx",
                "vnn-small/test_tiny.onnx",
                "vnn-small/test_small.onnx",
                "vnn-small/test_sat.onnx",
                "acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx",
                "acasxu/ACASXU_run2a_1_1_batch_2000.nnet",
                "mnist-small-nets/mnist2x10.onnx",
                "mnist-small-nets/fc_2-2-3.onnx",
                "mnist-small-nets/mnist10x10.nnet",
                "mnistfc/mnist-net_256x4.onnx",
            })
    void thePublicNetworks(String name) throws Exception {
        Path file = DATA.resolve(name);
        assumeTrue(Files.exists(file), "the shared data is not beside the project");
        assertReads((Model) (name.endsWith(".nnet") ? new NnetKind() : new OnnxKind()).open(Location.of(file)));
    }

    @Test
    void theSampleConvolutionalNetwork() throws Exception {
        Path file = Path.of("sample-data/models/digits-784-256x4-10.onnx");
        assertReads((Model) new OnnxKind().open(Location.of(file)));
    }
}

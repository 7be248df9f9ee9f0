package dev.assay.analyses.complexity;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.onnx.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** Small networks of every kind that feature merging has a rule for. */
final class Networks {

    private final Random random = new Random(7);
    private final OnnxGraphBuilder graph = new OnnxGraphBuilder("test");

    /** Writes and opens a network. */
    static OnnxModel open(OnnxGraphBuilder graph, Path folder) throws IOException, InputException {
        Path file = folder.resolve("net" + System.nanoTime() + ".onnx");
        graph.write(file);
        return (OnnxModel) new OnnxKind().open(Location.of(file));
    }

    /** Scores of samples. */
    static float[] scores(OnnxModel model, float[][] samples) throws InputException {
        FloatBuffer in = ByteBuffer.allocateDirect(samples.length * samples[0].length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (float[] s : samples) {
            in.put(s);
        }
        try (Inference inference = model.open(new InferenceOptions(samples.length, 1, List.of()));
                Inference.Activations out = inference.run(in.flip(), samples.length)) {
            float[] scores = new float[out.scores().remaining()];
            out.scores().get(scores);
            return scores;
        }
    }

    static float[][] samples(int count, int size) {
        Random random = new Random(11);
        float[][] samples = new float[count][size];
        for (float[] s : samples) {
            for (int i = 0; i < size; i++) {
                s[i] = (float) random.nextGaussian();
            }
        }
        return samples;
    }

    private String weights(String name, int... shape) {
        int size = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return graph.initializer(name, values, shape);
    }

    private String positive(String name, int... shape) {
        float[] values = new float[IntStream.of(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.5f + random.nextFloat();
        }
        return graph.initializer(name, values, shape);
    }

    private String norm(String x, String name, int size) {
        return graph.batchNormalization(
                x,
                weights(name + ".weight", size),
                weights(name + ".bias", size),
                weights(name + ".running_mean", size),
                positive(name + ".running_var", size),
                1e-5f);
    }

    /** Convolution, batch norm, ReLU, pooling, flatten, linear. */
    static OnnxGraphBuilder plain() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 2, 4, 4);
        x = g.conv(x, n.weights("conv1.weight", 3, 2, 3, 3), n.weights("conv1.bias", 3), 1, 1);
        x = g.maxPool(g.relu(n.norm(x, "bn1", 3)), 2, 2);
        x = g.flatten(x, 1);
        x = g.relu(g.gemm(x, n.weights("fc1.weight", 5, 12), n.weights("fc1.bias", 5)));
        g.output(g.gemm(x, n.weights("fc2.weight", 2, 5), n.weights("fc2.bias", 2)), -1, 2);
        return g;
    }

    /** The same, flattened by a reshape whose stored shape holds the number of features. */
    static OnnxGraphBuilder reshaped() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", 1, 2, 4, 4);
        x = g.relu(g.conv(x, n.weights("conv1.weight", 3, 2, 3, 3), n.weights("conv1.bias", 3), 2, 1));
        x = g.reshape(x, g.initializer("shape", new long[] {1, 12}, 2));
        g.output(g.gemm(x, n.weights("fc.weight", 2, 12), n.weights("fc.bias", 2)), 1, 2);
        return g;
    }

    /** Channels last before the flatten. */
    static OnnxGraphBuilder channelsLast() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 2, 4, 4);
        x = g.relu(g.conv(x, n.weights("conv1.weight", 3, 2, 3, 3), n.weights("conv1.bias", 3), 2, 1));
        x = g.flatten(g.transpose(x, 0, 2, 3, 1), 1);
        g.output(g.gemm(x, n.weights("fc.weight", 2, 12), n.weights("fc.bias", 2)), -1, 2);
        return g;
    }

    /** A residual stage of two blocks. */
    static OnnxGraphBuilder residual() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String stream = g.input("x", -1, 2, 4, 4);
        stream = g.relu(g.conv(stream, n.weights("stem.weight", 4, 2, 3, 3), n.weights("stem.bias", 4), 1, 1));
        for (int b = 1; b <= 2; b++) {
            String inner = g.conv(
                    stream, n.weights("b" + b + ".conv1.weight", 3, 4, 3, 3), n.weights("b" + b + ".bias1", 3), 1, 1);
            inner = g.conv(
                    g.relu(inner),
                    n.weights("b" + b + ".conv2.weight", 4, 3, 3, 3),
                    n.weights("b" + b + ".bias2", 4),
                    1,
                    1);
            stream = g.relu(g.add(stream, inner));
        }
        String x = g.flatten(g.globalAveragePool(stream), 1);
        g.output(g.gemm(x, n.weights("fc.weight", 2, 4), n.weights("fc.bias", 2)), -1, 2);
        return g;
    }

    /** A depthwise convolution between two others. */
    static OnnxGraphBuilder depthwise() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 2, 4, 4);
        x = g.relu(g.conv(x, n.weights("point1.weight", 3, 2, 1, 1), n.weights("point1.bias", 3), 1, 0));
        x = g.node(
                "Conv",
                List.of(x, n.weights("depth.weight", 3, 1, 3, 3), n.weights("depth.bias", 3)),
                Map.of("group", 3L, "kernel_shape", new long[] {3, 3}, "pads", new long[] {1, 1, 1, 1}));
        x = g.relu(x);
        x = g.conv(x, n.weights("point2.weight", 2, 3, 1, 1), n.weights("point2.bias", 2), 1, 0);
        g.output(g.flatten(g.globalAveragePool(x), 1), -1, 2);
        return g;
    }

    /** A convolution in two channel groups, which has no rule. */
    static OnnxGraphBuilder grouped() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 2, 4, 4);
        x = g.relu(g.conv(x, n.weights("first.weight", 4, 2, 1, 1), n.weights("first.bias", 4), 1, 0));
        x = g.node(
                "Conv",
                List.of(x, n.weights("grouped.weight", 4, 2, 1, 1), n.weights("grouped.bias", 4)),
                Map.of("group", 2L, "kernel_shape", new long[] {1, 1}));
        x = g.flatten(g.globalAveragePool(g.relu(x)), 1);
        x = g.relu(g.gemm(x, n.weights("fc1.weight", 3, 4), n.weights("fc1.bias", 3)));
        g.output(g.gemm(x, n.weights("fc2.weight", 2, 3), n.weights("fc2.bias", 2)), -1, 2);
        return g;
    }

    /** Two branches that are concatenated, normalised together and read by one convolution. */
    static OnnxGraphBuilder concatenated() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String in = g.input("x", -1, 2, 4, 4);
        String a = g.relu(g.conv(in, n.weights("a.weight", 3, 2, 1, 1), n.weights("a.bias", 3), 1, 0));
        String b = g.relu(g.conv(in, n.weights("b.weight", 4, 2, 1, 1), n.weights("b.bias", 4), 1, 0));
        // The later branch comes first, so that order of groups and order on the axis differ.
        String x = g.relu(n.norm(g.concat(1, b, a), "bn", 7));
        x = g.relu(g.conv(x, n.weights("c.weight", 3, 7, 3, 3), n.weights("c.bias", 3), 1, 1));
        x = g.flatten(g.globalAveragePool(x), 1);
        g.output(g.gemm(x, n.weights("fc.weight", 2, 3), n.weights("fc.bias", 2)), -1, 2);
        return g;
    }

    /** Three linear layers. */
    static OnnxGraphBuilder dense() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 32);
        x = g.relu(g.gemm(x, n.weights("a.weight", 6, 32), n.weights("a.bias", 6)));
        x = g.relu(g.gemm(x, n.weights("b.weight", 4, 6), n.weights("b.bias", 4)));
        g.output(g.gemm(x, n.weights("fc.weight", 2, 4), n.weights("fc.bias", 2)), -1, 2);
        return g;
    }

    /** Activations with a slope for each feature, for all features, and as products with numbers. */
    static OnnxGraphBuilder slopes() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 2, 4, 4);
        x = g.conv(x, n.weights("a.weight", 4, 2, 3, 3), n.weights("a.bias", 4), 1, 1);
        x = g.node("PRelu", List.of(x, n.positive("a.slope", 4, 1, 1)));
        x = g.conv(x, n.weights("b.weight", 3, 4, 3, 3), n.weights("b.bias", 3), 1, 1);
        x = g.node("PRelu", List.of(x, g.initializer("b.slope", new float[] {0.3f}, 1)));
        x = g.flatten(x, 1);
        x = g.gemm(x, n.weights("c.weight", 5, 48), n.weights("c.bias", 5));
        x = g.div(g.mul(g.relu(x), g.initializer("c.two", new float[] {2})),
                g.initializer("c.three", new float[] {3}, 1));
        g.output(g.gemm(x, n.weights("fc.weight", 2, 5), n.weights("fc.bias", 2)), -1, 2);
        return g;
    }

    /** Silu and Gelu as exporters write them, and a layer that is applied to every row of a sample. */
    static OnnxGraphBuilder smooth() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 8, 4);
        x = g.add(g.matMul(x, n.weights("a.weight", 4, 6)), n.weights("a.bias", 6));
        x = g.mul(x, g.node("Sigmoid", List.of(x)));
        x = g.add(g.matMul(x, n.weights("b.weight", 6, 3)), n.weights("b.bias", 3));
        String erf = g.node("Erf", List.of(g.div(x, g.initializer("root", new float[] {1.41421f}))));
        String sum = g.add(erf, g.initializer("one", new float[] {1}));
        x = g.mul(g.mul(x, sum), g.initializer("half", new float[] {0.5f}));
        x = g.flatten(x, 1);
        g.output(g.gemm(x, n.weights("fc.weight", 2, 24), n.weights("fc.bias", 2)), -1, 2);
        return g;
    }

    /** A squashing gate of another layer, which has no rule, beside a layer that has. */
    static OnnxGraphBuilder gated() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 3);
        String a = g.gemm(x, n.weights("a.weight", 4, 3), n.weights("a.bias", 4));
        String gate = g.gemm(x, n.weights("gate.weight", 4, 3), n.weights("gate.bias", 4));
        String gated = g.mul(a, g.node("Sigmoid", List.of(gate)));
        x = g.node("Tanh", List.of(g.gemm(gated, n.weights("b.weight", 5, 4), n.weights("b.bias", 5))));
        g.output(g.gemm(x, n.weights("c.weight", 2, 5), n.weights("c.bias", 2)), -1, 2);
        return g;
    }

    /** One square weight that two layers share. */
    static OnnxGraphBuilder tied() {
        Networks n = new Networks();
        OnnxGraphBuilder g = n.graph;
        String x = g.input("x", -1, 3);
        x = g.relu(g.gemm(x, n.weights("first.weight", 4, 3), n.weights("first.bias", 4)));
        String shared = n.weights("shared.weight", 4, 4);
        x = g.relu(g.gemm(x, shared, n.weights("second.bias", 4)));
        x = g.relu(g.gemm(x, shared, n.weights("third.bias", 4)));
        g.output(g.gemm(x, n.weights("last.weight", 2, 4), n.weights("last.bias", 2)), -1, 2);
        return g;
    }

    /** A hidden layer of four features whose incoming weights are bytes with a scale for each feature. */
    static Onnx.ModelProto quantised() {
        OnnxGraphBuilder g = new OnnxGraphBuilder("quantised");
        String x = g.input("x", -1, 2);
        String weight = g.node(
                "DequantizeLinear",
                List.of("w.bytes", g.initializer("w.scale", new float[] {0.5f, 0.5f, 0.25f, 0.25f}, 4), "w.zero"),
                Map.of("axis", 0L));
        x = g.relu(g.gemm(x, weight, g.initializer("b", new float[4], 4)));
        g.output(
                g.gemm(
                        x,
                        g.initializer("out", new float[] {1, 2, 1, 2, 3, 4, 3, 4}, 2, 4),
                        g.initializer("c", new float[2], 2)),
                -1,
                2);
        Onnx.ModelProto.Builder model = g.build().toBuilder();
        model.getGraphBuilder().addInitializer(bytes("w.bytes", new byte[] {2, 4, 1, 3, 2, 4, 1, 5}, 4, 2));
        model.getGraphBuilder().addInitializer(bytes("w.zero", new byte[] {0, 0, 0, -1}, 4));
        return model.build();
    }

    private static Onnx.TensorProto bytes(String name, byte[] values, long... shape) {
        Onnx.TensorProto.Builder tensor = Onnx.TensorProto.newBuilder()
                .setName(name)
                .setDataType(Onnx.TensorProto.DataType.INT8_VALUE)
                .setRawData(ByteString.copyFrom(values));
        for (long d : shape) {
            tensor.addDims(d);
        }
        return tensor.build();
    }
}

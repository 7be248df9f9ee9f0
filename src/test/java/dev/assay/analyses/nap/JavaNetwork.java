package dev.assay.analyses.nap;

import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A fully connected ReLU network in plain Java, in float32; the same weights can be written as ONNX. */
final class JavaNetwork implements Model {

    private final float[][][] weights;
    private final float[][] biases;

    /**
     * @param weights {@code [layer][out][in]}
     * @param biases {@code [layer][out]}
     */
    JavaNetwork(float[][][] weights, float[][] biases) {
        this.weights = weights;
        this.biases = biases;
    }

    /** The toy network of golden values G1. */
    static JavaNetwork toy() {
        return new JavaNetwork(
                new float[][][] {
                    {{1, 1}, {1, 1}, {1, -1}, {-1, 1}}, {{0, 0, 0, 0}, {2, -6, 0.25f, 0.25f}},
                },
                new float[][] {{-0.5f, -1.5f, 0, 0}, {0.5f, 0}});
    }

    /** Random weights. */
    static JavaNetwork random(long seed, int... widths) {
        Random random = new Random(seed);
        float[][][] weights = new float[widths.length - 1][][];
        float[][] biases = new float[widths.length - 1][];
        for (int l = 0; l < weights.length; l++) {
            weights[l] = new float[widths[l + 1]][widths[l]];
            biases[l] = new float[widths[l + 1]];
            for (int o = 0; o < widths[l + 1]; o++) {
                biases[l][o] = (float) random.nextGaussian() / 4;
                for (int i = 0; i < widths[l]; i++) {
                    weights[l][o][i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / widths[l]));
                }
            }
        }
        return new JavaNetwork(weights, biases);
    }

    /** Writes the network as ONNX and opens it with ONNX Runtime. */
    Model onnx(Path file) throws Exception {
        write(file);
        return (Model) new OnnxKind().open(Location.of(file));
    }

    /** Writes the network as ONNX. */
    void write(Path file) throws IOException {
        OnnxGraphBuilder g = new OnnxGraphBuilder("toy");
        int in = weights[0][0].length;
        String x = g.input("x", -1, in);
        for (int l = 0; l < weights.length; l++) {
            int out = weights[l].length;
            float[] flat = new float[out * in];
            for (int o = 0; o < out; o++) {
                System.arraycopy(weights[l][o], 0, flat, o * in, in);
            }
            x = g.gemm(x, g.initializer("w" + l, flat, out, in), g.initializer("b" + l, biases[l], out));
            if (l < weights.length - 1) {
                x = g.named("relu" + (l + 1), g.relu(x));
            }
            in = out;
        }
        g.output(x, -1, in);
        g.write(file);
    }

    /** Values entering the ReLUs of every hidden layer, then the scores. */
    float[][] forward(float[] sample) {
        float[][] values = new float[weights.length][];
        float[] x = sample;
        for (int l = 0; l < weights.length; l++) {
            float[] z = new float[weights[l].length];
            for (int o = 0; o < z.length; o++) {
                float sum = biases[l][o];
                for (int i = 0; i < x.length; i++) {
                    sum += weights[l][o][i] * x[i];
                }
                z[o] = sum;
            }
            values[l] = z;
            x = new float[z.length];
            for (int o = 0; o < z.length; o++) {
                x[o] = Math.max(0, z[o]);
            }
        }
        return values;
    }

    /** The first greatest score. */
    int decide(float[] sample) {
        float[] scores = forward(sample)[weights.length - 1];
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    @Override
    public Inference open(InferenceOptions options) {
        List<Integer> captured = new ArrayList<>();
        for (String name : options.capture()) {
            captured.add(Integer.parseInt(name.substring(1)) - 1);
        }
        int in = weights[0][0].length;
        return new Inference() {
            @Override
            public Activations run(FloatBuffer samples, int count) {
                float[][][] rows = new float[count][][];
                for (int r = 0; r < count; r++) {
                    float[] sample = new float[in];
                    samples.get(samples.position() + r * in, sample);
                    rows[r] = forward(sample);
                }
                return new Rows(rows, captured);
            }

            @Override
            public void close() {}
        };
    }

    private record Rows(float[][][] rows, List<Integer> layers) implements Inference.Activations {

        private FloatBuffer layer(int layer) {
            FloatBuffer buffer = FloatBuffer.allocate(rows.length * (rows.length == 0 ? 0 : rows[0][layer].length));
            for (float[][] row : rows) {
                buffer.put(row[layer]);
            }
            return buffer.flip();
        }

        @Override
        public FloatBuffer scores() {
            return layer(rows[0].length - 1);
        }

        @Override
        public FloatBuffer captured(int index) {
            return layer(layers.get(index));
        }

        @Override
        public void close() {}
    }

    @Override
    public List<ReluLayer> reluLayers() {
        List<ReluLayer> layers = new ArrayList<>();
        int offset = 0;
        for (int l = 0; l < weights.length - 1; l++) {
            int width = weights[l].length;
            layers.add(new ReluLayer(l + 1, "relu" + (l + 1), "z" + (l + 1), new int[] {width}, offset, true));
            offset += width;
        }
        return layers;
    }

    @Override
    public String format() {
        return "Java";
    }

    @Override
    public String sha256() {
        return "0".repeat(64);
    }

    @Override
    public TensorInfo input() {
        return new TensorInfo("x", "float32", new int[] {weights[0][0].length});
    }

    @Override
    public TensorInfo output() {
        return new TensorInfo("y", "float32", new int[] {weights[weights.length - 1].length});
    }

    @Override
    public List<Layer> layers() {
        return List.of();
    }

    @Override
    public List<TensorInfo> tensors() {
        return List.of();
    }

    @Override
    public float[] values(TensorInfo tensor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long parameterCount() {
        return 0;
    }

    @Override
    public String withoutRelus() {
        return "";
    }

    @Override
    public String name() {
        return "toy network";
    }

    @Override
    public Location location() {
        return Location.of(Path.of("toy"));
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public String summary() {
        return "";
    }

    @Override
    public void close() {}
}

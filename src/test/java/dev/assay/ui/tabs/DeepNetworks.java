package dev.assay.ui.tabs;

import dev.assay.model.onnx.OnnxGraphBuilder;
import java.util.Random;

/** Generated ONNX networks of many layers. */
public final class DeepNetworks {

    private static final int CHANNELS = 4;
    private static final int SIDE = 8;
    private static final int NODES_OF_A_BLOCK = 7;

    private final Random random = new Random(3);
    private final OnnxGraphBuilder graph = new OnnxGraphBuilder("deep");
    private int number;

    private DeepNetworks() {}

    /**
     * A network of residual blocks over images of 8 x 8 pixels.
     *
     * @param stages numbers of blocks; before each stage after the first a pooling
     */
    public static OnnxGraphBuilder residual(int... stages) {
        return new DeepNetworks().build(stages);
    }

    /** A residual network of about that many nodes, whose blocks differ at random, so that few can be folded. */
    public static OnnxGraphBuilder ofNodes(int nodes) {
        DeepNetworks made = new DeepNetworks();
        String x = made.conv(made.graph.input("image", -1, 1, SIDE, SIDE), 1, 3);
        for (int n = 2; n + NODES_OF_A_BLOCK <= nodes - 4; n += NODES_OF_A_BLOCK) {
            x = made.block(x, 1 + 2 * made.random.nextInt(3), 1 + 2 * made.random.nextInt(3));
        }
        return made.end(x);
    }

    private OnnxGraphBuilder build(int[] stages) {
        String x = conv(graph.input("image", -1, 1, SIDE, SIDE), 1, 3);
        for (int s = 0; s < stages.length; s++) {
            if (s > 0) {
                x = graph.named("pool_" + s, graph.maxPool(x, 2, 2));
            }
            for (int b = 0; b < stages[s]; b++) {
                x = block(x, 3, 3);
            }
        }
        return end(x);
    }

    private OnnxGraphBuilder end(String x) {
        String pooled = graph.flatten(graph.globalAveragePool(x), 1);
        graph.output(
                graph.named("classifier", graph.gemm(
                        pooled, graph.initializer("classifier.weight", values(10 * CHANNELS), 10, CHANNELS),
                        graph.initializer("classifier.bias", values(10), 10))),
                -1, 10);
        return graph;
    }

    private String block(String x, int firstKernel, int secondKernel) {
        String inner = graph.relu(norm(conv(x, CHANNELS, firstKernel)));
        String out = norm(conv(inner, CHANNELS, secondKernel));
        return graph.named("relu_" + ++number, graph.relu(graph.add(out, x)));
    }

    private String conv(String x, int in, int kernel) {
        int n = ++number;
        String weight = graph.initializer(
                "conv_" + n + ".weight", values(CHANNELS * in * kernel * kernel), CHANNELS, in, kernel, kernel);
        return graph.named("conv_" + n, graph.conv(
                x, weight, graph.initializer("conv_" + n + ".bias", values(CHANNELS), CHANNELS), 1, kernel / 2));
    }

    private String norm(String x) {
        int n = ++number;
        String[] names = new String[4];
        for (int i = 0; i < names.length; i++) {
            float[] ones = new float[CHANNELS];
            java.util.Arrays.fill(ones, i == 0 || i == 3 ? 1 : 0);
            names[i] = graph.initializer("norm_" + n + "." + i, ones, CHANNELS);
        }
        return graph.batchNormalization(x, names[0], names[1], names[2], names[3], 1e-5f);
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * 0.2);
        }
        return values;
    }
}

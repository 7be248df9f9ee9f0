package dev.assay.analyses.snr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.assay.analysis.AnalysisException;
import dev.assay.model.onnx.OnnxGraphBuilder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/** The two networks that the training brings along: how they are built, start, and become ONNX. */
final class EncoderNetwork {

    private static final int[] CHANNELS = {16, 32, 64};
    private static final int HIDDEN = 256;
    private static final int HIDDEN_LAYERS = 2;
    private static final float EPSILON = 1e-5f;

    private EncoderNetwork() {}

    static SequentialBlock conv(int[] sample, int dimension, String data) throws AnalysisException {
        if (sample.length != 3 || sample[1] < 8 || sample[2] < 8) {
            throw new AnalysisException(
                    "the convolutional encoder takes pictures of at least 8x8",
                    data,
                    "use encoder=mlp for other samples");
        }
        SequentialBlock block = new SequentialBlock();
        for (int channels : CHANNELS) {
            block.add(Conv2d.builder()
                    .setKernelShape(new Shape(3, 3))
                    .setFilters(channels)
                    .optPadding(new Shape(1, 1))
                    .build())
                    .add(BatchNorm.builder().optEpsilon(EPSILON).optMomentum(0.9f).build())
                    .add(Activation::relu)
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        return block.add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(dimension).build());
    }

    static SequentialBlock mlp(int inputs, int dimension) {
        SequentialBlock block = new SequentialBlock().add(Blocks.batchFlattenBlock(inputs));
        for (int layer = 0; layer < HIDDEN_LAYERS; layer++) {
            block.add(Linear.builder().setUnits(HIDDEN).build()).add(Activation::relu);
        }
        return block.add(Linear.builder().setUnits(dimension).build());
    }

    /**
     * Makes the values of an embedding have mean 0 and variance 1 over a batch. Codes need it: the outputs of a new
     * network are much alike, and a term that pulls them to -1 or 1 would pull all samples to the same code.
     */
    static SequentialBlock balanced(SequentialBlock block) {
        return block.add(BatchNorm.builder()
                .optCenter(false)
                .optScale(false)
                .optEpsilon(EPSILON)
                .optMomentum(0.9f)
                .build());
    }

    /** Sets weights and biases to uniform values within one over the root of the number of inputs. */
    static void start(Block block, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Block layer : block.getChildren().values()) {
            if (layer instanceof Conv2d || layer instanceof Linear) {
                Parameter weight = layer.getParameters().get("weight");
                Parameter bias = layer.getParameters().get("bias");
                long[] shape = weight.getArray().getShape().getShape();
                long inputs = 1;
                for (int d = 1; d < shape.length; d++) {
                    inputs *= shape[d];
                }
                fill(weight.getArray(), random, 1 / Math.sqrt(inputs));
                fill(bias.getArray(), random, 1 / Math.sqrt(inputs));
            }
        }
    }

    private static void fill(NDArray array, SplittableRandom random, double bound) {
        float[] values = new float[Math.toIntExact(array.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        array.set(FloatBuffer.wrap(values));
    }

    /** Writes a network of this class as ONNX, from its weights. */
    static OnnxGraphBuilder onnx(Block block, EncoderKind kind, int[] sample, int dimension) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("encoder");
        int[] shape = new int[sample.length + 1];
        shape[0] = -1;
        System.arraycopy(sample, 0, shape, 1, sample.length);
        String x = graph.input("input", shape);
        if (kind == EncoderKind.MLP && sample.length != 1) {
            x = graph.flatten(x, 1);
        }
        int number = 0;
        int linear = 0;
        boolean ended = false;
        for (Block layer : block.getChildren().values()) {
            if (layer instanceof Conv2d) {
                String name = "conv" + ++number;
                x = graph.named(
                        name,
                        graph.conv(x, stored(graph, layer, "weight", name), stored(graph, layer, "bias", name), 1, 1));
            } else if (layer instanceof BatchNorm && ended) {
                x = normed(graph, x, layer, "balanced");
            } else if (layer instanceof BatchNorm) {
                x = normed(graph, x, layer, "norm" + number);
                x = graph.named("relu" + number, graph.relu(x));
                x = graph.named("pool" + number, graph.maxPool(x, 2, 2));
            } else if (layer instanceof Linear) {
                boolean last = kind == EncoderKind.CONV || linear == HIDDEN_LAYERS;
                String name = last ? "embedding" : "dense" + ++linear;
                if (kind == EncoderKind.CONV) {
                    x = graph.named("flatten", graph.flatten(x, 1));
                }
                x = graph.named(
                        name, graph.gemm(x, stored(graph, layer, "weight", name), stored(graph, layer, "bias", name)));
                ended = last;
                if (!last) {
                    x = graph.named("relu" + linear, graph.relu(x));
                }
            }
        }
        graph.output(x, -1, dimension);
        return graph;
    }

    private static String normed(OnnxGraphBuilder graph, String x, Block layer, String name) {
        return graph.named(
                name,
                graph.batchNormalization(
                        x,
                        stored(graph, layer, "gamma", name),
                        stored(graph, layer, "beta", name),
                        stored(graph, layer, "runningMean", name),
                        stored(graph, layer, "runningVar", name),
                        EPSILON));
    }

    private static String stored(OnnxGraphBuilder graph, Block layer, String parameter, String name) {
        NDArray array = layer.getParameters().get(parameter).getArray();
        int[] shape = new int[array.getShape().dimension()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Math.toIntExact(array.getShape().get(i));
        }
        return graph.initializer(name + "." + parameter, array.toFloatArray(), shape);
    }
}

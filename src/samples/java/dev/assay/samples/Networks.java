package dev.assay.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import dev.assay.model.onnx.OnnxGraphBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** The two sample networks: how DJL builds them, and how the trained weights become ONNX. */
enum Networks {

    /** 784 inputs, four hidden layers of 256 ReLU units, 10 scores. */
    FULLY_CONNECTED("digits-784-256x4-10.onnx", DigitPainter.SIZE * DigitPainter.SIZE) {
        @Override
        SequentialBlock block() {
            SequentialBlock block = new SequentialBlock().add(Blocks.batchFlattenBlock(PIXELS));
            for (int layer = 0; layer < HIDDEN_LAYERS; layer++) {
                block.add(Linear.builder().setUnits(HIDDEN_UNITS).build()).add(Activation::relu);
            }
            return block.add(Linear.builder().setUnits(CLASSES).build());
        }

        @Override
        void export(List<Layer> layers, OnnxGraphBuilder graph) {
            String x = graph.input(INPUT, -1, PIXELS);
            for (int k = 0; k < HIDDEN_LAYERS; k++) {
                x = graph.named("relu" + (k + 1), graph.relu(dense(graph, "dense" + (k + 1), layers.get(k), x)));
            }
            graph.output(dense(graph, OUTPUT, layers.get(HIDDEN_LAYERS), x), -1, CLASSES);
        }
    },

    /** Two blocks of 3 x 3 convolution, ReLU and 2 x 2 max pooling with 8 and 16 channels, then 10 scores. */
    CONVOLUTIONAL("digits-cnn.onnx", 1, DigitPainter.SIZE, DigitPainter.SIZE) {
        @Override
        SequentialBlock block() {
            return new SequentialBlock()
                    .add(convolution(8))
                    .add(Activation::relu)
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                    .add(convolution(16))
                    .add(Activation::relu)
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                    .add(Blocks.batchFlattenBlock())
                    .add(Linear.builder().setUnits(CLASSES).build());
        }

        @Override
        void export(List<Layer> layers, OnnxGraphBuilder graph) {
            String x = graph.input(INPUT, -1, 1, DigitPainter.SIZE, DigitPainter.SIZE);
            for (int k = 0; k < 2; k++) {
                Layer layer = layers.get(k);
                String name = "conv" + (k + 1);
                x = graph.named(name, graph.conv(x, layer.weight(graph, name), layer.bias(graph, name), 1, 1));
                x = graph.named("relu" + (k + 1), graph.relu(x));
                x = graph.named("pool" + (k + 1), graph.maxPool(x, 2, 2));
            }
            x = graph.named("flatten", graph.flatten(x, 1));
            graph.output(dense(graph, OUTPUT, layers.get(2), x), -1, CLASSES);
        }
    };

    /** Name of the ONNX input. */
    static final String INPUT = "image";

    /** Number of scores. */
    static final int CLASSES = 10;

    private static final String OUTPUT = "scores";
    private static final int PIXELS = DigitPainter.SIZE * DigitPainter.SIZE;
    private static final int HIDDEN_LAYERS = 4;
    private static final int HIDDEN_UNITS = 256;

    private final String fileName;
    private final long[] sampleShape;

    Networks(String fileName, long... sampleShape) {
        this.fileName = fileName;
        this.sampleShape = sampleShape;
    }

    /** Name of the file that the trained network is kept in. */
    String fileName() {
        return fileName;
    }

    /** Shape of a batch of images at the ONNX input. */
    long[] inputShape(int batch) {
        return LongStream.concat(LongStream.of(batch), LongStream.of(sampleShape)).toArray();
    }

    /** The untrained network; it takes images as [N, 1, 28, 28]. */
    abstract SequentialBlock block();

    abstract void export(List<Layer> layers, OnnxGraphBuilder graph);

    /** Writes a trained block as ONNX. */
    void write(Block block, Path file) throws IOException {
        List<Layer> layers = block.getChildren().values().stream()
                .filter(child -> !child.getParameters().isEmpty())
                .map(Layer::of)
                .toList();
        OnnxGraphBuilder graph = new OnnxGraphBuilder(fileName.replace(".onnx", ""));
        export(layers, graph);
        graph.write(file);
    }

    private static Block convolution(int channels) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(channels)
                .optPadding(new Shape(1, 1))
                .build();
    }

    private static String dense(OnnxGraphBuilder graph, String name, Layer layer, String x) {
        return graph.named(name, graph.gemm(x, layer.weight(graph, name), layer.bias(graph, name)));
    }

    /** Weights and biases of one layer, as DJL keeps them: [out, in] or [out, in, height, width]. */
    record Layer(NDArray weights, NDArray biases) {

        static Layer of(Block block) {
            return new Layer(
                    block.getParameters().get("weight").getArray(),
                    block.getParameters().get("bias").getArray());
        }

        String weight(OnnxGraphBuilder graph, String name) {
            int[] shape = new int[weights.getShape().dimension()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = Math.toIntExact(weights.getShape().get(i));
            }
            return graph.initializer(name + ".weight", weights.toFloatArray(), shape);
        }

        String bias(OnnxGraphBuilder graph, String name) {
            return graph.initializer(name + ".bias", biases.toFloatArray(), Math.toIntExact(biases.size()));
        }
    }
}

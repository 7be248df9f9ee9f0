package dev.assay.analyses.complexity;

import dev.assay.model.onnx.OnnxGraphBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes a network of VGG16's size with random weights: 13 convolutions and three linear layers on 224 x 224 pixels (138
 * million parameters), or on 32 x 32 pixels with a single linear layer (15 million). Arguments: the file, and {@code
 * imagenet} or {@code cifar}.
 */
public final class VggNetwork {

    private static final int[][] STAGES = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};

    private VggNetwork() {}

    /** Starts it. */
    public static void main(String[] args) throws IOException {
        boolean large = args.length > 1 && args[1].equals("imagenet");
        Random random = new Random(1);
        OnnxGraphBuilder g = new OnnxGraphBuilder("vgg16");
        int side = large ? 224 : 32;
        String x = g.input("x", -1, 3, side, side);
        int channels = 3;
        for (int s = 0; s < STAGES.length; s++) {
            for (int k = 0; k < STAGES[s].length; k++) {
                String name = "conv" + (s + 1) + "_" + (k + 1);
                int to = STAGES[s][k];
                x = g.relu(g.conv(
                        x, weights(g, random, name + ".weight", to, channels, 3, 3),
                        g.initializer(name + ".bias", new float[to], to), 1, 1));
                channels = to;
            }
            x = g.maxPool(x, 2, 2);
        }
        x = g.flatten(x, 1);
        int width = 512 * (side / 32) * (side / 32);
        if (large) {
            for (int k = 1; k <= 2; k++) {
                x = g.relu(g.gemm(
                        x, weights(g, random, "fc" + k + ".weight", 4096, width),
                        g.initializer("fc" + k + ".bias", new float[4096], 4096)));
                width = 4096;
            }
        }
        int classes = large ? 1000 : 10;
        x = g.gemm(
                x, weights(g, random, "classes.weight", classes, width),
                g.initializer("classes.bias", new float[classes], classes));
        g.output(x, -1, classes);
        g.write(Path.of(args[0]));
    }

    private static String weights(OnnxGraphBuilder g, Random random, String name, int... shape) {
        int size = IntStream.of(shape).reduce(1, Math::multiplyExact);
        double scale = Math.sqrt(2.0 * shape[0] / size);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return g.initializer(name, values, shape);
    }
}

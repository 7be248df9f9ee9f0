package dev.assay.ui.tabs;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A network of that many dense layers of 16 ReLU units over 8 x 8 images. */
final class FakeModel implements Model {

    private final int blocks;
    private final boolean relus;
    float fill = Float.NaN;
    boolean broken;

    FakeModel(int blocks, boolean relus) {
        this.blocks = blocks;
        this.relus = relus;
    }

    @Override
    public String name() {
        return "net_8x8.onnx";
    }

    @Override
    public Location location() {
        return Location.of(Path.of("/data/net_8x8.onnx"));
    }

    @Override
    public List<Path> files() {
        return List.of(location().path());
    }

    @Override
    public String summary() {
        return blocks + "x16 ReLU";
    }

    @Override
    public void close() {}

    @Override
    public String format() {
        return "ONNX opset 9";
    }

    @Override
    public String sha256() {
        return "0123456789abcdef".repeat(4);
    }

    @Override
    public TensorInfo input() {
        return new TensorInfo("x", "float32", new int[] {1, 8, 8});
    }

    @Override
    public TensorInfo output() {
        return new TensorInfo("y", "float32", new int[] {16});
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int b = 0; b < blocks; b++) {
            int inputs = b == 0 ? 64 : 16;
            layers.add(new Layer(
                    "dense_" + b,
                    "Gemm",
                    new int[] {16},
                    16L * inputs + 16,
                    List.of("dense_" + b + ".weight", "dense_" + b + ".bias"),
                    List.of()));
            layers.add(new Layer("relu_" + b, relus ? "Relu" : "Tanh", new int[] {16}, 0, List.of(), List.of()));
        }
        return layers;
    }

    @Override
    public List<TensorInfo> tensors() {
        return IntStream.range(0, blocks)
                .boxed()
                .flatMap(b -> List.of(
                        new TensorInfo("dense_" + b + ".weight", "float32", new int[] {16, b == 0 ? 64 : 16}),
                        new TensorInfo("dense_" + b + ".bias", "float32", new int[] {16}))
                        .stream())
                .toList();
    }

    @Override
    public float[] values(TensorInfo tensor) throws InputException {
        if (broken) {
            throw new InputException("the file ends before the weights do", name(), "get it again");
        }
        float[] values = new float[(int) tensor.size()];
        Random random = new Random(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.isNaN(fill) ? (float) (random.nextGaussian() * 0.2) : fill;
        }
        if (fill == Float.NEGATIVE_INFINITY) {
            Arrays.fill(values, Float.NaN);
        }
        return values;
    }

    @Override
    public long parameterCount() {
        return layers().stream().mapToLong(Layer::parameters).sum();
    }

    @Override
    public List<ReluLayer> reluLayers() {
        return !relus
                ? List.of()
                : IntStream.range(0, blocks)
                        .mapToObj(b -> new ReluLayer(b + 1, "relu_" + b, "dense_" + b, new int[] {16}, 16 * b, true))
                        .toList();
    }

    @Override
    public List<String> notes() {
        return List.of("The softmax at the end is left out.");
    }

    @Override
    public String withoutRelus() {
        return relus ? "" : "This network has Tanh units and no ReLU units.";
    }

    @Override
    public Inference open(InferenceOptions options) {
        throw new UnsupportedOperationException("never run in these tests");
    }
}

package dev.assay.model.torchscript;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.Engines;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ModelFile;
import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A TorchScript network. PyTorch runs it as a whole, so there are scores and weights, but no inner activations. The
 * engine is loaded by the first such model.
 *
 * <p>A TorchScript file does not say what it takes: the sample's shape comes from the user, or from the first weight
 * when that belongs to a fully connected layer.
 */
final class TorchScriptModel implements Model {

    private static final String ENGINE = "PyTorch";

    private static final double TOLERANCE = 1e-3;

    private static final String WITHOUT_RELUS = "TorchScript hides inner activations; export the network to ONNX with"
            + " torch.onnx.export(model, example_input, 'model.onnx', dynamic_axes={'input': {0: 'N'}},"
            + " input_names=['input']).";

    private final Location location;
    private final ModelFile file;
    private final ai.djl.Model engine;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final TensorInfo input;
    private final TensorInfo output;
    private final boolean oneByOne;
    private String sha256 = "";

    private TorchScriptModel(Location location, ModelFile file, ai.djl.Model engine, int[] asked)
            throws InputException {
        this.location = location;
        this.file = file;
        this.engine = engine;
        for (Pair<String, Parameter> entry : engine.getBlock().getParameters()) {
            NDArray array = entry.getValue().getArray();
            weights.put(array.getName() == null ? entry.getKey() : array.getName(), array);
        }
        int[] sample = asked.length > 0 ? asked : guessed();
        input = new TensorInfo("input", "float32", sample);
        float[] samples = random(2 * (int) input.size());
        Scores first = forward(samples, 0, 1);
        Scores second = forward(samples, 1, 1);
        output = new TensorInfo("output", "float32", first.shape());
        oneByOne = !sameTogether(samples, first, second);
    }

    /** Scores of some samples, with the shape of one. */
    record Scores(float[] values, int[] shape) {}

    /**
     * Opens a network.
     *
     * @param sampleShape the sample's shape; empty to go by the first weight
     * @throws InputException when the file is no TorchScript, the engine is not there, or the shape does not fit
     */
    static TorchScriptModel open(Location location, int[] sampleShape) throws InputException {
        ModelFile file = ModelFile.of(location);
        TorchScriptArchive.check(file);
        String where = file.path().toString();
        ai.djl.Model engine;
        try {
            engine = ai.djl.Model.newInstance(location.fileName(), Device.cpu(), ENGINE);
        } catch (EngineException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new InputException(
                    "PyTorch's native library cannot be loaded here (" + firstLine(e) + ")",
                    where,
                    "run 'assay doctor', or export the network to ONNX",
                    e);
        }
        try (InputStream in = Files.newInputStream(file.path())) {
            engine.load(in);
            return new TorchScriptModel(location, file, engine, sampleShape);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            engine.close();
            throw new InputException(
                    "PyTorch cannot read the file: " + firstLine(e), where, "save it again with torch.jit", e);
        } catch (InputException e) {
            engine.close();
            throw e;
        }
    }

    /** A copy of the network on a graphics processor; null where PyTorch has none. */
    ai.djl.Model onGraphics() throws InputException {
        Device device = Engines.pyTorch(true);
        if (!device.isGpu()) {
            return null;
        }
        ai.djl.Model copy = ai.djl.Model.newInstance(location.fileName(), device, ENGINE);
        try (InputStream in = Files.newInputStream(file.path())) {
            copy.load(in);
            return copy;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            copy.close();
            throw new InputException(
                    "PyTorch cannot put the network on " + device + ": " + firstLine(e), where(),
                    "run on the processor (--device cpu)", e);
        }
    }

    static String firstLine(Throwable e) {
        String message = e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().strip();
        List<String> lines = message.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("The following operation failed")
                        && !l.startsWith("Traceback"))
                .toList();
        // The interpreter prints its call stack first; what went wrong is said where it names the error.
        String said = lines.stream()
                .filter(l -> l.contains("Error: "))
                .map(l -> l.substring(l.indexOf("Error: ") + 7))
                .findFirst()
                .orElse(lines.isEmpty() ? message : lines.getFirst());
        return said.length() > 200 ? said.substring(0, 200) + "..." : said;
    }

    private int[] guessed() throws InputException {
        NDArray weight = weights.values().stream()
                .filter(w -> w.getShape().dimension() > 1)
                .findFirst()
                .orElse(null);
        if (weight == null || weight.getShape().dimension() != 2) {
            throw new InputException(
                    "a TorchScript file does not say the shape of its samples",
                    file.path().toString(),
                    "give it behind the path, such as ?shape=1x28x28");
        }
        return new int[] {(int) weight.getShape().get(1)};
    }

    private static float[] random(int count) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** Runs some of the samples. */
    Scores forward(float[] samples, int from, int count) throws InputException {
        return forward(engine, samples, from, count);
    }

    /** As above, by a copy of the network, e.g. on another device. */
    Scores forward(ai.djl.Model network, float[] samples, int from, int count) throws InputException {
        int size = (int) input.size();
        long[] dimensions = new long[input.shape().length + 1];
        dimensions[0] = count;
        for (int i = 1; i < dimensions.length; i++) {
            dimensions[i] = input.shape()[i - 1];
        }
        try (NDManager manager = network.getNDManager().newSubManager()) {
            NDArray batch = manager.create(
                    Arrays.copyOfRange(samples, from * size, (from + count) * size), new Shape(dimensions));
            NDList result = network.getBlock().forward(new ParameterStore(manager, true), new NDList(batch), false);
            NDArray scores = result.head().toType(DataType.FLOAT32, false);
            long[] shape = scores.getShape().getShape();
            boolean batched = shape.length > 0 && shape[0] == count;
            int[] own = Arrays.stream(shape)
                    .skip(batched ? 1 : 0)
                    .mapToInt(Math::toIntExact)
                    .toArray();
            float[] values = scores.toFloatArray();
            if (!batched && count > 1) {
                throw new InputException(
                        "the scores of " + count + " samples have the shape " + scores.getShape(), where(), "");
            }
            return new Scores(values, own);
        } catch (EngineException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new InputException(
                    "the network cannot be run on samples of " + input.shapeText() + ": " + firstLine(e),
                    where(),
                    "give the sample's shape behind the path, such as ?shape=1x28x28",
                    e);
        }
    }

    private boolean sameTogether(float[] samples, Scores first, Scores second) {
        Scores both;
        try {
            both = forward(samples, 0, 2);
        } catch (InputException e) {
            return false;
        }
        int width = first.values().length;
        if (both.values().length != 2 * width || !Arrays.equals(both.shape(), first.shape())) {
            return false;
        }
        for (int i = 0; i < 2 * width; i++) {
            float alone = i < width ? first.values()[i] : second.values()[i - width];
            boolean same = Float.compare(alone, both.values()[i]) == 0
                    || Math.abs(alone - both.values()[i]) <= TOLERANCE * Math.max(1, Math.abs(alone));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private String where() {
        return file.path().toString();
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public List<Path> files() {
        return List.of(file.path());
    }

    @Override
    public String summary() {
        return output.size() + (output.size() == 1 ? " score, " : " scores, ") + parameterCount() + " parameters";
    }

    @Override
    public String format() {
        return "TorchScript";
    }

    @Override
    public synchronized String sha256() throws InputException {
        if (sha256.isEmpty()) {
            sha256 = file.sha256();
        }
        return sha256;
    }

    @Override
    public TensorInfo input() {
        return input;
    }

    @Override
    public TensorInfo output() {
        return output;
    }

    /** The modules that have weights; how they are joined is not said in the file. */
    @Override
    public List<Layer> layers() {
        Map<String, List<TensorInfo>> modules = new LinkedHashMap<>();
        for (TensorInfo tensor : tensors()) {
            int dot = tensor.name().lastIndexOf('.');
            String module = dot < 0 ? "network" : tensor.name().substring(0, dot);
            modules.computeIfAbsent(module, m -> new ArrayList<>()).add(tensor);
        }
        List<Layer> layers = new ArrayList<>();
        modules.forEach((module, tensors) -> layers.add(new Layer(
                module,
                "Module",
                new int[] {-1},
                tensors.stream().mapToLong(TensorInfo::size).sum(),
                tensors.stream().map(TensorInfo::name).toList(),
                List.of())));
        return layers;
    }

    @Override
    public List<TensorInfo> tensors() {
        List<TensorInfo> tensors = new ArrayList<>();
        weights.forEach((name, array) -> tensors.add(new TensorInfo(
                name,
                array.getDataType().toString(),
                Arrays.stream(array.getShape().getShape())
                        .mapToInt(Math::toIntExact)
                        .toArray())));
        return tensors;
    }

    @Override
    public float[] values(TensorInfo tensor) throws InputException {
        NDArray array = weights.get(tensor.name());
        if (array == null) {
            throw new InputException("the model stores no tensor '" + tensor.name() + "'", where(), "");
        }
        try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
            return floats.toFloatArray();
        }
    }

    @Override
    public long parameterCount() {
        return weights.values().stream().mapToLong(NDArray::size).sum();
    }

    @Override
    public List<ReluLayer> reluLayers() {
        return List.of();
    }

    @Override
    public String withoutRelus() {
        return WITHOUT_RELUS;
    }

    @Override
    public List<String> notes() {
        List<String> notes =
                new ArrayList<>(List.of("TorchScript is a program: open only files that you trust.", WITHOUT_RELUS));
        if (oneByOne) {
            notes.add(TorchScriptInference.SLOW);
        }
        return notes;
    }

    @Override
    public Inference open(InferenceOptions options) throws InputException {
        if (!options.capture().isEmpty()) {
            throw new InputException(
                    "the inner tensor '" + options.capture().getFirst() + "' cannot be seen",
                    where(),
                    "export the network to ONNX");
        }
        for (TensorInfo tensor : tensors()) {
            for (float v : values(tensor)) {
                if (!Float.isFinite(v)) {
                    throw new InputException(
                            "tensor '" + tensor.name() + "' holds " + (Float.isNaN(v) ? "NaN" : "an infinite value"),
                            where(),
                            "the training diverged or the export went wrong; use an earlier checkpoint");
                }
            }
        }
        return new TorchScriptInference(this, options, oneByOne);
    }

    @Override
    public void close() {
        engine.close();
    }
}

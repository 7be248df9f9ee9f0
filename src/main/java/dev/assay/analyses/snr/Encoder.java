package dev.assay.analyses.snr;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.assay.analysis.AnalysisException;
import dev.assay.model.Engines;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A network that maps samples to rows, with Adam, on DJL's PyTorch engine. The loss hands in the derivatives by the
 * rows; the engine carries them back to the weights. Used by one thread.
 */
final class Encoder implements AutoCloseable {

    private static final String ENGINE = "PyTorch";
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final int EVALUATION_BATCH = 256;

    private final EncoderKind kind;
    private final int[] sample;
    private final int inputs;
    private final Model model;
    private final NDManager manager;
    private final Block block;
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> means = new ArrayList<>();
    private final List<NDArray> variances = new ArrayList<>();
    /** Threads that the engine had for the calling thread before; 0 when they were left alone. */
    private final int threadsBefore;

    private int dimension;
    private long updates;

    private Encoder(EncoderKind kind, int[] sample, Model model) {
        this.kind = kind;
        this.sample = sample;
        this.inputs = Arrays.stream(sample).reduce(1, Math::multiplyExact);
        this.model = model;
        this.manager = model.getNDManager();
        this.block = model.getBlock();
        // Layers this small are faster by one thread: the engine's threads wait for each other actively, which takes
        // long where there is other work.
        this.threadsBefore = kind == EncoderKind.MLP ? JniUtils.getNumThreads() : 0;
        if (threadsBefore > 0) {
            JniUtils.setNumThreads(1);
        }
    }

    /**
     * A new network of the program's own.
     *
     * @param balanced whether every value of the embedding gets mean 0 and variance 1 over a batch
     * @param data name of the data, for messages
     * @param graphics whether PyTorch may use a graphics processor
     */
    static Encoder create(EncoderKind kind, int[] sample, int dimension, boolean balanced, long seed, String data,
            boolean graphics) throws AnalysisException {
        int inputs = Arrays.stream(sample).reduce(1, Math::multiplyExact);
        SequentialBlock block = kind == EncoderKind.CONV
                ? EncoderNetwork.conv(sample, dimension, data)
                : EncoderNetwork.mlp(inputs, dimension);
        if (balanced) {
            EncoderNetwork.balanced(block);
        }
        Model model = Model.newInstance("encoder", Engines.pyTorch(graphics), ENGINE);
        model.setBlock(block);
        block.initialize(model.getNDManager(), DataType.FLOAT32, batchShape(sample, 1));
        EncoderNetwork.start(block, seed);
        Encoder encoder = new Encoder(kind, sample, model);
        encoder.dimension = dimension;
        encoder.watchWeights();
        return encoder;
    }

    /** The user's own module, all of whose weights are trained. */
    static Encoder load(Path file, int[] sample, boolean graphics) throws AnalysisException {
        Model model = Model.newInstance("encoder", Engines.pyTorch(graphics), ENGINE);
        try {
            Path absolute = file.toAbsolutePath();
            model.load(absolute.getParent(), absolute.getFileName().toString(), Map.of("trainParam", "true"));
            Encoder encoder = new Encoder(EncoderKind.MODEL, sample, model);
            encoder.watchWeights();
            if (encoder.weights.isEmpty()) {
                throw new AnalysisException(
                        "the module has no weights that can be trained", file.toString(),
                        "save it with its parameters");
            }
            encoder.dimension = encoder.encode(new float[encoder.inputs], 1, () -> {}).length;
            return encoder;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new AnalysisException(
                    "the module cannot be trained (" + firstLine(e) + ")",
                    file.toString(),
                    "save it with torch.jit.script, without freezing it, for samples of this shape",
                    e);
        } catch (AnalysisException e) {
            model.close();
            throw e;
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    private void watchWeights() {
        for (Pair<String, Parameter> entry : block.getParameters()) {
            Parameter parameter = entry.getValue();
            NDArray array = parameter.getArray();
            if (parameter.requiresGradient() && array.getDataType().isFloating()) {
                array.setRequiresGradient(true);
                weights.add(array);
                means.add(manager.zeros(array.getShape()));
                variances.add(manager.zeros(array.getShape()));
            }
        }
    }

    private static Shape batchShape(int[] sample, int count) {
        long[] shape = new long[sample.length + 1];
        shape[0] = count;
        for (int i = 0; i < sample.length; i++) {
            shape[i + 1] = sample[i];
        }
        return new Shape(shape);
    }

    int dimension() {
        return dimension;
    }

    /**
     * One step of Adam.
     *
     * @param samples side by side, each flattened
     * @param loss derivatives by the rows from the rows, row-major; null to leave the weights as they are
     */
    void step(float[] samples, int count, double rate, double decay, Function<float[], float[]> loss) {
        if (backAndForth(samples, count, loss)) {
            update(rate, decay);
        }
    }

    /** Forward and back without an update; whether gradients were taken. */
    boolean backAndForth(float[] samples, int count, Function<float[], float[]> loss) {
        Engine engine = Engine.getEngine(ENGINE);
        try (NDManager own = manager.newSubManager()) {
            boolean backed;
            // The engine collects gradients for one run at a time in the whole process.
            synchronized (engine) {
                try (GradientCollector collector = engine.newGradientCollector()) {
                    NDArray rows = forward(own, samples, count, true);
                    float[] gradient = loss.apply(rows.toFloatArray());
                    backed = gradient != null;
                    if (backed) {
                        collector.backward(rows.mul(own.create(gradient, rows.getShape())).sum());
                    }
                }
            }
            return backed;
        }
    }

    private NDArray forward(NDManager own, float[] samples, int count, boolean training) {
        NDArray batch = own.create(samples, batchShape(sample, count));
        NDArray rows = block.forward(new ParameterStore(own, false), new NDList(batch), training)
                .head();
        rows.attach(own);
        return rows.getShape().dimension() == 2 ? rows : rows.reshape(count, -1);
    }

    private void update(double rate, double decay) {
        updates++;
        double corrected = rate * Math.sqrt(1 - Math.pow(BETA2, updates)) / (1 - Math.pow(BETA1, updates));
        for (int i = 0; i < weights.size(); i++) {
            NDArray weight = weights.get(i);
            try (NDArray gradient = weight.getGradient()) {
                weight.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(weight, gradient, means.get(i), variances.get(i)),
                                new NDList(weight),
                                (float) rate,
                                (float) corrected,
                                (float) decay,
                                1,
                                -1,
                                BETA1,
                                BETA2,
                                EPSILON,
                                false,
                                false);
                gradient.muli(0);
            }
        }
    }

    /**
     * Rows of many samples, in evaluation mode.
     *
     * @param check called between batches, throws to stop
     */
    float[] encode(float[] samples, int count, Runnable check) {
        float[] rows = null;
        for (int from = 0; from < count; from += EVALUATION_BATCH) {
            check.run();
            int size = Math.min(EVALUATION_BATCH, count - from);
            try (NDManager own = manager.newSubManager()) {
                float[] part = forward(
                        own, Arrays.copyOfRange(samples, from * inputs, (from + size) * inputs), size, false)
                        .toFloatArray();
                if (rows == null) {
                    rows = new float[Math.multiplyExact(part.length / size, count)];
                }
                System.arraycopy(part, 0, rows, from * (part.length / size), part.length);
            }
        }
        return rows == null ? new float[0] : rows;
    }

    /** Writes the state of Adam and all arrays of the network, so that training goes on as if it had not stopped. */
    void save(DataOutputStream out) throws IOException {
        out.writeLong(updates);
        List<NDArray> arrays = state();
        out.writeInt(arrays.size());
        for (NDArray array : arrays) {
            float[] values = array.toFloatArray();
            out.writeInt(values.length);
            for (float value : values) {
                out.writeFloat(value);
            }
        }
    }

    /**
     * Reads what {@link #save} wrote into a network of the same kind.
     *
     * @throws IOException when it is cut short or belongs to another network
     */
    void restore(DataInputStream in) throws IOException {
        long steps = in.readLong();
        List<NDArray> arrays = state();
        if (in.readInt() != arrays.size()) {
            throw new IOException("it belongs to another network");
        }
        for (NDArray array : arrays) {
            if (in.readInt() != array.size()) {
                throw new IOException("it belongs to another network");
            }
            float[] values = new float[Math.toIntExact(array.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readFloat();
            }
            array.set(FloatBuffer.wrap(values));
        }
        updates = steps;
    }

    private List<NDArray> state() {
        List<NDArray> arrays = new ArrayList<>(means);
        arrays.addAll(variances);
        for (Pair<String, Parameter> entry : block.getParameters()) {
            arrays.add(entry.getValue().getArray());
        }
        return arrays;
    }

    /**
     * Writes the network for use elsewhere.
     *
     * @param stem path without an ending
     * @return the file that the workbench opens as a model
     */
    Path export(Path stem) throws IOException {
        String name = stem.getFileName().toString();
        if (kind == EncoderKind.MODEL) {
            Path file = stem.resolveSibling(name + ".pt");
            // The block itself would put a byte of the library's own before the archive.
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                JniUtils.writeModule((PtSymbolBlock) block, out, false);
            }
            return file;
        }
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(stem.resolveSibling(name + ".params")))) {
            block.saveParameters(out);
        }
        Path file = stem.resolveSibling(name + ".onnx");
        EncoderNetwork.onnx(block, kind, sample, dimension).write(file);
        return file;
    }

    @Override
    public void close() {
        if (threadsBefore > 0) {
            JniUtils.setNumThreads(threadsBefore);
        }
        model.close();
    }
}

package dev.assay.model.torchscript;

import ai.djl.pytorch.jni.JniUtils;
import dev.assay.analysis.InputException;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a TorchScript network. Each call has its own memory in the engine, released before it returns. */
final class TorchScriptInference implements Inference {

    /** What the user is told of a network that takes one sample at a time. */
    static final String SLOW =
            "The network takes one sample per call, so it runs slowly; trace it with a larger batch.";

    private final TorchScriptModel model;
    private final InferenceOptions options;
    private final boolean oneByOne;
    /** A copy on a graphics processor; null on the processor. */
    private final ai.djl.Model graphics;
    private final AtomicBoolean closed = new AtomicBoolean();

    TorchScriptInference(TorchScriptModel model, InferenceOptions options, boolean oneByOne) throws InputException {
        this.graphics = options.graphics() ? model.onGraphics() : null;
        this.model = model;
        this.options = options;
        this.oneByOne = oneByOne;
    }

    @Override
    public String warning() {
        return oneByOne ? SLOW : "";
    }

    @Override
    public String place() {
        return graphics == null ? "" : graphics.getNDManager().getDevice() + " through PyTorch";
    }

    @Override
    public Activations run(FloatBuffer samples, int count) throws InputException {
        if (closed.get()) {
            throw new IllegalStateException("this inference is closed");
        }
        if (count < 1 || count > options.batchSize()) {
            throw new IllegalArgumentException("a batch holds 1 to " + options.batchSize() + " samples, not " + count);
        }
        int size = (int) model.input().size();
        float[] values = new float[Math.multiplyExact(count, size)];
        samples.get(samples.position(), values);
        // The engine keeps the number of threads per calling thread.
        JniUtils.setNumThreads(options.threads());
        int width = (int) model.output().size();
        FloatBuffer scores = ByteBuffer.allocateDirect(Math.multiplyExact(count * width, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        int step = oneByOne ? 1 : count;
        for (int from = 0; from < count; from += step) {
            scores.put(
                    graphics == null
                            ? model.forward(values, from, step).values()
                            : model.forward(graphics, values, from, step).values());
        }
        return new Scores(scores.flip());
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true) && graphics != null) {
            graphics.close();
        }
    }

    private record Scores(FloatBuffer values) implements Activations {

        @Override
        public FloatBuffer scores() {
            return values.duplicate();
        }

        @Override
        public FloatBuffer captured(int index) {
            throw new IndexOutOfBoundsException("nothing is captured of a TorchScript network");
        }

        @Override
        public void close() {
            // The buffer belongs to the garbage collector.
        }
    }
}

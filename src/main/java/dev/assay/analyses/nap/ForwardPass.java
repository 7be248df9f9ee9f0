package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BitLayout;
import dev.assay.data.BatchReader;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One pass of samples through the network: while a batch is inferred, the one after it is decoded and the states of the
 * one before it are packed, counted and stored.
 */
final class ForwardPass implements AutoCloseable {

    /** How long a wait may last before it looks whether the run was cancelled. */
    private static final long PATIENCE_MILLIS = 50;

    private static final int MOST_SAMPLES = 512;
    private static final long MOST_BYTES_PER_BATCH = 32L << 20;

    private final Neurons neurons;
    private final Classes classes;
    private final NapParameters parameters;
    private final RunContext context;
    private final Inference inference;
    private final ActivationPacking packing;
    private final int batchSize;
    private final int sampleSize;
    private final String modelName;

    /** Prepares the network. */
    ForwardPass(Model model, Neurons neurons, Classes classes, NapParameters parameters, RunContext context)
            throws AnalysisException {
        this.neurons = neurons;
        this.classes = classes;
        this.parameters = parameters;
        this.context = context;
        this.modelName = model.name();
        this.sampleSize = Math.toIntExact(model.input().size());
        this.packing = context.kernel(ActivationPacking.class);
        long bytes = (sampleSize + neurons.valuesPerSample()) * Float.BYTES;
        this.batchSize = (int) Math.clamp(MOST_BYTES_PER_BATCH / bytes, 1, MOST_SAMPLES);
        this.inference = model.open(new InferenceOptions(batchSize, context.threads(), neurons.capture()));
    }

    /** What happens with each batch, on the packing thread, in the order of the samples. */
    interface Watcher {

        /**
         * @param words packed states, {@code [count][layout.words()]}; reused for a later batch
         * @param labels classes by label, -1 for none
         * @param decisions classes by the network
         */
        void batch(MemorySegment words, int count, int[] labels, int[] decisions) throws AnalysisException;
    }

    /** Samples per batch. */
    int batchSize() {
        return batchSize;
    }

    /** Buffers of a batch on its way. */
    private final class Batch {
        private final FloatBuffer samples = ByteBuffer.allocateDirect(Math.multiplyExact(
                        Math.multiplyExact(batchSize, sampleSize), Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        private final int[] labels = new int[batchSize];
        private final int[] decisions = new int[batchSize];
        private final ByteBuffer words = ByteBuffer.allocateDirect(
                Math.multiplyExact(batchSize, neurons.layout().words() * Long.BYTES));
        private int count;
    }

    /**
     * Runs all samples that a reader gives.
     *
     * @param reader the samples; not closed
     * @param where the dataset's name, for messages
     * @param progress advanced by every sample
     */
    void run(BatchReader reader, String where, RunContext.Progress progress, Watcher watcher)
            throws AnalysisException {
        List<Batch> ring = List.of(new Batch(), new Batch(), new Batch());
        // Closing the executors waits for the step in flight; interrupting it could close a channel that the dataset
        // shares with other readers.
        try (ExecutorService decoder = Executors.newSingleThreadExecutor(named("assay-decode"));
                ExecutorService packer = Executors.newSingleThreadExecutor(named("assay-pack"))) {
            Future<Batch> next = decoder.submit(() -> decode(reader, ring.getFirst()));
            Future<?> packed = null;
            long first = 0;
            for (int i = 1; ; i++) {
                context.checkCancelled();
                Batch batch = await(next);
                if (batch.count == 0) {
                    break;
                }
                Batch after = ring.get(i % ring.size());
                // The batch after this one reuses the buffers of the one before the last, whose packing has ended.
                next = decoder.submit(() -> decode(reader, after));
                Inference.Activations activations = inference.run(batch.samples, batch.count);
                if (packed != null) {
                    try {
                        await(packed);
                    } catch (AnalysisException | RuntimeException e) {
                        activations.close();
                        throw e;
                    }
                }
                long start = first;
                packed = packer.submit(() -> {
                    try (activations) {
                        pack(batch, activations, start, where);
                    }
                    watcher.batch(
                            MemorySegment.ofBuffer(batch.words.clear()), batch.count, batch.labels, batch.decisions);
                    progress.advance(batch.count);
                    return null;
                });
                first += batch.count;
            }
            if (packed != null) {
                await(packed);
            }
        }
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name).daemon().factory();
    }

    private static Batch decode(BatchReader reader, Batch into) throws AnalysisException {
        into.count = reader.next(into.samples.clear(), into.labels);
        into.samples.position(0);
        return into;
    }

    /** Waits for a step, looking now and then whether the run was cancelled. */
    private <T> T await(Future<T> future) throws AnalysisException {
        while (true) {
            try {
                return future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                context.checkCancelled();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case AnalysisException known -> throw known;
                    case RuntimeException unexpected -> throw unexpected;
                    case Error error -> throw error;
                    default -> throw new IllegalStateException(e.getCause());
                }
            }
        }
    }

    private void pack(Batch batch, Inference.Activations activations, long first, String where)
            throws AnalysisException {
        BitLayout layout = neurons.layout();
        MemorySegment words = MemorySegment.ofBuffer(batch.words.clear());
        for (int b = 0; b < neurons.blocks().size(); b++) {
            Neurons.Block block = neurons.blocks().get(b);
            long bad = packing.pack(
                    MemorySegment.ofBuffer(activations.captured(b)),
                    batch.count,
                    block.units(),
                    block.positions(),
                    words,
                    layout.words(),
                    layout.wordOffset(b));
            if (bad >= 0) {
                throw notFinite(block, bad, activations.captured(b).get((int) bad), first, where);
            }
        }
        FloatBuffer scores = activations.scores();
        for (int r = 0; r < batch.count; r++) {
            batch.decisions[r] = parameters.decision().of(scores, r, classes.count());
            if (batch.decisions[r] < 0) {
                throw new AnalysisException(
                        "the network's scores for sample " + (first + r) + " of " + where + " contain NaN",
                        modelName,
                        "check the preprocessing of the data and the network's weights");
            }
        }
    }

    private AnalysisException notFinite(
            Neurons.Block block, long index, float value, long first, String where) {
        long perSample = (long) block.units() * block.positions();
        return new AnalysisException(
                "the value " + value + " enters " + Neurons.place(block, index % perSample) + ", for sample "
                        + (first + index / perSample) + " of " + where,
                modelName,
                "check that sample, the preprocessing of the data and the network's weights");
    }

    @Override
    public void close() {
        inference.close();
    }
}

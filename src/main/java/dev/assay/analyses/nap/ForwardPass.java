package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BitLayout;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One pass of samples through the network: while a batch is inferred, those after it are read ahead and the states of
 * the one before it are packed, counted and stored.
 */
final class ForwardPass implements AutoCloseable {

    /** How long a wait may last before it looks whether the run was cancelled. */
    private static final long PATIENCE_MILLIS = 50;


    private final Neurons neurons;
    private final Classes classes;
    private final NapParameters parameters;
    private final RunContext context;
    private final Inference inference;
    private final ActivationPacking packing;
    private final int batchSize;
    private final String modelName;

    /** Prepares the network. */
    ForwardPass(Model model, Neurons neurons, Classes classes, NapParameters parameters, RunContext context)
            throws AnalysisException {
        this.neurons = neurons;
        this.classes = classes;
        this.parameters = parameters;
        this.context = context;
        this.modelName = model.name();
        this.packing = context.kernel(ActivationPacking.class);
        this.batchSize = InferenceOptions.goodBatchSize(
                model, neurons.blocks().stream().map(Neurons.Block::layer).toList());
        this.inference = model.open(new InferenceOptions(batchSize, context.threads(), neurons.capture()));
        if (!inference.warning().isEmpty()) {
            context.warn(inference.warning());
        }
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

    /** Where a batch is packed. */
    private final class Slot {
        private final int[] labels = new int[batchSize];
        private final int[] decisions = new int[batchSize];
        private final ByteBuffer words =
                ByteBuffer.allocateDirect(Math.multiplyExact(batchSize, neurons.layout().words() * Long.BYTES));
    }

    /**
     * Runs all samples of a dataset.
     *
     * @param progress advanced by every sample
     */
    void run(Dataset dataset, RunContext.Progress progress, Watcher watcher) throws AnalysisException {
        List<Slot> slots = List.of(new Slot(), new Slot());
        // Closing the executor waits for the packing in flight, so that no thread outlives the call.
        try (ReadAhead ahead = ReadAhead.of(dataset, batchSize);
                ExecutorService packer = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("pack " + dataset.name()).daemon().factory())) {
            Future<?> packed = null;
            for (int i = 0; ; i++) {
                context.checkCancelled();
                Optional<ReadAhead.Batch> next = ahead.next(context::checkCancelled);
                if (next.isEmpty()) {
                    break;
                }
                Slot slot = slots.get(i % slots.size());
                int count;
                long first;
                Inference.Activations activations;
                try (ReadAhead.Batch batch = next.get()) {
                    count = batch.count();
                    first = batch.first();
                    System.arraycopy(batch.labels(), 0, slot.labels, 0, count);
                    activations = inference.run(batch.samples(), count);
                }
                if (packed != null) {
                    try {
                        await(packed);
                    } catch (AnalysisException | RuntimeException e) {
                        activations.close();
                        throw e;
                    }
                }
                // A slot comes back two batches later, when its packing has been waited for.
                packed = packer.submit(() -> {
                    try (activations) {
                        pack(slot, count, activations, first, dataset.name());
                    }
                    watcher.batch(MemorySegment.ofBuffer(slot.words.clear()), count, slot.labels, slot.decisions);
                    progress.advance(count);
                    return null;
                });
            }
            if (packed != null) {
                await(packed);
            }
        }
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

    private void pack(Slot slot, int count, Inference.Activations activations, long first, String where)
            throws AnalysisException {
        BitLayout layout = neurons.layout();
        MemorySegment words = MemorySegment.ofBuffer(slot.words.clear());
        for (int b = 0; b < neurons.blocks().size(); b++) {
            Neurons.Block block = neurons.blocks().get(b);
            long bad = packing.pack(
                    MemorySegment.ofBuffer(activations.captured(b)),
                    count,
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
        for (int r = 0; r < count; r++) {
            slot.decisions[r] = parameters.decision().of(scores, r, classes.count());
            if (slot.decisions[r] < 0) {
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

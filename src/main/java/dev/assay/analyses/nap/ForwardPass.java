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
import dev.assay.model.ReluLayer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Passes of samples through the network. Samples are read ahead on a thread of their own; every other thread takes a
 * batch, infers it and packs its states while they are still in the cache. Batches are cut the same way whatever the
 * number of threads, so that results do not depend on it.
 */
final class ForwardPass implements AutoCloseable {

    /** Bytes of a batch's values, input and captured; each thread has a batch of its own. */
    private static final long MOST_BYTES = 16L << 20;

    /** Multiplications and additions of a batch; a call takes some 50 ms then, and a cancel waits for no more. */
    private static final long MOST_OPERATIONS = 2_000_000_000L;

    /** Batches that a dataset is at least cut into, so that small ones keep several threads busy. */
    private static final int LEAST_BATCHES = 32;

    /** Samples below which a batch is not cut for that reason; smaller ones waste matrix units. */
    private static final int LEAST_SAMPLES = 32;

    private final Neurons neurons;
    private final Classes classes;
    private final NapParameters parameters;
    private final RunContext context;
    private final Inference inference;
    private final ActivationPacking packing;
    private final int mostSamples;
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
        this.mostSamples = mostSamples(model, neurons);
        // One thread in each call: the calls themselves are spread over the threads, which then never wait for each
        // other at the end of a layer.
        this.inference = model.open(new InferenceOptions(mostSamples, 1, neurons.capture(), context.graphics()));
        if (!inference.place().isEmpty()) {
            context.log(model.name() + " runs on " + inference.place());
        }
        if (!inference.warning().isEmpty()) {
            context.warn(inference.warning());
        }
    }

    private static int mostSamples(Model model, Neurons neurons) {
        List<ReluLayer> captured =
                neurons.blocks().stream().map(Neurons.Block::layer).toList();
        long values = model.input().size()
                + captured.stream().mapToLong(ReluLayer::width).sum();
        long fitting =
                Math.min(MOST_BYTES / (values * Float.BYTES), MOST_OPERATIONS / InferenceOptions.operations(model));
        return (int) Math.clamp(fitting, 1, InferenceOptions.largestBatchSize(model, captured));
    }

    /** What happens with each batch; called by several threads at once. */
    interface Watcher {

        /**
         * @param worker number of the calling thread, from 0 to below the number of threads of the run
         * @param first index of the first sample
         * @param words packed states, {@code [count][layout.words()]}; reused for a later batch
         * @param labels the dataset's labels, -1 for none
         * @param decisions classes by the network
         */
        void batch(int worker, long first, MemorySegment words, int count, int[] labels, int[] decisions)
                throws AnalysisException;
    }

    /** Where a thread packs its batch. */
    private final class Slot {
        private final int[] decisions = new int[mostSamples];
        private final ByteBuffer words =
                ByteBuffer.allocateDirect(Math.multiplyExact(mostSamples, neurons.layout().words() * Long.BYTES));
    }

    /**
     * Runs all samples of a dataset.
     *
     * @param progress advanced by every sample
     */
    void run(Dataset dataset, RunContext.Progress progress, Watcher watcher) throws AnalysisException {
        int batchSize = (int) Math.min(mostSamples, Math.max(LEAST_SAMPLES, dataset.size() / LEAST_BATCHES));
        int workers = (int) Math.clamp((dataset.size() + batchSize - 1) / batchSize, 1, context.threads());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        // Closing the executor waits for its threads, so that none outlives the call.
        try (ReadAhead ahead = ReadAhead.of(dataset, 0, batchSize, workers + 2);
                ExecutorService threads = Executors.newFixedThreadPool(
                        workers,
                        Thread.ofPlatform().name("infer " + modelName + " ", 0).daemon().factory())) {
            for (int w = 0; w < workers; w++) {
                int worker = w;
                threads.execute(() -> {
                    try {
                        work(worker, ahead, dataset.name(), failure, progress, watcher);
                    } catch (Throwable e) { // the border of the thread: handed to whoever waits
                        failure.compareAndSet(null, e);
                    }
                });
            }
        }
        rethrow(failure.get());
    }

    /** Throws what a thread met, if it met anything. */
    static void rethrow(Throwable failure) throws AnalysisException {
        switch (failure) {
            case null -> {}
            case AnalysisException known -> throw known;
            case RuntimeException unexpected -> throw unexpected;
            case Error error -> throw error;
            default -> throw new IllegalStateException(failure);
        }
    }

    private void work(
            int worker,
            ReadAhead ahead,
            String where,
            AtomicReference<Throwable> failure,
            RunContext.Progress progress,
            Watcher watcher)
            throws AnalysisException {
        Slot slot = new Slot();
        Runnable check = () -> {
            context.checkCancelled();
            if (failure.get() != null) {
                throw new CancellationException("another thread failed");
            }
        };
        while (true) {
            check.run();
            Optional<ReadAhead.Batch> next = ahead.next(check);
            if (next.isEmpty()) {
                return;
            }
            try (ReadAhead.Batch batch = next.get()) {
                try (Inference.Activations activations = inference.run(batch.samples(), batch.count())) {
                    pack(slot, batch.count(), activations, batch.first(), where);
                }
                watcher.batch(
                        worker,
                        batch.first(),
                        MemorySegment.ofBuffer(slot.words.clear()),
                        batch.count(),
                        batch.labels(),
                        slot.decisions);
                progress.advance(batch.count());
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

package dev.assay.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.assay.analysis.InputException;
import dev.assay.model.Inference;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Runs an edited graph in one ONNX Runtime session. Samples are read where they lie, and results are written by the
 * engine straight into buffers that are used again when the caller has closed them.
 */
final class OrtInference implements Inference {

    private static final long ALIGNMENT = 64;

    private final OrtSessions.Session session;
    private final String where;
    private final String inputName;
    private final InputShape input;
    private final Optional<WholeNumbers> whole;
    private final int sampleSize;
    private final int batchSize;
    private final boolean oneByOne;
    private final List<Result> results;
    private final int[] places;
    private final ConcurrentLinkedQueue<Buffers> idle = new ConcurrentLinkedQueue<>();
    // Closing waits for the calls that are running: the engine must not lose its session under them.
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * A tensor that the engine hands out.
     *
     * @param output name of the graph's output
     * @param rows how it holds the samples
     */
    record Result(String output, Probe.Rows rows) {

        private int width() {
            return Probe.size(rows.shape());
        }
    }

    /**
     * @param results distinct tensors to fetch; the first holds the scores
     * @param places index into them for each tensor that was asked for
     * @param whole set where the network takes whole numbers only
     * @param oneByOne whether the graph only takes portions of {@code input.fixedBatch()} samples
     */
    OrtInference(
            OrtSessions.Session session,
            String where,
            String inputName,
            InputShape input,
            Optional<WholeNumbers> whole,
            int batchSize,
            boolean oneByOne,
            List<Result> results,
            int[] places) {
        this.session = session;
        this.where = where;
        this.inputName = inputName;
        this.input = input;
        this.whole = whole;
        this.sampleSize = Probe.size(input.sample());
        this.batchSize = batchSize;
        this.oneByOne = oneByOne;
        this.results = results;
        this.places = places;
    }

    @Override
    public String place() {
        return session.cuda() ? "CUDA through ONNX Runtime" : "";
    }

    @Override
    public String warning() {
        return oneByOne
                ? "The graph takes " + (input.fixedBatch() == 1 ? "one sample" : input.fixedBatch() + " samples")
                        + " per call and cannot be changed to take more, so it runs slowly;"
                        + " export it with a free batch dimension."
                : "";
    }

    @Override
    public Activations run(FloatBuffer samples, int count) throws InputException {
        if (count < 1 || count > batchSize) {
            throw new IllegalArgumentException("a batch holds 1 to " + batchSize + " samples, not " + count);
        }
        int values = Math.multiplyExact(count, sampleSize);
        if (samples.remaining() < values) {
            throw new IllegalArgumentException(
                    count + " samples have " + values + " values, the buffer holds " + samples.remaining());
        }
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this inference is closed");
            }
            Buffers taken = idle.poll();
            Buffers buffers = taken == null ? new Buffers() : taken;
            boolean filled = false;
            try {
                FloatBuffer usable = buffers.usable(samples, values);
                if (whole.isPresent()) {
                    whole.get().check(usable, values, where);
                }
                if (oneByOne) {
                    runPortions(usable, count, buffers);
                } else {
                    call(usable, count, buffers.slices(0, count));
                }
                filled = true;
            } catch (OrtException e) {
                throw OrtSessions.problem(e, where);
            } finally {
                if (!filled) {
                    idle.add(buffers);
                }
            }
            return new Batch(buffers, count);
        } finally {
            open.readLock().unlock();
        }
    }

    private void runPortions(FloatBuffer samples, int count, Buffers buffers) throws OrtException {
        int portion = input.fixedBatch();
        for (int from = 0; from < count; from += portion) {
            // The buffers are rounded up to whole portions, so that the last one may be padded.
            call(buffers.portion(samples, from, count), portion, buffers.slices(from, portion));
        }
    }

    private void call(FloatBuffer samples, int count, List<FloatBuffer> targets) throws OrtException {
        Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtSessions.environment(), samples, input.dimensions(count))) {
            for (int i = 0; i < results.size(); i++) {
                Result result = results.get(i);
                pinned.put(
                        result.output(),
                        OnnxTensor.createTensor(
                                OrtSessions.environment(),
                                targets.get(i),
                                result.rows().dimensions(count)));
            }
            OrtSession.Result done = session.ort().run(Map.of(inputName, tensor), new LinkedHashSet<>(), pinned);
            done.close();
        } finally {
            pinned.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
                for (Buffers b = idle.poll(); b != null; b = idle.poll()) {
                    b.release();
                }
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    private void giveBack(Buffers buffers) {
        open.readLock().lock();
        try {
            if (closed) {
                buffers.release();
            } else {
                idle.add(buffers);
            }
        } finally {
            open.readLock().unlock();
        }
    }

    /** Memory for one batch, filled by the engine. */
    private final class Buffers {

        private final Arena arena = Arena.ofShared();
        private final List<FloatBuffer> outputs = new ArrayList<>();
        private FloatBuffer copy;

        Buffers() {
            int portion = input.fixedBatch();
            int rows = oneByOne ? Math.ceilDiv(batchSize, portion) * portion : batchSize;
            boolean complete = false;
            try {
                results.forEach(r -> outputs.add(allocate((long) rows * r.width())));
                complete = true;
            } finally {
                if (!complete) {
                    arena.close();
                }
            }
        }

        private FloatBuffer allocate(long values) {
            if (values > Integer.MAX_VALUE / Float.BYTES) {
                throw new IllegalArgumentException("a batch of " + batchSize
                        + " samples needs buffers of more than 2 GB;" + " run fewer samples at once");
            }
            return arena.allocate(Math.max(1, values) * Float.BYTES, ALIGNMENT)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        /** The samples where the engine can read them: in place, or copied when they lie in the heap. */
        FloatBuffer usable(FloatBuffer samples, int values) {
            if (samples.isDirect() && samples.order() == ByteOrder.nativeOrder()) {
                return samples.slice(samples.position(), values);
            }
            return room().put(0, samples, samples.position(), values).slice(0, values);
        }

        private FloatBuffer room() {
            if (copy == null) {
                copy = allocate((long) (batchSize + input.fixedBatch()) * sampleSize);
            }
            return copy;
        }

        /** A portion of the samples; the last one is filled up with what is left from before. */
        FloatBuffer portion(FloatBuffer samples, int from, int count) {
            int portion = input.fixedBatch();
            int whole = Math.min(portion, count - from);
            FloatBuffer part = samples.slice(from * sampleSize, whole * sampleSize);
            if (whole == portion) {
                return part;
            }
            int behind = batchSize * sampleSize;
            return room().put(behind, part, 0, whole * sampleSize).slice(behind, portion * sampleSize);
        }

        List<FloatBuffer> slices(int from, int count) {
            List<FloatBuffer> slices = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                int width = results.get(i).width();
                slices.add(outputs.get(i).slice(from * width, count * width));
            }
            return slices;
        }

        void release() {
            arena.close();
        }
    }

    private final class Batch implements Activations {

        private final Buffers buffers;
        private final int count;
        private final AtomicBoolean given = new AtomicBoolean();

        Batch(Buffers buffers, int count) {
            this.buffers = buffers;
            this.count = count;
        }

        @Override
        public FloatBuffer scores() {
            return rows(0);
        }

        @Override
        public FloatBuffer captured(int index) {
            return rows(places[index]);
        }

        private FloatBuffer rows(int result) {
            if (given.get()) {
                throw new IllegalStateException("this batch is closed");
            }
            return buffers.outputs
                    .get(result)
                    .slice(0, count * results.get(result).width());
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                giveBack(buffers);
            }
        }
    }
}

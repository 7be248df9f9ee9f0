package dev.assay.data;

import dev.assay.analysis.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Reads a dataset on a background thread while its batches are worked on, into a small ring of direct buffers. Several
 * threads may take batches; each comes once, in order. A batch must be closed for its buffer to be filled again: whoever
 * holds as many batches as the ring has buffers waits for itself.
 *
 * <pre>{@code
 * try (ReadAhead ahead = ReadAhead.of(dataset, 256)) {
 *     for (var next = ahead.next(); next.isPresent(); next = ahead.next()) {
 *         try (ReadAhead.Batch batch = next.get()) { ... }
 *     }
 * }
 * }</pre>
 */
public final class ReadAhead implements AutoCloseable {

    private static final int BUFFERS = 4;
    private static final long CLOSE_WAIT_MS = 2_000;
    private static final long CHECK_MS = 50;

    private final Dataset dataset;
    private final long first;
    private final int batchSize;
    private final Thread thread;
    private final Object lock = new Object();
    private final Deque<Batch> empty = new ArrayDeque<>();
    private final Deque<Batch> full = new ArrayDeque<>();
    private boolean ended;
    private boolean closed;
    private Throwable failure;

    private ReadAhead(Dataset dataset, long first, int batchSize, int buffers) {
        this.dataset = dataset;
        this.first = first;
        this.batchSize = batchSize;
        int values = Math.toIntExact(Arrays.stream(dataset.sampleShape()).asLongStream().reduce(1, (a, b) -> a * b));
        int room = (int) Math.min(batchSize, Math.max(1, dataset.size() - first));
        for (int i = 0; i < buffers; i++) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(room, values), 4));
            empty.add(new Batch(bytes.order(ByteOrder.nativeOrder()).asFloatBuffer(), new int[room]));
        }
        thread = Thread.ofPlatform().daemon().name("read-ahead " + dataset.name()).unstarted(this::readAll);
    }

    /**
     * Starts to read all samples.
     *
     * @param batchSize samples per batch, at least 1
     */
    public static ReadAhead of(Dataset dataset, int batchSize) {
        return of(dataset, 0, batchSize, BUFFERS);
    }

    /**
     * Starts to read from a sample on.
     *
     * @param batchSize samples per batch, at least 1
     * @param buffers size of the ring, at least 2; one more than the number of threads that take batches is enough
     * @throws ArithmeticException when a batch would be larger than 2 GiB
     */
    public static ReadAhead of(Dataset dataset, long first, int batchSize, int buffers) {
        if (batchSize < 1 || buffers < 2) {
            throw new IllegalArgumentException("a batch of " + batchSize + " in a ring of " + buffers);
        }
        ReadAhead ahead = new ReadAhead(dataset, first, batchSize, buffers);
        ahead.thread.start();
        return ahead;
    }

    /**
     * The next batch; waits for it.
     *
     * @return empty at the end
     * @throws InputException what reading met; the batches before it come first
     * @throws CancellationException when this is closed or the thread is interrupted
     */
    public Optional<Batch> next() throws InputException {
        return next(() -> {});
    }

    /**
     * The next batch; waits for it, and while it waits looks now and then whether it still should.
     *
     * @param check called every 50 ms of waiting; throws to stop
     * @return empty at the end
     * @throws InputException as {@link #next()}
     */
    public Optional<Batch> next(Runnable check) throws InputException {
        while (!arrived(CHECK_MS)) {
            check.run();
        }
        synchronized (lock) {
            if (closed) {
                throw new CancellationException("reading was stopped");
            }
            if (!full.isEmpty()) {
                Batch batch = full.remove();
                batch.held = true;
                return Optional.of(batch);
            }
            return switch (failure) {
                case null -> Optional.empty();
                case InputException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            };
        }
    }

    /** Waits for a batch or the end, but no longer than a time. */
    private boolean arrived(long millis) {
        synchronized (lock) {
            if (full.isEmpty() && !ended && !closed) {
                pause(millis);
            }
            return !full.isEmpty() || ended || closed;
        }
    }

    /** May return early; the caller looks again. */
    @SuppressWarnings("WaitNotInLoop")
    private void pause(long millis) {
        try {
            lock.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("waiting for samples was interrupted");
        }
    }

    private void readAll() {
        Throwable problem = null;
        try (BatchReader reader = dataset.read(first, batchSize)) {
            long at = first;
            boolean more = true;
            while (more) {
                Batch batch = takeEmpty();
                int count = batch == null ? 0 : reader.next(batch.samples, batch.labels);
                more = count > 0;
                if (more) {
                    batch.first = at;
                    batch.count = count;
                    at += count;
                    give(batch);
                }
            }
        } catch (Throwable e) { // the border of the thread: handed to whoever waits
            problem = e;
        }
        synchronized (lock) {
            ended = true;
            failure = problem;
            lock.notifyAll();
        }
    }

    /** A buffer to fill, or null when this was closed. */
    private Batch takeEmpty() {
        synchronized (lock) {
            while (empty.isEmpty() && !closed) {
                pause(0);
            }
            return closed ? null : empty.remove();
        }
    }

    private void give(Batch batch) {
        synchronized (lock) {
            full.add(batch);
            lock.notifyAll();
        }
    }

    /** Stops reading and lets the file go. Batches still held stay readable. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            // Ends within a batch; a disk that hangs is not waited for, the thread then ends by itself.
            thread.join(CLOSE_WAIT_MS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Samples side by side in a direct buffer. */
    public final class Batch implements AutoCloseable {

        private final FloatBuffer samples;
        private final int[] labels;
        private long first;
        private int count;
        private boolean held;

        private Batch(FloatBuffer samples, int[] labels) {
            this.samples = samples;
            this.labels = labels;
        }

        /** Index of the first sample. */
        public long first() {
            return first;
        }

        /** Number of samples, at least 1. */
        public int count() {
            return count;
        }

        /** The values, from position 0 to the limit; valid until closed. */
        public FloatBuffer samples() {
            return samples;
        }

        /** The label of a sample of this batch, -1 for none. */
        public int label(int sample) {
            return labels[sample];
        }

        /** All labels; only the first {@link #count()} count. Valid until closed. */
        public int[] labels() {
            return labels;
        }

        /** Gives the buffer back; a second time does nothing. */
        @Override
        public void close() {
            synchronized (lock) {
                if (held) {
                    held = false;
                    empty.add(this);
                    lock.notifyAll();
                }
            }
        }
    }
}

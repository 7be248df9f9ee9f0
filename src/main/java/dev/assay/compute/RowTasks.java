package dev.assay.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Splits a kernel's call over threads of its own, which end when idle or closed, when there is enough work to pay for it. */
public final class RowTasks implements AutoCloseable {

    /** Bytes of input below which a part is not worth a thread's wake-up (some 100 microseconds of streaming). */
    private static final long LEAST_BYTES = 2 << 20;

    private final ForkJoinPool pool;
    private final int threads;

    /**
     * @param threads most threads that work at once, at least 1
     */
    public RowTasks(int threads) {
        this.pool = new ForkJoinPool(threads);
        this.threads = threads;
    }

    /** Most threads that work at once. */
    public int threads() {
        return threads;
    }

    /** Works on the rows {@code from..to-1}. */
    @FunctionalInterface
    public interface Range {
        /** As the interface says. */
        void run(int from, int to);
    }

    /** Parts that so many rows of so many bytes are worth. */
    public int parts(int rows, long bytesPerRow) {
        return (int) Math.clamp(rows * bytesPerRow / LEAST_BYTES, 1, Math.min(threads, Math.max(1, rows)));
    }

    /** Runs the work over all rows and returns when it is done. */
    public void run(int rows, long bytesPerRow, Range work) {
        long parts = parts(rows, bytesPerRow);
        each((int) parts, () -> i -> work.run((int) (rows * (long) i / parts), (int) (rows * (i + 1L) / parts)));
    }

    /**
     * Runs pieces of work, each by the next thread that is free, and returns when all are done. After a failure no more are
     * begun, and it is thrown when those at work have ended.
     *
     * @param pieces their number; one alone is run by the calling thread
     * @param worker asked for once by every thread, so that it can have buffers of its own; takes the number of a piece
     */
    public void each(int pieces, Supplier<IntConsumer> worker) {
        AtomicInteger next = new AtomicInteger();
        Runnable task = () -> {
            int piece = next.getAndIncrement();
            if (piece < pieces) {
                try {
                    IntConsumer work = worker.get();
                    for (; piece < pieces; piece = next.getAndIncrement()) {
                        work.accept(piece);
                    }
                } catch (RuntimeException | Error e) {
                    next.set(pieces);
                    throw e;
                }
            }
        };
        if (Math.min(pieces, threads) <= 1) {
            task.run();
            return;
        }
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int i = 0; i < Math.min(pieces, threads); i++) {
            tasks.add(pool.submit(task));
        }
        // All must have ended, failed ones too, before the caller may free what they work on.
        tasks.forEach(ForkJoinTask::quietlyJoin);
        tasks.forEach(ForkJoinTask::join);
    }

    @Override
    public void close() {
        pool.close();
    }
}

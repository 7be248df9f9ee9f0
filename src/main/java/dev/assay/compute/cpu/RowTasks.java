package dev.assay.compute.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/** Splits the rows of a kernel's call over the threads of a pool when there is enough work to pay for it. */
final class RowTasks {

    /** Bytes of input below which a part is not worth a thread's wake-up (some 100 microseconds of streaming). */
    private static final long LEAST_BYTES = 2 << 20;

    private final ForkJoinPool pool;
    private final int threads;

    RowTasks(ForkJoinPool pool, int threads) {
        this.pool = pool;
        this.threads = threads;
    }

    /** Works on the rows {@code from..to-1}. */
    interface Range {
        void run(int from, int to);
    }

    /** Runs the work over all rows and returns when it is done. */
    void run(int rows, long bytesPerRow, Range work) {
        long parts = Math.clamp(rows * bytesPerRow / LEAST_BYTES, 1, Math.min(threads, Math.max(1, rows)));
        if (parts == 1) {
            work.run(0, rows);
            return;
        }
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int from = (int) (rows * (long) i / parts);
            int to = (int) (rows * (i + 1L) / parts);
            tasks.add(ForkJoinTask.adapt(() -> work.run(from, to)));
        }
        tasks.forEach(pool::execute);
        tasks.forEach(ForkJoinTask::join);
    }
}

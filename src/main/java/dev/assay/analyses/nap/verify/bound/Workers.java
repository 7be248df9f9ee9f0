package dev.assay.analyses.nap.verify.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntConsumer;

/** Threads of one run. What a task computes never depends on how tasks meet threads. */
public final class Workers implements AutoCloseable {

    private final ForkJoinPool pool;
    private final int threads;

    /** That many threads, at least 1. */
    public Workers(int threads) {
        this.threads = threads;
        this.pool = threads == 1 ? null : new ForkJoinPool(threads);
    }

    /** Number of threads. */
    public int threads() {
        return threads;
    }

    /** Does all tasks and returns when the last is done; the first failure is thrown then. */
    public void run(int tasks, IntConsumer task) {
        if (tasks == 1 || pool == null) {
            for (int i = 0; i < tasks; i++) {
                task.accept(i);
            }
            return;
        }
        List<ForkJoinTask<?>> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            int n = i;
            all.add(pool.submit(() -> task.accept(n)));
        }
        RuntimeException failure = null;
        for (ForkJoinTask<?> t : all) {
            try {
                t.join();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}

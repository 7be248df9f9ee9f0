package dev.assay.analyses.fidelity;

import dev.assay.analysis.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs independent pieces of work on the threads of a run; none outlives the object. */
final class Parallel implements AutoCloseable {

    private final int threads;
    private final ExecutorService pool;

    Parallel(int threads) {
        this.threads = threads;
        AtomicInteger number = new AtomicInteger();
        this.pool = Executors.newFixedThreadPool(
                threads,
                task -> Thread.ofPlatform().daemon().name("fidelity-" + number.incrementAndGet()).unstarted(task));
    }

    /** A piece of work. */
    interface Work {
        void run(int index) throws AnalysisException;
    }

    /**
     * Runs the pieces 0 to before {@code count} and returns when all are done. When one fails the others end early and
     * its exception is thrown.
     *
     * @param between called on this thread about every 100 ms while it waits
     */
    void run(int count, Work work, Runnable between) throws AnalysisException {
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        CompletionService<Void> completion = new ExecutorCompletionService<>(pool);
        int workers = Math.min(threads, count);
        for (int t = 0; t < workers; t++) {
            completion.submit(() -> {
                try {
                    for (int i = next.getAndIncrement(); i < count && !failed.get(); i = next.getAndIncrement()) {
                        work.run(i);
                    }
                } catch (AnalysisException | RuntimeException | Error e) {
                    failed.set(true);
                    throw e;
                }
                return null;
            });
        }
        List<Throwable> problems = new ArrayList<>();
        for (int done = 0; done < workers;) {
            try {
                var finished = completion.poll(100, TimeUnit.MILLISECONDS);
                if (finished == null) {
                    between.run();
                } else {
                    done++;
                    finished.get();
                }
            } catch (ExecutionException e) {
                problems.add(e.getCause());
            } catch (InterruptedException e) {
                failed.set(true);
                Thread.currentThread().interrupt();
                problems.add(new CancellationException("interrupted"));
                break;
            }
        }
        rethrow(problems);
    }

    private static void rethrow(List<Throwable> problems) throws AnalysisException {
        if (problems.isEmpty()) {
            return;
        }
        switch (problems.getFirst()) {
            case AnalysisException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

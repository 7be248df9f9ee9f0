package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Shares items over threads that end with the call; the items must not depend on each other. */
final class Blocks {

    private Blocks() {}

    /** Work on one item; a thread's own. */
    @FunctionalInterface
    interface Worker {
        IntConsumer start();
    }

    /**
     * Runs all items.
     *
     * @param worker makes one thread's consumer, so that it can have buffers of its own
     */
    static void run(int items, int threads, Worker worker) throws AnalysisException {
        int parts = Math.max(1, Math.min(threads, items));
        if (parts == 1) {
            IntConsumer consumer = worker.start();
            for (int i = 0; i < items; i++) {
                consumer.accept(i);
            }
            return;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(parts)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int p = 0; p < parts; p++) {
                int part = p;
                futures.add(pool.submit(() -> {
                    IntConsumer consumer = worker.start();
                    for (int i = part; i < items && !Thread.currentThread().isInterrupted(); i += parts) {
                        consumer.accept(i);
                    }
                }));
            }
            try {
                for (Future<?> future : futures) {
                    future.get();
                }
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw unwrapped(e.getCause());
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }
    }

    /** As {@link #run}, for work that meets nothing a user could mend. */
    static void share(int items, int threads, Worker worker) {
        try {
            run(items, threads, worker);
        } catch (AnalysisException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AnalysisException unwrapped(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case AnalysisException e -> e;
            default -> throw new IllegalStateException(cause);
        };
    }
}

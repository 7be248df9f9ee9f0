package dev.assay.ui.view;

import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;

/**
 * The background threads of one tab: short jobs whose outcome comes back on the JavaFX thread. After {@link #close}
 * nothing is handed back any more. Created and used on the JavaFX thread.
 */
public final class Worker implements AutoCloseable {

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor pool;
    private volatile boolean closed;

    /**
     * Starts no thread before the first job.
     *
     * @param name names the threads
     * @param threads how many jobs may work at once
     */
    public Worker(String name, int threads) {
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Works in the background.
     *
     * @param onSuccess given the outcome
     * @param onFailure given the problem
     */
    public <T> void submit(Callable<T> work, Consumer<? super T> onSuccess, Consumer<? super Throwable> onFailure) {
        if (closed) {
            return;
        }
        pool.execute(() -> {
            if (closed) {
                return;
            }
            try {
                T outcome = work.call();
                hand(() -> onSuccess.accept(outcome));
            } catch (Exception | LinkageError | OutOfMemoryError e) {
                hand(() -> onFailure.accept(e));
            }
        });
    }

    private void hand(Runnable work) {
        Platform.runLater(() -> {
            if (!closed) {
                work.run();
            }
        });
    }

    /** Whether the tab was closed; long jobs look at it between batches. */
    public boolean isClosed() {
        return closed;
    }

    /** Gives up what waits; what works ends by itself, unheard. Does not wait for it. */
    @Override
    public void close() {
        // No interrupt: it would close the file channels that other readers of the same input share.
        closed = true;
        pool.getQueue().clear();
        pool.shutdown();
    }

    /**
     * Closes, and when the last job has ended runs this on a background thread.
     *
     * @param last frees what the jobs used
     */
    public void closeThen(Runnable last) {
        close();
        Thread.ofVirtual().name("release").start(() -> {
            try {
                pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                last.run();
            }
        });
    }
}

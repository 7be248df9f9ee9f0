package dev.assay.ui.shell.jobs;

import dev.assay.ui.view.LatestTask;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The window's own background work. Reading and writing files and short computations for the window have executors
 * apart, so that slow files never hold up what the user waits for; runs have their own in the run queue.
 */
public final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final int IO_THREADS = 6;
    private static final Duration SHUTDOWN = Duration.ofSeconds(3);
    private static final Duration KEEPING = Duration.ofSeconds(30);

    private final ThreadPoolExecutor io = pool("assay-io", IO_THREADS);
    private final ThreadPoolExecutor quick = pool("assay-ui-job", 2);
    private final ThreadPoolExecutor keeping = pool("assay-keep", 1);
    private final ObservableList<String> current = FXCollections.observableArrayList();

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadFactory factory = Thread.ofPlatform().daemon().name(name + "-", 1).factory();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Reads or writes in the background and hands the outcome back on the JavaFX thread.
     *
     * @param what shown while it lasts, e.g. {@code Opening model.onnx}
     */
    public <T> void io(String what, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
        submit(io, what, work, onSuccess, onFailure);
    }

    /** Computes something short in the background and hands the outcome back on the JavaFX thread. */
    public <T> void quick(String what, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
        submit(quick, what, work, onSuccess, onFailure);
    }

    /** As {@link #quick}, for reading something anew whenever it changes: one read at a time, the newest shown last. */
    public LatestTask newest(String what) {
        return new LatestTask(new LatestTask.Work() {
            @Override
            public <T> void submit(
                    Callable<T> work, Consumer<? super T> onSuccess, Consumer<? super Throwable> onFailure) {
                quick(what, work, onSuccess::accept, onFailure::accept);
            }
        });
    }

    /**
     * Changes what is kept in the workspace: one change after the other in the order in which they were asked for, so that
     * the last one holds.
     */
    public <T> void keep(String what, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
        submit(keeping, what, work, onSuccess, onFailure);
    }

    /** As {@link #keep}, for what shows nowhere; a failure is only logged. */
    public void keepSilently(Runnable work) {
        silent(keeping, Executors.callable(work), done -> {});
    }

    /** As {@link #quick}, for what is done all the time and shows nowhere; a failure is only logged. */
    public <T> void silent(Callable<T> work, Consumer<T> onSuccess) {
        silent(quick, work, onSuccess);
    }

    private static <T> void silent(ExecutorService pool, Callable<T> work, Consumer<T> onSuccess) {
        try {
            pool.execute(() -> {
                try {
                    T value = work.call();
                    Platform.runLater(() -> onSuccess.accept(value));
                } catch (Exception | LinkageError e) {
                    LOG.warn("background work failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the window is closing", e);
        }
    }

    private <T> void submit(
            ExecutorService pool, String what, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
        current.add(what);
        try {
            pool.execute(() -> {
                try {
                    T value = work.call();
                    Platform.runLater(() -> finish(what, () -> onSuccess.accept(value)));
                } catch (Exception | LinkageError | OutOfMemoryError e) {
                    LOG.debug("{} failed", what, e);
                    Platform.runLater(() -> finish(what, () -> onFailure.accept(e)));
                }
            });
        } catch (RejectedExecutionException e) {
            // The window is closing; nobody waits for the outcome any more.
            current.remove(what);
        }
    }

    private void finish(String what, Runnable then) {
        current.remove(what);
        then.run();
    }

    /** What is being done, oldest first; JavaFX thread only. */
    public ObservableList<String> current() {
        return current;
    }

    /**
     * Ends all work. Returns at once; the waiting is done on a thread of its own. What is to be kept is still kept, see
     * {@link #awaitKept}.
     */
    public void shutdown() {
        keeping.shutdown();
        for (ThreadPoolExecutor pool : new ThreadPoolExecutor[] {io, quick}) {
            pool.shutdown();
            Thread.ofPlatform().daemon().name("assay-shutdown").start(() -> await(pool));
        }
    }

    /** Waits after {@link #shutdown} until everything is kept, for half a minute at most. Not on the JavaFX thread. */
    public void awaitKept() {
        try {
            if (!keeping.awaitTermination(KEEPING.toSeconds(), TimeUnit.SECONDS)) {
                LOG.error("changes of the workspace could not be kept in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(ThreadPoolExecutor pool) {
        try {
            if (!pool.awaitTermination(SHUTDOWN.toSeconds(), TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

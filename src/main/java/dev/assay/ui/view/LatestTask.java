package dev.assay.ui.view;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/**
 * Requests of which only the newest matters: while one works at most one waits, and a newer one takes its place.
 * Outcomes arrive in the order of the requests, so each is newer than the one before. Used on the JavaFX thread.
 */
public final class LatestTask {

    private final Work work;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Runnable waiting;
    private long generation;

    /** Does work in the background and hands the outcome back on the JavaFX thread. */
    @FunctionalInterface
    public interface Work {

        /** Does it; one of the two is told. */
        <T> void submit(Callable<T> work, Consumer<? super T> onSuccess, Consumer<? super Throwable> onFailure);
    }

    /** Works on that worker. */
    public LatestTask(Worker worker) {
        this(worker::submit);
    }

    /** Works there. */
    public LatestTask(Work work) {
        this.work = work;
    }

    /** Whether a request works or waits. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Asks for work, in place of a request that waits. */
    public <T> void request(
            Callable<T> wanted, Consumer<? super T> onSuccess, Consumer<? super Throwable> onFailure) {
        Runnable start = () -> start(wanted, onSuccess, onFailure);
        if (busy.get()) {
            waiting = start;
        } else {
            start.run();
        }
    }

    /** Drops the request that waits and the outcome of the one that works. */
    public void cancel() {
        waiting = null;
        generation++;
    }

    private <T> void start(Callable<T> wanted, Consumer<? super T> onSuccess, Consumer<? super Throwable> onFailure) {
        busy.set(true);
        long mine = generation;
        work.submit(
                wanted,
                outcome -> finish(mine, () -> onSuccess.accept(outcome)),
                problem -> finish(mine, () -> onFailure.accept(problem)));
    }

    private void finish(long mine, Runnable deliver) {
        if (mine == generation) {
            deliver.run();
        }
        Runnable next = waiting;
        waiting = null;
        if (next != null) {
            next.run();
        } else {
            busy.set(false);
        }
    }
}

package dev.assay.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the queue's runs kept on the store's one thread: at their start, as they go, and at their end. */
final class RunKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunKeeper.class);

    /** A run that does not stop on its own within this time after a cancel is interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration FIRST_SAVE = Duration.ofMillis(500);
    private static final Duration NEXT_SAVE = Duration.ofSeconds(2);

    /** Saving takes at most one part in this of the time. */
    private static final int SAVE_SHARE = 20;

    private final RunStore store;
    private final BooleanSupplier closing;
    private final ExecutorService keeping =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("assay-store").daemon().factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("assay-timer").daemon().factory());

    /** Something to be kept. */
    @FunctionalInterface
    interface Keeping {
        void keep() throws IOException;
    }

    RunKeeper(RunStore store, BooleanSupplier closing) {
        this.store = store;
        this.closing = closing;
    }

    /** Keeps something; the future tells what went wrong. */
    Future<?> keep(Keeping what) {
        return keeping.submit(() -> {
            what.keep();
            return null;
        });
    }

    /** The run of that id if it is kept as done; waits for the store. */
    Optional<RunRecord> finished(String runId) {
        Future<Optional<RunRecord>> found = keeping.submit(() -> store.finished(runId));
        try {
            await(found);
            return found.get();
        } catch (IOException | ExecutionException | InterruptedException e) {
            LOG.warn("run {} cannot be read; it is run again", runId, e);
            return Optional.empty();
        }
    }

    /** Saves a run from time to time until it ends. */
    void follow(Run run) {
        scheduleSave(run, FIRST_SAVE, -1);
    }

    /** Keeps a new state; interrupts a run that does not heed a cancel. */
    void stateChanged(Run run) {
        if (run.cancelRequested() && !run.state().isFinal()) {
            later(GRACE, run::interrupt);
        }
        if (run.state() == RunState.CANCELLED && run.started().isEmpty()) {
            post(() -> endedInQueue(run));
        }
        if (!run.state().isFinal()) {
            post(() -> keepState(run));
        }
    }

    /** Writes the ended run; what went wrong, or null. */
    RunFailure ended(Run run, RunWorker.Ending ending) {
        RunRecord now = run.record();
        RunRecord record = new RunRecord(
                now.id(), now.name(), now.request(), ending.state(), now.progress(), now.results(), now.log(),
                Optional.ofNullable(ending.failure()), now.device(), now.created(), now.started(),
                now.elapsed(), now.folder(), Optional.ofNullable(ending.provenance()));
        try {
            await(keeping.submit(() -> {
                store.ended(record);
                return null;
            }));
            return null;
        } catch (Exception e) { // a store may fail in any way; the run must still end
            LOG.warn("run {} could not be kept", run.id(), e);
            RunFailure failure = cannotKeep(run, e);
            post(() -> store.couldNotKeep(record.failed(failure)));
            return failure;
        }
    }

    private static RunFailure cannotKeep(Run run, Exception e) {
        return new RunFailure(
                "The results could not be written to " + run.folder() + " (" + IoReason.of(e)
                        + "); free space there or choose another folder, then run again.",
                true,
                e.toString());
    }

    /** Waits without minding interrupts, which are kept for later. */
    static void await(Future<?> future) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException io) {
                        throw io;
                    }
                    throw new IOException(e.getCause().getMessage(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void scheduleSave(Run run, Duration delay, long savedVersion) {
        if (!closing.getAsBoolean()) {
            later(delay, () -> post(() -> save(run, savedVersion)));
        }
    }

    /** Does something on the store's thread, unless the queue has been closed meanwhile. */
    private void post(Runnable task) {
        try {
            keeping.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the queue is closed", e);
        }
    }

    private void later(Duration delay, Runnable task) {
        try {
            var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the queue is closed", e);
        }
    }

    private void save(Run run, long savedVersion) {
        if (run.isFinishing()) {
            return;
        }
        // The provenance, too, appears once, when the inputs are hashed.
        long version = 2 * run.resultsVersion() + (run.provenance().isPresent() ? 1 : 0);
        long begun = System.nanoTime();
        if (version != savedVersion) {
            try {
                store.progressed(run.record());
            } catch (IOException | RuntimeException e) {
                LOG.warn("run {}: what it has found so far could not be kept", run.id(), e);
            }
        }
        Duration rest = Duration.ofNanos((System.nanoTime() - begun) * SAVE_SHARE);
        scheduleSave(run, rest.compareTo(NEXT_SAVE) > 0 ? rest : NEXT_SAVE, version);
    }

    private void keepState(Run run) {
        if (run.isFinishing()) {
            return;
        }
        try {
            store.stateChanged(run);
        } catch (IOException | RuntimeException e) {
            LOG.warn("run {}: its state could not be kept", run.id(), e);
        }
    }

    private void endedInQueue(Run run) {
        try {
            store.ended(run.record());
        } catch (IOException | RuntimeException e) {
            LOG.warn("run {} could not be kept", run.id(), e);
        }
    }

    /** Lets what is to be written be written, for some seconds. */
    @Override
    public void close() {
        timer.shutdownNow();
        keeping.shutdown();
        if (!RunQueue.ended(keeping, 20)) {
            LOG.warn("the store did not finish writing");
        }
    }
}

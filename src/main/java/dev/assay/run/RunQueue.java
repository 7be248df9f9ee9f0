package dev.assay.run;

import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.compute.CostModels;
import dev.assay.compute.Devices;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs analyses one after the other (or a few at a time) in the background and keeps the list of its runs. No method but
 * {@link #close} waits for work, a disk or a database, so all of them may be called on the window's thread.
 */
public final class RunQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunQueue.class);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.systemDefault());

    /** A run that does not stop on its own within this time after a cancel is interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration FIRST_SAVE = Duration.ofMillis(500);
    private static final Duration NEXT_SAVE = Duration.ofSeconds(2);

    /** Saving takes at most one part in this of the time. */
    private static final int SAVE_SHARE = 20;

    private final Catalogue catalogue;
    private final RunStore store;
    private final Clock clock;
    private final RunWorker worker;
    private final Executor compute;
    private final ThreadPoolExecutor pool;
    private final ExecutorService keeping =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("assay-store").daemon().factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("assay-timer").daemon().factory());
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private volatile boolean closing;

    /** Hears of changes of the list and of states. Called on background threads; must return quickly. */
    public interface Listener {

        /** A run is new or its state has changed. */
        void changed(Run run);

        /** A run was taken off the list. */
        default void removed(Run run) {}
    }

    /** A queue that runs one analysis at a time and forgets what it measures of devices. */
    public RunQueue(Catalogue catalogue, RunStore store) {
        this(catalogue, store, CostModels.inMemory());
    }

    /**
     * A queue that runs one analysis at a time.
     *
     * @param costs keeps what is measured of devices
     */
    public RunQueue(Catalogue catalogue, RunStore store, CostModels costs) {
        this(catalogue, store, costs, null, false);
    }

    /** A queue that runs one analysis at a time and lets whatever else the process does, such as a window, go first. */
    public static RunQueue standingBack(Catalogue catalogue, RunStore store, CostModels costs) {
        return new RunQueue(catalogue, store, costs, null, true);
    }

    private RunQueue(
            Catalogue catalogue, RunStore store, CostModels costs, Executor inline, boolean standingBack) {
        this.catalogue = catalogue;
        this.store = store;
        this.clock = Clock.systemUTC();
        this.pool = inline != null
                ? null
                : new ThreadPoolExecutor(
                        1,
                        1,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        threads(standingBack));
        this.compute = inline != null ? inline : pool;
        this.worker = new RunWorker(
                catalogue, once(Devices::detect), costs, once(Environment::detect), clock, () -> closing);
    }

    private static ThreadFactory threads(boolean standingBack) {
        ThreadFactory factory = Thread.ofPlatform().name("assay-run-", 1).daemon().factory();
        return !standingBack
                ? factory
                : work -> factory.newThread(() -> {
                    Niceness.standBack();
                    work.run();
                });
    }

    /** A queue that does the work of {@link #submit} on the calling thread before it returns; for tests. */
    public static RunQueue inline(Catalogue catalogue, RunStore store) {
        return new RunQueue(catalogue, store, CostModels.inMemory(), Runnable::run, false);
    }

    private static <T> Supplier<T> once(Supplier<T> source) {
        return new Supplier<>() {
            private T value;

            @Override
            public synchronized T get() {
                if (value == null) {
                    value = source.get();
                }
                return value;
            }
        };
    }

    /** The analyses and input kinds. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** How many runs may work at once, at least 1. Those that already work go on. */
    public void setConcurrency(int most) {
        if (pool == null) {
            return;
        }
        if (most > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(most);
            pool.setCorePoolSize(most);
        } else {
            pool.setCorePoolSize(most);
            pool.setMaximumPoolSize(most);
        }
    }

    /** Queues a run that opens its inputs itself and closes them at its end. */
    public Run submit(RunRequest request) {
        return submit(request, null, "");
    }

    /** Queues a run on inputs that are open already; whoever opened them closes them, after the run's end. */
    public Run submit(RunRequest request, Inputs opened) {
        return submit(request, opened, "");
    }

    /**
     * Queues a run.
     *
     * @param opened inputs that are open already, or null
     * @param name name for the user, or empty for the analysis's title; several runs may have one name
     * @throws IllegalStateException when the queue is closed
     */
    public Run submit(RunRequest request, Inputs opened, String name) {
        if (closing) {
            throw new IllegalStateException("the queue is closed");
        }
        RunRequest absolute = absolute(request);
        String id = newId(request.analysis());
        String title = !name.isBlank()
                ? name
                : catalogue.find(request.analysis()).map(a -> a.info().title()).orElse(request.analysis());
        Run run = new Run(id, title, absolute, store.folder(id), clock, System::nanoTime, this::stateChanged);
        RunRecord asked = run.record();
        runs.add(run);
        Future<?> kept = keeping.submit(() -> {
            store.created(asked);
            return null;
        });
        listeners.forEach(l -> l.changed(run));
        compute.execute(() -> execute(run, opened, kept));
        return run;
    }

    private static RunRequest absolute(RunRequest request) {
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        request.inputs().forEach((role, list) -> inputs.put(
                role,
                list.stream()
                        .map(l -> new Location(l.path().toAbsolutePath().normalize(), l.options()))
                        .toList()));
        return new RunRequest(
                request.analysis(), inputs, request.parameters(), request.seed(), request.device(), request.threads());
    }

    private String newId(String analysis) {
        String safe = analysis.replaceAll("[^a-z0-9-]", "-");
        while (true) {
            String tail = Integer.toString(random.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
            String id = safe + "-" + STAMP.format(clock.instant()) + "-" + tail;
            if (runs.stream().noneMatch(r -> r.id().equals(id))) {
                return id;
            }
        }
    }

    private void execute(Run run, Inputs opened, Future<?> kept) {
        if (!run.begin()) {
            return; // cancelled while it was queued
        }
        scheduleSave(run, FIRST_SAVE, -1);
        RunWorker.Ending ending = worker.work(run, opened, () -> {
            await(kept);
            return null;
        });
        RunFailure unkept = keep(run, ending);
        if (unkept == null) {
            run.end(ending.state(), ending.failure(), ending.provenance());
        } else {
            run.end(RunState.FAILED, unkept, ending.provenance());
        }
    }

    /** Writes the ended run; what went wrong, or null. */
    private RunFailure keep(Run run, RunWorker.Ending ending) {
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
    private static void await(Future<?> future) throws IOException {
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
        if (!closing) {
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

    private void stateChanged(Run run) {
        if (run.cancelRequested() && !run.state().isFinal()) {
            later(GRACE, run::interrupt);
        }
        if (run.state() == RunState.CANCELLED && run.started().isEmpty()) {
            post(() -> endedInQueue(run));
        }
        if (!run.state().isFinal()) {
            post(() -> keepState(run));
        }
        listeners.forEach(l -> l.changed(run));
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

    /** The runs in the order in which they were submitted, ended ones included until they are removed. */
    public List<Run> runs() {
        return List.copyOf(runs);
    }

    /** Takes a run off the list; one that has not ended is cancelled first. What is stored stays. */
    public void remove(Run run) {
        run.cancel();
        if (runs.remove(run)) {
            listeners.forEach(l -> l.removed(run));
        }
    }

    /** Adds a listener. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Takes a listener off. */
    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    /**
     * Cancels what is queued or works, waits for it up to some seconds, and ends the threads. Never on the window's
     * thread. What does not stop is left behind and shows as interrupted at the next start.
     */
    @Override
    public void close() {
        closing = true;
        runs.forEach(Run::cancel);
        if (pool != null) {
            pool.shutdown();
            if (!ended(pool, 5)) {
                pool.shutdownNow();
                if (!ended(pool, 2)) {
                    LOG.warn("a run did not stop; its thread is left behind");
                }
            }
        }
        timer.shutdownNow();
        keeping.shutdown();
        if (!ended(keeping, 20)) {
            LOG.warn("the store did not finish writing");
        }
    }

    private static boolean ended(ExecutorService executor, int seconds) {
        try {
            return executor.awaitTermination(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return executor.isTerminated();
        }
    }
}

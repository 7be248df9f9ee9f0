package dev.assay.run;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.compute.CostModels;
import dev.assay.compute.Devices;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
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

    private final Catalogue catalogue;
    private final RunStore store;
    private final Clock clock;
    private final RunWorker worker;
    private final Executor compute;
    private final ThreadPoolExecutor pool;
    private final RunKeeper keeper;
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
        this(catalogue, store, costs, Devices::detect, null, false);
    }

    /** A queue that runs one analysis at a time and lets whatever else the process does, such as a window, go first. */
    public static RunQueue standingBack(Catalogue catalogue, RunStore store, CostModels costs) {
        return new RunQueue(catalogue, store, costs, Devices::detect, null, true);
    }

    private RunQueue(
            Catalogue catalogue, RunStore store, CostModels costs, Supplier<Devices> devices, Executor inline,
            boolean standingBack) {
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
        this.keeper = new RunKeeper(store, () -> closing);
        this.worker = new RunWorker(
                catalogue, once(devices), costs, once(Environment::detect), clock, () -> closing,
                sweepMembers());
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
        return inline(catalogue, store, Devices::detect);
    }

    /** As above, with other devices than the machine's. */
    static RunQueue inline(Catalogue catalogue, RunStore store, Supplier<Devices> devices) {
        return new RunQueue(catalogue, store, CostModels.inMemory(), devices, Runnable::run, false);
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
        String title = name.isBlank() ? title(request) : name;
        Run run = newRun(newId(request.analysis()), title, absolute(request));
        RunRecord asked = run.record();
        start(run, opened, () -> store.created(asked));
        return run;
    }

    /**
     * Lets a sweep that was interrupted or stopped go on under its id: what is done is kept, the rest is run.
     *
     * @param sweep an ended sweep of this queue or its store
     * @param opened inputs that are open already, or null
     * @throws IllegalArgumentException when it is no sweep, or not at an end
     * @throws IllegalStateException when the queue is closed
     */
    public Run goOn(RunView sweep, Inputs opened) {
        if (closing) {
            throw new IllegalStateException("the queue is closed");
        }
        if (!Sweep.is(sweep.request()) || !sweep.state().isFinal()) {
            throw new IllegalArgumentException(sweep.id() + " is no sweep that could go on");
        }
        runs.stream().filter(r -> r.id().equals(sweep.id())).findFirst().ifPresent(this::remove);
        Run run = newRun(sweep.id(), sweep.name(), sweep.request());
        RunRecord asked = run.record();
        start(run, opened, () -> store.reopened(asked));
        return run;
    }

    private String title(RunRequest request) {
        String id = Sweep.analysisOf(request);
        String analysis = catalogue.find(id).map(a -> a.info().title()).orElse(id);
        if (Sweep.is(request)) {
            try {
                return Sweep.of(request).title(analysis);
            } catch (AnalysisException e) {
                LOG.debug("a damaged sweep", e);
                return "Sweep";
            }
        }
        return analysis;
    }

    private Run newRun(String id, String title, RunRequest request) {
        return new Run(id, title, request, store.folder(id), clock, System::nanoTime, this::stateChanged);
    }

    private void start(Run run, Inputs opened, RunKeeper.Keeping keep) {
        runs.add(run);
        Future<?> kept = keeper.keep(keep);
        listeners.forEach(l -> l.changed(run));
        compute.execute(() -> execute(run, opened, kept));
    }

    private SweepRun.Members sweepMembers() {
        return new SweepRun.Members() {
            @Override
            public RunRecord execute(Run sweep, Sweep.Member member, Inputs inputs) {
                return member(sweep, member, inputs);
            }

            @Override
            public Optional<RunRecord> finished(Run sweep, Sweep.Member member) {
                return keeper.finished(Sweep.memberId(sweep.id(), member.number()));
            }
        };
    }

    /** Executes a member on the thread of its sweep; it is on the list for as long as it works. */
    private RunRecord member(Run sweep, Sweep.Member member, Inputs inputs) {
        Run run = newRun(
                Sweep.memberId(sweep.id(), member.number()),
                title(member.request()) + ", " + SweepRun.name(sweepOf(sweep), member),
                member.request());
        RunRecord asked = run.record();
        Future<?> kept = keeper.keep(() -> {
            store.discard(asked.id());
            store.created(asked);
        });
        runs.add(run);
        sweep.member(run);
        listeners.forEach(l -> l.changed(run));
        sweep.steerMember();
        execute(run, inputs, kept, sweep::steerMember);
        sweep.member(null);
        remove(run);
        return run.record();
    }

    private static Sweep sweepOf(Run sweep) {
        try {
            return Sweep.of(sweep.request());
        } catch (AnalysisException e) {
            throw new IllegalStateException(e);
        }
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
        execute(run, opened, kept, () -> {});
    }

    private void execute(Run run, Inputs opened, Future<?> kept, Runnable begun) {
        if (!run.begin()) {
            return; // cancelled while it was queued
        }
        begun.run();
        keeper.follow(run);
        RunWorker.Ending ending = worker.work(run, opened, () -> {
            RunKeeper.await(kept);
            return null;
        });
        RunFailure unkept = keeper.ended(run, ending);
        if (unkept == null) {
            run.end(ending.state(), ending.failure(), ending.provenance());
        } else {
            run.end(RunState.FAILED, unkept, ending.provenance());
        }
    }

    private void stateChanged(Run run) {
        keeper.stateChanged(run);
        listeners.forEach(l -> l.changed(run));
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
        keeper.close();
    }

    static boolean ended(ExecutorService executor, int seconds) {
        try {
            return executor.awaitTermination(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return executor.isTerminated();
        }
    }
}

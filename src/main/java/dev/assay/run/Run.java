package dev.assay.run;

import dev.assay.analysis.result.Result;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One execution of an analysis. Made by {@link RunQueue#submit}; viewers poll it, from any thread. A final state never
 * changes again.
 */
public final class Run implements RunView, RunControl {

    private final String id;
    private final String name;
    private final RunRequest request;
    private final Path folder;
    private final Instant created;
    private final Clock clock;
    private final Consumer<Run> onStateChange;
    private final WorkClock work;
    private final ProgressMeter progress;
    private final ResultBoard board = new ResultBoard();
    private final RunLog log;

    /** True while {@link #checkCancelled} has more to do than return. */
    private volatile boolean attention;

    private volatile RunState state = RunState.QUEUED;
    private volatile boolean cancelRequested;
    private volatile boolean hurried;
    private volatile Instant started;
    private volatile RunFailure failure;
    private volatile String device = "";
    private volatile Provenance provenance;
    private volatile Run member;
    private boolean finishing;
    private Thread worker;

    Run(
            String id,
            String name,
            RunRequest request,
            Path folder,
            Clock clock,
            LongSupplier nanos,
            Consumer<Run> onStateChange) {
        this.id = id;
        this.name = name;
        this.request = request;
        this.folder = folder;
        this.clock = clock;
        this.created = clock.instant();
        this.onStateChange = onStateChange;
        this.work = new WorkClock(nanos);
        this.progress = new ProgressMeter(work::worked);
        this.log = new RunLog(clock);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunRequest request() {
        return request;
    }

    @Override
    public RunState state() {
        return state;
    }

    @Override
    public RunProgress progress() {
        return progress.progress();
    }

    @Override
    public long resultsVersion() {
        return board.version();
    }

    @Override
    public List<Result> results() {
        return board.results();
    }

    @Override
    public List<LogLine> log() {
        return log.lines();
    }

    @Override
    public Optional<RunFailure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public Instant created() {
        return created;
    }

    @Override
    public Optional<Instant> started() {
        return Optional.ofNullable(started);
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(work.worked());
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Optional<Provenance> provenance() {
        return Optional.ofNullable(provenance);
    }

    /** Whether a cancel was asked for. */
    public boolean cancelRequested() {
        return cancelRequested;
    }

    /** Whether a cancel was asked for when the work had been done, so that the end should come soon. */
    boolean hurried() {
        return hurried;
    }

    @Override
    public void pause() {
        synchronized (this) {
            if (state != RunState.RUNNING || cancelRequested || finishing) {
                return;
            }
            state = RunState.PAUSED;
            attention = true;
            work.hold();
        }
        steer(Run::pause);
        onStateChange.accept(this);
    }

    @Override
    public void resume() {
        synchronized (this) {
            if (state != RunState.PAUSED) {
                return;
            }
            goOn();
            attention = cancelRequested;
        }
        steer(Run::resume);
        onStateChange.accept(this);
    }

    private void goOn() {
        state = RunState.RUNNING;
        work.go();
        notifyAll();
    }

    /**
     * Stops the run: at once while it is queued, at its next safe point else. Where only its inputs are left to be hashed,
     * that is cut short and its results stay whole.
     */
    @Override
    public void cancel() {
        synchronized (this) {
            if (state.isFinal() || cancelRequested) {
                return;
            }
            if (finishing) {
                hurried = true;
                return;
            }
            cancelRequested = true;
            attention = true;
            log.add(false, "Cancelled by the user");
            if (state == RunState.QUEUED) {
                state = RunState.CANCELLED;
                board.seal();
            } else if (state == RunState.PAUSED) {
                goOn();
            }
        }
        steer(Run::cancel);
        onStateChange.accept(this);
    }

    private void steer(Consumer<Run> how) {
        Run current = member;
        if (current != null) {
            how.accept(current);
        }
    }

    /** A sweep steers the member that works for it; null for none. Called before the member begins. */
    void member(Run current) {
        member = current;
    }

    /** The member has begun: what was asked of the sweep just before holds for it too. */
    void steerMember() {
        if (cancelRequested) {
            steer(Run::cancel);
        } else if (state == RunState.PAUSED) {
            steer(Run::pause);
        }
    }

    /** Waits while paused. See {@link dev.assay.analysis.RunContext#checkCancelled}. */
    void checkCancelled() {
        if (attention) {
            holdOrStop();
        }
    }

    private synchronized void holdOrStop() {
        while (state == RunState.PAUSED && !cancelRequested) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while paused");
            }
        }
        if (cancelRequested || state.isFinal()) {
            throw new CancellationException("the run was cancelled");
        }
    }

    /** The second means of a cancel: interrupts the run's thread if it is still at work. */
    synchronized void interrupt() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Begins on the calling thread; false when it was cancelled before. */
    boolean begin() {
        synchronized (this) {
            if (state != RunState.QUEUED) {
                return false;
            }
            state = RunState.RUNNING;
            started = clock.instant();
            worker = Thread.currentThread();
            work.go();
        }
        onStateChange.accept(this);
        return true;
    }

    /**
     * The analysis has returned, called on its thread: no interrupt reaches the thread any more, no result is taken, and
     * it is too late to pause or to cancel the work.
     *
     * @return whether a cancel was asked for before
     */
    boolean workEnded() {
        board.seal(); // copies what is left to copy, so not while others wait for the lock
        synchronized (this) {
            worker = null;
            finishing = true;
            if (state == RunState.PAUSED) {
                goOn();
            }
            // What is left is to keep the run: its time is settled, so that it is shown as it is stored.
            progress.finish();
            work.hold();
            Thread.interrupted(); // clears an interrupt that came too late to matter
            return cancelRequested;
        }
    }

    /** Settles the final state; false when there was one. */
    boolean end(RunState outcome, RunFailure why, Provenance from) {
        synchronized (this) {
            if (state.isFinal()) {
                return false;
            }
            progress.finish();
            work.hold();
            failure = why;
            provenance = from;
            state = outcome;
            attention = true;
            notifyAll();
        }
        onStateChange.accept(this);
        return true;
    }

    /** Whether the analysis has returned, so that only the end itself is left. */
    synchronized boolean isFinishing() {
        return finishing || state.isFinal();
    }

    /** What is known of the provenance before the end. */
    void provenance(Provenance soFar) {
        synchronized (this) {
            if (!state.isFinal()) {
                provenance = soFar;
            }
        }
    }

    void device(String text) {
        device = text;
    }

    ResultBoard board() {
        return board;
    }

    ProgressMeter meter() {
        return progress;
    }

    RunLog runLog() {
        return log;
    }

    /** The run as it stands. */
    public RunRecord record() {
        return new RunRecord(
                id, name, request, state, progress(), results(), log(), failure(), device, created, started(),
                elapsed(), folder, provenance());
    }
}

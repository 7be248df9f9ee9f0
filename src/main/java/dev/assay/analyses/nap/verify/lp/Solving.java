package dev.assay.analyses.nap.verify.lp;

import com.google.ortools.linearsolver.MPSolver;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Solves a program on a thread of its own, so that whoever waits can go on watching. Not every solver hears of an
 * interruption (GLOP does within some 25 ms, HiGHS does not): one that does not is left to end by its time limit, which
 * is why it gets its time in slices, each several times as long as the one before.
 */
final class Solving {

    private static final int POLL = 10;
    private static final long FIRST_SLICE = 2_000;
    private static final int GROWTH = 4;

    private final MPSolver solver;
    private Thread running;
    private boolean left;

    Solving(MPSolver solver) {
        this.solver = solver;
    }

    /**
     * Solves.
     *
     * @param millis most time, at least 1
     * @param sliced whether the solver does not hear of interruptions
     * @param watch called every few milliseconds; may throw to stop
     */
    MPSolver.ResultStatus run(long millis, boolean sliced, Runnable watch) {
        long end = System.nanoTime() + millis * 1_000_000;
        long slice = sliced ? FIRST_SLICE : millis;
        while (true) {
            long rest = Math.max(1, (end - System.nanoTime()) / 1_000_000);
            solver.setTimeLimit(Math.min(slice, rest));
            MPSolver.ResultStatus status = once(watch);
            boolean stopped =
                    status == MPSolver.ResultStatus.FEASIBLE || status == MPSolver.ResultStatus.NOT_SOLVED;
            if (!stopped || slice >= rest) {
                return status;
            }
            slice *= GROWTH;
        }
    }

    private MPSolver.ResultStatus once(Runnable watch) {
        FutureTask<MPSolver.ResultStatus> task = new FutureTask<>(this::solve);
        Thread thread = Thread.ofPlatform().daemon().name("solver").unstarted(() -> {
            task.run();
            ended();
        });
        synchronized (this) {
            running = thread;
        }
        thread.start();
        try {
            while (!thread.join(Duration.ofMillis(POLL))) {
                watch.run();
            }
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while solving", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the solver failed", e);
        }
    }

    private MPSolver.ResultStatus solve() {
        try {
            return solver.solve();
        } catch (IllegalArgumentException e) {
            // HiGHS ended without any solution at its time limit: its status has no name in the Java interface.
            return MPSolver.ResultStatus.NOT_SOLVED;
        }
    }

    private synchronized void ended() {
        running = null;
        if (left) {
            solver.delete();
        }
    }

    /** Frees the program: now, or when a solver that still runs ends. */
    void close() {
        synchronized (this) {
            if (running == null) {
                solver.delete();
                return;
            }
            left = true;
            solver.interruptSolve();
        }
    }
}

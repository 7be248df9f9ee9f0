package dev.assay.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Shares the rows of a call out among several devices: each takes the next piece when it has done one, so that the faster
 * one does more. A call too small for that goes as a whole to the device that has least to do. Safe for several threads.
 */
final class Shares implements AutoCloseable {

    /** Pieces for each device, so that none waits long for the last. */
    private static final int PIECES = 4;

    private final List<Kernels> members;
    private final AtomicIntegerArray busy;
    private final AtomicIntegerArray worked;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().name("assay-share-", 1).daemon().factory());

    Shares(List<Kernels> members) {
        this.members = List.copyOf(members);
        this.busy = new AtomicIntegerArray(members.size());
        this.worked = new AtomicIntegerArray(members.size());
    }

    /** Work on the rows {@code from..to-1}. */
    @FunctionalInterface
    interface Piece {

        /**
         * Does it.
         *
         * @param member which device; never two pieces of a call at once on one
         */
        void run(int member, int from, int to);
    }

    /**
     * Runs all rows and returns when they are done.
     *
     * @param rows their number
     * @param least rows that are worth a piece of their own
     * @throws RuntimeException the first that a piece threw, when all devices have stopped
     */
    void run(int rows, int least, Piece work) {
        int pieces = Math.clamp(rows / Math.max(1, least), 1, PIECES * members.size());
        if (pieces == 1) {
            int member = leastBusy();
            counted(member, () -> work.run(member, 0, rows));
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        List<Future<?>> running = new ArrayList<>();
        for (int m = 0; m < members.size(); m++) {
            int member = m;
            running.add(threads.submit(() -> {
                try {
                    for (int p = next.getAndIncrement(); p < pieces && !stopped.get(); p = next.getAndIncrement()) {
                        int from = (int) (rows * (long) p / pieces);
                        int to = (int) (rows * (p + 1L) / pieces);
                        counted(member, () -> work.run(member, from, to));
                    }
                } catch (RuntimeException | Error e) {
                    stopped.set(true);
                    throw e;
                }
            }));
        }
        await(running);
    }

    private int leastBusy() {
        int best = 0;
        for (int m = 1; m < members.size(); m++) {
            if (busy.get(m) < busy.get(best)) {
                best = m;
            }
        }
        return best;
    }

    /** Whether a device has had any rows. */
    boolean worked(int member) {
        return worked.get(member) > 0;
    }

    private void counted(int member, Runnable work) {
        worked.set(member, 1);
        busy.incrementAndGet(member);
        try {
            work.run();
        } finally {
            busy.decrementAndGet(member);
        }
    }

    /** Waits for all, whatever happens, since they use the caller's memory. */
    private static void await(List<Future<?>> running) {
        Throwable problem = null;
        boolean interrupted = false;
        for (Future<?> future : running) {
            while (true) {
                try {
                    future.get();
                    break;
                } catch (ExecutionException e) {
                    problem = problem == null ? e.getCause() : problem;
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (problem instanceof RuntimeException e) {
            throw e;
        }
        if (problem instanceof Error e) {
            throw e;
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}

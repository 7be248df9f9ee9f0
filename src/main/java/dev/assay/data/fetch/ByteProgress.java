package dev.assay.data.fetch;

import ai.djl.util.Progress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that DJL reports and stops it when it is told to. */
final class ByteProgress implements Progress {

    private final AtomicLong done = new AtomicLong();
    private volatile long total = -1;
    private volatile boolean cancelled;

    void cancel() {
        cancelled = true;
    }

    /** Ends the download when it was cancelled. */
    void check() {
        if (cancelled) {
            throw new CancellationException("fetching was cancelled");
        }
    }

    long done() {
        return done.get();
    }

    long total() {
        return total;
    }

    @Override
    public void reset(String message, long max, String trailing) {
        total = max > 0 ? max : -1;
        done.set(0);
    }

    @Override
    public void start(long initial) {
        done.set(initial);
    }

    @Override
    public void end() {
        // the last count stands
    }

    @Override
    public void increment(long increment) {
        check();
        done.addAndGet(increment);
    }

    @Override
    public void update(long progress, String message) {
        check();
        done.set(progress);
    }
}

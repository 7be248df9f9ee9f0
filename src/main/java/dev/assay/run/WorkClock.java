package dev.assay.run;

import java.util.function.LongSupplier;

/** Measures time worked, pauses not counted. Safe for any thread. */
final class WorkClock {

    private final LongSupplier nanos;
    private long worked;
    private long since;
    private boolean running;

    /** @param nanos a clock like {@link System#nanoTime} */
    WorkClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Starts or goes on; nothing when it runs. */
    synchronized void go() {
        if (!running) {
            since = nanos.getAsLong();
            running = true;
        }
    }

    /** Holds; nothing when it does not run. */
    synchronized void hold() {
        if (running) {
            worked += nanos.getAsLong() - since;
            running = false;
        }
    }

    /** Nanoseconds worked so far. */
    synchronized long worked() {
        return running ? worked + nanos.getAsLong() - since : worked;
    }
}

package dev.assay.data.source;

import java.util.concurrent.CancellationException;

/** Reading ends when its thread is interrupted; every reader owns what an interrupt would close. */
public final class Interruption {

    private Interruption() {}

    /**
     * Ends a read whose thread was interrupted; the thread stays marked so.
     *
     * @throws CancellationException when it was
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("reading was stopped");
        }
    }

    /** The same for a channel that was closed by an interrupt. */
    public static CancellationException of(Exception cause) {
        CancellationException stopped = new CancellationException("reading was stopped");
        stopped.initCause(cause);
        return stopped;
    }
}

package dev.assay.run;

/** State of a run. */
public enum RunState {
    /** Waits for its turn. */
    QUEUED,
    /** Works. */
    RUNNING,
    /** Holds at the next safe point. */
    PAUSED,
    /** Ended with all results. */
    DONE,
    /** Stopped by the user; has what it had found. */
    CANCELLED,
    /** Stopped by a problem; has what it had found. */
    FAILED,
    /** The program ended before the run did; found at the next start. */
    INTERRUPTED;

    /** Whether the run has ended; a final state never changes again. */
    public boolean isFinal() {
        return ordinal() >= DONE.ordinal();
    }
}

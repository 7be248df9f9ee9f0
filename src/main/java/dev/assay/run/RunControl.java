package dev.assay.run;

/**
 * Steers a run that this program is executing. Implemented by live runs beside {@link RunView}; a run read back from a
 * workspace does not have it. Every method returns at once, may be called from any thread, and does nothing when the
 * run's state does not allow it.
 */
public interface RunControl {

    /** Holds the run at its next safe point. */
    void pause();

    /** Lets a paused run go on. */
    void resume();

    /** Stops the run; what it has found so far is kept. */
    void cancel();
}

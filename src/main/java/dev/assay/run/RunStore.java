package dev.assay.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where runs are kept. Apart from {@link #folder} all methods are called on one background thread, never on the window's
 * or a run's.
 */
public interface RunStore {

    /** The folder of a run, whether it is there yet or not. Touches no disk; any thread. */
    Path folder(String runId);

    /**
     * Keeps a new run and makes its folder.
     *
     * @throws IOException when that cannot be done; the run then fails with the message
     */
    void created(RunRecord run) throws IOException;

    /**
     * A sweep that had been interrupted or stopped goes on under its id.
     *
     * @throws IOException when that cannot be kept; the sweep then fails with the message
     */
    default void reopened(RunRecord sweep) throws IOException {
        created(sweep);
    }

    /**
     * Takes away what an earlier attempt at a member of a sweep left behind, so that it can be created anew.
     *
     * @throws IOException when that cannot be done
     */
    default void discard(String memberId) throws IOException {}

    /** The run of that id with its results if it is kept as done; empty when it is not or cannot be read. */
    default Optional<RunRecord> finished(String runId) {
        return Optional.empty();
    }

    /** Keeps the state of a run that goes on (running, paused). */
    default void stateChanged(RunView run) throws IOException {}

    /** Keeps what a run has found so far, also its state; called every few seconds while something changes. */
    void progressed(RunRecord run) throws IOException;

    /**
     * Keeps a run in its final state with all its results.
     *
     * @throws IOException when the results cannot be written; nothing half-written is left, and the run becomes FAILED
     */
    void ended(RunRecord run) throws IOException;

    /** Keeps the fact that the results of a run could not be written, as well as that is possible. */
    void couldNotKeep(RunRecord run);
}

package dev.assay.analysis;

import java.nio.file.Path;

/**
 * What a run gives to its analysis: progress, cancellation, pause, seed, kernels, log and the way out for results. All
 * methods may be called from any thread of the run.
 */
public interface RunContext extends ResultSink {

    /**
     * Starts a phase of the work; the rate and the time left are derived from it. A phase ends when the next one
     * starts or the run ends.
     *
     * @param name what is being done, e.g. {@code Mining}
     * @param total number of items, or -1 when it is not known
     * @param unit what an item is, plural, e.g. {@code images}
     */
    Progress phase(String name, long total, String unit);

    /**
     * Returns at once while the run goes on, waits while it is paused. Called at least every 50 ms of work, so that a
     * cancel is honoured within 200 ms.
     *
     * @throws java.util.concurrent.CancellationException when the run was cancelled
     */
    void checkCancelled();

    /** The seed: the same seed, inputs and parameters give the same result on the CPU. */
    long seed();

    /** How many threads the run may use, at least 1. */
    int threads();

    /**
     * The implementation of a kernel for the run's device.
     *
     * @param type the kernel's interface
     * @throws IllegalArgumentException when there is no such kernel
     */
    <K> K kernel(Class<K> type);

    /** Whether engines may use a graphics processor: the run's device is one, or is chosen automatically. */
    default boolean graphics() {
        return false;
    }

    /** A line in the run's log. */
    void log(String message);

    /** A line in the run's log that is also shown as a warning beside the results. */
    void warn(String message);

    /**
     * A folder for files that belong to the run beside its results (a pattern file, packed bits). Files in it are kept
     * with the run; write them so that a crash leaves no half-written file under the final name.
     */
    Path artifacts();

    /** Progress of a phase. */
    interface Progress {

        /** Adds finished items. */
        void advance(long items);
    }
}

package dev.assay.model;

import dev.assay.analysis.InputException;
import java.nio.FloatBuffer;

/** A network ready to run. Several threads may call {@link #run} at once; each owns what it gets. */
public interface Inference extends AutoCloseable {

    /**
     * Runs a batch.
     *
     * @param samples direct buffer of {@code count} samples, each flattened in the order of the model's input shape,
     *     read from its position on
     * @param count number of samples, at most the batch size
     * @return scores and captured tensors; valid until it is closed
     * @throws InputException when the engine refuses the batch
     */
    Activations run(FloatBuffer samples, int count) throws InputException;

    /** Why this runs more slowly than it should, one sentence for the log; empty when it does not. */
    default String warning() {
        return "";
    }

    /** Where it runs if not on the processor, for the log; empty on the processor. */
    default String place() {
        return "";
    }

    @Override
    void close();

    /** What a batch produced. Holds native memory until closed. */
    interface Activations extends AutoCloseable {

        /** Scores, {@code count} rows of the output's size, position 0. */
        FloatBuffer scores();

        /** The captured tensor of that index in {@link InferenceOptions#capture()}, {@code count} rows, position 0. */
        FloatBuffer captured(int index);

        @Override
        void close();
    }
}

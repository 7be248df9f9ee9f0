package dev.assay.data;

import dev.assay.analysis.InputException;
import java.nio.FloatBuffer;

/**
 * Reads a dataset batch by batch. Used by one thread at a time; interrupting that thread ends a read with a {@link
 * java.util.concurrent.CancellationException}.
 */
public interface BatchReader extends AutoCloseable {

    /**
     * Reads the next batch.
     *
     * @param samples direct buffer with room for the batch size; filled from 0, each sample flattened; afterwards its
     *     position is 0 and its limit the end of the last sample
     * @param labels room for the batch size; filled with class indices, -1 for none
     * @return number of samples read; 0 at the end
     * @throws InputException when the file is gone or damaged, naming the sample
     */
    int next(FloatBuffer samples, int[] labels) throws InputException;

    @Override
    void close();
}

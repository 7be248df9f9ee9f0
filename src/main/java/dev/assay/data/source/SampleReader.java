package dev.assay.data.source;

import dev.assay.analysis.InputException;

/**
 * Reads stored samples in order. Used by one thread at a time; an interrupt of it ends a read with a {@link
 * java.util.concurrent.CancellationException}. Callers stay within the number of samples.
 */
public interface SampleReader extends AutoCloseable {

    /**
     * Reads the next samples.
     *
     * @param block room for them, from 0
     * @param samples how many, at least 1
     * @param labels gets class indices, -1 for none
     * @param at where in {@code labels}
     * @throws InputException when the file is gone, changed or damaged
     */
    void read(byte[] block, int samples, int[] labels, int at) throws InputException;

    /** Reads labels alone and passes over the values. */
    void readLabels(int samples, int[] labels, int at) throws InputException;

    /** Passes over samples. */
    void skip(long samples) throws InputException;

    @Override
    void close();
}

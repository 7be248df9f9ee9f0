package dev.assay.data;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import java.util.List;
import java.util.Optional;

/**
 * Samples with optional labels. Values are float32 after the preprocessing that the location's options ask for. Safe
 * to use from several threads at once.
 */
public interface Dataset extends Input {

    /** Number of samples. */
    long size();

    /** Shape of a sample as networks see it, e.g. {@code [1, 28, 28]} (channels first) or {@code [30]}. */
    int[] sampleShape();

    /** Whether samples have labels. */
    boolean labelled();

    /** Class names; a label is an index into it. Empty without labels. */
    List<String> classes();

    /**
     * The labels of samples that may have several at once; reads them at every call. Empty for data with one label per
     * sample or none, whose labels the other methods give.
     *
     * @throws InputException when the file is gone or damaged, or holds something else than 0 and 1
     */
    default Optional<LabelSets> labelSets() throws InputException {
        return Optional.empty();
    }

    /** Samples per class, in the order of {@link #classes()}; reads the labels at the first call. */
    long[] classCounts() throws InputException;

    /** The preprocessing in words, e.g. {@code value / 255}; shown and stored with a run. */
    String preprocessing();

    /**
     * Reads samples in order from a first one on. Streams: memory does not grow with the dataset.
     *
     * @param first index of the first sample
     * @param batchSize samples per batch
     * @throws InputException when the file is gone or damaged
     */
    BatchReader read(long first, int batchSize) throws InputException;

    /**
     * One sample, for looking at.
     *
     * @throws InputException when the file is gone or damaged
     */
    Sample sample(long index) throws InputException;
}

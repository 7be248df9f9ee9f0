package dev.assay.data.source;

import dev.assay.analysis.InputException;
import dev.assay.data.LabelSets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Stored samples of one format, before any preprocessing. Safe to use from several threads. */
public interface SampleSource extends AutoCloseable {

    /** Stored samples, at least 1. */
    long count();

    /** How a sample is stored. */
    StoredForm form();

    /** Class names; empty without labels. */
    List<String> classes();

    /** Reads the labels of samples that may have several at once; empty for all other samples. */
    default Optional<LabelSetReader> labelSets() {
        return Optional.empty();
    }

    /** Reads labels of all stored samples. */
    @FunctionalInterface
    interface LabelSetReader {

        /**
         * Reads them.
         *
         * @throws InputException when the file is gone or damaged, or holds something else than 0 and 1
         */
        LabelSets read() throws InputException;
    }

    /** The files whose content it consists of, in a fixed order. */
    List<Path> files();

    /** Reads in order from a sample on. */
    SampleReader read(long first) throws InputException;

    /** Reads single samples at random; may unpack a compressed file at the first call. */
    default SampleReader readAt(long index) throws InputException {
        return read(index);
    }

    @Override
    void close();
}

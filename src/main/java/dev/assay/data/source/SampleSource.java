package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.nio.file.Path;
import java.util.List;

/** Stored samples of one format, before any preprocessing. Safe to use from several threads. */
public interface SampleSource extends AutoCloseable {

    /** Stored samples, at least 1. */
    long count();

    /** How a sample is stored. */
    StoredForm form();

    /** Class names; empty without labels. */
    List<String> classes();

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

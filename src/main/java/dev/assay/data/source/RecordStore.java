package dev.assay.data.source;

import dev.assay.analysis.InputException;

/** Stored samples of one size that can be read in order from any one on. Safe to use from several threads. */
public interface RecordStore extends AutoCloseable {

    /** Number of records, at least 1. */
    long count();

    /** Reads in order from a record on; nothing is opened before the first read. */
    Reader read(long first);

    /** Reads at random; may unpack a packed file at its first read. */
    Reader readAt(long index);

    @Override
    void close();

    /** Reads records in order. Used by one thread at a time. */
    interface Reader extends AutoCloseable {

        /**
         * Reads the next records.
         *
         * @param into room for them, from 0
         * @throws InputException when the file is gone, changed or damaged
         */
        void read(byte[] into, int records) throws InputException;

        /** Passes over records. */
        void skip(long records);

        @Override
        void close();
    }
}

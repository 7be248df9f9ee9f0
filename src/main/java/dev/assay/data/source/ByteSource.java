package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/** Bytes of a known number, plain or packed. Safe to use from several threads; a stream or channel is for one. */
public interface ByteSource extends AutoCloseable {

    /** The file for messages. */
    Path path();

    /** Number of bytes, unpacked. */
    long length();

    /**
     * Reads in order from a position on. A packed source unpacks and drops what lies before it.
     *
     * @throws java.util.concurrent.CancellationException when the thread is interrupted meanwhile
     */
    InputStream open(long position) throws IOException, InputException;

    /**
     * Reads at random. A packed source is unpacked into a temporary file at the first call.
     *
     * @throws java.util.concurrent.CancellationException when the thread is interrupted meanwhile
     */
    SeekableByteChannel openChannel() throws IOException, InputException;

    /**
     * Checks that the file is still the one it was.
     *
     * @throws InputException when it was deleted, replaced or changed
     */
    void check() throws InputException;

    @Override
    void close();
}

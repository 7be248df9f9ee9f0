package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A packed file, or a member of one, that unpacks to a known number of bytes; never more than that is unpacked. Random
 * access unpacks it once into a temporary file, which later reading in order uses as well.
 */
public abstract class PackedBytes implements ByteSource {

    private static final int SKIP_BYTES = 1 << 16;

    private final FileStamp stamp;
    private final long length;
    private final Object lock = new Object();
    private volatile UnpackedFile unpacked;
    private volatile boolean closed;

    /**
     * @param stamp the packed file
     * @param length unpacked bytes
     */
    protected PackedBytes(FileStamp stamp, long length) {
        this.stamp = stamp;
        this.length = length;
    }

    /** Starts unpacking. */
    protected abstract InputStream unpack() throws IOException;

    @Override
    public final Path path() {
        return stamp.path();
    }

    @Override
    public final long length() {
        return length;
    }

    @Override
    public final InputStream open(long position) throws IOException, InputException {
        stamp.check();
        UnpackedFile done = unpacked;
        if (done != null) {
            return Channels.newInputStream(Files.newByteChannel(done.path()).position(position));
        }
        InputStream stream = unpack();
        try {
            skip(stream, position);
            return stream;
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private static void skip(InputStream stream, long bytes) throws IOException {
        byte[] dropped = new byte[(int) Math.min(SKIP_BYTES, bytes)];
        long left = bytes;
        while (left > 0) {
            Interruption.check();
            int read = stream.read(dropped, 0, (int) Math.min(left, dropped.length));
            if (read < 0) {
                throw new EOFException("ends " + left + " bytes too early");
            }
            left -= read;
        }
    }

    @Override
    public final SeekableByteChannel openChannel() throws IOException, InputException {
        stamp.check();
        UnpackedFile done = unpacked;
        if (done == null) {
            synchronized (lock) {
                done = unpacked;
                if (done == null) {
                    try (InputStream stream = unpack()) {
                        done = UnpackedFile.of(stream, length, () -> closed);
                    }
                    unpacked = done;
                }
            }
            if (closed) {
                done.close();
            }
        }
        return Files.newByteChannel(done.path());
    }

    @Override
    public final void check() throws InputException {
        stamp.check();
    }

    @Override
    public void close() {
        closed = true;
        UnpackedFile done = unpacked;
        if (done != null) {
            done.close();
        }
    }
}

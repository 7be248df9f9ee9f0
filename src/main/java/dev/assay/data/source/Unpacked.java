package dev.assay.data.source;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A packed file's content, in memory when it is small, else in a temporary file that goes away on closing. */
final class Unpacked implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Unpacked.class);
    private static final int PIECE = 1 << 16;

    private final byte[] memory;
    private final Path file;

    private Unpacked(byte[] memory, Path file) {
        this.memory = memory;
        this.file = file;
    }

    /**
     * Unpacks exactly that many bytes.
     *
     * @throws IOException when the stream ends too early, is damaged, or the disk is full
     * @throws CancellationException when it is stopped
     */
    static Unpacked of(InputStream stream, long length, BooleanSupplier stopped) throws IOException {
        if (length <= Limits.unpackedInMemory()) {
            byte[] memory = new byte[(int) length];
            for (int at = 0; at < memory.length; ) {
                at += piece(stream, memory, at, memory.length - at, length - at, stopped);
            }
            return new Unpacked(memory, null);
        }
        Path file = Files.createTempFile("assay-", ".unpacked");
        file.toFile().deleteOnExit();
        Unpacked unpacked = new Unpacked(null, file);
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            FileStore disk = Files.getFileStore(file);
            if (disk.getUsableSpace() < length) {
                throw new IOException("unpacking needs " + length + " bytes in " + file.getParent() + ", where "
                        + disk.getUsableSpace() + " are free");
            }
            byte[] bytes = new byte[PIECE];
            for (long left = length; left > 0; ) {
                int read = piece(stream, bytes, 0, bytes.length, left, stopped);
                out.write(bytes, 0, read);
                left -= read;
            }
            whole = true;
        } finally {
            if (!whole) {
                unpacked.close();
            }
        }
        return unpacked;
    }

    private static int piece(InputStream in, byte[] into, int at, int room, long left, BooleanSupplier stopped)
            throws IOException {
        Interruption.check();
        if (stopped.getAsBoolean()) {
            throw new CancellationException("reading was stopped");
        }
        int read = in.read(into, at, (int) Math.min(Math.min(PIECE, room), left));
        if (read < 0) {
            throw new EOFException("ends " + left + " bytes too early");
        }
        return read;
    }

    /** Reads from a position on. */
    InputStream open(long position) throws IOException {
        if (memory != null) {
            return new ByteArrayInputStream(memory, (int) position, memory.length - (int) position);
        }
        SeekableByteChannel channel = Files.newByteChannel(file);
        channel.position(position);
        return Channels.newInputStream(channel);
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("The temporary file {} could not be deleted; it goes away when the program ends", file, e);
            }
        }
    }
}

package dev.assay.analyses.nap.verify.bound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the slopes and multipliers of a proof out of the heap while its tree grows: the first few stay there, the others go
 * to a temporary file, which is made when it is needed and deleted on closing. Where it cannot be written all stay in the
 * heap. Safe for several threads.
 */
public final class Spool implements AutoCloseable {

    /** Bytes that are kept in the heap. */
    private static final long FREE = 4L << 20;

    /** Bytes that are written at once. */
    private static final int BLOCK = 1 << 18;

    private final Path folder;
    private final long free;
    private long inHeap;
    private Path file;
    private FileChannel channel;
    private ByteBuffer pending;
    private long written;
    private boolean broken;

    /**
     * With its file in a folder, which must exist by the time that the file is needed.
     *
     * @param folder null to keep everything in the heap
     */
    public Spool(Path folder) {
        this(folder, FREE);
    }

    /** The same with that many bytes kept in the heap. */
    public Spool(Path folder, long free) {
        this.folder = folder;
        this.free = free;
        this.broken = folder == null;
    }

    /** One that keeps everything in the heap. */
    public static Spool inHeap() {
        return new Spool(null);
    }

    /** Whether what is kept takes no heap to speak of. */
    public synchronized boolean isOutside() {
        return !broken;
    }

    private record Stored(Spool spool, long at, int length) implements Held {
        @Override
        public Multipliers get() {
            return spool.read(at, length);
        }
    }

    /** Takes over values; null stays null. */
    public Held keep(Held values) {
        return values instanceof Multipliers m ? keep(m) : values;
    }

    private synchronized Held keep(Multipliers m) {
        int length = 8 + 8 * (m.sloped().length + m.signed().length);
        if (broken || inHeap + length <= free) {
            inHeap += length;
            return m;
        }
        try {
            return new Stored(this, write(m, length), length);
        } catch (IOException e) {
            broken = true;
            return m;
        }
    }

    private long write(Multipliers m, int length) throws IOException {
        if (channel == null) {
            file = Files.createTempFile(folder, "proof", ".spool");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            pending = ByteBuffer.allocate(BLOCK);
        }
        if (pending.remaining() < length) {
            flush();
        }
        if (pending.capacity() < length) {
            pending = ByteBuffer.allocate(length);
        }
        long at = written + pending.position();
        put(m.sloped(), m.slopes());
        put(m.signed(), m.factors());
        return at;
    }

    private void put(int[] units, float[] values) {
        pending.putInt(units.length);
        for (int unit : units) {
            pending.putInt(unit);
        }
        for (float v : values) {
            pending.putFloat(v);
        }
    }

    private void flush() throws IOException {
        ByteBuffer block = pending.duplicate().flip();
        long at = written;
        while (block.hasRemaining()) {
            at += channel.write(block, at);
        }
        written = at;
        pending.clear();
    }

    private synchronized Multipliers read(long at, int length) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            if (at >= written) {
                bytes.put(pending.duplicate().clear().position((int) (at - written))
                        .limit((int) (at - written) + length));
            } else {
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, at + bytes.position()) < 0) {
                        throw new IOException("the file of the proof's values is cut short");
                    }
                }
            }
            bytes.flip();
            int[] sloped = units(bytes);
            float[] slopes = floats(bytes, sloped.length);
            int[] signed = units(bytes);
            return new Multipliers(sloped, slopes, signed, floats(bytes, signed.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] units(ByteBuffer bytes) {
        int[] units = new int[bytes.getInt()];
        for (int i = 0; i < units.length; i++) {
            units[i] = bytes.getInt();
        }
        return units;
    }

    private static float[] floats(ByteBuffer bytes, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = bytes.getFloat();
        }
        return values;
    }

    @Override
    public synchronized void close() {
        broken = true;
        if (channel != null) {
            try {
                channel.close();
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The file goes with the run's folder.
                channel = null;
            }
        }
    }
}

package dev.assay.data.npy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes arrays side by side into an NPZ archive, as {@code numpy.savez} does. The file appears when it is complete. */
public final class NpzWriter implements AutoCloseable {

    private static final int CHUNK = 1 << 14;
    private static final int ALIGNMENT = 64;

    private final Path file;
    private final Path part;
    private final ZipOutputStream zip;
    /** Until an array is whole. */
    private boolean failed = true;

    /**
     * Starts an archive.
     *
     * @throws IOException when it cannot be written
     */
    public NpzWriter(Path file) throws IOException {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(part));
        this.zip = new ZipOutputStream(out);
        zip.setLevel(1);
    }

    /** Adds a float32 matrix, row-major. */
    public void add(String name, float[] values, int rows, int columns) throws IOException {
        begin(name, rows, columns);
        append(FloatBuffer.wrap(values));
        end();
    }

    /** Starts a float32 matrix whose values follow row by row with {@link #append}, until {@link #end}. */
    public void begin(String name, long rows, int columns) throws IOException {
        begin(name, "<f4", rows + ", " + columns);
    }

    /** Adds values to the matrix that was begun, from the buffer's position to its limit; the buffer stays as it is. */
    public void append(FloatBuffer values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = values.position(); at < values.limit(); at += CHUNK) {
            int count = Math.min(CHUNK, values.limit() - at);
            buffer.asFloatBuffer().put(0, values, at, count);
            zip.write(buffer.array(), 0, count * Float.BYTES);
        }
    }

    /** Adds a list of int32. */
    public void add(String name, int[] values) throws IOException {
        begin(name, "<i4", values.length + ",");
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; at += CHUNK) {
            int count = Math.min(CHUNK, values.length - at);
            buffer.clear();
            buffer.asIntBuffer().put(values, at, count);
            zip.write(buffer.array(), 0, count * Integer.BYTES);
        }
        end();
    }

    private void begin(String name, String type, String shape) throws IOException {
        failed = true;
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
        int start = 10 + header.length() + 1;
        String padded = header + " ".repeat((ALIGNMENT - start % ALIGNMENT) % ALIGNMENT) + "\n";
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        zip.write(padded.length() & 0xFF);
        zip.write(padded.length() >> 8);
        zip.write(padded.getBytes(StandardCharsets.US_ASCII));
    }

    /** Ends the matrix that was begun. An archive that is closed before is not kept. */
    public void end() throws IOException {
        zip.closeEntry();
        failed = false;
    }

    /** Finishes the archive; after a failure, or without any array, the unfinished file is removed instead. */
    @Override
    public void close() throws IOException {
        try {
            try (zip) {
                if (!failed) {
                    zip.finish();
                }
            }
            if (!failed) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

package dev.assay.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A packed file's content in a temporary file that goes away on closing, at the latest when the program ends.
 *
 * @param path the temporary file
 */
record UnpackedFile(Path path) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UnpackedFile.class);
    private static final int PIECE = 1 << 18;

    /**
     * Unpacks exactly that many bytes.
     *
     * @param stopped asked now and then; true ends it
     * @throws IOException when the stream ends too early or is damaged, or there is not enough room
     * @throws CancellationException when it is stopped
     */
    static UnpackedFile of(InputStream stream, long length, BooleanSupplier stopped) throws IOException {
        UnpackedFile file = new UnpackedFile(Files.createTempFile("assay-", ".unpacked"));
        file.path.toFile().deleteOnExit();
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(file.path)) {
            long free = Files.getFileStore(file.path).getUsableSpace();
            if (free < length) {
                throw new IOException("unpacking it needs " + length + " bytes in " + file.path.getParent() + ", where "
                        + free + " are free");
            }
            byte[] bytes = new byte[(int) Math.min(PIECE, length)];
            for (long left = length; left > 0;) {
                Interruption.check();
                if (stopped.getAsBoolean()) {
                    throw new CancellationException("the dataset was closed");
                }
                int read = stream.read(bytes, 0, (int) Math.min(left, bytes.length));
                if (read < 0) {
                    throw new EOFException("ends " + left + " bytes too early");
                }
                out.write(bytes, 0, read);
                left -= read;
            }
            if (stream.read() >= 0) {
                throw new ZipException("it goes on after its " + length + " declared bytes");
            }
            whole = true;
        } finally {
            if (!whole) {
                file.close();
            }
        }
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("The temporary file {} could not be deleted; it goes away when the program ends", path, e);
        }
    }
}

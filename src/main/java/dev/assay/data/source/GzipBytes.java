package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A gzip file. */
public final class GzipBytes extends PackedBytes {

    private static final int BUFFER = 1 << 16;

    private final Path file;

    private GzipBytes(FileStamp stamp, long length) {
        super(stamp, length);
        file = stamp.path();
    }

    /**
     * A gzip file that should unpack to that many bytes.
     *
     * @throws InputException when it cannot: the number is over the limit or over what so small a file can hold
     */
    public static GzipBytes of(FileStamp stamp, long length) throws InputException {
        Damage.checkUnpacked(stamp.path(), length, stamp.size());
        return new GzipBytes(stamp, length);
    }

    /** Whether a file begins as gzip files do; false when it cannot be read. */
    public static boolean isGzip(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1F && in.read() == 0x8B;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Opens a file's content, unpacked when it is a gzip file. */
    public static InputStream openAny(Path path) throws IOException {
        return isGzip(path) ? open(path) : Files.newInputStream(path);
    }

    private static InputStream open(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        try {
            return new GZIPInputStream(in, BUFFER);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    protected InputStream unpack() throws IOException {
        return open(file);
    }
}

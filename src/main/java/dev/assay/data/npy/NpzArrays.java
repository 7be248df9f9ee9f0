package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.source.Damage;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The arrays of an NPZ archive, each read whole into memory. */
public final class NpzArrays implements AutoCloseable {

    /** Most bytes of one array. */
    private static final long MOST_BYTES = 1L << 31;

    private static final int PIECE = 1 << 16;

    private final NpzArchive archive;

    private NpzArrays(NpzArchive archive) {
        this.archive = archive;
    }

    /**
     * Opens an archive.
     *
     * @throws InputException when it is damaged or hostile
     */
    public static NpzArrays open(Path path) throws InputException {
        return new NpzArrays(NpzArchive.open(path));
    }

    /** The arrays of an archive that somebody else has opened, and closes. */
    static NpzArrays of(NpzArchive archive) {
        return new NpzArrays(archive);
    }

    /** Whether an archive holds an array of that name. Looks at its list of members only; never throws. */
    public static boolean holds(Path path, String array) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return zip.getEntry(array + ".npy") != null;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Names of the arrays. */
    public List<String> names() {
        return archive.names();
    }

    /** The archive and an array, for messages. */
    public String where(String array) {
        return archive.where(array);
    }

    /**
     * An array, row-major whatever its order in the file.
     *
     * @param shape dimensions
     * @param whole whether the stored type is one of whole numbers
     * @param values as doubles; integers beyond 2^53 are refused
     */
    public record Array(long[] shape, boolean whole, double[] values) {}

    /**
     * Reads an array.
     *
     * @throws InputException when there is none of that name, or it is damaged or too large
     * @throws java.util.concurrent.CancellationException when the thread is interrupted meanwhile
     */
    public Array read(String name) throws InputException {
        ZipEntry entry = archive.entry(name);
        String where = archive.where(name);
        if (entry == null) {
            throw new InputException(
                    "the archive has no array '" + name + "'; it has " + String.join(", ", names()),
                    archive.stamp().path().toString(), "save it with numpy.savez under that name");
        }
        try (InputStream in = archive.unpack(entry)) {
            NpyHeader header = NpyHeader.read(in, where);
            long bytes = header.wholeBytes();
            Damage.checkUnpacked(archive.stamp().path(), bytes, Math.max(0, entry.getCompressedSize()));
            if (bytes > MOST_BYTES || entry.getSize() != bytes) {
                throw new InputException(
                        bytes > MOST_BYTES ? "the array has " + bytes + " bytes, more than can be held"
                                : "the array has " + entry.getSize() + " bytes where its header declares " + bytes,
                        where, "it was cut short or is made to deceive; save it again");
            }
            return values(in, header, where);
        } catch (IOException e) {
            throw new InputException(
                    "the array cannot be unpacked (" + FileStamp.reason(e) + ")", where,
                    "the file is damaged; save it again", e);
        }
    }

    private static Array values(InputStream in, NpyHeader header, String where) throws IOException, InputException {
        int count = Math.toIntExact(header.count() * header.sampleValues());
        double[] stored = new double[count];
        int size = header.type().bytes();
        byte[] piece = new byte[PIECE * size];
        ByteBuffer raw = ByteBuffer.wrap(piece).order(header.order());
        for (int at = 0; at < count; at += PIECE) {
            Interruption.check();
            int now = Math.min(PIECE, count - at);
            if (in.readNBytes(piece, 0, now * size) < now * size) {
                throw new IOException("it ends early");
            }
            for (int i = 0; i < now; i++) {
                stored[at + i] = value(header.type(), raw, i * size, where);
            }
        }
        return new Array(
                header.shape(), !header.type().real(), header.fortran() ? rowMajor(stored, header.shape()) : stored);
    }

    private static double value(ElementType type, ByteBuffer raw, int at, String where) throws InputException {
        return switch (type) {
            case F64 -> raw.getDouble(at);
            case F32 -> raw.getFloat(at);
            case F16 -> Float.float16ToFloat(raw.getShort(at));
            default -> {
                long value = type.toLong(raw, at);
                boolean unsigned = type == ElementType.U64;
                if (Math.abs(value) > 1L << 53 || value == Long.MIN_VALUE || unsigned && value < 0) {
                    String text = unsigned ? Long.toUnsignedString(value) : String.valueOf(value);
                    throw new InputException("the array holds " + text, where, "save smaller numbers");
                }
                yield value;
            }
        };
    }

    private static double[] rowMajor(double[] stored, long[] shape) {
        double[] out = new double[stored.length];
        int[] at = new int[shape.length];
        for (double value : stored) {
            long flat = 0;
            for (int d = 0; d < shape.length; d++) {
                flat = flat * shape[d] + at[d];
            }
            out[(int) flat] = value;
            for (int d = 0; d < shape.length && ++at[d] == shape[d]; d++) {
                at[d] = 0;
            }
        }
        return out;
    }

    @Override
    public void close() {
        archive.close();
    }
}

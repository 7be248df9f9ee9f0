package dev.assay.data.idx;

import dev.assay.analysis.InputException;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.GzipBytes;
import dev.assay.data.source.ImageOrder;
import dev.assay.data.source.Limits;
import dev.assay.data.source.StoredForm;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The header of an IDX file: two zero bytes, the type of the values, the number of dimensions, then each dimension as a
 * big-endian 32-bit number. The first dimension counts the samples.
 *
 * @param type type of the values
 * @param count number of samples, at least 1
 * @param shape of a sample; {@code [1]} for a list of numbers
 * @param bytes length of the header
 * @param rank number of dimensions, the count included
 * @param gzip whether the file is compressed
 */
record IdxHeader(ElementType type, long count, int[] shape, int bytes, int rank, boolean gzip) {

    /** Bytes of all samples. */
    long dataBytes() {
        return Math.multiplyExact(count, (long) Arrays.stream(shape).reduce(1, (a, b) -> a * b) * type.bytes());
    }

    /** Whether these first bytes can be those of an IDX file. */
    static boolean begins(byte[] first) {
        return first.length >= 4 && first[0] == 0 && first[1] == 0 && type(first[2]) != null && first[3] > 0;
    }

    private static ElementType type(byte code) {
        return switch (code) {
            case 0x08 -> ElementType.U8;
            case 0x09 -> ElementType.I8;
            case 0x0B -> ElementType.I16;
            case 0x0C -> ElementType.I32;
            case 0x0D -> ElementType.F32;
            case 0x0E -> ElementType.F64;
            default -> null;
        };
    }

    /**
     * Reads and checks the header.
     *
     * @throws InputException when it is cut short, of another format, or claims what cannot be
     */
    static IdxHeader read(FileStamp stamp) throws InputException {
        Path path = stamp.path();
        boolean gzip = GzipBytes.isGzip(path);
        try (InputStream in = GzipBytes.openAny(path)) {
            byte[] magic = in.readNBytes(4);
            if (magic.length == 4 && !begins(magic)) {
                throw new InputException(
                        String.format(
                                "this is no IDX file: it begins with %02x %02x %02x %02x",
                                magic[0], magic[1], magic[2], magic[3]),
                        path.toString(),
                        "an IDX file begins with 00 00, a type (08, 09, 0b, 0c, 0d, 0e) and the number of dimensions");
            }
            byte[] dims = magic.length < 4 ? new byte[0] : in.readNBytes(4 * magic[3]);
            if (magic.length < 4 || dims.length < 4 * magic[3]) {
                throw new InputException(
                        "the file ends within its header", path.toString(), "the file was cut short; fetch it again");
            }
            return of(path, type(magic[2]), dims, gzip);
        } catch (IOException e) {
            if (e instanceof EOFException) {
                throw new InputException(
                        "the compressed file ends within its header",
                        path.toString(),
                        "the file was cut short; fetch it again",
                        e);
            }
            throw FileStamp.unreadable(path, e);
        }
    }

    private static IdxHeader of(Path path, ElementType type, byte[] dims, boolean gzip) throws InputException {
        ByteBuffer numbers = ByteBuffer.wrap(dims);
        int rank = dims.length / 4;
        long count = numbers.getInt() & 0xFFFF_FFFFL;
        if (count == 0) {
            throw new InputException("the file holds no samples", path.toString(), "choose another file");
        }
        int[] shape = new int[Math.max(1, rank - 1)];
        shape[0] = 1;
        long values = 1;
        for (int d = 0; d < rank - 1; d++) {
            long dim = numbers.getInt() & 0xFFFF_FFFFL;
            if (dim == 0) {
                throw new InputException(
                        "a sample has no values: dimension " + (d + 2) + " is 0", path.toString(),
                        "choose another file");
            }
            values = values > Limits.SAMPLE_VALUES ? values : values * Math.min(dim, Limits.SAMPLE_VALUES + 1);
            shape[d] = (int) dim;
        }
        if (values > Limits.SAMPLE_VALUES || rank > Limits.RANK) {
            throw new InputException(
                    "its header declares samples of more than " + Limits.SAMPLE_VALUES + " values",
                    path.toString(),
                    "the file is damaged or made to deceive; fetch it again");
        }
        return new IdxHeader(type, count, shape, 4 + dims.length, rank, gzip);
    }

    /** The form of a sample. */
    StoredForm form() {
        return new StoredForm(type, ByteOrder.BIG_ENDIAN, shape, ImageOrder.NONE);
    }
}

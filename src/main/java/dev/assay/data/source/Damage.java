package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.nio.file.Path;

/** The problems of files whose length is not what it should be, in the same words everywhere. */
public final class Damage {

    private Damage() {}

    /**
     * A file that ends too early.
     *
     * @param held bytes of records that it has
     * @param recordBytes bytes of a record
     * @param count records it should have
     * @param noun what a record is
     * @param cause may be null
     */
    public static InputException cutShort(
            Path path, long held, long recordBytes, long count, String noun, Throwable cause) {
        return new InputException(
                "the file ends after " + held % recordBytes + " of " + recordBytes + " bytes of " + noun + " "
                        + held / recordBytes + " (of " + count + ")",
                path.toString(),
                "the file was cut short; fetch it again",
                cause);
    }

    /** A file that goes on behind its last record. */
    public static InputException goesOn(Path path, long count, String noun) {
        return new InputException(
                "the file goes on after the " + count + " " + noun + "s that it declares",
                path.toString(),
                "the header is wrong or the file is damaged; write it again");
    }

    /**
     * Checks what a packed file says it unpacks to, before anything is unpacked.
     *
     * @param declared bytes that its header speaks of
     * @param packed its packed bytes
     * @throws InputException when that is over the limit, or over what so few packed bytes can hold
     */
    public static void checkUnpacked(Path path, long declared, long packed) throws InputException {
        if (declared > Limits.UNPACKED_BYTES) {
            throw new InputException(
                    "its header declares " + declared + " bytes, more than the " + Limits.UNPACKED_BYTES
                            + " that are unpacked on the way",
                    path.toString(),
                    "unpack the file first if it is to be trusted");
        }
        if (declared / Limits.DEFLATE_RATIO > packed) {
            throw new InputException(
                    "its header declares " + declared + " bytes, which " + packed + " compressed bytes cannot hold",
                    path.toString(),
                    "the file is damaged or made to deceive; fetch it again");
        }
    }

    /**
     * Checks the size of an unpacked file.
     *
     * @param header bytes before the first record
     * @throws InputException when it is not header and records
     */
    public static void checkSize(FileStamp stamp, long header, long recordBytes, long count, String noun)
            throws InputException {
        long held = stamp.size() - header;
        long wanted = Math.multiplyExact(recordBytes, count);
        if (held < wanted) {
            throw cutShort(stamp.path(), held, recordBytes, count, noun, null);
        }
        if (held > wanted) {
            throw goesOn(stamp.path(), count, noun);
        }
    }
}

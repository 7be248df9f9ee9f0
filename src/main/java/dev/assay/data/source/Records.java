package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.util.zip.ZipException;

/**
 * Records of one size, one after another, e.g. images or labels. Reads no byte behind the last record but one, to see
 * that nothing follows. Safe to use from several threads; each reader is used by one.
 */
public final class Records implements RecordStore {

    private final ByteSource bytes;
    private final long start;
    private final int recordBytes;
    private final long count;
    private final String noun;
    private final boolean endsFile;

    /**
     * @param start where the first record begins
     * @param recordBytes bytes of a record
     * @param count number of records
     * @param noun what a record is, e.g. {@code image}, for messages
     * @param endsFile whether nothing may follow the last record
     */
    public Records(ByteSource bytes, long start, int recordBytes, long count, String noun, boolean endsFile) {
        this.bytes = bytes;
        this.start = start;
        this.recordBytes = recordBytes;
        this.count = count;
        this.noun = noun;
        this.endsFile = endsFile;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public RecordStore.Reader read(long first) {
        return new Reader(first, false);
    }

    @Override
    public RecordStore.Reader readAt(long index) {
        return new Reader(index, true);
    }

    @Override
    public void close() {
        bytes.close();
    }

    private final class Reader implements RecordStore.Reader {

        private final boolean random;
        private InputStream stream;
        /** The next record wanted, and the one at which the stream stands. */
        private long next;

        private long at;

        private Reader(long first, boolean random) {
            this.next = first;
            this.random = random;
        }

        @Override
        public void skip(long records) {
            next += records;
        }

        @Override
        public void read(byte[] into, int records) throws InputException {
            int wanted = Math.multiplyExact(records, recordBytes);
            int done = 0;
            try {
                if (stream == null) {
                    long position = start + next * recordBytes;
                    stream = random
                            ? Channels.newInputStream(bytes.openChannel().position(position))
                            : bytes.open(position);
                    at = next;
                } else {
                    bytes.check();
                    drop();
                }
                while (done < wanted) {
                    Interruption.check();
                    int read = stream.read(into, done, wanted - done);
                    if (read < 0) {
                        throw new EOFException();
                    }
                    done += read;
                }
                next += records;
                at = next;
                if (next == count && endsFile && !random && stream.read() >= 0) {
                    throw Damage.goesOn(bytes.path(), count, noun);
                }
            } catch (ClosedByInterruptException e) {
                throw Interruption.of(e);
            } catch (EOFException e) {
                throw Damage.cutShort(bytes.path(), next * recordBytes + done, recordBytes, count, noun, e);
            } catch (ZipException e) {
                throw new InputException(
                        "the compressed data is damaged near " + noun + " " + next + " (" + FileStamp.reason(e) + ")",
                        bytes.path().toString(),
                        "fetch the file again",
                        e);
            } catch (IOException e) {
                throw FileStamp.unreadable(bytes.path(), e);
            }
        }

        /** Moves the open stream on to the next record wanted. */
        private void drop() throws IOException {
            byte[] dropped = null;
            long left = (next - at) * recordBytes;
            while (left > 0) {
                Interruption.check();
                dropped = dropped == null ? new byte[(int) Math.min(1 << 16, left)] : dropped;
                int read = stream.read(dropped, 0, (int) Math.min(dropped.length, left));
                if (read < 0) {
                    throw new EOFException();
                }
                left -= read;
            }
            at = next;
        }

        @Override
        public void close() {
            if (stream != null) {
                try {
                    stream.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}

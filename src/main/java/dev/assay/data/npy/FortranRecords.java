package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.source.ByteSource;
import dev.assay.data.source.Damage;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.Interruption;
import dev.assay.data.source.RecordStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * Samples of an array in Fortran order, where the sample's index varies fastest: value j of sample i lies at {@code j *
 * count + i}. They are read for many samples at once and turned into row-major samples.
 */
final class FortranRecords implements RecordStore {

    private static final int BLOCK_BYTES = 16 << 20;

    private final ByteSource bytes;
    private final NpyHeader header;
    /** For each position in Fortran order, the position in a row-major sample. */
    private final int[] rowMajor;

    FortranRecords(ByteSource bytes, NpyHeader header) {
        this.bytes = bytes;
        this.header = header;
        this.rowMajor = rowMajor(header.sampleShape());
    }

    private static int[] rowMajor(int[] shape) {
        int[] positions = new int[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        int[] index = new int[shape.length];
        for (int f = 0; f < positions.length; f++) {
            int position = 0;
            for (int d = 0; d < shape.length; d++) {
                position = position * shape[d] + index[d];
            }
            positions[f] = position;
            for (int d = 0; d < shape.length && ++index[d] == shape[d]; d++) {
                index[d] = 0;
            }
        }
        return positions;
    }

    @Override
    public long count() {
        return header.count();
    }

    @Override
    public RecordStore.Reader read(long first) {
        return new Reader(first, Math.max(1, BLOCK_BYTES / header.sampleBytes()));
    }

    @Override
    public RecordStore.Reader readAt(long index) {
        return new Reader(index, 1);
    }

    @Override
    public void close() {
        bytes.close();
    }

    /** Reads blocks of samples and hands them out one after another. */
    private final class Reader implements RecordStore.Reader {

        private final int most;
        private SeekableByteChannel channel;
        private byte[] block = new byte[0];
        private long blockFirst;
        private long blockEnd;
        private long next;

        private Reader(long first, int most) {
            this.next = first;
            this.most = most;
        }

        @Override
        public void skip(long samples) {
            next += samples;
        }

        @Override
        public void read(byte[] into, int samples) throws InputException {
            int size = header.sampleBytes();
            for (int done = 0; done < samples;) {
                if (next < blockFirst || next >= blockEnd) {
                    fill();
                }
                int count = (int) Math.min(samples - done, blockEnd - next);
                System.arraycopy(block, (int) (next - blockFirst) * size, into, done * size, count * size);
                next += count;
                done += count;
            }
        }

        private void fill() throws InputException {
            int count = (int) Math.min(most, header.count() - next);
            int width = header.type().bytes();
            int size = header.sampleBytes();
            block = block.length >= count * size ? block : new byte[count * size];
            ByteBuffer row = ByteBuffer.allocate(count * width);
            try {
                if (channel == null) {
                    channel = bytes.openChannel();
                } else {
                    bytes.check();
                }
                for (int f = 0; f < rowMajor.length; f++) {
                    Interruption.check();
                    readRow(row, header.bytes() + (f * header.count() + next) * width);
                    int to = rowMajor[f] * width;
                    for (int i = 0; i < count; i++) {
                        System.arraycopy(row.array(), i * width, block, i * size + to, width);
                    }
                }
            } catch (ClosedByInterruptException e) {
                throw Interruption.of(e);
            } catch (IOException e) {
                throw FileStamp.unreadable(bytes.path(), e);
            }
            blockFirst = next;
            blockEnd = next + count;
        }

        private void readRow(ByteBuffer row, long position) throws IOException, InputException {
            row.clear();
            channel.position(position);
            while (row.hasRemaining()) {
                if (channel.read(row) < 0) {
                    throw Damage.cutShort(
                            bytes.path(), next * header.sampleBytes(), header.sampleBytes(), header.count(), "sample",
                            null);
                }
            }
        }

        @Override
        public void close() {
            if (channel != null) {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}

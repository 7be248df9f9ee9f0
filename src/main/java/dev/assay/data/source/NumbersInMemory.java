package dev.assay.data.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Whole numbers in memory as records of four bytes, the lowest first. Nothing has to be closed. */
public record NumbersInMemory(int[] numbers) implements RecordStore {

    @Override
    public long count() {
        return numbers.length;
    }

    @Override
    public Reader read(long first) {
        return new FromHere(Math.toIntExact(first));
    }

    @Override
    public Reader readAt(long index) {
        return read(index);
    }

    @Override
    public void close() {
        // There is nothing but memory.
    }

    private final class FromHere implements Reader {

        private int next;

        FromHere(int next) {
            this.next = next;
        }

        @Override
        public void read(byte[] into, int records) {
            ByteBuffer out = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < records; i++) {
                out.putInt(numbers[next++]);
            }
        }

        @Override
        public void skip(long records) {
            next += Math.toIntExact(records);
        }

        @Override
        public void close() {
            // There is nothing but memory.
        }
    }
}

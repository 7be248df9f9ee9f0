package dev.assay.compute.opencl;

import dev.assay.compute.ActivationPacking;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Packs stretches of samples, two at a time: one is sent while the other is packed. */
final class ClPacking implements ActivationPacking {

    /** Bytes of values in a stretch; large enough that its transfer takes longer than its calls. */
    private static final long STRETCH_BYTES = 16L << 20;

    private final FailOver failOver;

    ClPacking(FailOver failOver) {
        this.failOver = failOver;
    }

    @Override
    public long pack(
            MemorySegment values, int rows, int units, int positions, MemorySegment bits, int stride, int wordOffset) {
        long rowBytes = (long) units * positions * Float.BYTES;
        int words = (units + Long.SIZE - 1) / Long.SIZE;
        long in = rows * rowBytes;
        long room = Math.min(STRETCH_BYTES, failOver.context().budget() / 2);
        int tile = (int) Math.clamp(room / rowBytes, 1, Math.max(1, rows));
        return failOver.run(
                new FailOver.Size(ActivationPacking.class, in, (long) rows * words * Long.BYTES, in), tile,
                (streams, size) -> pack(streams, size, values, rows, units, positions, bits, stride, wordOffset),
                cpu -> cpu.get(ActivationPacking.class)
                        .pack(values, rows, units, positions, bits, stride, wordOffset));
    }

    private static long pack(
            ClContext.Pair streams, int tile, MemorySegment values, int rows, int units, int positions,
            MemorySegment bits, int stride, int wordOffset) {
        long rowValues = (long) units * positions;
        int words = (units + Long.SIZE - 1) / Long.SIZE;
        int bytes = words * Long.BYTES;
        Stretch before = null;
        long step = 0;
        for (int from = 0; from < rows; from += tile, step++) {
            int count = Math.min(tile, rows - from);
            ClStream stream = streams.of(step);
            MemorySegment part = values.asSlice(from * rowValues * Float.BYTES, count * rowValues * Float.BYTES);
            long device = stream.send("values", part, part.byteSize());
            MemorySegment none = stream.pinned("bad", Integer.BYTES);
            none.set(ValueLayout.JAVA_INT, 0, Integer.MAX_VALUE);
            long bad = stream.buffer("bad", Integer.BYTES);
            stream.write(bad, 0, none, Integer.BYTES);
            long packed = stream.buffer("bits", (long) count * bytes);
            stream.call("pack", "pack")
                    .buffer(device)
                    .buffer(packed)
                    .buffer(bad)
                    .number(count)
                    .number(units)
                    .number(positions)
                    .number(bytes)
                    .run((long) count * bytes);
            Stretch now = new Stretch(
                    stream, from, count, stream.fetch("bits", packed, (long) count * bytes),
                    stream.fetch("bad", bad, Integer.BYTES));
            stream.flush();
            if (before != null) {
                long found = before.take(bits, stride, wordOffset, words, rowValues);
                if (found >= 0) {
                    stream.finish();
                    return found;
                }
            }
            before = now;
        }
        return before == null ? -1 : before.take(bits, stride, wordOffset, words, rowValues);
    }

    /** A stretch that is on its way. */
    private record Stretch(ClStream stream, int from, int count, MemorySegment bits, MemorySegment bad) {

        /** Waits and copies the words to their place; the index of the first value that is not finite, or -1. */
        long take(MemorySegment to, int stride, int wordOffset, int words, long rowValues) {
            stream.finish();
            int found = bad.get(ValueLayout.JAVA_INT, 0);
            if (found != Integer.MAX_VALUE) {
                return from * rowValues + found;
            }
            long bytes = (long) words * Long.BYTES;
            for (int r = 0; r < count; r++) {
                long at = ((long) (from + r) * stride + wordOffset) * Long.BYTES;
                MemorySegment.copy(bits, r * bytes, to, at, bytes);
            }
            return -1;
        }
    }
}

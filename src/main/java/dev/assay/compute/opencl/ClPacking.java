package dev.assay.compute.opencl;

import dev.assay.compute.ActivationPacking;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Packs stretches of samples, two at a time: one is sent while the other is packed. */
final class ClPacking implements ActivationPacking {

    /** Values of a group of the kernel for four at a time, each one unit's. */
    private static final int STREAM_GROUP = 4096;

    /** Values of a group of the kernel for all cases, about. */
    private static final int GROUP_VALUES = 8192;

    private final FailOver failOver;

    ClPacking(FailOver failOver) {
        this.failOver = failOver;
    }

    @Override
    public long pack(
            MemorySegment values, int rows, int units, int positions, MemorySegment bits, int stride, int wordOffset) {
        long rowBytes = (long) units * positions * Float.BYTES;
        int words = Math.ceilDiv(units, Long.SIZE);
        long in = rows * rowBytes;
        long room = Math.min(Transfers.STRETCH, failOver.context().budget() / 2);
        int tile = (int) Math.clamp(room / (rowBytes + (long) words * Long.BYTES), 1, Math.max(1, rows));
        return failOver.run(
                new FailOver.Size(ActivationPacking.class, in, (long) rows * words * Long.BYTES, in), tile,
                (streams, size) -> pack(streams, size, values, rows, units, positions, bits, stride, wordOffset),
                cpu -> cpu.get(ActivationPacking.class)
                        .pack(values, rows, units, positions, bits, stride, wordOffset));
    }

    private long pack(
            ClContext.Pair streams, int tile, MemorySegment values, int rows, int units, int positions,
            MemorySegment bits, int stride, int wordOffset) {
        long rowValues = (long) units * positions;
        int words = Math.ceilDiv(units, Long.SIZE);
        int bytes = words * Long.BYTES;
        Stretch before = null;
        long step = 0;
        for (int from = 0; from < rows; from += tile, step++) {
            int count = Math.min(tile, rows - from);
            ClStream stream = streams.of(step);
            MemorySegment part = values.asSlice(from * rowValues * Float.BYTES, count * rowValues * Float.BYTES);
            long device = failOver.context().transfers().send(stream, "values", part, part.byteSize());
            MemorySegment none = stream.pinned("bad", Integer.BYTES);
            none.set(ValueLayout.JAVA_INT, 0, Integer.MAX_VALUE);
            long bad = stream.buffer("bad", Integer.BYTES);
            stream.write(bad, 0, none, Integer.BYTES);
            long packed = stream.buffer("bits", (long) count * bytes);
            launch(stream, device, packed, bad, count, units, positions, bytes);
            Stretch now = new Stretch(
                    stream, from, count, stream.fetch("bits", packed, (long) count * bytes),
                    stream.fetch("bad", bad, Integer.BYTES));
            stream.flush();
            if (before != null) {
                long found = take(before, bits, stride, wordOffset, words, rowValues);
                if (found >= 0) {
                    stream.finish();
                    return found;
                }
            }
            before = now;
        }
        return before == null ? -1 : take(before, bits, stride, wordOffset, words, rowValues);
    }

    private static void launch(
            ClStream stream, long values, long bits, long bad, int rows, int units, int positions, int bytes) {
        if (positions == 1 && units % Long.SIZE == 0) {
            long count = (long) rows * units;
            stream.call("pack", "pack_stream")
                    .buffer(values)
                    .buffer(bits)
                    .buffer(bad)
                    .number((int) (count / 4))
                    .run(Math.ceilDiv(count, STREAM_GROUP), 1, ClStream.GROUP, 1);
            return;
        }
        int groupBytes = Math.clamp(GROUP_VALUES / Byte.SIZE / positions, 1, ClStream.GROUP);
        stream.call("pack", "pack")
                .buffer(values)
                .buffer(bits)
                .buffer(bad)
                .number(rows)
                .number(units)
                .number(positions)
                .number(bytes)
                .number(groupBytes)
                .run(Math.ceilDiv((long) rows * bytes, groupBytes), 1, ClStream.GROUP, 1);
    }

    /** A stretch that is on its way. */
    private record Stretch(ClStream stream, int from, int count, MemorySegment bits, MemorySegment bad) {}

    /** Waits and copies the words to their place; the index of the first value that is not finite, or -1. */
    private long take(Stretch done, MemorySegment to, int stride, int wordOffset, int words, long rowValues) {
        done.stream().finish();
        int found = done.bad().get(ValueLayout.JAVA_INT, 0);
        if (found != Integer.MAX_VALUE) {
            return done.from() * rowValues + found;
        }
        failOver.context().transfers().copyRows(
                done.bits(), done.count(), (long) words * Long.BYTES, to,
                ((long) done.from() * stride + wordOffset) * Long.BYTES, (long) stride * Long.BYTES);
        return -1;
    }
}

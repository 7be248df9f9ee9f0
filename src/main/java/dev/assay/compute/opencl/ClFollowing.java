package dev.assay.compute.opencl;

import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Tests stretches of samples against all patterns, two stretches at a time. */
final class ClFollowing implements PatternFollowing {

    /** Samples of which an item counts a part at once. */
    private static final int ROWS = 8;

    private final FailOver failOver;

    ClFollowing(FailOver failOver) {
        this.failOver = failOver;
    }

    @Override
    public void depth(MemorySegment bits, int rows, PatternMasks masks, byte[] depth) {
        if (masks.sets() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(masks.sets() + " sets; at most " + Byte.MAX_VALUE + " are possible");
        }
        int words = masks.layout().words();
        int patterns = masks.patterns();
        long in = (long) rows * words * Long.BYTES;
        failOver.run(
                new FailOver.Size(PatternFollowing.class, in, (long) rows * patterns, in * Math.max(1, patterns)),
                tile(rows, words, patterns),
                (streams, tile) -> {
                    send(streams, masks, masks.sets(), 0);
                    each(streams, tile, bits, rows, words, (stream, from, count, packed) -> {
                        long result = stream.buffer("result", (long) count * patterns);
                        stream.call("follow", Lanes.options(words), "depth")
                                .buffer(packed)
                                .buffer(stream.buffer("care", 0))
                                .buffer(stream.buffer("active", 0))
                                .buffer(stream.buffer("present", 0))
                                .buffer(result)
                                .number(count)
                                .number(words)
                                .number(patterns)
                                .number(masks.sets())
                                .run((long) count * patterns);
                        return result;
                    }, patterns, MemorySegment.ofArray(depth));
                    return true;
                },
                cpu -> {
                    cpu.get(PatternFollowing.class).depth(bits, rows, masks, depth);
                    return true;
                });
    }

    @Override
    public void violations(
            MemorySegment bits, int rows, PatternMasks masks, int set, int[] patternOf, int first, int[] violations) {
        int words = masks.layout().words();
        long in = (long) rows * (words * Long.BYTES + Integer.BYTES);
        MemorySegment patternOfRows = MemorySegment.ofArray(patternOf);
        int groupRows = ClStream.GROUP / Lanes.of(words) * ROWS;
        failOver.run(
                new FailOver.Size(PatternFollowing.class, in, (long) rows * Integer.BYTES, in),
                tile(rows, words, Integer.BYTES),
                (streams, tile) -> {
                    send(streams, masks, 1, set);
                    each(streams, tile, bits, rows, words, (stream, from, count, packed) -> {
                        long patternBytes = (long) count * Integer.BYTES;
                        long patterns = failOver.context().transfers().send(
                                stream, "patterns",
                                patternOfRows.asSlice((first + (long) from) * Integer.BYTES, patternBytes),
                                patternBytes);
                        long result = stream.buffer("result", (long) count * Integer.BYTES);
                        stream.call("follow", Lanes.options(words), "violations")
                                .buffer(packed)
                                .buffer(stream.buffer("care", 0))
                                .buffer(stream.buffer("active", 0))
                                .buffer(stream.buffer("present", 0))
                                .buffer(patterns)
                                .buffer(result)
                                .number(count)
                                .number(words)
                                .run((count + groupRows - 1L) / groupRows, 1, ClStream.GROUP, 1);
                        return result;
                    }, Integer.BYTES, MemorySegment.ofArray(violations));
                    return true;
                },
                cpu -> {
                    cpu.get(PatternFollowing.class)
                            .violations(bits, rows, masks, set, patternOf, first, violations);
                    return true;
                });
    }

    private int tile(int rows, int words, int resultBytes) {
        long room = Math.min(Transfers.STRETCH, failOver.context().budget() / 2);
        return (int) Math.clamp(room / ((long) words * Long.BYTES + resultBytes), 1, Math.max(1, rows));
    }

    /** Sends some sets of masks to both streams. */
    private static void send(ClContext.Pair streams, PatternMasks masks, int sets, int firstSet) {
        for (ClStream stream : new ClStream[] {streams.first(), streams.second()}) {
            long setBytes = (long) masks.patterns() * masks.layout().words() * Long.BYTES;
            MemorySegment care = stream.pinned("care", sets * setBytes);
            for (int s = 0; s < sets; s++) {
                MemorySegment.copy(
                        masks.care(firstSet + s), 0, care, ValueLayout.JAVA_LONG, s * setBytes,
                        masks.care(firstSet + s).length);
            }
            // Samples without a pattern read one too, and leave out what comes of it.
            long atLeast = (long) masks.layout().words() * Long.BYTES;
            stream.write(stream.buffer("care", Math.max(atLeast, sets * setBytes)), 0, care, sets * setBytes);
            stream.buffer("active", Math.max(atLeast, setBytes));
            stream.send("active", MemorySegment.ofArray(masks.active(firstSet + sets - 1)), setBytes);
            byte[] present = new byte[masks.patterns()];
            for (int p = 0; p < present.length; p++) {
                present[p] = (byte) (masks.present(p) ? 1 : 0);
            }
            stream.send("present", MemorySegment.ofArray(present), present.length);
        }
    }

    private interface Launch {
        /** Starts a stretch and returns the buffer that will hold its results. */
        long start(ClStream stream, int from, int count, long packed);
    }

    private record Stretch(ClStream stream, int from, int count, MemorySegment found) {}

    private void each(
            ClContext.Pair streams, int tile, MemorySegment bits, int rows, int words, Launch launch, int resultBytes,
            MemorySegment results) {
        long rowBytes = (long) words * Long.BYTES;
        Stretch before = null;
        long step = 0;
        for (int from = 0; from < rows; from += tile, step++) {
            int count = Math.min(tile, rows - from);
            ClStream stream = streams.of(step);
            long packed = failOver.context().transfers().send(
                    stream, "bits", bits.asSlice(from * rowBytes, count * rowBytes), count * rowBytes);
            long result = launch.start(stream, from, count, packed);
            Stretch now = new Stretch(
                    stream, from, count, stream.fetch("result", result, (long) count * resultBytes));
            stream.flush();
            if (before != null) {
                take(before, resultBytes, results);
            }
            before = now;
        }
        // Masks may be on their way to a stream without a stretch.
        streams.first().finish();
        streams.second().finish();
        if (before != null) {
            take(before, resultBytes, results);
        }
    }

    private void take(Stretch done, int resultBytes, MemorySegment results) {
        done.stream().finish();
        failOver.context().transfers().copy(
                done.found().asSlice(0, (long) done.count() * resultBytes),
                results.asSlice((long) done.from() * resultBytes));
    }
}

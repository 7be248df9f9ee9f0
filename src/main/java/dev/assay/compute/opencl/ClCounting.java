package dev.assay.compute.opencl;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Counts a call's samples on the device; the sums of all calls stay with the host, so that a lost device loses none. */
final class ClCounting implements ActivationCounting {

    /** Samples that an item counts at once. */
    private static final int BLOCK = 8;
    /** Blocks of an item at most, so that a count fits into its eight planes. */
    private static final int MOST_BLOCKS = 31;
    /** Groups for each compute unit, so that all have about as much to do; more, and adding up what they find takes long. */
    private static final int GROUPS_OF_UNIT = 4;

    private final FailOver failOver;

    ClCounting(FailOver failOver) {
        this.failOver = failOver;
    }

    @Override
    public Tally tally(int classes, BitLayout layout) {
        return new Sums(failOver, classes, layout);
    }

    private static final class Sums implements Tally {

        private final FailOver failOver;
        private final BitLayout layout;
        private final int words;
        private final int lanes;
        private final long[] support;
        private final long[][] active;

        Sums(FailOver failOver, int classes, BitLayout layout) {
            this.failOver = failOver;
            this.layout = layout;
            this.words = layout.words();
            this.lanes = Lanes.of(words);
            this.support = new long[classes];
            this.active = new long[classes][layout.units()];
        }

        @Override
        public void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            long rowBytes = (long) words * Long.BYTES;
            long in = rows * (rowBytes + 2 * Integer.BYTES);
            long out = (long) support.length * words * Long.SIZE * Integer.BYTES;
            FailOver.OnProcessor<ActivationCounts> onProcessor = cpu -> {
                Tally tally = cpu.get(ActivationCounting.class).tally(support.length, layout);
                tally.accumulate(bits, rows, classOf, first);
                return tally.finish();
            };
            long half = failOver.context().budget() / 2;
            if (out > half) {
                add(failOver.instead(
                        ActivationCounting.class, "the counts of all classes fill more than half of its memory",
                        onProcessor));
                return;
            }
            int tile = (int) Math.clamp(
                    Math.min(Transfers.STRETCH, half) / (rowBytes + 2 * Integer.BYTES), 1, Math.max(1, rows));
            add(failOver.run(
                    new FailOver.Size(ActivationCounting.class, in, out, rows * rowBytes), tile,
                    (streams, size) -> count(streams, size, bits, rows, classOf, first), onProcessor));
        }

        private void add(ActivationCounts counts) {
            for (int c = 0; c < support.length; c++) {
                support[c] += counts.support()[c];
                for (int u = 0; u < active[c].length; u++) {
                    active[c][u] += counts.active()[c][u];
                }
            }
        }

        private ActivationCounts count(
                ClContext.Pair streams, int tile, MemorySegment bits, int rows, int[] classOf, int first) {
            ActivationCounts found = new ActivationCounts(
                    new long[support.length], new long[support.length][layout.units()]);
            long countBytes = (long) support.length * words * Long.SIZE * Integer.BYTES;
            List<ClStream> used = rows > tile ? List.of(streams.first(), streams.second()) : List.of(streams.first());
            for (ClStream stream : used) {
                MemorySegment zeros = stream.pinned("counts", countBytes);
                zeros.fill((byte) 0);
                stream.write(stream.buffer("counts", countBytes), 0, zeros, countBytes);
            }
            long rowBytes = (long) words * Long.BYTES;
            long step = 0;
            for (int from = 0; from < rows; from += tile, step++) {
                int count = Math.min(tile, rows - from);
                ClStream stream = streams.of(step);
                if (step > 1) {
                    stream.finish();
                }
                long packed = failOver.context().transfers().send(
                        stream, "bits", bits.asSlice(from * rowBytes, count * rowBytes), count * rowBytes);
                // Meanwhile the bits are on their way.
                MemorySegment places = stream.pinned("order", (long) count * Integer.BYTES);
                SampleOrder order = SampleOrder.of(
                        failOver.context().host(), classOf, first + from, count, support.length, places);
                for (int c = 0; c < support.length; c++) {
                    found.support()[c] += order.sizes()[c];
                }
                long orderBuffer = stream.buffer("order", (long) count * Integer.BYTES);
                stream.write(orderBuffer, 0, places, (long) count * Integer.BYTES);
                int[] segments = order.segments(segmentRows(count));
                long list = stream.send(
                        "segments", MemorySegment.ofArray(segments), (long) segments.length * Integer.BYTES);
                stream.call("count", Lanes.options(words), "count")
                        .buffer(packed)
                        .buffer(orderBuffer)
                        .buffer(list)
                        .buffer(stream.buffer("counts", countBytes))
                        .number(words)
                        .run(segments.length / 3, Math.ceilDiv(words, lanes), ClStream.GROUP, 1);
                stream.flush();
            }
            List<MemorySegment> sums = used.stream()
                    .map(stream -> stream.fetch("counts", stream.buffer("counts", countBytes), countBytes))
                    .toList();
            used.forEach(ClStream::finish);
            sums.forEach(s -> unpack(s, found.active()));
            return found;
        }

        /** Samples of a segment: whole blocks of all items of a group. */
        private int segmentRows(int rows) {
            int groups = GROUPS_OF_UNIT * failOver.context().device().units();
            int block = ClStream.GROUP / lanes * BLOCK;
            long tiles = Math.ceilDiv(words, lanes);
            return block * (int) Math.clamp((rows * tiles / groups + block - 1) / block, 1, MOST_BLOCKS);
        }

        /** Adds a stream's counts. */
        private void unpack(MemorySegment sums, long[][] result) {
            for (int c = 0; c < result.length; c++) {
                for (int layer = 0; layer < layout.layers(); layer++) {
                    long at = ((long) c * words + layout.wordOffset(layer)) * Long.SIZE;
                    for (int i = 0; i < layout.width(layer); i++) {
                        result[c][layout.unitOffset(layer) + i] +=
                                Integer.toUnsignedLong(sums.getAtIndex(ValueLayout.JAVA_INT, at + i));
                    }
                }
            }
        }

        @Override
        public void merge(Tally other) {
            add(other.finish());
        }

        @Override
        public ActivationCounts finish() {
            long[][] copy = new long[active.length][];
            for (int c = 0; c < copy.length; c++) {
                copy[c] = active[c].clone();
            }
            return new ActivationCounts(support.clone(), copy);
        }
    }
}

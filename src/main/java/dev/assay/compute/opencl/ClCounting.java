package dev.assay.compute.opencl;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Counts a call's samples on the device; the sums of all calls stay with the host, so that a lost device loses none. */
final class ClCounting implements ActivationCounting {

    /** Samples of a group: enough that adding its counts to the whole does not matter. */
    private static final int STRETCH = 512;

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
        private final long[] support;
        private final long[][] active;

        Sums(FailOver failOver, int classes, BitLayout layout) {
            this.failOver = failOver;
            this.layout = layout;
            this.words = layout.words();
            this.support = new long[classes];
            this.active = new long[classes][layout.units()];
        }

        @Override
        public void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            long rowBytes = (long) words * Long.BYTES;
            long in = rows * (rowBytes + Integer.BYTES);
            long out = (long) support.length * words * Long.SIZE * Integer.BYTES;
            int tile = (int) Math.clamp(
                    (failOver.context().budget() / 2 - out) / (rowBytes + Integer.BYTES), 1, Math.max(1, rows));
            ActivationCounts counts = failOver.run(
                    new FailOver.Size(ActivationCounting.class, in, out, rows * rowBytes), tile,
                    (streams, size) -> count(streams.first(), size, bits, rows, classOf, first),
                    cpu -> {
                        Tally tally = cpu.get(ActivationCounting.class).tally(support.length, layout);
                        tally.accumulate(bits, rows, classOf, first);
                        return tally.finish();
                    });
            add(counts);
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
                ClStream stream, int tile, MemorySegment bits, int rows, int[] classOf, int first) {
            int classes = support.length;
            long[] seen = new long[classes];
            long cells = (long) classes * words * Long.SIZE;
            MemorySegment zeros = stream.pinned("counts", cells * Integer.BYTES);
            zeros.fill((byte) 0);
            long counts = stream.buffer("counts", cells * Integer.BYTES);
            stream.write(counts, 0, zeros, cells * Integer.BYTES);
            for (int from = 0; from < rows; from += tile) {
                int count = Math.min(tile, rows - from);
                long rowBytes = (long) words * Long.BYTES;
                stream.finish();
                long packed = stream.send("bits", bits.asSlice(from * rowBytes, count * rowBytes), count * rowBytes);
                MemorySegment labels = stream.pinned("classes", (long) count * Integer.BYTES);
                for (int r = 0; r < count; r++) {
                    int c = classOf[first + from + r];
                    labels.setAtIndex(ValueLayout.JAVA_INT, r, c);
                    if (c >= 0) {
                        seen[c]++;
                    }
                }
                long classBuffer = stream.buffer("classes", (long) count * Integer.BYTES);
                stream.write(classBuffer, 0, labels, (long) count * Integer.BYTES);
                launch(stream, packed, classBuffer, counts, count);
            }
            MemorySegment sums = stream.fetch("counts", counts, cells * Integer.BYTES);
            stream.finish();
            return new ActivationCounts(seen, unpack(sums));
        }

        private void launch(ClStream stream, long packed, long classBuffer, long counts, int count) {
            int classes = support.length;
            long own = (long) classes * ClStream.GROUP * Integer.BYTES;
            boolean fits = own <= failOver.context().device().localMemory();
            ClStream.Call call = stream.call("count", fits ? "count" : "count_many")
                    .buffer(packed)
                    .buffer(classBuffer)
                    .buffer(counts);
            if (fits) {
                call.local(Math.max(own, Integer.BYTES));
            }
            call.number(count).number(words);
            if (fits) {
                call.number(classes);
            }
            long groups = ((long) words * Long.SIZE + ClStream.GROUP - 1) / ClStream.GROUP;
            call.number(STRETCH).run(groups, (count + STRETCH - 1) / STRETCH, ClStream.GROUP, 1);
        }

        private long[][] unpack(MemorySegment sums) {
            long[][] result = new long[support.length][layout.units()];
            for (int c = 0; c < result.length; c++) {
                for (int layer = 0; layer < layout.layers(); layer++) {
                    long at = ((long) c * words + layout.wordOffset(layer)) * Long.SIZE;
                    for (int i = 0; i < layout.width(layer); i++) {
                        result[c][layout.unitOffset(layer) + i] =
                                Integer.toUnsignedLong(sums.getAtIndex(ValueLayout.JAVA_INT, at + i));
                    }
                }
            }
            return result;
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

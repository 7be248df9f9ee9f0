package dev.assay.compute.opencl;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/** Counts a call's samples on the device; the sums of all calls stay with the host, so that a lost device loses none. */
final class ClCounting implements ActivationCounting {

    /** Samples that an item counts, a multiple of eight that fits into its eight planes. */
    private static final int SEGMENT = 248;

    private final FailOver failOver;

    ClCounting(FailOver failOver) {
        this.failOver = failOver;
    }

    @Override
    public Tally tally(int classes, BitLayout layout) {
        return new Sums(failOver, classes, layout);
    }

    /**
     * The rows class by class, cut into segments.
     *
     * @param order rows; those without a class are left out
     * @param list class, first place in the order and number of rows of each segment
     */
    private record Segments(int[] order, int[] list) {

        static Segments of(int[] classOf, int first, int rows, long[] seen) {
            int[] next = new int[seen.length + 1];
            for (int r = 0; r < rows; r++) {
                if (classOf[first + r] >= 0) {
                    next[classOf[first + r] + 1]++;
                }
            }
            IntStream.Builder list = IntStream.builder();
            for (int c = 0; c < seen.length; c++) {
                int size = next[c + 1];
                seen[c] += size;
                next[c + 1] += next[c];
                for (int at = 0; at < size; at += SEGMENT) {
                    list.add(c).add(next[c] + at).add(Math.min(SEGMENT, size - at));
                }
            }
            int[] order = new int[next[seen.length]];
            for (int r = 0; r < rows; r++) {
                int c = classOf[first + r];
                if (c >= 0) {
                    order[next[c]++] = r;
                }
            }
            return new Segments(order, list.build().toArray());
        }
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
            long in = rows * (rowBytes + 2 * Integer.BYTES);
            long out = (long) support.length * words * Long.SIZE * Integer.BYTES;
            int tile = (int) Math.clamp(
                    (failOver.context().budget() / 2 - out) / (rowBytes + 2 * Integer.BYTES), 1, Math.max(1, rows));
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
            long rowBytes = (long) words * Long.BYTES;
            for (int from = 0; from < rows; from += tile) {
                int count = Math.min(tile, rows - from);
                stream.finish();
                Segments segments = Segments.of(classOf, first + from, count, seen);
                long packed = stream.send("bits", bits.asSlice(from * rowBytes, count * rowBytes), count * rowBytes);
                long order = send(stream, "order", segments.order());
                long list = send(stream, "segments", segments.list());
                int segmentCount = segments.list().length / 3;
                stream.call("count", "count")
                        .buffer(packed)
                        .buffer(order)
                        .buffer(list)
                        .buffer(counts)
                        .number(segmentCount)
                        .number(words)
                        .run((long) segmentCount * words);
            }
            MemorySegment sums = stream.fetch("counts", counts, cells * Integer.BYTES);
            stream.finish();
            return new ActivationCounts(seen, unpack(sums));
        }

        private static long send(ClStream stream, String name, int[] numbers) {
            return stream.send(name, MemorySegment.ofArray(numbers), (long) numbers.length * Integer.BYTES);
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

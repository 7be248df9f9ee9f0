package dev.assay.compute;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** The kernels of activations on several devices: every device takes rows of its own. */
final class SharedActivations {

    /** Bytes that are worth a piece of their own. */
    private static final long LEAST = 4 << 20;

    private SharedActivations() {}

    private static int least(long rowBytes) {
        return (int) Math.clamp(LEAST / Math.max(1, rowBytes), 1, Integer.MAX_VALUE);
    }

    private static MemorySegment rows(MemorySegment all, long rowBytes, int from, int to) {
        return all.asSlice(from * rowBytes, (to - from) * rowBytes);
    }

    /** Values to bits. */
    record Packing(Shares shares, List<ActivationPacking> members) implements ActivationPacking {

        @Override
        public long pack(
                MemorySegment values, int rows, int units, int positions, MemorySegment bits, int stride,
                int wordOffset) {
            long rowValues = (long) units * positions;
            long rowBytes = rowValues * Float.BYTES;
            long[] bad = new long[members.size()];
            Arrays.fill(bad, Long.MAX_VALUE);
            shares.run(rows, least(rowBytes), (member, from, to) -> {
                long found = members.get(member)
                        .pack(
                                rows(values, rowBytes, from, to), to - from, units, positions,
                                rows(bits, (long) stride * Long.BYTES, from, to), stride, wordOffset);
                if (found >= 0) {
                    bad[member] = Math.min(bad[member], from * rowValues + found);
                }
            });
            long first = Arrays.stream(bad).min().orElseThrow();
            return first == Long.MAX_VALUE ? -1 : first;
        }
    }

    /** Bits to counts. */
    record Counting(Shares shares, List<ActivationCounting> members) implements ActivationCounting {

        @Override
        public Tally tally(int classes, BitLayout layout) {
            return new Sums(
                    shares, (long) layout.words() * Long.BYTES,
                    members.stream().map(m -> m.tally(classes, layout)).toList());
        }
    }

    /** A tally for each device. */
    private record Sums(Shares shares, long rowBytes,
            List<ActivationCounting.Tally> tallies) implements ActivationCounting.Tally {

        @Override
        public void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            shares.run(rows, least(rowBytes), (member, from, to) -> tallies.get(member)
                    .accumulate(rows(bits, rowBytes, from, to), to - from, classOf, first + from));
        }

        @Override
        public void merge(ActivationCounting.Tally other) {
            tallies.getFirst().merge(other);
        }

        @Override
        public ActivationCounts finish() {
            return tallies.stream()
                    .map(ActivationCounting.Tally::finish)
                    .reduce(ActivationCounts::plus)
                    .orElseThrow();
        }
    }

    /** Bits against patterns. */
    record Following(Shares shares, List<PatternFollowing> members) implements PatternFollowing {

        @Override
        public void depth(MemorySegment bits, int rows, PatternMasks masks, byte[] depth) {
            long rowBytes = (long) masks.layout().words() * Long.BYTES;
            int patterns = masks.patterns();
            shares.run(rows, least(rowBytes), (member, from, to) -> {
                byte[] part = new byte[(to - from) * patterns];
                members.get(member).depth(rows(bits, rowBytes, from, to), to - from, masks, part);
                System.arraycopy(part, 0, depth, from * patterns, part.length);
            });
        }

        @Override
        public void violations(
                MemorySegment bits, int rows, PatternMasks masks, int set, int[] patternOf, int first,
                int[] violations) {
            long rowBytes = (long) masks.layout().words() * Long.BYTES;
            shares.run(rows, least(rowBytes), (member, from, to) -> {
                int[] part = new int[to - from];
                members.get(member)
                        .violations(
                                rows(bits, rowBytes, from, to), to - from, masks, set, patternOf, first + from, part);
                System.arraycopy(part, 0, violations, from, part.length);
            });
        }
    }
}

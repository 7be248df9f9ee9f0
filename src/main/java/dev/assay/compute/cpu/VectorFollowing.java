package dev.assay.compute.cpu;

import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import dev.assay.compute.RowTasks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tests bits against masks. Most samples break most patterns within the first words of the first set, so that is looked
 * for first. For the others as many sets as a vector has lanes are tested side by side, the first sets first, without a
 * branch in between.
 */
final class VectorFollowing implements PatternFollowing {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final RowTasks tasks;

    VectorFollowing(RowTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void depth(MemorySegment bits, int rows, PatternMasks masks, byte[] depth) {
        if (masks.sets() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(masks.sets() + " sets; at most " + Byte.MAX_VALUE + " are possible");
        }
        int patterns = masks.patterns();
        int words = masks.layout().words();
        long[] first = masks.care(0);
        // A later set's active bits serve the earlier ones too: where those care, they agree.
        long[] active = masks.active(masks.sets() - 1);
        long[] lanes = masks.sets() == 1 ? first : lanes(masks);
        long work = (long) words * Long.BYTES * Math.max(1, patterns);
        tasks.run(rows, work, (from, to) -> {
            long[] row = new long[words];
            for (int r = from; r < to; r++) {
                MemorySegment.copy(bits, LONG, (long) r * words * Long.BYTES, row, 0, words);
                for (int p = 0; p < patterns; p++) {
                    int at = p * words;
                    int followed = 0;
                    if (masks.present(p) && follows(row, first, active, at)) {
                        followed = masks.sets() == 1 ? 1 : depth(row, active, at, lanes, p, masks.sets());
                    }
                    depth[r * patterns + p] = (byte) followed;
                }
            }
        });
    }

    /** What sets care for, {@code [pattern][group of sets][word][lane]}; lanes without a set care for nothing. */
    private static long[] lanes(PatternMasks masks) {
        int words = masks.layout().words();
        int groups = groups(masks.sets());
        long[] lanes = new long[Math.multiplyExact(Math.multiplyExact(masks.patterns(), groups), words * LANES)];
        for (int s = 0; s < masks.sets(); s++) {
            long[] care = masks.care(s);
            for (int p = 0; p < masks.patterns(); p++) {
                int to = (p * groups + s / LANES) * words * LANES + s % LANES;
                for (int w = 0; w < words; w++) {
                    lanes[to + w * LANES] = care[p * words + w];
                }
            }
        }
        return lanes;
    }

    private static int groups(int sets) {
        return (sets + LANES - 1) / LANES;
    }

    private static boolean follows(long[] row, long[] care, long[] active, int at) {
        for (int w = 0; w < row.length; w++) {
            if (((row[w] ^ active[at + w]) & care[at + w]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int depth(long[] row, long[] active, int at, long[] lanes, int pattern, int sets) {
        int groups = groups(sets);
        for (int g = 0; g < groups; g++) {
            int base = (pattern * groups + g) * row.length * LANES;
            LongVector broken = LongVector.zero(SPECIES);
            for (int w = 0; w < row.length; w++) {
                broken = LongVector.fromArray(SPECIES, lanes, base + w * LANES)
                        .and(row[w] ^ active[at + w])
                        .or(broken);
            }
            long set = broken.compare(VectorOperators.NE, 0).toLong();
            if (set != 0) {
                return g * LANES + Long.numberOfTrailingZeros(set);
            }
        }
        return sets;
    }

    @Override
    public void violations(
            MemorySegment bits,
            int rows,
            PatternMasks masks,
            int set,
            int[] patternOf,
            int first,
            int[] violations) {
        int words = masks.layout().words();
        long[] care = masks.care(set);
        long[] active = masks.active(set);
        tasks.run(rows, (long) words * Long.BYTES, (from, to) -> {
            for (int r = from; r < to; r++) {
                int p = patternOf[first + r];
                if (p < 0 || !masks.present(p)) {
                    violations[r] = -1;
                    continue;
                }
                violations[r] = broken(bits, (long) r * words * Long.BYTES, care, active, p * words, words);
            }
        });
    }

    private static int broken(MemorySegment bits, long row, long[] care, long[] active, int at, int words) {
        LongVector counts = LongVector.zero(SPECIES);
        int w = 0;
        for (; w + LANES <= words; w += LANES) {
            LongVector states = LongVector.fromMemorySegment(SPECIES, bits, row + (long) w * Long.BYTES, ORDER);
            LongVector wrong = states.lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, active, at + w))
                    .and(LongVector.fromArray(SPECIES, care, at + w));
            counts = counts.add(wrong.lanewise(VectorOperators.BIT_COUNT));
        }
        int count = (int) counts.reduceLanes(VectorOperators.ADD);
        for (; w < words; w++) {
            long word = bits.get(LONG, row + (long) w * Long.BYTES);
            count += Long.bitCount((word ^ active[at + w]) & care[at + w]);
        }
        return count;
    }
}

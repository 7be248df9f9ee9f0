package dev.assay.compute.cpu;

import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Tests bits against masks with the Vector API; stops at the first words that break a pattern. */
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
        long work = (long) words * Long.BYTES * Math.max(1, patterns);
        tasks.run(rows, work, (from, to) -> {
            for (int r = from; r < to; r++) {
                long row = (long) r * words * Long.BYTES;
                for (int p = 0; p < patterns; p++) {
                    int s = 0;
                    if (masks.present(p)) {
                        int at = p * words;
                        while (s < masks.sets() && follows(bits, row, masks.care(s), masks.active(s), at, words)) {
                            s++;
                        }
                    }
                    depth[r * patterns + p] = (byte) s;
                }
            }
        });
    }

    private static boolean follows(MemorySegment bits, long row, long[] care, long[] active, int at, int words) {
        int w = 0;
        for (; w + LANES <= words; w += LANES) {
            LongVector broken = LongVector.fromMemorySegment(SPECIES, bits, row + (long) w * Long.BYTES, ORDER)
                    .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, active, at + w))
                    .and(LongVector.fromArray(SPECIES, care, at + w));
            if (broken.compare(VectorOperators.NE, 0).anyTrue()) {
                return false;
            }
        }
        for (; w < words; w++) {
            if (((bits.get(LONG, row + (long) w * Long.BYTES) ^ active[at + w]) & care[at + w]) != 0) {
                return false;
            }
        }
        return true;
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
                long row = (long) r * words * Long.BYTES;
                int count = 0;
                for (int w = 0; w < words; w++) {
                    long word = bits.get(LONG, row + (long) w * Long.BYTES);
                    count += Long.bitCount((word ^ active[p * words + w]) & care[p * words + w]);
                }
                violations[r] = count;
            }
        });
    }
}

package dev.assay.compute.cpu;

import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tests bits against masks. Most samples break most patterns within the first words of the first set, so that is looked
 * for first; for the others one pass over the words walks down the chain.
 */
final class VectorFollowing implements PatternFollowing {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
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
        long[] active = masks.active(masks.sets() - 1);
        long work = (long) words * Long.BYTES * Math.max(1, patterns);
        tasks.run(rows, work, (from, to) -> {
            long[] row = new long[words];
            for (int r = from; r < to; r++) {
                MemorySegment.copy(bits, LONG, (long) r * words * Long.BYTES, row, 0, words);
                for (int p = 0; p < patterns; p++) {
                    int at = p * words;
                    boolean follows = masks.present(p) && follows(row, first, active, at);
                    depth[r * patterns + p] = (byte) (follows ? depth(row, masks, active, at) : 0);
                }
            }
        });
    }

    /** A later set's active bits serve the earlier ones too: where those care, they agree. */
    private static boolean follows(long[] row, long[] care, long[] active, int at) {
        int w = 0;
        for (; w + LANES <= row.length; w += LANES) {
            LongVector broken = LongVector.fromArray(SPECIES, row, w)
                    .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, active, at + w))
                    .and(LongVector.fromArray(SPECIES, care, at + w));
            if (broken.compare(VectorOperators.NE, 0).anyTrue()) {
                return false;
            }
        }
        for (; w < row.length; w++) {
            if (((row[w] ^ active[at + w]) & care[at + w]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int depth(long[] row, PatternMasks masks, long[] active, int at) {
        int sets = masks.sets();
        int followed = sets;
        if (sets > 1) {
            long[] chain = masks.chain();
            for (int w = 0; w < row.length && followed > 1; w++) {
                long other = row[w] ^ active[at + w];
                int base = (at + w) * sets - 1;
                while (followed > 1 && (other & chain[base + followed]) != 0) {
                    followed--;
                }
            }
        }
        return followed;
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

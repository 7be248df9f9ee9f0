package dev.assay.data.source;

/**
 * A pseudo-random permutation of {@code 0..count-1} computed item by item: a balanced Feistel network of six rounds on
 * the next even number of bits, walked along its cycle until it lands inside (Black and Rogaway, "Ciphers with
 * Arbitrary Finite Domains", 2002). Not for cryptography.
 */
final class Permutation {

    private static final int ROUNDS = 6;

    private final long count;
    private final int halfBits;
    private final long mask;
    private final long[] keys = new long[ROUNDS];

    Permutation(long count, long seed) {
        this.count = count;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(Math.max(1, count - 1)));
        halfBits = (bits + 1) / 2;
        mask = (1L << halfBits) - 1;
        for (int r = 0; r < ROUNDS; r++) {
            keys[r] = mix(seed + (r + 1) * 0x9E3779B97F4A7C15L);
        }
    }

    /** Where an item goes. */
    long of(long item) {
        long value = item;
        do {
            long left = value >>> halfBits;
            long right = value & mask;
            for (long key : keys) {
                long next = left ^ (mix(right + key) & mask);
                left = right;
                right = next;
            }
            value = left << halfBits | right;
        } while (value >= count);
        return value;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}

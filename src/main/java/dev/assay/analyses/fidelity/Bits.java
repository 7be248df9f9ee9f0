package dev.assay.analyses.fidelity;

/** Sets of units as bits in words. */
final class Bits {

    private Bits() {}

    static int words(int count) {
        return (count + Long.SIZE - 1) / Long.SIZE;
    }

    static long[] of(boolean[] members) {
        long[] bits = new long[words(members.length)];
        for (int i = 0; i < members.length; i++) {
            if (members[i]) {
                set(bits, i);
            }
        }
        return bits;
    }

    static void set(long[] bits, int i) {
        bits[i >> 6] |= 1L << i;
    }

    static boolean get(long[] bits, int i) {
        return (bits[i >> 6] >>> i & 1) != 0;
    }

    static int count(long[] bits) {
        int count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }

    static void and(long[] a, long[] b, long[] into) {
        for (int w = 0; w < into.length; w++) {
            into[w] = a[w] & b[w];
        }
    }

    /** Everything else among {@code count}. */
    static long[] complement(long[] bits, int count) {
        long[] out = new long[bits.length];
        for (int w = 0; w < out.length; w++) {
            out[w] = ~bits[w];
        }
        int rest = count & 63;
        if (rest != 0) {
            out[out.length - 1] &= (1L << rest) - 1;
        }
        return out;
    }

    /** The members in order. */
    static int[] members(long[] bits) {
        int[] members = new int[count(bits)];
        int at = 0;
        for (int w = 0; w < bits.length; w++) {
            for (long rest = bits[w]; rest != 0; rest &= rest - 1) {
                members[at++] = (w << 6) + Long.numberOfTrailingZeros(rest);
            }
        }
        return members;
    }
}

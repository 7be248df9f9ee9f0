package dev.assay.compute.cpu;

import java.util.Arrays;

/**
 * The k least (distance, row) pairs that were offered. Twice as many are let in before the greater half is dropped, which
 * costs less for each than keeping them in order. A pair is one whole number, the distance in its high half, so that one
 * comparison orders it. Not thread-safe.
 */
final class NearestRows {

    private final int k;
    private final long[] keys;
    private int size;
    /** The k-th least of those that were there when the greater half was last dropped. */
    private long last;

    /**
     * Nothing yet.
     *
     * @param k how many to keep, at least 1
     */
    NearestRows(int k) {
        this.k = k;
        keys = new long[2 * k];
        clear();
    }

    /** Forgets everything. */
    void clear() {
        size = 0;
        last = Long.MAX_VALUE;
    }

    /** Above this nothing is taken any more. */
    float bound() {
        return last == Long.MAX_VALUE ? Float.POSITIVE_INFINITY
                : Float.intBitsToFloat(turned((int) (last >> Integer.SIZE)));
    }

    /**
     * Offers a pair.
     *
     * @param distance a NaN is never taken
     * @param row not negative; of equal distances the lower rows are kept
     */
    void offer(float distance, int row) {
        // Adding 0 makes one zero of both.
        long key = (long) turned(Float.floatToRawIntBits(distance + 0f)) << Integer.SIZE | row;
        if (key < last && !Float.isNaN(distance)) {
            keys[size++] = key;
            if (size == keys.length) {
                drop();
            }
        }
    }

    /** Bits of a float as a number of the floats' order, and back. */
    private static int turned(int bits) {
        return bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
    }

    /** Leaves the k least, in any order. */
    private void drop() {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            long pivot = pivotToEnd(low, high);
            int less = low;
            // Swaps whether or not it must: which it is cannot be foreseen, and a wrong guess costs more than a swap.
            for (int i = low; i < high; i++) {
                long key = keys[i];
                keys[i] = keys[less];
                keys[less] = key;
                less += key < pivot ? 1 : 0;
            }
            keys[high] = keys[less];
            keys[less] = pivot;
            if (less < k - 1) {
                low = less + 1;
            } else if (less > k - 1) {
                high = less - 1;
            } else {
                break;
            }
        }
        size = k;
        last = keys[k - 1];
    }

    /** Brings the middle one of three to the end. */
    private long pivotToEnd(int low, int high) {
        int middle = (low + high) >>> 1;
        long a = keys[low];
        long b = keys[middle];
        long c = keys[high];
        long pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
        int at = pivot == a ? low : pivot == b ? middle : high;
        keys[at] = c;
        keys[high] = pivot;
        return pivot;
    }

    /** The rows kept, ascending. */
    int[] sortedIndices() {
        if (size > k) {
            drop();
        }
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = (int) keys[i];
        }
        Arrays.sort(sorted);
        return sorted;
    }
}

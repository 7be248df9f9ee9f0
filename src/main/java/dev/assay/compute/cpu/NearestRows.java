package dev.assay.compute.cpu;

import java.util.Arrays;

/**
 * The k least (distance, row) pairs that were offered, as a binary heap with the greatest on top. A pair is one whole number,
 * the distance in its high half, so that one comparison orders it. Not thread-safe.
 */
final class NearestRows {

    private final long[] keys;
    private int size;

    /**
     * Nothing yet.
     *
     * @param k how many to keep, at least 1
     */
    NearestRows(int k) {
        keys = new long[k];
    }

    /** Forgets everything. */
    void clear() {
        size = 0;
    }

    /** Above this nothing is taken any more. */
    float bound() {
        return size < keys.length ? Float.POSITIVE_INFINITY
                : Float.intBitsToFloat(turned((int) (keys[0] >> Integer.SIZE)));
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
        if (size < keys.length) {
            if (!Float.isNaN(distance)) {
                add(key);
            }
        } else if (distance <= bound() && key < keys[0]) {
            replaceTop(key);
        }
    }

    /** Bits of a float as a number of the floats' order, and back. */
    private static int turned(int bits) {
        return bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
    }

    private void add(long key) {
        int at = size++;
        while (at > 0 && keys[(at - 1) / 2] < key) {
            keys[at] = keys[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        keys[at] = key;
    }

    private void replaceTop(long key) {
        int at = 0;
        int child = 1;
        while (child < keys.length) {
            if (child + 1 < keys.length && keys[child] < keys[child + 1]) {
                child++;
            }
            if (keys[child] <= key) {
                break;
            }
            keys[at] = keys[child];
            at = child;
            child = 2 * at + 1;
        }
        keys[at] = key;
    }

    /** The rows kept, ascending. */
    int[] sortedIndices() {
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = (int) keys[i];
        }
        Arrays.sort(sorted);
        return sorted;
    }
}

package dev.assay.data.graph;

import dev.assay.data.source.Interruption;
import java.util.Arrays;

/**
 * Edges that are there twice, or only in one direction. Works in place on the leading entries of the arrays, and ends with
 * a {@link java.util.concurrent.CancellationException} when its thread is interrupted.
 */
final class EdgeMerge {

    /** Edges between two looks for an interrupt; a power of two. */
    private static final int LOOK_AFTER = 1 << 14;

    private EdgeMerge() {}

    /**
     * Keeps the first of equal edges; it is ground truth if one of them was.
     *
     * @param labels may be null
     * @param truth may be null
     * @return how many are left
     */
    static int merge(int[] from, int[] to, int[] labels, boolean[] truth, int count) {
        long[] keys = keys(from, to, count);
        Arrays.sort(keys);
        long[] repeated = repeated(keys);
        if (repeated.length == 0) {
            return count;
        }
        int[] places = new int[repeated.length];
        Arrays.fill(places, -1);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            look(i);
            int r = Arrays.binarySearch(repeated, key(from[i], to[i]));
            if (r >= 0 && places[r] >= 0) {
                if (truth != null) {
                    truth[places[r]] |= truth[i];
                }
                continue;
            }
            if (r >= 0) {
                places[r] = kept;
            }
            from[kept] = from[i];
            to[kept] = to[i];
            if (labels != null) {
                labels[kept] = labels[i];
            }
            if (truth != null) {
                truth[kept] = truth[i];
            }
            kept++;
        }
        return kept;
    }

    /**
     * Adds the opposite of every edge that lacks it, with the same label and truth, behind the others.
     *
     * @return how many there are then
     */
    static int addOpposites(int[] from, int[] to, int[] labels, boolean[] truth, int count) {
        long[] keys = keys(from, to, count);
        Arrays.sort(keys);
        int all = count;
        for (int i = 0; i < count; i++) {
            look(i);
            if (Arrays.binarySearch(keys, key(to[i], from[i])) < 0) {
                from[all] = to[i];
                to[all] = from[i];
                if (labels != null) {
                    labels[all] = labels[i];
                }
                if (truth != null) {
                    truth[all] = truth[i];
                }
                all++;
            }
        }
        return all;
    }

    private static void look(int edge) {
        if ((edge & LOOK_AFTER - 1) == 0) {
            Interruption.check();
        }
    }

    /** Of keys in ascending order those that are there twice or more, each once. */
    private static long[] repeated(long[] keys) {
        long[] found = new long[keys.length / 2];
        int count = 0;
        for (int i = 1; i < keys.length; i++) {
            if (keys[i] == keys[i - 1] && (count == 0 || found[count - 1] != keys[i])) {
                found[count++] = keys[i];
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static long[] keys(int[] from, int[] to, int count) {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = key(from[i], to[i]);
        }
        return keys;
    }

    private static long key(int from, int to) {
        return (long) from << Integer.SIZE | to;
    }
}

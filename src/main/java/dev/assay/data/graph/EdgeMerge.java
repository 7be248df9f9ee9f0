package dev.assay.data.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Edges that are there twice, or only in one direction. Works in place on the leading entries of the arrays. */
final class EdgeMerge {

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
        boolean repeated = false;
        for (int i = 1; i < count; i++) {
            repeated |= keys[i] == keys[i - 1];
        }
        if (!repeated) {
            return count;
        }
        Map<Long, Integer> places = new HashMap<>();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            Integer before = places.putIfAbsent(key(from[i], to[i]), kept);
            if (before != null) {
                if (truth != null) {
                    truth[before] |= truth[i];
                }
                continue;
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

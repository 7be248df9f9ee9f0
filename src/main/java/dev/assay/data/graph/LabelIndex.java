package dev.assay.data.graph;

import java.util.Arrays;
import java.util.List;

/**
 * Stored labels as indices: the different labels in ascending order.
 *
 * @param names the labels as text, in ascending order
 * @param index {@code [labels]}: place of each in the names
 */
record LabelIndex(List<String> names, int[] index) {

    /** Numbers the labels. */
    static LabelIndex of(long[] stored) {
        long[] sorted = Arrays.stream(stored).sorted().distinct().toArray();
        int[] index = new int[stored.length];
        for (int i = 0; i < stored.length; i++) {
            index[i] = Arrays.binarySearch(sorted, stored[i]);
        }
        return new LabelIndex(Arrays.stream(sorted).mapToObj(String::valueOf).toList(), index);
    }
}

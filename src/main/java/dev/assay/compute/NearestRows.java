package dev.assay.compute;

import java.util.Arrays;

/** The k least (value, index) pairs that were offered, as a binary heap with the greatest on top. Not thread-safe. */
public final class NearestRows {

    private final double[] values;
    private final int[] indices;
    private int size;

    /** Nothing yet.
     *
     * @param k how many to keep, at least 1
     */
    public NearestRows(int k) {
        values = new double[k];
        indices = new int[k];
    }

    /** Forgets everything. */
    public void clear() {
        size = 0;
    }

    /** Number of pairs kept. */
    public int size() {
        return size;
    }

    /** Above this nothing is taken any more. */
    public double bound() {
        return size < values.length ? Double.POSITIVE_INFINITY : values[0];
    }

    /** Offers a pair; a NaN is never taken. */
    public void offer(double value, int index) {
        if (size < values.length) {
            int at = size++;
            while (at > 0 && before((at - 1) / 2, value, index)) {
                move((at - 1) / 2, at);
                at = (at - 1) / 2;
            }
            values[at] = value;
            indices[at] = index;
        } else if (value < values[0] || value == values[0] && index < indices[0]) {
            sift(value, index);
        }
    }

    private void sift(double value, int index) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(child, values[child + 1], indices[child + 1])) {
                child++;
            }
            if (before(child, value, index)) {
                break;
            }
            move(child, at);
            at = child;
        }
        values[at] = value;
        indices[at] = index;
    }

    /** Whether the pair at a place comes before another one. */
    private boolean before(int at, double value, int index) {
        return values[at] < value || values[at] == value && indices[at] < index;
    }

    private void move(int from, int to) {
        values[to] = values[from];
        indices[to] = indices[from];
    }

    /** The indices kept, ascending. */
    public int[] sortedIndices() {
        int[] sorted = Arrays.copyOf(indices, size);
        Arrays.sort(sorted);
        return sorted;
    }
}

package dev.assay.analyses.snr;

import java.util.Arrays;

/** The least (distance, index) pairs of those that were offered. Used by one thread. */
final class LeastPairs {

    private final double[] distances;
    private final int[] indices;
    private int size;

    LeastPairs(int most) {
        distances = new double[most];
        indices = new int[most];
    }

    void clear() {
        size = 0;
    }

    /** Above this nothing is taken any more. */
    double bound() {
        return size < distances.length ? Double.POSITIVE_INFINITY : distances[0];
    }

    /** Takes a pair if it is among the least; pairs come in ascending order of their index. */
    void offer(double distance, int index) {
        if (size < distances.length) {
            int at = size++;
            distances[at] = distance;
            indices[at] = index;
            while (at > 0 && PairSort.before(distances, indices, (at - 1) / 2, at)) {
                PairSort.swap(distances, indices, at, (at - 1) / 2);
                at = (at - 1) / 2;
            }
        } else if (distance < distances[0]) {
            distances[0] = distance;
            indices[0] = index;
            PairSort.sink(distances, indices, 0, size);
        }
    }

    /** Puts them in order; nothing can be offered afterwards until {@link #clear()}. */
    void sort() {
        PairSort.sort(distances, indices, size);
    }

    int size() {
        return size;
    }

    /** After sorting. */
    double distance(int rank) {
        return distances[rank];
    }

    /** After sorting: the first indices. */
    int[] indices(int most) {
        return Arrays.copyOf(indices, Math.min(most, size));
    }

    /** After sorting: the first distances. */
    double[] distances(int most) {
        return Arrays.copyOf(distances, Math.min(most, size));
    }

    /** After sorting: how many lie below a distance. */
    int countBelow(double distance) {
        int count = 0;
        while (count < size && distances[count] < distance) {
            count++;
        }
        return count;
    }
}

package dev.assay.analyses.snr;

/** Sorts (distance, index) pairs in place by heap sort: no objects, whatever the order they come in. */
final class PairSort {

    private PairSort() {}

    static void sort(double[] distances, int[] indices, int size) {
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(distances, indices, i, size);
        }
        for (int end = size - 1; end > 0; end--) {
            swap(distances, indices, 0, end);
            sink(distances, indices, 0, end);
        }
    }

    /** Moves a pair down a heap whose greatest is on top. */
    static void sink(double[] distances, int[] indices, int start, int size) {
        int at = start;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && before(distances, indices, child, child + 1)) {
                child++;
            }
            if (!before(distances, indices, at, child)) {
                return;
            }
            swap(distances, indices, at, child);
            at = child;
        }
    }

    static boolean before(double[] distances, int[] indices, int a, int b) {
        return distances[a] < distances[b] || distances[a] == distances[b] && indices[a] < indices[b];
    }

    static void swap(double[] distances, int[] indices, int a, int b) {
        double d = distances[a];
        distances[a] = distances[b];
        distances[b] = d;
        int i = indices[a];
        indices[a] = indices[b];
        indices[b] = i;
    }
}

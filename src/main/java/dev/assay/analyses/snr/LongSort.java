package dev.assay.analyses.snr;

import java.util.Arrays;

/** Sorts more numbers than can be sorted between two looks at a cancel. */
final class LongSort {

    /** Numbers between two looks; some milliseconds of sorting. */
    private static final int RUN = 1 << 15;

    private LongSort() {}

    /**
     * The numbers in ascending order, NaN last: runs of them are sorted, then merged two by two.
     *
     * @param values overwritten
     * @param check called every few milliseconds, throws to stop
     */
    static double[] sorted(double[] values, Runnable check) {
        for (int from = 0; from < values.length; from += RUN) {
            check.run();
            Arrays.sort(values, from, Math.min(values.length, from + RUN));
        }
        double[] source = values;
        double[] target = values.length > RUN ? new double[values.length] : values;
        for (long width = RUN; width < values.length; width *= 2) {
            for (long from = 0; from < values.length; from += 2 * width) {
                int middle = (int) Math.min(values.length, from + width);
                merge(source, (int) from, middle, (int) Math.min(values.length, from + 2 * width), target, check);
            }
            double[] merged = target;
            target = source;
            source = merged;
        }
        return source;
    }

    private static void merge(double[] source, int from, int middle, int end, double[] target, Runnable check) {
        int left = from;
        int right = middle;
        for (int at = from; at < end; at++) {
            if (at % RUN == 0) {
                check.run();
            }
            boolean first = right == end || left < middle && Double.compare(source[left], source[right]) <= 0;
            target[at] = first ? source[left++] : source[right++];
        }
    }
}

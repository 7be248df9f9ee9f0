package dev.assay.compute;

import java.util.Arrays;

/**
 * How many samples of each class were seen, and in how many of them each unit was active. The arrays are not copied and
 * must not be changed afterwards.
 *
 * @param support samples per class
 * @param active {@code [class][unit]}, 0..support
 */
public record ActivationCounts(long[] support, long[][] active) {

    /** Checks the shape. */
    public ActivationCounts {
        if (support.length != active.length) {
            throw new IllegalArgumentException(support.length + " supports for " + active.length + " classes");
        }
    }

    /** Number of classes. */
    public int classes() {
        return support.length;
    }

    /** These and others added up. */
    public ActivationCounts plus(ActivationCounts other) {
        long[] sum = support.clone();
        long[][] sums = new long[active.length][];
        for (int c = 0; c < sum.length; c++) {
            sum[c] += other.support[c];
            sums[c] = active[c].clone();
            for (int j = 0; j < sums[c].length; j++) {
                sums[c][j] += other.active[c][j];
            }
        }
        return new ActivationCounts(sum, sums);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActivationCounts that
                && Arrays.equals(support, that.support)
                && Arrays.deepEquals(active, that.active);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(support) + Arrays.deepHashCode(active);
    }
}

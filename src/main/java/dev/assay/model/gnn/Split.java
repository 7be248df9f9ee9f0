package dev.assay.model.gnn;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Samples cut into three parts by one random order that depends on the seed alone.
 *
 * @param train to learn from
 * @param validation to choose the best epoch by
 * @param test for the final figures
 */
public record Split(int[] train, int[] validation, int[] test) {

    /**
     * Cuts samples; parts are rounded to whole samples, the last takes the rest.
     *
     * @param samples numbers of the samples
     * @param shares of training, validation and test; taken relative to their sum
     */
    public static Split of(int[] samples, double[] shares, long seed) {
        int[] order = samples.clone();
        shuffle(order, new SplittableRandom(seed));
        double sum = shares[0] + shares[1] + shares[2];
        int first = (int) Math.round(order.length * shares[0] / sum);
        int second = Math.max(first, (int) Math.round(order.length * (shares[0] + shares[1]) / sum));
        return new Split(
                Arrays.copyOfRange(order, 0, first), Arrays.copyOfRange(order, first, second),
                Arrays.copyOfRange(order, second, order.length));
    }

    /** Fisher and Yates's shuffle. */
    static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}

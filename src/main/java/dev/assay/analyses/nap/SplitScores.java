package dev.assay.analyses.nap;

import java.util.Arrays;

/**
 * Who follows the patterns of one slack in one split; all arrays by class.
 *
 * @param size samples of the class
 * @param followers samples of the class that follow its pattern
 * @param foreign samples of other classes that follow it
 * @param counterexamples followers that the network puts in another class
 */
record SplitScores(long[] size, long[] followers, long[] foreign, long[] counterexamples) {

    /** Followers among the class; null without samples. */
    Double recall(int c) {
        return ratio(followers[c], size[c]);
    }

    /** Followers that are of the class among all followers; null without followers. */
    Double precision(int c) {
        return ratio(followers[c], followers[c] + foreign[c]);
    }

    /** Sums over the classes as a split of one class; its ratios are sums divided by sums. */
    SplitScores total() {
        return new SplitScores(sum(size), sum(followers), sum(foreign), sum(counterexamples));
    }

    private static long[] sum(long[] byClass) {
        return new long[] {Arrays.stream(byClass).sum()};
    }

    private static Double ratio(long part, long whole) {
        return whole == 0 ? null : (Double) ((double) part / whole);
    }
}

package dev.assay.analyses.fidelity;

/**
 * The scores of one explanation of one instance as they stand. Arrays must not be changed.
 *
 * @param values {@code [12]}, see {@link Scores}
 * @param errors {@code [6]}: standard errors of the robust ones; NaN for a single sample
 * @param size units of the explanation
 * @param units all units of the instance
 * @param withoutClass predicted class without the explanation
 * @param withClass predicted class of the explanation alone
 * @param unfaithfulness {@code 1 - exp(-KL(p|q))} and the other direction, p of the whole and q of the explanation alone
 * @param forwards forward passes it stands for
 * @param distinct different graphs among them
 * @param runningDelta robust delta after each number of samples of the schedule that was reached
 * @param runningVariance variance of its sampling error there
 * @param leftOut probability mass that truncated enumeration left out
 */
record SetScore(
        double[] values, double[] errors, int size, int units, int withoutClass, int withClass,
        double[] unfaithfulness, long forwards, long distinct, double[] runningDelta, double[] runningVariance,
        double leftOut) {

    /** Whether the set is empty or everything, so that one score is 0 whatever the network. */
    boolean degenerate() {
        return size == 0 || size == units;
    }
}

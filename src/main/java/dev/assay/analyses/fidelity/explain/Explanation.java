package dev.assay.analyses.fidelity.explain;

/**
 * An explanation of one prediction.
 *
 * @param scores {@code [units]}: greater means more important
 * @param completenessGap integrated gradients: sum of the scores minus the change that they share out; NaN for others
 * @param forwards forward passes that it took
 * @param backwards backward passes that it took
 */
public record Explanation(double[] scores, double completenessGap, long forwards, long backwards) {

    /** Scores that took no passes. */
    public static Explanation of(double[] scores) {
        return new Explanation(scores, Double.NaN, 0, 0);
    }
}

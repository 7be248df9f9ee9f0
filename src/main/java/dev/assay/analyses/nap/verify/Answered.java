package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.proof.RegionProof;
import dev.assay.analyses.nap.verify.search.Outcome.TargetOutcome;
import dev.assay.analyses.nap.verify.search.Verdict;
import java.util.List;

/**
 * A decided instance.
 *
 * @param number from 0 in the order run
 * @param lower least lower bound of the margins; NaN for an empty region
 * @param upper least margin of any point known in the region; NaN without one
 * @param found the counterexample, or null
 * @param layers stability of the layers, or empty
 * @param proofs one for each box, in order
 */
record Answered(
        int number,
        Question question,
        Verdict verdict,
        String reason,
        double lower,
        double upper,
        String engine,
        double seconds,
        long nodes,
        String nonEmptiness,
        List<TargetOutcome> rivals,
        Counterexample found,
        List<LayerState> layers,
        List<RegionProof> proofs) {

    /**
     * A point that violates the property, in float64 and by the model's own runtime.
     *
     * @param border whether a unit that is required active is exactly zero there, where mining calls it inactive
     * @param scores in float64
     * @param tight the pattern's units nearest to their border, flat, at most ten
     * @param values their pre-activations
     */
    record Counterexample(
            double[] x,
            String rival,
            double margin,
            double runtimeMargin,
            boolean border,
            double[] scores,
            int[] tight,
            double[] values) {}

    /**
     * Units of a layer that are unstable.
     *
     * @param free without the pattern
     * @param pattern with it
     * @param fixed units that the pattern settles
     */
    record LayerState(int layer, int width, int free, int pattern, int fixed) {}
}

package dev.assay.analyses.fidelity;

import java.util.List;

/**
 * Scores of one instance as they stand.
 *
 * @param sets in full, by explainer
 * @param curves for the curves, by explainer and then by size
 * @param plus perturbed probabilities of the plus samples, by explainer
 * @param minus those of the minus samples
 * @param forwards forward passes that were run for the scores, each different graph once
 * @param curveForwards those that the curves needed on top
 */
record InstanceScores(
        List<SetScore> sets, List<SetScore> curves, List<Histogram> plus, List<Histogram> minus, long forwards,
        long curveForwards) {}

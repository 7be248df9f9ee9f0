package dev.assay.analyses.fidelity.explain;

import dev.assay.model.gnn.Target;

/**
 * Parameters of the explainers; names and defaults as on the command line (gnn-models-and-explainers).
 *
 * @param target what occlusion and the gradients look at
 */
public record ExplainerSettings(
        Target target,
        boolean gradientAbsolute,
        boolean gradientByNodes,
        int igSteps,
        int gnnEpochs,
        double gnnLearningRate,
        double gnnSize,
        double gnnEntropy,
        boolean gnnFeatureMask,
        double gnnFeatureSize,
        double gnnFeatureEntropy,
        boolean gnnFixZeroGradient,
        int pgEpochs,
        double pgLearningRate,
        double pgSize,
        double pgEntropy,
        double pgTauStart,
        double pgTauEnd,
        double pgBias,
        int pgHidden) {

    /** The defaults. */
    public static ExplainerSettings defaults() {
        return new ExplainerSettings(
                Target.PROBABILITY, false, false, 50, 100, 0.01, 0.005, 1, false, 1, 0.1, true, 30, 0.003, 0.05, 1, 5,
                2, 0.01, 64);
    }
}

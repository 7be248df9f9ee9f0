package dev.assay.analyses.complexity;

/** How features are merged. */
public enum Profile {
    /** The published sweeps: the closest pair of the current features, sum in and mean out. */
    REFERENCE,
    /** Ward's clusters of the original features: mean in and sum out. */
    WARD,
    /** ZipIt's greedy on activations: the most similar pair, discounted after a merge, within a budget: mean in and sum out. */
    ZIPIT
}

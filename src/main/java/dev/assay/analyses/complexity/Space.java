package dev.assay.analyses.complexity;

/** What features are compared by. */
public enum Space {
    /** Their weights; needs no data. */
    WEIGHTS,
    /** What they do on a batch of samples. */
    ACTIVATIONS
}

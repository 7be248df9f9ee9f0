package dev.assay.analyses.complexity;

/** Distance between two features' activation records. */
public enum ActivationDistance {
    /** Mean squared difference of the centred records. */
    COVARIANCE,
    /** Two minus twice their correlation. */
    CORRELATION
}

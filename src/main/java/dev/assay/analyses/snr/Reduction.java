package dev.assay.analyses.snr;

/** What sums of hinges are divided by. */
public enum Reduction {
    /** All terms. */
    ALL,
    /** Those above 0; 0 when there are none. */
    NONZERO
}

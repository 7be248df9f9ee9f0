package dev.assay.analyses.snr;

/** What Recall does with a query whose class has no other member. */
public enum Singletons {
    /** Counts it as a miss. */
    COUNT,
    /** Leaves it out. */
    EXCLUDE
}

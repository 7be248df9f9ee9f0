package dev.assay.analyses.fidelity;

/** What to do with scores in files that are no finite numbers. */
public enum NonFinite {
    /** Refuse the file. */
    ERROR,
    /** Take them as the instance's lowest score. */
    LOWEST
}

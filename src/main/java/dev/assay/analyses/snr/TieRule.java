package dev.assay.analyses.snr;

/** How candidates at the distance of the K-th are counted. */
public enum TieRule {
    /** In the order of their indices. */
    INDEX,
    /** The mean over all orders. */
    EXPECTED,
    /** The order that favours the query. */
    BEST,
    /** The order against it. */
    WORST
}

package dev.assay.analyses.snr;

/** What the precision sum of MAP@K is divided by. */
public enum MapDenominator {
    /** Relevant ones among the first K, as in tables of hashing papers. */
    FOUND,
    /** All relevant ones. */
    RELEVANT,
    /** The lesser of K and all relevant ones. */
    MIN
}

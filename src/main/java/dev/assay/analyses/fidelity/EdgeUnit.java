package dev.assay.analyses.fidelity;

/** What is removed together. */
public enum EdgeUnit {
    /** Both directions of a pair where both are there, else the edge alone. */
    AUTO,
    /** As auto; said explicitly. */
    PAIR,
    /** Each direction alone. */
    DIRECTED
}

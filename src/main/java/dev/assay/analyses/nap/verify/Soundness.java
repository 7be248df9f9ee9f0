package dev.assay.analyses.nap.verify;

/** How far proofs are guarded against rounding (section 8 of the method). */
public enum Soundness {
    /** Float64 with a margin far above its rounding errors. */
    STANDARD,
    /** Every bound moved outward by all that rounding may have done. */
    RIGOROUS
}

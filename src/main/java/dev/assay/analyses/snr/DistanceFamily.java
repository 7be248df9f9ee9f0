package dev.assay.analyses.snr;

/** Distances as they are asked for; what stands in the denominator of the first is an {@link Anchor}. */
enum DistanceFamily {
    /** Signal to noise. */
    SNR,
    /** Euclidean. */
    EUCLID,
    /** One minus the cosine. */
    COSINE
}

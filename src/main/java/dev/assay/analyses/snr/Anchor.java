package dev.assay.analyses.snr;

/** Which row of a pair stands in the denominator of the signal-to-noise distance. */
enum Anchor {
    /** The one that asks. */
    QUERY(Distance.SNR_QUERY),
    /** The one that is found. */
    DATABASE(Distance.SNR_DATABASE),
    /** Each in turn; the mean of both distances. */
    SYMMETRIC(Distance.SNR_SYMMETRIC);

    private final Distance distance;

    Anchor(Distance distance) {
        this.distance = distance;
    }

    /** The distance with that denominator. */
    Distance distance() {
        return distance;
    }
}

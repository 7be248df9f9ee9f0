package dev.assay.analyses.snr;

/** A distance that is trained with. */
enum TrainingDistance {
    /** Signal to noise, the first row of a pair as anchor. */
    SNR("snr", false),
    /** Signal to noise of rows of length 1, as some libraries have it by default. */
    SNR_NORMALIZED("snrNormalized", true),
    /** Euclidean. */
    EUCLID("euclid", false),
    /** Euclidean of rows of length 1. */
    EUCLID_NORMALIZED("euclidNormalized", true);

    private final String id;
    private final boolean normalizes;

    TrainingDistance(String id, boolean normalizes) {
        this.id = id;
        this.normalizes = normalizes;
    }

    /** Public identifier. */
    String id() {
        return id;
    }

    boolean normalizes() {
        return normalizes;
    }

    boolean snr() {
        return this == SNR || this == SNR_NORMALIZED;
    }

    @Override
    public String toString() {
        return id;
    }
}

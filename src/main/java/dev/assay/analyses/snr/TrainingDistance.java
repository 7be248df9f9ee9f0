package dev.assay.analyses.snr;

import java.util.Arrays;
import java.util.Optional;

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

    String id() {
        return id;
    }

    boolean normalizes() {
        return normalizes;
    }

    boolean snr() {
        return this == SNR || this == SNR_NORMALIZED;
    }

    static Optional<TrainingDistance> of(String id) {
        return Arrays.stream(values()).filter(d -> d.id.equals(id)).findFirst();
    }
}

package dev.assay.data.cifar;

import java.util.Optional;

/** The two layouts of a record: labels, then 32x32 red, green and blue bytes. */
enum CifarVariant {
    /** One label byte. */
    TEN(1),
    /** A coarse and a fine label byte. */
    HUNDRED(2);

    static final int IMAGE_BYTES = 3 * 32 * 32;

    private final int labelBytes;

    CifarVariant(int labelBytes) {
        this.labelBytes = labelBytes;
    }

    int labelBytes() {
        return labelBytes;
    }

    int recordBytes() {
        return labelBytes + IMAGE_BYTES;
    }

    /** The variant whose records fill a file of that size; empty when none or both do. */
    static Optional<CifarVariant> ofSize(long size) {
        boolean ten = size > 0 && size % TEN.recordBytes() == 0;
        boolean hundred = size > 0 && size % HUNDRED.recordBytes() == 0;
        return ten == hundred ? Optional.empty() : Optional.of(ten ? TEN : HUNDRED);
    }
}

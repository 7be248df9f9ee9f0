package dev.assay.analyses.nap.verify.bound;

/** Slopes and multipliers, here or in a {@link Spool}. */
public interface Held {

    /**
     * The values.
     *
     * @throws java.io.UncheckedIOException when they cannot be read back
     */
    Multipliers get();
}

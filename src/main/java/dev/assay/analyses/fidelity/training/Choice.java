package dev.assay.analyses.fidelity.training;

/** Yes, no, or what suits the other parameters. */
public enum Choice {
    /** What suits the other parameters. */
    AUTO,
    /** Yes. */
    TRUE,
    /** No. */
    FALSE;

    boolean or(boolean otherwise) {
        return this == AUTO ? otherwise : this == TRUE;
    }
}

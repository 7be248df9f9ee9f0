package dev.assay.analyses.fidelity;

/** How the expectation over perturbed graphs is found. */
public enum Estimator {
    /** Enumeration where the budget allows it, else samples. */
    AUTO,
    /** Samples. */
    MONTE_CARLO,
    /** Enumeration of all subsets. */
    EXACT,
    /** Enumeration of the subsets with few removed edges. */
    TRUNCATED;

    /** The public name. */
    @Override
    public String toString() {
        return switch (this) {
            case AUTO -> "auto";
            case MONTE_CARLO -> "monteCarlo";
            case EXACT -> "exact";
            case TRUNCATED -> "truncated";
        };
    }
}

package dev.assay.analyses.fidelity;

/** How scores become a set of edges. */
public enum CutRule {
    /** The size of the ground truth where there is one, else a share. */
    AUTO,
    /** As many edges as the instance's ground truth has. */
    TRUTH_SIZE,
    /** A share of the edges. */
    RATIO,
    /** A number of edges. */
    TOP_K,
    /** Edges with at least a score. */
    THRESHOLD;

    /** The public name. */
    @Override
    public String toString() {
        return switch (this) {
            case AUTO -> "auto";
            case TRUTH_SIZE -> "truthSize";
            case RATIO -> "ratio";
            case TOP_K -> "topK";
            case THRESHOLD -> "threshold";
        };
    }
}

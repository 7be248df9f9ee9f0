package dev.assay.analyses.fidelity.explain;

/** What explanations come from that need no file. */
public enum ExplainerKind {
    /** The edges that the data marks. */
    TRUTH("truth"),
    /** Random scores. */
    RANDOM("random"),
    /** What the prediction loses without an edge. */
    OCCLUSION("occlusion"),
    /** What the prediction keeps with nothing but an edge. */
    INVERSE_OCCLUSION("inverseOcclusion"),
    /** Derivative of the prediction. */
    GRADIENT("gradient"),
    /** Its integral from the graph without edges. */
    INTEGRATED_GRADIENTS("integratedGradients"),
    /** A mask learnt for each instance. */
    GNN_EXPLAINER("gnnExplainer"),
    /** A network that is learnt once and masks every instance. */
    PG_EXPLAINER("pgExplainer"),
    /** Stands alone: explanations come from files only. */
    NONE("none");

    private final String name;

    ExplainerKind(String name) {
        this.name = name;
    }

    /** The name in tables, charts and on the command line. */
    @Override
    public String toString() {
        return name;
    }
}

package dev.assay.model.gnn;

/** What of a class's prediction is differentiated. */
public enum Target {
    /** Its softmax probability. */
    PROBABILITY,
    /** Its score before softmax. */
    LOGIT
}

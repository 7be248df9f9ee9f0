package dev.assay.analyses.fidelity;

/** What gradient saliency differentiates by. */
public enum GradientSource {
    /** Edge weights. */
    EDGES,
    /** Node features; an edge has the sum of its two nodes' scores. */
    NODES
}

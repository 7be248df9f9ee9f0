package dev.assay.data.graph;

/** What is classified. */
public enum GraphTask {
    /** Whole graphs. */
    GRAPH,
    /** The nodes of one graph. */
    NODE;

    /** As model files write it: {@code graph} or {@code node}. */
    @Override
    public String toString() {
        return this == GRAPH ? "graph" : "node";
    }
}

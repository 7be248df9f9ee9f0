package dev.assay.ui.selection;

/**
 * A sort of things of one origin, whose keys tell them apart.
 *
 * @param kind e.g. {@code sample}, {@code neuron}, {@code layer}, {@code class}, {@code run}
 * @param origin what they belong to, as {@link SelectionService#origin} names it
 */
public record Scope(String kind, String origin) {

    /** Samples of a dataset, or graphs of a set of graphs; keys are indices from 0. */
    public static final String SAMPLE = "sample";

    /** Layers of a model; keys are their names. */
    public static final String LAYER = "layer";

    /** A run; its key is its identifier. */
    public static final String RUN = "run";

    /** The runs of the workspace. */
    public static final Scope RUNS = new Scope(RUN, "");

    /** Nodes of a graph sample; keys are {@code graph:node}. */
    public static final String NODE = "node";

    /** Edges of a graph sample; keys are {@code graph:from-to}. */
    public static final String EDGE = "edge";
}

package dev.assay.analysis.result;

import java.util.List;

/**
 * A graph to be drawn.
 *
 * @param nodes nodes
 * @param edges edges between node indices
 * @param directed whether edges have a direction
 * @param keyPrefix what the key of an edge begins with; the names of its nodes follow, joined by a hyphen
 * @param edgeRef what edges refer to, or null
 * @param edgeNames what kinds of edges are called, for a legend
 */
public record GraphPicture(
        String id, String title, List<Node> nodes, List<Edge> edges, boolean directed, String keyPrefix,
        RefKind edgeRef, EdgeNames edgeNames) implements Result {

    /** A score from which on an edge counts as a strong one. */
    public static final double STRONG = 0.5;

    /** A graph whose edges refer to nothing. */
    public GraphPicture(String id, String title, List<Node> nodes, List<Edge> edges, boolean directed) {
        this(id, title, nodes, edges, directed, "", null, EdgeNames.NONE);
    }

    /** Copies the lists. A result of an earlier version has no names of edges. */
    public GraphPicture {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        edgeNames = edgeNames == null ? EdgeNames.NONE : edgeNames;
    }

    /**
     * What kinds of edges are called; empty for kinds that need no name.
     *
     * @param marked those in the second colour
     * @param strong those that are not, with a score of {@link #STRONG} or more
     * @param weak those that are not, with a smaller score
     */
    public record EdgeNames(String marked, String strong, String weak) {

        /** No names. */
        public static final EdgeNames NONE = new EdgeNames("", "", "");
    }

    /**
     * A node.
     *
     * @param name label
     * @param group category that gives the colour, or empty
     * @param value score in 0..1 that gives the strength, or NaN
     */
    public record Node(String name, String group, double value) {}

    /**
     * An edge.
     *
     * @param from index of the first node
     * @param to index of the second node
     * @param value score in 0..1 that gives the strength, or NaN
     * @param marked whether it is drawn in the second colour (e.g. ground truth)
     */
    public record Edge(int from, int to, double value, boolean marked) {}
}

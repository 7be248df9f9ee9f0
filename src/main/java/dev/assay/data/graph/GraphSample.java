package dev.assay.data.graph;

import java.util.Arrays;

/**
 * One graph. Edges are directed, {@code from} to {@code to}, in the order of the file; an undirected edge is two of them.
 * No edge occurs twice. Arrays that the accessors give are the graph's own and must not be changed.
 */
public final class GraphSample {

    private final int index;
    private final int nodes;
    private final int[] from;
    private final int[] to;
    private final int featureWidth;
    private final double[] features;
    private final int[] nodeLabels;
    private final int[] edgeLabels;
    private final int[] nodeClasses;
    private final boolean[] truth;
    private final int label;
    private volatile Incoming incoming;

    private GraphSample(Builder b) {
        this.index = b.index;
        this.nodes = b.nodes;
        this.from = b.from;
        this.to = b.to;
        this.featureWidth = b.featureWidth;
        this.features = b.features;
        this.nodeLabels = b.nodeLabels;
        this.edgeLabels = b.edgeLabels;
        this.nodeClasses = b.nodeClasses;
        this.truth = b.truth;
        this.label = b.label;
    }

    private GraphSample(GraphSample other, int label, int[] nodeClasses) {
        this.index = other.index;
        this.nodes = other.nodes;
        this.from = other.from;
        this.to = other.to;
        this.featureWidth = other.featureWidth;
        this.features = other.features;
        this.nodeLabels = other.nodeLabels;
        this.edgeLabels = other.edgeLabels;
        this.nodeClasses = nodeClasses;
        this.truth = other.truth;
        this.label = label;
        this.incoming = other.incoming;
    }

    /**
     * The same graph with classes numbered otherwise; shares all else.
     *
     * @param places new number of each class
     */
    public GraphSample withClasses(int[] places) {
        int[] moved = nodeClasses == null
                ? null
                : Arrays.stream(nodeClasses).map(c -> c < 0 ? c : places[c]).toArray();
        return new GraphSample(this, label < 0 ? label : places[label], moved);
    }

    /** Starts a graph of that many nodes without edges. */
    public static Builder of(int nodes) {
        return new Builder(nodes);
    }

    /** Position in its dataset, from 0. */
    public int index() {
        return index;
    }

    /** Number of nodes. */
    public int nodes() {
        return nodes;
    }

    /** Number of directed edges. */
    public int edges() {
        return from.length;
    }

    /** {@code [edges]}: the node that each edge leaves, from 0 within the graph. */
    public int[] from() {
        return from;
    }

    /** {@code [edges]}: the node that each edge enters. */
    public int[] to() {
        return to;
    }

    /** Columns of the stored features; 0 when none are stored. */
    public int featureWidth() {
        return featureWidth;
    }

    /** Stored features {@code [nodes][featureWidth]}; empty when none are stored. */
    public double[] features() {
        return features;
    }

    /** {@code [nodes]}: index into {@link GraphDataset#nodeLabels()}; null when nodes have no labels. */
    public int[] nodeLabels() {
        return nodeLabels;
    }

    /** {@code [edges]}: labels as stored; null when edges have none. */
    public int[] edgeLabels() {
        return edgeLabels;
    }

    /** {@code [nodes]}: class of each node in a node task, -1 for none; null in a graph task. */
    public int[] nodeClasses() {
        return nodeClasses;
    }

    /** {@code [edges]}: whether the edge belongs to the ground-truth explanation; null when it is not known. */
    public boolean[] truth() {
        return truth;
    }

    /** Class of the graph in a graph task, -1 for none. */
    public int label() {
        return label;
    }

    /** The edges that enter each node; made at the first call. */
    public Incoming incoming() {
        Incoming found = incoming;
        if (found == null) {
            found = Incoming.of(nodes, to);
            incoming = found;
        }
        return found;
    }

    /**
     * The edges that enter each node.
     *
     * @param start {@code [nodes + 1]}: node v has the places {@code start[v]} to before {@code start[v + 1]}
     * @param edge {@code [edges]}: edge numbers, by node and then in the order of the graph
     */
    public record Incoming(int[] start, int[] edge) {

        static Incoming of(int nodes, int[] to) {
            int[] start = new int[nodes + 1];
            for (int v : to) {
                start[v + 1]++;
            }
            for (int v = 0; v < nodes; v++) {
                start[v + 1] += start[v];
            }
            int[] next = Arrays.copyOf(start, nodes);
            int[] edge = new int[to.length];
            for (int e = 0; e < to.length; e++) {
                edge[next[to[e]]++] = e;
            }
            return new Incoming(start, edge);
        }
    }

    /** Makes a graph. Arrays are taken over, not copied. */
    public static final class Builder {

        private static final int[] NONE = {};

        private final int nodes;
        private int index;
        private int[] from = NONE;
        private int[] to = NONE;
        private int featureWidth;
        private double[] features = {};
        private int[] nodeLabels;
        private int[] edgeLabels;
        private int[] nodeClasses;
        private boolean[] truth;
        private int label = -1;

        private Builder(int nodes) {
            this.nodes = nodes;
        }

        /** See {@link GraphSample#index()}. */
        public Builder index(int value) {
            index = value;
            return this;
        }

        /** Directed edges. */
        public Builder edges(int[] fromNodes, int[] toNodes) {
            from = fromNodes;
            to = toNodes;
            return this;
        }

        /** Undirected edges: each pair becomes two directed edges, one behind the other. */
        public Builder undirected(int[][] pairs) {
            from = new int[2 * pairs.length];
            to = new int[2 * pairs.length];
            for (int i = 0; i < pairs.length; i++) {
                from[2 * i] = pairs[i][0];
                to[2 * i] = pairs[i][1];
                from[2 * i + 1] = pairs[i][1];
                to[2 * i + 1] = pairs[i][0];
            }
            return this;
        }

        /** Stored features, row-major. */
        public Builder features(int width, double[] values) {
            featureWidth = width;
            features = values;
            return this;
        }

        /** See {@link GraphSample#nodeLabels()}. */
        public Builder nodeLabels(int[] labels) {
            nodeLabels = labels;
            return this;
        }

        /** See {@link GraphSample#edgeLabels()}. */
        public Builder edgeLabels(int[] labels) {
            edgeLabels = labels;
            return this;
        }

        /** See {@link GraphSample#nodeClasses()}. */
        public Builder nodeClasses(int[] classes) {
            nodeClasses = classes;
            return this;
        }

        /** See {@link GraphSample#truth()}. */
        public Builder truth(boolean[] marked) {
            truth = marked;
            return this;
        }

        /** See {@link GraphSample#label()}. */
        public Builder label(int value) {
            label = value;
            return this;
        }

        /**
         * The graph.
         *
         * @throws IllegalArgumentException when array lengths or node numbers do not fit; readers have checked before
         */
        public GraphSample build() {
            require(from.length == to.length, "from and to differ in length");
            require(features.length == nodes * (long) featureWidth, "features do not fit");
            require(nodeLabels == null || nodeLabels.length == nodes, "node labels do not fit");
            require(nodeClasses == null || nodeClasses.length == nodes, "node classes do not fit");
            require(edgeLabels == null || edgeLabels.length == from.length, "edge labels do not fit");
            require(truth == null || truth.length == from.length, "ground truth does not fit");
            for (int e = 0; e < from.length; e++) {
                require(from[e] >= 0 && from[e] < nodes && to[e] >= 0 && to[e] < nodes, "edge outside the graph");
            }
            return new GraphSample(this);
        }

        private static void require(boolean holds, String problem) {
            if (!holds) {
                throw new IllegalArgumentException(problem);
            }
        }
    }
}

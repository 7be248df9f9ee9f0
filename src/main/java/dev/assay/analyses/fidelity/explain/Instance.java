package dev.assay.analyses.fidelity.explain;

import dev.assay.compute.EdgeRemoval;
import dev.assay.data.graph.EdgeUnits;
import dev.assay.data.graph.GraphSample;
import dev.assay.model.gnn.GnnGraph;
import dev.assay.model.gnn.Softmax;

/**
 * A prediction that is explained: that of a graph, or of a node within its neighbourhood. Its edges are taken as {@link
 * #units()}; a node's are those that may be removed, within its hops. Immutable; safe to use from several threads.
 */
public final class Instance {

    private final int key;
    private final int node;
    private final GraphSample graph;
    private final GnnGraph network;
    private final EdgeUnits units;
    private final boolean[] truth;
    private final int label;
    private final double[] probabilities;
    private final EdgeRemoval removal;

    Instance(
            int key, int node, GraphSample graph, GnnGraph network, EdgeUnits units, boolean[] truth, int label,
            EdgeRemoval removal) {
        this.key = key;
        this.node = node;
        this.graph = graph;
        this.network = network;
        this.units = units;
        this.truth = truth;
        this.probabilities = network.probabilities();
        this.label = label >= 0 ? label : predicted();
        this.removal = removal;
    }

    /** Index of the graph, or of the node in a node task. */
    public int key() {
        return key;
    }

    /** The explained node, -1 in a graph task. */
    public int node() {
        return node;
    }

    /** The graph that it is, or that the node is in. */
    public GraphSample graph() {
        return graph;
    }

    /** The network on it. */
    public GnnGraph network() {
        return network;
    }

    /** The edges that may be removed; numbers of edges within it are places in a copy's weights. */
    public EdgeUnits units() {
        return units;
    }

    /** {@code [units]}: ground truth, null where the data has none. */
    public boolean[] truth() {
        return truth;
    }

    /** The class that is explained: the given one, or the predicted one where none is given. */
    public int label() {
        return label;
    }

    /** The class that the network predicts; the lowest one of equals. */
    public int predicted() {
        return Softmax.argmax(probabilities, 0, probabilities.length);
    }

    /** {@code [classes]}: softmax probabilities of the graph as it is. Not to be changed. */
    public double[] probabilities() {
        return probabilities;
    }

    /** Probability of the explained class. */
    public double f() {
        return probabilities[label];
    }

    /** What removing an edge means. */
    public EdgeRemoval removal() {
        return removal;
    }

    /**
     * Weights of copies of the graph in which units have masks of their own.
     *
     * @param masks {@code [copies][units]}
     * @return {@code [copies][edges]}; edges that belong to no unit (self-loops) have weight 1
     */
    public double[] weights(double[] masks, int copies) {
        int edges = network.edgeCount();
        int count = units.size();
        double[] weights = new double[Math.multiplyExact(copies, edges)];
        for (int c = 0; c < copies; c++) {
            for (int e = 0; e < edges; e++) {
                int unit = units.unitOf(e);
                weights[c * edges + e] = unit < 0 ? 1 : masks[c * count + unit];
            }
        }
        return weights;
    }

    /** Sums of values by edge over the edges of each unit. */
    public double[] byUnit(double[] byEdge, int copy) {
        int edges = network.edgeCount();
        double[] sums = new double[units.size()];
        for (int e = 0; e < edges; e++) {
            int unit = units.unitOf(e);
            if (unit >= 0) {
                sums[unit] += byEdge[copy * edges + e];
            }
        }
        return sums;
    }

    /** Number of units of the ground truth, 0 where there is none. */
    public int truthSize() {
        int size = 0;
        for (int u = 0; truth != null && u < truth.length; u++) {
            size += truth[u] ? 1 : 0;
        }
        return size;
    }
}

package dev.assay.model.gnn;

import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.EdgeSets;
import dev.assay.compute.GraphPattern;
import dev.assay.data.graph.GraphSample;
import java.util.Arrays;

/**
 * One graph, or the neighbourhood of one node, ready for a network. Copies of it differ in the weights of its {@link
 * #edges()}: 1 for an edge that is there, 0 for one that is removed, values between for masks. Float64 throughout; safe
 * to use from several threads at once; the kernel spreads large batches over its threads by itself.
 */
public final class GnnGraph {

    /** Multiplications that take some 20 ms on one core. */
    private static final long CALL_WORK = 100_000_000;

    private static final long CALL_BYTES = 16L << 20;
    private static final int MOST_COPIES = 4096;

    private final BatchedGraphConvolution kernel;
    private final GnnModel model;
    private final GraphPattern pattern;
    private final double[] features;
    private final int[] nodes;
    private final int[] edges;
    private final BatchedGraphConvolution.Prepared prepared;

    private GnnGraph(
            BatchedGraphConvolution kernel, GnnModel model, GraphPattern pattern, double[] features, int[] nodes,
            int[] edges) {
        this.kernel = kernel;
        this.model = model;
        this.pattern = pattern;
        this.features = features;
        this.nodes = nodes;
        this.edges = edges;
        this.prepared = kernel.prepare(pattern, model.program(), features);
    }

    /** The whole graph. */
    static GnnGraph whole(BatchedGraphConvolution kernel, GnnModel model, GraphSample graph, double[] features) {
        int[] nodes = new int[graph.nodes()];
        Arrays.setAll(nodes, v -> v);
        int[] edges = new int[graph.edges()];
        Arrays.setAll(edges, e -> e);
        return new GnnGraph(
                kernel, model, GraphPattern.of(graph.nodes(), graph.from(), graph.to()), features, nodes, edges);
    }

    /** The neighbourhood of a node. */
    static GnnGraph around(
            BatchedGraphConvolution kernel, GnnModel model, GraphSample graph, double[] features, int node, int hops) {
        Neighbourhood near = Neighbourhood.of(graph, node, hops, model.config().layers().size());
        int width = model.config().inputWidth();
        double[] own = new double[near.nodes().length * width];
        for (int i = 0; i < near.nodes().length; i++) {
            System.arraycopy(features, near.nodes()[i] * width, own, i * width, width);
        }
        return new GnnGraph(kernel, model, near.pattern(), own, near.nodes(), near.edges());
    }

    /** The same graph with other node features, {@code [nodes().length][inputWidth]}. */
    public GnnGraph withFeatures(double[] changed) {
        return new GnnGraph(kernel, model, pattern, changed, nodes, edges);
    }

    /** The network. */
    public GnnModel model() {
        return model;
    }

    /** The graph's nodes that are here, by their number in the graph; the node that is explained is the first. */
    public int[] nodes() {
        return nodes;
    }

    /**
     * The graph's edges whose weight may change, by their number in the graph, ascending; a copy's weights are in this
     * order.
     */
    public int[] edges() {
        return edges;
    }

    /** Number of weights of a copy. */
    public int edgeCount() {
        return edges.length;
    }

    /** Number of classes. */
    public int classes() {
        return model.config().classes();
    }

    /** Rows of scores of a copy: 1, or the number of nodes for a whole graph in a node task. */
    public int rows() {
        return prepared.rows();
    }

    /** The node features, {@code [nodes().length][inputWidth]}. */
    public double[] features() {
        return features;
    }

    /** Scores of the graph as it is, {@code [rows][classes]}. */
    public double[] logits() {
        return logits(ones(), 1, EdgeRemoval.STRUCTURAL);
    }

    /** Softmax probabilities of the graph as it is, {@code [rows][classes]}. */
    public double[] probabilities() {
        return probabilities(ones(), 1, EdgeRemoval.STRUCTURAL);
    }

    /** The predicted class of the first row; the lowest one of equals. */
    public int predicted() {
        return Softmax.argmax(logits(), 0, classes());
    }

    /**
     * Scores of many copies in one call.
     *
     * @param weights {@code [copies][edgeCount]}
     * @return {@code [copies][rows][classes]}
     */
    public double[] logits(double[] weights, int copies, EdgeRemoval removal) {
        double[] scores = new double[Math.multiplyExact(Math.multiplyExact(copies, rows()), classes())];
        prepared.scores(weights, copies, removal, scores);
        return scores;
    }

    /** As {@link #logits(double[], int, EdgeRemoval)}, softmax probabilities. */
    public double[] probabilities(double[] weights, int copies, EdgeRemoval removal) {
        double[] values = logits(weights, copies, removal);
        Softmax.inPlace(values, classes());
        return values;
    }

    /**
     * Probabilities of many copies in one call, each without a set of edges.
     *
     * @param removed what is removed from each copy; units are the caller's
     * @return {@code [copies][rows][classes]}
     */
    public double[] probabilities(EdgeSets removed, EdgeRemoval removal) {
        double[] values =
                new double[Math.multiplyExact(Math.multiplyExact(removed.copies(), rows()), classes())];
        prepared.probabilities(removed, removal, values);
        return values;
    }

    /**
     * Derivatives of a class's probability or score (of the first row) by edge weights and node features.
     *
     * @param weights {@code [copies][edgeCount]}
     * @param byFeatures whether those by the features are wanted too
     */
    public Gradients gradients(
            double[] weights, int copies, EdgeRemoval removal, int label, Target target, boolean byFeatures) {
        int classes = classes();
        return gradients(weights, copies, removal, byFeatures, (copy, scores, byScore) -> {
            if (target == Target.LOGIT) {
                byScore[label] = 1;
                return scores[label];
            }
            double[] p = Arrays.copyOf(scores, classes);
            Softmax.inPlace(p, classes);
            for (int k = 0; k < classes; k++) {
                byScore[k] = p[label] * ((k == label ? 1 : 0) - p[k]);
            }
            return p[label];
        });
    }

    /** Derivatives of any scalar of a copy's scores, a training loss for one. */
    public Gradients gradients(
            double[] weights, int copies, EdgeRemoval removal, boolean byFeatures,
            BatchedGraphConvolution.Objective objective) {
        double[] values = new double[copies];
        double[] byEdge = new double[Math.multiplyExact(copies, edges.length)];
        double[] byFeature = byFeatures ? new double[Math.multiplyExact(copies, features.length)] : null;
        prepared.gradients(weights, copies, removal, objective, values, byEdge, byFeature);
        return new Gradients(values, byEdge, byFeature);
    }

    /**
     * Derivatives.
     *
     * @param values {@code [copies]}: the scalar itself
     * @param byEdge {@code [copies][edgeCount]}
     * @param byFeature {@code [copies][nodes][inputWidth]}, or null
     */
    public record Gradients(double[] values, double[] byEdge, double[] byFeature) {}

    /**
     * What the head sees of each node before pooling: the last layer's output, or all layers' side by side. For a
     * neighbourhood it covers all of {@link #nodes()}, and it is that of the whole graph for nodes whose own
     * neighbourhood lies within.
     *
     * @return {@code [nodes().length][embeddingWidth()]}
     */
    public double[] embeddings() {
        GraphPattern all = new GraphPattern(
                pattern.nodes(), pattern.edges(), pattern.start(), pattern.source(), pattern.edge(),
                pattern.selfWeight(), pattern.outsideDegree(), null);
        return kernel.prepare(all, model.program(), features).embeddings(ones(), EdgeRemoval.STRUCTURAL);
    }

    /** Width of {@link #embeddings()}. */
    public int embeddingWidth() {
        return model.config().embeddingWidth();
    }

    /**
     * How many copies to give to one call so that it takes some milliseconds and weights and scores stay within a few
     * megabytes: between calls the caller looks for a cancel.
     */
    public int copiesPerCall() {
        GnnConfig config = model.config();
        long perLayer = (long) nodes.length * embeddingWidth() + pattern.source().length;
        long work = Math.max(1, perLayer * config.layers().size() * embeddingWidth());
        if (config.architecture() == GnnConfig.Architecture.GIN) {
            // Its features are summed over each copy's own edges before they are multiplied; GCN's are multiplied once for all.
            long rows = (long) nodes.length * config.layers().getFirst().width() + pattern.source().length;
            work += rows * config.inputWidth();
        }
        long byMemory = CALL_BYTES / (Double.BYTES * (1L + edges.length + (long) rows() * classes()));
        return (int) Math.clamp(Math.min(CALL_WORK / work, byMemory), 1, MOST_COPIES);
    }

    /** Weights of the graph as it is: {@link #edgeCount()} ones. */
    public double[] ones() {
        double[] ones = new double[edges.length];
        Arrays.fill(ones, 1);
        return ones;
    }
}

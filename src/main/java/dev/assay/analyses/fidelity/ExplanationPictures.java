package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.EdgeCut;
import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.RefKind;
import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Drawings of an instance, one for each explainer: edges of the explanation by their score, others thin, the ground truth
 * in the second colour.
 *
 * @param instance what is drawn
 * @param explainers names
 * @param scores by explainer
 */
record ExplanationPictures(Instance instance, List<String> explainers, List<double[]> scores) {

    /** An edge; its key is {@code instance:u-v}. */
    static final RefKind EDGE = new RefKind("edge", "");

    static final String ID = "explanation_graphs";

    private static final int MOST_PICTURES = 4;
    private static final int MOST_NODES = 400;
    private static final GraphPicture.EdgeNames EXPLAINED =
            new GraphPicture.EdgeNames("ground truth", "explanation", "other edges");
    private static final GraphPicture.EdgeNames PERTURBED =
            new GraphPicture.EdgeNames("ground truth", "kept", "removed");

    /** Emits the drawings of the first explainers. */
    void emit(ResultSink sink, EdgeCut cut) {
        pictures(cut).stream().limit(MOST_PICTURES).forEach(sink::emit);
    }

    /** One drawing for each explainer; none for a graph with too many nodes to see. */
    List<GraphPicture> pictures(EdgeCut cut) {
        if (instance.network().nodes().length > MOST_NODES) {
            return List.of();
        }
        List<GraphPicture> pictures = new ArrayList<>();
        for (int e = 0; e < explainers.size(); e++) {
            EdgeCut.Cut set = cut.of(scores.get(e), instance);
            pictures.add(picture(
                    e == 0 ? ID : ID + "_" + (e + 1),
                    name() + " explained by " + explainers.get(e) + ", " + set.size() + " of "
                            + instance.units().size() + " edges",
                    strengths(scores.get(e), set.members()), EXPLAINED));
        }
        return pictures;
    }

    /** Graph 12, or node 12. */
    String name() {
        return (instance.node() < 0 ? "Graph " : "Node ") + instance.key();
    }

    /** Edges outside the set are faint; those in it grow with their score. */
    private static double[] strengths(double[] scores, boolean[] members) {
        double low = Arrays.stream(scores).min().orElse(0);
        double high = Arrays.stream(scores).max().orElse(0);
        double[] strengths = new double[scores.length];
        for (int u = 0; u < scores.length; u++) {
            double share = high > low ? (scores[u] - low) / (high - low) : 1;
            strengths[u] = members[u] ? 0.6 + 0.4 * share : 0.1 * share;
        }
        return strengths;
    }

    /**
     * A perturbed graph: what is left is strong, what is removed faint.
     *
     * @param removed the removed units
     * @param f probability of the explained class on it
     */
    GraphPicture perturbed(String id, String what, long[] removed, double f) {
        double[] strengths = new double[instance.units().size()];
        for (int u = 0; u < strengths.length; u++) {
            strengths[u] = Bits.get(removed, u) ? 0 : 0.6;
        }
        return picture(
                id,
                name() + ", " + what + ": probability " + Numbers.value(f) + " instead of "
                        + Numbers.value(instance.f()),
                strengths, PERTURBED);
    }

    private GraphPicture picture(String id, String title, double[] strengths, GraphPicture.EdgeNames names) {
        int[] nodes = instance.network().nodes();
        Map<Integer, Integer> places = new HashMap<>();
        List<GraphPicture.Node> drawn = new ArrayList<>();
        for (int i = 0; i < nodes.length; i++) {
            places.put(nodes[i], i);
            boolean explained = nodes[i] == instance.node();
            int[] labels = instance.graph().nodeLabels();
            String group = explained ? "explained node" : labels == null ? "" : "node label " + labels[nodes[i]];
            drawn.add(new GraphPicture.Node(String.valueOf(nodes[i]), group, Double.NaN));
        }
        List<GraphPicture.Edge> edges = new ArrayList<>();
        boolean directed = false;
        for (int u = 0; u < strengths.length; u++) {
            int edge = instance.network().edges()[instance.units().firstEdge(u)];
            directed |= instance.units().edgeCount(u) == 1;
            edges.add(new GraphPicture.Edge(
                    places.get(instance.graph().from()[edge]), places.get(instance.graph().to()[edge]), strengths[u],
                    instance.truth() != null && instance.truth()[u]));
        }
        return new GraphPicture(id, title, drawn, edges, directed, instance.key() + ":", EDGE, names);
    }
}

package dev.assay.model.gnn;

import dev.assay.data.graph.EdgeUnits;
import dev.assay.data.graph.GraphSample;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Graphs side by side as one block-diagonal graph.
 *
 * @param nodes number of nodes of all graphs
 * @param nodeStart {@code [graphs + 1]}
 * @param features {@code [nodes][width]}
 * @param row {@code [entries]}: receiving node of each factor of the sum over neighbours
 * @param column {@code [entries]}: sending node
 * @param factor {@code [entries]}
 * @param targets {@code [rows]}: class of each row of scores
 * @param picked {@code [rows]}: the node of each row in a node task, null in a graph task
 */
record TrainingBatch(
        int nodes, int[] nodeStart, float[] features, int[] row, int[] column, float[] factor, int[] targets,
        int[] picked) {

    /**
     * Puts graphs side by side.
     *
     * @param features of each graph
     * @param dropout share of the pairs of edges that are left out at random
     */
    static TrainingBatch of(
            GnnConfig config, List<GraphSample> graphs, List<double[]> features, int[] targets, int[] picked,
            double dropout, SplittableRandom random) {
        int[] nodeStart = new int[graphs.size() + 1];
        int entries = 0;
        for (int g = 0; g < graphs.size(); g++) {
            nodeStart[g + 1] = nodeStart[g] + graphs.get(g).nodes();
            entries += graphs.get(g).edges() + graphs.get(g).nodes();
        }
        int nodes = nodeStart[graphs.size()];
        float[] x = new float[nodes * config.inputWidth()];
        int[] row = new int[entries];
        int[] column = new int[entries];
        float[] factor = new float[entries];
        int at = 0;
        for (int g = 0; g < graphs.size(); g++) {
            double[] own = features.get(g);
            int offset = nodeStart[g] * config.inputWidth();
            for (int i = 0; i < own.length; i++) {
                x[offset + i] = (float) own[i];
            }
            GraphSample graph = graphs.get(g);
            double[] weight = weights(graph, dropout, random);
            double[] self = self(config, graph, weight);
            double[] root = new double[graph.nodes()];
            boolean normalised = config.architecture() == GnnConfig.Architecture.GCN;
            for (int v = 0; normalised && v < root.length; v++) {
                root[v] = self[v];
            }
            for (int e = 0; normalised && e < weight.length; e++) {
                root[graph.to()[e]] += weight[e];
            }
            for (int v = 0; v < root.length; v++) {
                root[v] = normalised ? root[v] > 0 ? 1 / Math.sqrt(root[v]) : 0 : 1;
                row[at] = nodeStart[g] + v;
                column[at] = nodeStart[g] + v;
                factor[at++] = (float) (self[v] * root[v] * root[v]);
            }
            for (int e = 0; e < weight.length; e++) {
                row[at] = nodeStart[g] + graph.to()[e];
                column[at] = nodeStart[g] + graph.from()[e];
                factor[at++] = (float) (weight[e] * root[graph.to()[e]] * root[graph.from()[e]]);
            }
        }
        return new TrainingBatch(nodes, nodeStart, x, row, column, factor, targets, picked);
    }

    /** 1 for each edge, 0 for those that are left out; both directions of a pair together. */
    private static double[] weights(GraphSample graph, double dropout, SplittableRandom random) {
        double[] weight = new double[graph.edges()];
        java.util.Arrays.fill(weight, 1);
        if (dropout > 0) {
            EdgeUnits units = EdgeUnits.pairs(graph);
            for (int u = 0; u < units.size(); u++) {
                if (random.nextDouble() < dropout) {
                    weight[units.firstEdge(u)] = 0;
                    if (units.secondEdge(u) >= 0) {
                        weight[units.secondEdge(u)] = 0;
                    }
                }
            }
        }
        return weight;
    }

    /** What a node's own row counts before normalisation; of GIN with the configuration's epsilon. */
    private static double[] self(GnnConfig config, GraphSample graph, double[] weight) {
        double[] self = new double[graph.nodes()];
        boolean gcn = config.architecture() == GnnConfig.Architecture.GCN;
        java.util.Arrays.fill(self, gcn ? 1 : config.selfTerm() ? 1 + config.epsilon() : 0);
        for (int e = 0; gcn && e < weight.length; e++) {
            if (graph.from()[e] == graph.to()[e]) {
                self[graph.from()[e]] = 0;
            }
        }
        return self;
    }

    /** Number of graphs. */
    int graphs() {
        return nodeStart.length - 1;
    }

    /** Most nodes of one graph. */
    int mostNodes() {
        int most = 0;
        for (int g = 0; g < graphs(); g++) {
            most = Math.max(most, nodeStart[g + 1] - nodeStart[g]);
        }
        return most;
    }
}

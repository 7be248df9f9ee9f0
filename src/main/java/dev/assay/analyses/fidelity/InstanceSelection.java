package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.AnalysisException;
import dev.assay.data.graph.GraphSample;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Which graphs or nodes are looked at. */
final class InstanceSelection {

    private InstanceSelection() {}

    /**
     * The indices, rising.
     *
     * @param text all, or indices and ranges; in a node task all means nodes with a ground-truth edge within reach where
     *     there is a ground truth
     */
    static int[] of(String text, InstanceSource source) throws AnalysisException {
        if (!text.equals(IndexRanges.ALL)) {
            return IndexRanges.parse(text, source.size(), source.nodeTask() ? "nodes" : "graphs");
        }
        if (!source.nodeTask() || !source.data().hasTruth()) {
            return IntStream.range(0, source.size()).toArray();
        }
        GraphSample graph = source.data().graph(0);
        return near(graph, source.hops());
    }

    /** Nodes from which both ends of an edge of the ground truth are within reach, against the direction of edges. */
    private static int[] near(GraphSample graph, int hops) {
        int[] seen = new int[graph.nodes()];
        Arrays.fill(seen, -1);
        int[] queue = new int[graph.nodes()];
        return IntStream.range(0, graph.nodes())
                .filter(v -> reaches(graph, v, hops, seen, queue))
                .toArray();
    }

    private static boolean reaches(GraphSample graph, int node, int hops, int[] seen, int[] queue) {
        GraphSample.Incoming incoming = graph.incoming();
        int count = 1;
        int at = 0;
        queue[0] = node;
        seen[node] = node;
        for (int hop = 0; hop <= hops; hop++) {
            int end = count;
            for (; at < end; at++) {
                int v = queue[at];
                for (int i = incoming.start()[v]; i < incoming.start()[v + 1]; i++) {
                    int edge = incoming.edge()[i];
                    int u = graph.from()[edge];
                    boolean inside = seen[u] == node;
                    if (inside && graph.truth()[edge]) {
                        return true;
                    }
                    if (!inside && hop < hops) {
                        seen[u] = node;
                        queue[count++] = u;
                        if (graph.truth()[edge]) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }
}

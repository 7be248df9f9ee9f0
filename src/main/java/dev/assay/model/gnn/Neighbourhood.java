package dev.assay.model.gnn;

import dev.assay.compute.GraphPattern;
import dev.assay.data.graph.GraphSample;
import java.util.Arrays;

/**
 * The part of a graph that a node's prediction depends on. Nodes are ordered by their distance from it, so that each layer
 * works on a leading part of them.
 *
 * @param nodes numbers in the graph; the node itself is the first
 * @param edges numbers in the graph of the edges whose weight may change, ascending
 * @param pattern the edges between the nodes, with the degrees of the whole graph
 */
record Neighbourhood(int[] nodes, int[] edges, GraphPattern pattern) {

    /**
     * Searches against the direction of the edges.
     *
     * @param hops most distance from the node of both ends of an edge whose weight may change
     * @param layers number of propagations
     */
    static Neighbourhood of(GraphSample graph, int node, int hops, int layers) {
        int reach = Math.max(hops, layers);
        int[] local = new int[graph.nodes()];
        Arrays.fill(local, -1);
        int[] found = new int[graph.nodes()];
        int[] within = new int[reach + 1];
        GraphSample.Incoming incoming = graph.incoming();
        found[0] = node;
        local[node] = 0;
        int count = 1;
        int frontier = 0;
        within[0] = 1;
        for (int hop = 1; hop <= reach; hop++) {
            int end = count;
            for (; frontier < end; frontier++) {
                int v = found[frontier];
                for (int i = incoming.start()[v]; i < incoming.start()[v + 1]; i++) {
                    int u = graph.from()[incoming.edge()[i]];
                    if (local[u] < 0) {
                        local[u] = count;
                        found[count++] = u;
                    }
                }
            }
            within[hop] = count;
        }
        int[] nodes = Arrays.copyOf(found, count);
        int[] active = new int[layers + 1];
        for (int l = 0; l <= layers; l++) {
            active[l] = within[layers - l];
        }
        return of(graph, nodes, local, within[Math.min(hops, reach)], active);
    }

    private static Neighbourhood of(GraphSample graph, int[] nodes, int[] local, int changeable, int[] active) {
        GraphSample.Incoming incoming = graph.incoming();
        double[] outside = new double[nodes.length];
        int entries = 0;
        for (int v = 0; v < nodes.length; v++) {
            int first = incoming.start()[nodes[v]];
            int end = incoming.start()[nodes[v] + 1];
            for (int i = first; i < end; i++) {
                if (local[graph.from()[incoming.edge()[i]]] >= 0) {
                    entries++;
                } else {
                    outside[v]++;
                }
            }
        }
        int[] from = new int[entries];
        int[] to = new int[entries];
        int[] edge = new int[entries];
        int at = 0;
        for (int v = 0; v < nodes.length; v++) {
            for (int i = incoming.start()[nodes[v]]; i < incoming.start()[nodes[v] + 1]; i++) {
                int u = local[graph.from()[incoming.edge()[i]]];
                if (u >= 0) {
                    from[at] = u;
                    to[at] = v;
                    edge[at++] = u < changeable && v < changeable ? incoming.edge()[i] : -1;
                }
            }
        }
        int[] edges = Arrays.stream(edge).filter(e -> e >= 0).sorted().toArray();
        for (int i = 0; i < entries; i++) {
            if (edge[i] >= 0) {
                edge[i] = Arrays.binarySearch(edges, edge[i]);
            }
        }
        return new Neighbourhood(
                nodes, edges, GraphPattern.of(nodes.length, edges.length, from, to, edge, outside, active));
    }
}

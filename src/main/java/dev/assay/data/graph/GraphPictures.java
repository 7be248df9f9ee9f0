package dev.assay.data.graph;

import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.RefKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Graphs to be drawn: nodes grouped by class or label, ground truth marked. */
public final class GraphPictures {

    /** An edge; its key is {@code graph:from-to}. */
    public static final RefKind EDGE = new RefKind("edge", "");

    /** A node; its key is {@code graph:node}. */
    public static final RefKind NODE = new RefKind("node", "");

    private GraphPictures() {}

    /** The whole graph. An undirected pair is one edge; self-loops are left out. */
    public static GraphPicture of(GraphDataset data, GraphSample graph) {
        int[] all = new int[graph.nodes()];
        for (int v = 0; v < all.length; v++) {
            all[v] = v;
        }
        return of(data, graph, all);
    }

    /**
     * The part between some nodes.
     *
     * @param nodes numbers of nodes, each once
     */
    public static GraphPicture of(GraphDataset data, GraphSample graph, int[] nodes) {
        List<GraphPicture.Node> drawn = new ArrayList<>();
        Map<Integer, Integer> place = new HashMap<>();
        for (int v : nodes) {
            place.put(v, drawn.size());
            drawn.add(new GraphPicture.Node(String.valueOf(v), group(data, graph, v), Double.NaN));
        }
        EdgeUnits units = EdgeUnits.pairs(graph);
        boolean directed = false;
        List<GraphPicture.Edge> edges = new ArrayList<>();
        for (int u = 0; u < units.size(); u++) {
            int first = units.firstEdge(u);
            Integer from = place.get(graph.from()[first]);
            Integer to = place.get(graph.to()[first]);
            directed |= units.edgeCount(u) == 1;
            if (from != null && to != null) {
                edges.add(new GraphPicture.Edge(from, to, Double.NaN, marked(graph, units, u)));
            }
        }
        return new GraphPicture(
                "graph", "Graph " + graph.index(), drawn, edges, directed, graph.index() + ":", EDGE,
                new GraphPicture.EdgeNames("ground truth", "", ""));
    }

    /**
     * The graph for a small drawing: whole, or of a large one the nodes nearest to its first.
     *
     * @param most greatest number of nodes
     */
    public static GraphPicture small(GraphDataset data, GraphSample graph, int most) {
        return graph.nodes() > most ? of(data, graph, around(graph, 0, graph.nodes(), most)) : of(data, graph);
    }

    private static boolean marked(GraphSample graph, EdgeUnits units, int unit) {
        boolean[] truth = graph.truth();
        return truth != null
                && (truth[units.firstEdge(unit)]
                        || units.secondEdge(unit) >= 0 && truth[units.secondEdge(unit)]);
    }

    private static String group(GraphDataset data, GraphSample graph, int node) {
        if (graph.nodeClasses() != null) {
            int label = graph.nodeClasses()[node];
            return label < 0 ? "no class" : "class " + data.classes().get(label);
        }
        return graph.nodeLabels() == null || data.nodeLabels().size() < 2 ? ""
                : "label " + data.nodeLabels().get(graph.nodeLabels()[node]);
    }

    /**
     * Nodes near a node, whatever the direction of the edges, the nearest first.
     *
     * @param most greatest number of nodes
     */
    public static int[] around(GraphSample graph, int node, int hops, int most) {
        GraphSample.Incoming incoming = graph.incoming();
        GraphSample.Incoming outgoing = GraphSample.Incoming.of(graph.nodes(), graph.from());
        boolean[] seen = new boolean[graph.nodes()];
        Ints found = new Ints();
        found.add(node);
        seen[node] = true;
        int frontier = 0;
        for (int hop = 0; hop < hops; hop++) {
            int end = found.size();
            for (; frontier < end; frontier++) {
                int v = found.get(frontier);
                for (int i = incoming.start()[v]; i < incoming.start()[v + 1]; i++) {
                    visit(graph.from()[incoming.edge()[i]], seen, found, most);
                }
                for (int i = outgoing.start()[v]; i < outgoing.start()[v + 1]; i++) {
                    visit(graph.to()[outgoing.edge()[i]], seen, found, most);
                }
            }
        }
        return found.toArray();
    }

    private static void visit(int node, boolean[] seen, Ints found, int most) {
        if (!seen[node] && found.size() < most) {
            seen[node] = true;
            found.add(node);
        }
    }
}

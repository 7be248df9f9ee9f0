package dev.assay.data.graph;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.npy.NpzArrays;
import dev.assay.data.source.OptionReader;
import java.util.List;

/** Reads the arrays of graphs: {@code edge_index}, {@code graph}, {@code y}, {@code x}, {@code node_labels}, {@code edge_gt}. */
final class NpzGraphs {

    private final Location location;
    private final NpzArrays arrays;

    NpzGraphs(Location location, NpzArrays arrays) {
        this.location = location;
        this.arrays = arrays;
    }

    GraphList read() throws InputException {
        OptionReader options = new OptionReader(location, GraphOptions.ALL);
        NpzArrays.Array index = arrays.read(NpzGraphKind.EDGES);
        if (index.shape().length != 2 || index.shape()[0] != 2) {
            throw new InputException(
                    "the array has the shape " + java.util.Arrays.toString(index.shape()) + ", expected 2 x edges",
                    arrays.where(NpzGraphKind.EDGES), "save the edges as two rows: from and to");
        }
        int edges = Math.toIntExact(index.shape()[1]);
        NpzArrays.Array features = find("x");
        long[] graph = column("graph");
        long[] nodeLabels = column("node_labels");
        long[] y = column("y");
        int nodes = nodes(index, features, graph, nodeLabels, y);
        int[] from = ends(index, 0, edges, nodes);
        int[] to = ends(index, edges, edges, nodes);
        int[] graphOf = graphOf(graph, nodes);
        int graphs = nodes == 0 ? 0 : graphOf[nodes - 1] + 1;
        GraphAssembler assembler = new GraphAssembler(
                location, List.of(location.path()), graphOf, graphs, from, to,
                e -> arrays.where(NpzGraphKind.EDGES) + ", column " + e);
        assembler.undirected(options.flag(GraphOptions.UNDIRECTED, false));
        if (features != null) {
            features(assembler, features, nodes);
        }
        if (nodeLabels != null) {
            requireLength(nodeLabels.length, nodes, "node_labels", "nodes");
            assembler.nodeLabels(nodeLabels);
        }
        if (y != null) {
            labels(assembler, y, graphs, nodes);
        }
        long[] truth = column("edge_gt");
        if (truth != null) {
            requireLength(truth.length, edges, "edge_gt", "edges");
            boolean[] marked = new boolean[edges];
            for (int e = 0; e < edges; e++) {
                if (truth[e] != 0 && truth[e] != 1) {
                    throw new InputException(
                            "the array holds " + truth[e] + " at place " + e, arrays.where("edge_gt"),
                            "an edge belongs to the ground truth (1) or does not (0)");
                }
                marked[e] = truth[e] == 1;
            }
            assembler.truth(marked);
        }
        return assembler.build();
    }

    private NpzArrays.Array find(String name) throws InputException {
        return arrays.names().contains(name) ? arrays.read(name) : null;
    }

    private long[] column(String name) throws InputException {
        NpzArrays.Array array = find(name);
        if (array == null) {
            return null;
        }
        if (array.shape().length != 1) {
            throw new InputException(
                    "the array has " + array.shape().length + " dimensions, expected 1", arrays.where(name),
                    "save one number for each");
        }
        long[] values = new long[array.values().length];
        for (int i = 0; i < values.length; i++) {
            double value = array.values()[i];
            if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
                throw new InputException(
                        "the array holds " + value + " at place " + i + ", which is no whole number",
                        arrays.where(name),
                        "classes are whole numbers; values to be estimated (regression) cannot be used");
            }
            values[i] = (long) value;
        }
        return values;
    }

    private static int nodes(
            NpzArrays.Array index, NpzArrays.Array features, long[] graph, long[] labels, long[] y) {
        if (graph != null) {
            return graph.length;
        }
        if (features != null) {
            return (int) Math.min(Integer.MAX_VALUE - 8, features.shape()[0]);
        }
        if (labels != null) {
            return labels.length;
        }
        // All are of one graph, so that labels are its nodes' unless there is one only; the last ones may have no edges.
        double greatest = y == null ? -1 : y.length - 1.0;
        for (double end : index.values()) {
            greatest = Math.max(greatest, end);
        }
        return (int) Math.min(Integer.MAX_VALUE - 8, greatest + 1);
    }

    private int[] ends(NpzArrays.Array index, int first, int edges, int nodes) throws InputException {
        int[] ends = new int[edges];
        for (int e = 0; e < edges; e++) {
            double value = index.values()[first + e];
            if (!(value >= 0 && value < nodes) || value != Math.rint(value)) {
                throw new InputException(
                        "column " + e + " has node "
                                + (value == Math.rint(value) ? String.valueOf((long) value) : value)
                                + ", outside 0.." + (nodes - 1),
                        arrays.where(NpzGraphKind.EDGES), "nodes are numbered from 0 over all graphs");
            }
            ends[e] = (int) value;
        }
        return ends;
    }

    private int[] graphOf(long[] graph, int nodes) throws InputException {
        int[] graphOf = new int[nodes];
        long before = -1;
        for (int v = 0; graph != null && v < nodes; v++) {
            if (graph[v] != before && graph[v] != before + 1) {
                throw new InputException(
                        "node " + v + " is of graph " + graph[v] + (v == 0 ? "" : " after one of graph " + before),
                        arrays.where("graph"), "graphs are numbered from 0 without a gap and never fall");
            }
            before = graph[v];
            graphOf[v] = (int) before;
        }
        return graphOf;
    }

    private void features(GraphAssembler assembler, NpzArrays.Array features, int nodes) throws InputException {
        if (features.shape().length > 2) {
            throw new InputException(
                    "the array has " + features.shape().length + " dimensions, expected nodes x features",
                    arrays.where("x"), "save one row for each node");
        }
        requireLength(Math.toIntExact(features.shape()[0]), nodes, "x", "nodes");
        for (int i = 0; i < features.values().length; i++) {
            if (!Double.isFinite(features.values()[i])) {
                throw new InputException(
                        "the array holds " + features.values()[i] + " at place " + i, arrays.where("x"),
                        "save finite features");
            }
        }
        int width = features.shape().length == 1 ? 1 : Math.toIntExact(features.shape()[1]);
        assembler.features(width, features.values());
    }

    /** One label for each graph, or for each node of the one graph. */
    private void labels(GraphAssembler assembler, long[] y, int graphs, int nodes) throws InputException {
        if (y.length == graphs) {
            assembler.graphLabels(y, null);
        } else if (y.length == nodes && graphs == 1) {
            assembler.nodeClasses(y);
        } else {
            throw new InputException(
                    "there are " + y.length + " labels for " + graphs + (graphs == 1 ? " graph" : " graphs") + " and "
                            + nodes + " nodes",
                    arrays.where("y"), "give one label for each graph, or one for each node of a single graph");
        }
    }

    private void requireLength(int found, int expected, String name, String nouns) throws InputException {
        if (found != expected) {
            throw new InputException(
                    "the array has " + found + " entries for " + expected + " " + nouns, arrays.where(name),
                    "give one for each");
        }
    }
}

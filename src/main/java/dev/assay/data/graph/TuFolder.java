package dev.assay.data.graph;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.source.OptionReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of one set of graphs. Node and graph numbers in them count from 1 over all graphs. */
final class TuFolder {

    private final Location location;
    private final String name;
    private final List<Path> files = new ArrayList<>();

    TuFolder(Location location, String name) {
        this.location = location;
        this.name = name;
    }

    GraphList read() throws InputException {
        OptionReader options = new OptionReader(location, GraphOptions.ALL);
        Path edgeFile = required("A");
        Path indicator = required("graph_indicator");
        int[] graphOf = indicator(indicator);
        int graphs = graphOf.length == 0 ? 0 : graphOf[graphOf.length - 1] + 1;
        long[] pairs = NumberLines.whole(edgeFile, 2, "an edge");
        int edges = pairs.length / 2;
        int[] from = new int[edges];
        int[] to = new int[edges];
        for (int e = 0; e < edges; e++) {
            from[e] = node(pairs[2 * e], graphOf.length, edgeFile, e);
            to[e] = node(pairs[2 * e + 1], graphOf.length, edgeFile, e);
        }
        GraphAssembler assembler = new GraphAssembler(
                location, files, graphOf, graphs, from, to, e -> edgeFile + ", line " + (e + 1));
        assembler.undirected(options.flag(GraphOptions.UNDIRECTED, false));
        long[] labels = column("graph_labels", graphs, "graph", "graphs");
        if (labels != null) {
            assembler.graphLabels(labels, null);
        }
        long[] nodeLabels = column("node_labels", graphOf.length, "node", "nodes");
        if (nodeLabels != null) {
            if (labels == null && graphs == 1) {
                assembler.nodeClasses(nodeLabels);
            } else {
                assembler.nodeLabels(nodeLabels);
            }
        }
        attributes(assembler, graphOf.length);
        long[] edgeLabels = column("edge_labels", edges, "edge", "edges");
        if (edgeLabels != null) {
            int[] narrow = new int[edges];
            for (int e = 0; e < edges; e++) {
                narrow[e] = (int) edgeLabels[e];
            }
            assembler.edgeLabels(narrow);
        }
        long[] truth = column("edge_gt", edges, "edge", "edges");
        if (truth != null) {
            assembler.truth(truth(truth));
        }
        return assembler.build();
    }

    private Path file(String part) {
        return location.path().resolve(name + "_" + part + ".txt");
    }

    private Path required(String part) throws InputException {
        Path path = file(part);
        if (!Files.exists(path)) {
            throw new InputException(
                    "the file " + path.getFileName() + " is missing", location.path().toString(),
                    "a TU folder holds at least " + name + "_A.txt and " + name + "_graph_indicator.txt");
        }
        files.add(path);
        return path;
    }

    private static int[] indicator(Path path) throws InputException {
        long[] stored = NumberLines.whole(path, 1, "a graph's number");
        int[] graphOf = new int[stored.length];
        long before = 0;
        for (int i = 0; i < stored.length; i++) {
            long graph = stored[i];
            if (graph != before && graph != before + 1) {
                throw new InputException(
                        "line " + (i + 1) + " has graph " + graph + " after graph " + before, path.toString(),
                        "graphs are numbered from 1 without a gap, the nodes of one graph behind those of the one before");
            }
            before = graph;
            graphOf[i] = Math.toIntExact(graph - 1);
            if (graph == 0) {
                throw new InputException(
                        "line " + (i + 1) + " has graph 0", path.toString(), "graphs are numbered from 1");
            }
        }
        return graphOf;
    }

    private static int node(long stored, int nodes, Path path, int edge) throws InputException {
        if (stored < 1 || stored > nodes) {
            throw new InputException(
                    "line " + (edge + 1) + " has node " + stored + ", outside 1.." + nodes, path.toString(),
                    "nodes are numbered from 1 over all graphs");
        }
        return (int) (stored - 1);
    }

    private long[] column(String part, int expected, String noun, String nouns) throws InputException {
        Path path = file(part);
        if (!Files.exists(path)) {
            return null;
        }
        files.add(path);
        long[] values = NumberLines.whole(path, 1, "a label");
        if (values.length != expected) {
            throw new InputException(
                    "the file has " + values.length + " lines for " + expected + " " + nouns
                            + (values.length > expected ? "; line " + (expected + 1) + " has no " + noun : ""),
                    path.toString(),
                    "it has one line for each " + noun);
        }
        return values;
    }

    private void attributes(GraphAssembler assembler, int nodes) throws InputException {
        Path path = file("node_attributes");
        if (!Files.exists(path)) {
            return;
        }
        files.add(path);
        NumberLines.Rows rows = NumberLines.real(path, "attributes");
        int found = rows.columns() == 0 ? 0 : rows.values().length / rows.columns();
        if (found != nodes) {
            throw new InputException(
                    "the file has " + found + " lines for " + nodes + " nodes", path.toString(),
                    "it has one line for each node");
        }
        assembler.features(rows.columns(), rows.values());
    }

    private boolean[] truth(long[] stored) throws InputException {
        boolean[] truth = new boolean[stored.length];
        for (int e = 0; e < truth.length; e++) {
            if (stored[e] != 0 && stored[e] != 1) {
                throw new InputException(
                        "line " + (e + 1) + " has " + stored[e], file("edge_gt").toString(),
                        "an edge belongs to the ground truth (1) or does not (0)");
            }
            truth[e] = stored[e] == 1;
        }
        return truth;
    }
}

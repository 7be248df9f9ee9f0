package dev.assay.data.graph;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.text.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Cuts the nodes and edges of all graphs, numbered through, into single graphs. Checks that edges stay within a graph,
 * merges edges that are there twice, and adds missing opposite directions where that is asked for.
 */
final class GraphAssembler {

    private final Location location;
    private final List<Path> files;
    private final int[] graphOf;
    private final int graphs;
    private final int[] from;
    private final int[] to;
    private final IntFunction<String> edgePlace;
    private final List<String> notes = new ArrayList<>();
    private int featureWidth;
    private double[] features = {};
    private long[] nodeLabels;
    private int[] edgeLabels;
    private boolean[] truth;
    private long[] graphLabels;
    private boolean[] graphLabelled;
    private long[] nodeClasses;
    private boolean undirected;
    private long merged;

    /**
     * Starts.
     *
     * @param graphOf {@code [nodes]}: graph of each node, from 0, never falling, no graph left out
     * @param graphs number of graphs
     * @param from {@code [edges]}: node over all graphs, from 0
     * @param edgePlace where an edge stands in the files, for messages
     */
    GraphAssembler(
            Location location, List<Path> files, int[] graphOf, int graphs, int[] from, int[] to,
            IntFunction<String> edgePlace) {
        this.location = location;
        this.files = files;
        this.graphOf = graphOf;
        this.graphs = graphs;
        this.from = from;
        this.to = to;
        this.edgePlace = edgePlace;
    }

    /** Stored features, row-major. */
    void features(int width, double[] values) {
        featureWidth = width;
        features = values;
    }

    /** Labels of nodes as attributes. */
    void nodeLabels(long[] labels) {
        nodeLabels = labels;
    }

    /** Labels of edges. */
    void edgeLabels(int[] labels) {
        edgeLabels = labels;
    }

    /** Ground truth. */
    void truth(boolean[] marked) {
        truth = marked;
    }

    /**
     * Labels of graphs.
     *
     * @param labelled which graphs have one; null for all
     */
    void graphLabels(long[] labels, boolean[] labelled) {
        graphLabels = labels;
        graphLabelled = labelled;
    }

    /** Classes of nodes, for a node task. */
    void nodeClasses(long[] classes) {
        nodeClasses = classes;
    }

    /** Adds the opposite of every edge that lacks it. */
    void undirected(boolean wanted) {
        undirected = wanted;
    }

    /** The dataset. */
    GraphList build() throws InputException {
        GraphTask task = nodeClasses == null ? GraphTask.GRAPH : GraphTask.NODE;
        int[] nodeStart = new int[graphs + 1];
        for (int g : graphOf) {
            nodeStart[g + 1]++;
        }
        int[] edgeStart = new int[graphs + 1];
        for (int e = 0; e < from.length; e++) {
            int g = graphOf[from[e]];
            if (g != graphOf[to[e]]) {
                throw new InputException(
                        "an edge leads from graph " + (g + 1) + " to graph " + (graphOf[to[e]] + 1),
                        edgePlace.apply(e),
                        "an edge joins nodes of one graph; check the node numbers, which count through all graphs");
            }
            edgeStart[g + 1]++;
        }
        for (int g = 0; g < graphs; g++) {
            nodeStart[g + 1] += nodeStart[g];
            edgeStart[g + 1] += edgeStart[g];
        }
        int[] order = new int[from.length];
        int[] next = Arrays.copyOf(edgeStart, graphs);
        for (int e = 0; e < from.length; e++) {
            order[next[graphOf[from[e]]]++] = e;
        }
        LabelIndex nodeIndex = nodeLabels == null ? null : LabelIndex.of(nodeLabels);
        LabelIndex classIndex = task == GraphTask.NODE ? LabelIndex.of(nodeClasses) : graphClasses();
        List<GraphSample> samples = new ArrayList<>(graphs);
        int labelAt = 0;
        for (int g = 0; g < graphs; g++) {
            int first = nodeStart[g];
            int count = nodeStart[g + 1] - first;
            GraphSample.Builder builder = GraphSample.of(count).index(g);
            edges(builder, order, edgeStart[g], edgeStart[g + 1], first);
            if (featureWidth > 0) {
                builder.features(
                        featureWidth, Arrays.copyOfRange(features, first * featureWidth, (first + count)
                                * featureWidth));
            }
            if (nodeIndex != null) {
                builder.nodeLabels(Arrays.copyOfRange(nodeIndex.index(), first, first + count));
            }
            if (task == GraphTask.NODE) {
                builder.nodeClasses(Arrays.copyOfRange(classIndex.index(), first, first + count));
            } else if (classIndex != null && (graphLabelled == null || graphLabelled[g])) {
                builder.label(classIndex.index()[labelAt++]);
            }
            samples.add(builder.build());
        }
        if (merged > 0) {
            notes.addFirst(Numbers.count(merged) + (merged == 1 ? " edge that was" : " edges that were")
                    + " there twice or more " + (merged == 1 ? "is" : "are") + " merged.");
        }
        return new GraphList(
                location.fileName(), location, files, task, samples,
                classIndex == null ? List.of() : classIndex.names(), nodeIndex == null ? List.of() : nodeIndex.names(),
                notes);
    }

    private LabelIndex graphClasses() {
        if (graphLabels == null) {
            return null;
        }
        if (graphLabelled == null) {
            return LabelIndex.of(graphLabels);
        }
        long[] known = new long[graphs];
        int count = 0;
        for (int g = 0; g < graphs; g++) {
            if (graphLabelled[g]) {
                known[count++] = graphLabels[g];
            }
        }
        if (count < graphs) {
            notes.add(Numbers.count(graphs - count) + " of " + Numbers.count(graphs) + " graphs have no label.");
        }
        return count == 0 ? null : LabelIndex.of(Arrays.copyOf(known, count));
    }

    /** The edges of a graph in the order of the file, each once. */
    private void edges(GraphSample.Builder builder, int[] order, int begin, int end, int firstNode) {
        int count = end - begin;
        int most = undirected ? 2 * count : count;
        int[] a = new int[most];
        int[] b = new int[most];
        int[] labels = edgeLabels == null ? null : new int[most];
        boolean[] marked = truth == null ? null : new boolean[most];
        for (int i = 0; i < count; i++) {
            int e = order[begin + i];
            a[i] = from[e] - firstNode;
            b[i] = to[e] - firstNode;
            if (labels != null) {
                labels[i] = edgeLabels[e];
            }
            if (marked != null) {
                marked[i] = truth[e];
            }
        }
        int kept = EdgeMerge.merge(a, b, labels, marked, count);
        merged += count - kept;
        if (undirected) {
            int doubled = EdgeMerge.addOpposites(a, b, labels, marked, kept);
            kept = doubled;
        }
        builder.edges(Arrays.copyOf(a, kept), Arrays.copyOf(b, kept));
        if (labels != null) {
            builder.edgeLabels(Arrays.copyOf(labels, kept));
        }
        if (marked != null) {
            builder.truth(Arrays.copyOf(marked, kept));
        }
    }
}

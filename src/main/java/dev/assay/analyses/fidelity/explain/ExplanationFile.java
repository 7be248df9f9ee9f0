package dev.assay.analyses.fidelity.explain;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.text.Numbers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of edges from a CSV file (gnn-models-and-explainers, file formats). Ids count from 0; a row is one directed edge.
 * Immutable; its arrays must not be changed.
 */
public final class ExplanationFile implements Input {

    private final Location location;
    private final GraphTask task;
    private final List<Part> parts;

    /**
     * The rows of one explainer, sorted by key, sender and receiver.
     *
     * @param name of the explainer
     * @param key graph, or explained node
     * @param line where each row stands in the file, from 1
     */
    record Part(String name, int[] key, int[] u, int[] v, double[] score, int[] line) {

        int size() {
            return key.length;
        }
    }

    ExplanationFile(Location location, GraphTask task, List<Part> parts) {
        this.location = location;
        this.task = task;
        this.parts = List.copyOf(parts);
    }

    /** Names of the explainers in it. */
    public List<String> explainers() {
        return parts.stream().map(Part::name).toList();
    }

    /** Whether its rows are of graphs or of nodes. */
    public GraphTask task() {
        return task;
    }

    List<Part> parts() {
        return parts;
    }

    /** Number of rows with a score that is no finite number. */
    public long nonFinite() {
        return parts.stream()
                .mapToLong(p -> Arrays.stream(p.score()).filter(s -> !Double.isFinite(s)).count())
                .sum();
    }

    /**
     * Checks that it is about these graphs.
     *
     * @throws AnalysisException naming the first row that is not
     */
    public void check(GraphDataset data, int instances) throws AnalysisException {
        if (task != data.task()) {
            throw problem(
                    "its rows are of " + task + "s and the data asks for the classes of " + data.task() + "s", 1,
                    "name the first column " + data.task());
        }
        for (Part part : parts) {
            Map<Long, Boolean> edges = null;
            GraphSample graph = null;
            int known = -1;
            for (int r = 0; r < part.size(); r++) {
                int key = part.key()[r];
                if (key >= instances) {
                    throw problem(
                            "there is no " + task + " " + key + "; the data has " + Numbers.count(instances)
                                    + " and counts from 0",
                            part.line()[r], "check that the explanation belongs to this data and counts from 0");
                }
                int index = task == GraphTask.NODE ? 0 : key;
                if (index != known) {
                    known = index;
                    graph = data.graph(index);
                    edges = edges(graph);
                }
                if (part.u()[r] >= graph.nodes() || part.v()[r] >= graph.nodes()
                        || !edges.containsKey(pair(part.u()[r], part.v()[r]))) {
                    throw problem(
                            "graph " + index + " has no edge from " + part.u()[r] + " to " + part.v()[r],
                            part.line()[r],
                            "check that the explanation belongs to this data and counts nodes from 0 within their"
                                    + " graph");
                }
            }
        }
    }

    private static Map<Long, Boolean> edges(GraphSample graph) {
        Map<Long, Boolean> edges = new HashMap<>(2 * graph.edges());
        for (int e = 0; e < graph.edges(); e++) {
            edges.put(pair(graph.from()[e], graph.to()[e]), true);
        }
        return edges;
    }

    static long pair(int u, int v) {
        return (long) u << Integer.SIZE | v;
    }

    private InputException problem(String what, int line, String mend) {
        return new InputException(what, location.fileName() + ", line " + line, mend);
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public String summary() {
        long rows = parts.stream().mapToLong(Part::size).sum();
        return Numbers.count(rows) + " edge scores of " + task + "s, " + String.join(", ", explainers());
    }

    @Override
    public void close() {
        // Holds no files.
    }
}

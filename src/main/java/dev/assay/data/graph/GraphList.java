package dev.assay.data.graph;

import dev.assay.analysis.Location;
import dev.assay.text.Numbers;
import java.nio.file.Path;
import java.util.List;

/** Graphs held in memory: what every reader and generator ends with. Immutable. */
public final class GraphList implements GraphDataset {

    private final String name;
    private final Location location;
    private final List<Path> files;
    private final GraphTask task;
    private final List<GraphSample> graphs;
    private final List<String> classes;
    private final List<String> nodeLabels;
    private final List<String> notes;
    private final long[] classCounts;
    private final long nodes;
    private final long edges;

    /**
     * Makes a dataset.
     *
     * @param files that it was read from; empty when it was made
     * @param task what is classified
     * @param graphs each with its position as index; all with or all without stored features of one width
     * @param classes class names in ascending order of the stored labels
     * @param nodeLabels names of the node labels
     * @param notes what the user should know
     */
    public GraphList(
            String name, Location location, List<Path> files, GraphTask task, List<GraphSample> graphs,
            List<String> classes, List<String> nodeLabels, List<String> notes) {
        this.name = name;
        this.location = location;
        this.files = List.copyOf(files);
        this.task = task;
        this.graphs = List.copyOf(graphs);
        this.classes = List.copyOf(classes);
        this.nodeLabels = List.copyOf(nodeLabels);
        this.notes = List.copyOf(notes);
        this.classCounts = new long[classes.size()];
        long nodeCount = 0;
        long edgeCount = 0;
        for (GraphSample g : graphs) {
            nodeCount += g.nodes();
            edgeCount += g.edges();
            if (task == GraphTask.GRAPH) {
                count(g.label());
            } else if (g.nodeClasses() != null) {
                for (int c : g.nodeClasses()) {
                    count(c);
                }
            }
        }
        this.nodes = nodeCount;
        this.edges = edgeCount;
    }

    private void count(int label) {
        if (label >= 0) {
            classCounts[label]++;
        }
    }

    /** A dataset that is not from a file. */
    public static GraphList of(String name, GraphTask task, List<GraphSample> graphs, List<String> classes) {
        return new GraphList(
                name, Location.of(Path.of(name)), List.of(), task, graphs, classes, List.of(), List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public String summary() {
        String classText = classes.isEmpty() ? "no labels"
                : classes.size() + (classes.size() == 1 ? " class" : " classes");
        String graphText = task == GraphTask.NODE ? "1 graph"
                : Numbers.count(graphs.size()) + (graphs.size() == 1 ? " graph" : " graphs");
        return graphText + ", " + Numbers.count(nodes) + (nodes == 1 ? " node, " : " nodes, ")
                + (task == GraphTask.NODE ? "node task, " : "") + classText;
    }

    @Override
    public GraphTask task() {
        return task;
    }

    @Override
    public int size() {
        return graphs.size();
    }

    @Override
    public GraphSample graph(int index) {
        return graphs.get(index);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public long[] classCounts() {
        return classCounts.clone();
    }

    @Override
    public List<String> nodeLabels() {
        return nodeLabels;
    }

    @Override
    public int featureWidth() {
        return graphs.isEmpty() ? 0 : graphs.getFirst().featureWidth();
    }

    @Override
    public boolean hasTruth() {
        return graphs.stream().anyMatch(g -> g.truth() != null);
    }

    @Override
    public long nodes() {
        return nodes;
    }

    @Override
    public long edges() {
        return edges;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void close() {
        // Everything is in memory.
    }
}

package dev.assay.model.gnn;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.GraphProgram;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.text.Numbers;
import java.nio.file.Path;
import java.util.List;

/** A graph neural network in evaluation mode. Immutable, safe to use from several threads at once. */
public final class GnnModel implements Input {

    private final String name;
    private final Location location;
    private final List<Path> files;
    private final GnnConfig config;
    private final GnnWeights weights;
    private final List<String> notes;
    private final GraphProgram program;

    private GnnModel(
            String name, Location location, List<Path> files, GnnConfig config, GnnWeights weights,
            List<String> notes) {
        this.name = name;
        this.location = location;
        this.files = List.copyOf(files);
        this.config = config;
        this.weights = weights;
        this.notes = List.copyOf(notes);
        this.program = GnnProgram.of(config, weights);
    }

    /**
     * A network that is not from a file.
     *
     * @param name for the user
     * @throws InputException when a tensor is missing, has another shape than the configuration asks for, or is not
     *     used; the message names it with the expected and the found shape
     */
    public static GnnModel of(String name, GnnConfig config, GnnWeights weights) throws InputException {
        return opened(name, Location.of(Path.of(name)), List.of(), config, weights, List.of());
    }

    /** A network from files. */
    static GnnModel opened(
            String name, Location location, List<Path> files, GnnConfig config, GnnWeights weights,
            List<String> notes)
            throws InputException {
        GnnWeights checked = WeightCheck.check(config, weights, location.path().toString());
        return new GnnModel(name, location, files, config, checked, notes);
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
        return config.architecture().name() + ", " + config.layers().size()
                + (config.layers().size() == 1 ? " layer, " : " layers, ") + Numbers.count(parameterCount())
                + " parameters, " + config.task() + " task";
    }

    /** What it is made of. */
    public GnnConfig config() {
        return config;
    }

    /** Its tensors. */
    public GnnWeights weights() {
        return weights;
    }

    /** Number of trained numbers: all tensors but the running statistics of batch normalisation. */
    public long parameterCount() {
        return weights.tensors().entrySet().stream()
                .filter(e -> !e.getKey().contains(".running_"))
                .mapToLong(e -> e.getValue().values().length)
                .sum();
    }

    /** What the user should know that is no error, one sentence each. */
    public List<String> notes() {
        return notes;
    }

    /**
     * The node features of a graph as this network takes them.
     *
     * @param data where the graph is from
     * @return {@code [nodes][inputWidth]}
     * @throws InputException when the data has no such features or their width is another one; both are named
     */
    public double[] features(GraphDataset data, GraphSample graph) throws InputException {
        return NodeFeatures.of(config, data, graph);
    }

    /**
     * Makes a graph ready for predictions on the whole of it: one row of scores in a graph task, one for each node in a
     * node task.
     *
     * @param kernel from {@code context.kernel(BatchedGraphConvolution.class)}
     * @param features {@code [nodes][inputWidth]}, see {@link #features}
     */
    public GnnGraph prepare(BatchedGraphConvolution kernel, GraphSample graph, double[] features) {
        return GnnGraph.whole(kernel, this, graph, features);
    }

    /**
     * Makes the neighbourhood of a node ready for predictions of that node: one row of scores. They equal those of the
     * whole graph, degrees at the border included (robust-fidelity, method step 6). Edges whose weight may change are
     * those between nodes within {@code hops} of it, found against the direction of the edges.
     *
     * @param node from 0
     * @param hops 0 for the number of layers
     * @throws IllegalArgumentException when the network's task is not nodes
     */
    public GnnGraph prepareNode(
            BatchedGraphConvolution kernel, GraphSample graph, double[] features, int node, int hops) {
        if (config.task() != GraphTask.NODE) {
            throw new IllegalArgumentException("this network classifies graphs");
        }
        return GnnGraph.around(kernel, this, graph, features, node, hops == 0 ? config.layers().size() : hops);
    }

    /** The numeric steps. */
    GraphProgram program() {
        return program;
    }

    @Override
    public void close() {
        // Holds no files and no native memory.
    }
}

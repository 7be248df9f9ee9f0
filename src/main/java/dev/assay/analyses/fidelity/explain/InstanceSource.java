package dev.assay.analyses.fidelity.explain;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.data.graph.EdgeUnits;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.GnnClasses;
import dev.assay.model.gnn.GnnGraph;
import dev.assay.model.gnn.GnnModel;
import java.util.Arrays;
import java.util.List;

/** Makes instances of a dataset ready for a network. Safe to use from several threads. */
public final class InstanceSource {

    private final GnnModel model;
    private final GraphDataset data;
    private final BatchedGraphConvolution kernel;
    private final Options options;
    private final List<String> notes;
    private volatile double[] nodeFeatures;

    /**
     * How instances are taken.
     *
     * @param removal what removing an edge means
     * @param hops reach of a node's edges, 0 for the number of layers
     * @param pairs whether both directions of a pair are one unit
     * @param predicted whether the predicted class is explained rather than the given one
     */
    public record Options(EdgeRemoval removal, int hops, boolean pairs, boolean predicted) {}

    /**
     * Checks that network and data belong together.
     *
     * @throws AnalysisException when the tasks differ, the network has one output, or a label is no class of it
     */
    public InstanceSource(GnnModel model, GraphDataset data, BatchedGraphConvolution kernel, Options options)
            throws AnalysisException {
        check(model, data);
        this.model = model;
        GnnClasses fitted = GnnClasses.of(model, data);
        this.data = fitted.data();
        this.notes = fitted.notes();
        this.kernel = kernel;
        this.options = options;
    }

    private static void check(GnnModel model, GraphDataset data) throws AnalysisException {
        if (model.config().task() != data.task()) {
            throw new AnalysisException(
                    "the network classifies " + model.config().task() + "s and the data asks for the classes of "
                            + data.task() + "s",
                    data.name(),
                    "use data and a network of one task");
        }
        if (model.config().classes() < 2) {
            throw new AnalysisException(
                    "the network has one output, which is no class probability (a regression)",
                    model.name(),
                    "use a network that tells at least two classes apart");
        }
        if (data.size() == 0) {
            throw new AnalysisException("there are no graphs", data.name(), "choose data with graphs");
        }
    }

    /** Whether nodes are explained. */
    public boolean nodeTask() {
        return data.task() == GraphTask.NODE;
    }

    /** Number of instances that there are: graphs, or nodes. */
    public int size() throws InputException {
        return nodeTask() ? data.graph(0).nodes() : data.size();
    }

    /** What the user should know of how the data's classes are the network's, one sentence each. */
    public List<String> notes() {
        return notes;
    }

    /** The data, its classes numbered as the network's. */
    public GraphDataset data() {
        return data;
    }

    /** The network. */
    public GnnModel model() {
        return model;
    }

    /** Reach of a node's edges. */
    public int hops() {
        return options.hops() > 0 ? options.hops() : model.config().layers().size();
    }

    /** The stored class of an instance, -1 for none. */
    public int storedLabel(int key) throws InputException {
        if (!nodeTask()) {
            return data.graph(key).label();
        }
        int[] classes = data.graph(0).nodeClasses();
        return classes == null ? -1 : classes[key];
    }

    /** An instance, ready. */
    public Instance open(int key) throws InputException {
        int label = options.predicted() ? -1 : storedLabel(key);
        if (!nodeTask()) {
            GraphSample graph = data.graph(key);
            return instance(
                    key, -1, graph, model.prepare(kernel, graph, model.features(data, graph)), label);
        }
        GraphSample graph = data.graph(0);
        return instance(
                key, key, graph, model.prepareNode(kernel, graph, features(graph), key, options.hops()), label);
    }

    private double[] features(GraphSample graph) throws InputException {
        double[] known = nodeFeatures;
        if (known == null) {
            known = model.features(data, graph);
            nodeFeatures = known;
        }
        return known;
    }

    private Instance instance(int key, int node, GraphSample graph, GnnGraph network, int label) {
        int[] edges = network.edges();
        boolean whole = edges.length == graph.edges();
        GraphSample part = graph;
        if (!whole) {
            part = GraphSample.of(graph.nodes())
                    .edges(pick(graph.from(), edges), pick(graph.to(), edges))
                    .build();
        }
        EdgeUnits units = options.pairs() ? EdgeUnits.pairs(part) : EdgeUnits.directions(part);
        boolean[] truth = null;
        if (graph.truth() != null) {
            truth = new boolean[units.size()];
            for (int e = 0; e < edges.length; e++) {
                if (units.unitOf(e) >= 0) {
                    truth[units.unitOf(e)] |= graph.truth()[edges[e]];
                }
            }
        }
        return new Instance(key, node, graph, network, units, truth, label, options.removal());
    }

    private static int[] pick(int[] values, int[] places) {
        return Arrays.stream(places).map(p -> values[p]).toArray();
    }
}

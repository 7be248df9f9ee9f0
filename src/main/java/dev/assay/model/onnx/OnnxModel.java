package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx;

/**
 * A network given by an ONNX graph. What it consists of is found once, when it is opened: the graph is read, and run a
 * few times on random samples to learn the shapes and how to batch it. The weights are read again when they are needed.
 *
 * <p>A graph that the engine cannot run is opened all the same, to be looked at; {@link #open(InferenceOptions)} and
 * {@link #withoutRelus()} then say why.
 */
public final class OnnxModel implements Model {

    private final Location location;
    private final GraphSource source;
    private final String chosenOutput;
    private final String format;
    private final List<Path> files;
    private final TensorInfo input;
    private final TensorInfo output;
    private final String leftOut;
    private final List<Layer> layers;
    private final List<TensorInfo> tensors;
    private final long parameterCount;
    private final List<ReluLayer> reluLayers;
    private final String withoutRelus;
    private final List<String> notes;
    private final Optional<Probe> probe;
    private final Optional<InputException> failure;
    private final InputShape inputShape;
    private SoftReference<Onnx.ModelProto> loaded;
    private String sha256 = "";

    private OnnxModel(Location location, GraphSource source, String format, int[] sampleShape) throws InputException {
        Onnx.ModelProto model = PlainOperators.of(source.load(), source.where());
        chosenOutput = location.options().getOrDefault(OnnxKind.OUTPUT.name(), "");
        Graph graph = new Graph(model, source, chosenOutput);
        GraphReader.refuseTraining(graph);
        this.location = location;
        this.source = source;
        this.format = format.isEmpty() ? "ONNX opset " + opset(model) : format;
        files = source.files(model);
        inputShape = InputShape.of(graph, sampleShape);
        ActivationFinder activations = new ActivationFinder(graph);
        Probe seen = null;
        InputException problem = null;
        try {
            seen = Probe.of(model, graph, inputShape, required(graph, activations));
        } catch (InputException e) {
            problem = e;
        }
        probe = Optional.ofNullable(seen);
        failure = Optional.ofNullable(problem);
        GraphReader reader = new GraphReader(graph, probe);
        input = reader.input(inputShape);
        output = reader.output();
        leftOut = graph.closingSoftmax().map(n -> n.operator()).orElse("");
        layers = reader.layers();
        tensors = reader.tensors();
        parameterCount = reader.parameterCount();
        reluLayers = reader.reluLayers(activations.hidden());
        withoutRelus =
                !reluLayers.isEmpty() ? "" : failure.map(Exception::getMessage).orElse(activations.without());
        notes = reader.notes(inputShape, failure);
        loaded = new SoftReference<>(model);
    }

    /**
     * Opens a network.
     *
     * @param format format for the user, empty for ONNX with its opset
     * @param sampleShape the sample's shape where the graph leaves dimensions open; empty to go without
     * @throws InputException when the graph is damaged, has several inputs or open dimensions, is set to training, or has
     *     no output of the name that the location asks for
     */
    public static OnnxModel open(Location location, GraphSource source, String format, int[] sampleShape)
            throws InputException {
        return new OnnxModel(location, source, format, sampleShape);
    }

    private static Set<String> required(Graph graph, ActivationFinder activations) {
        Set<String> required = new HashSet<>(Set.of(graph.scores()));
        activations.hidden().stream()
                .map(ActivationFinder.Activation::preActivation)
                .forEach(required::add);
        required.remove(graph.input().getName());
        return required;
    }

    private static long opset(Onnx.ModelProto model) {
        return model.getOpsetImportList().stream()
                .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
                .mapToLong(Onnx.OperatorSetIdProto::getVersion)
                .max()
                .orElse(1);
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
        return Summary.of(reluLayers, output, parameterCount);
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public synchronized String sha256() throws InputException {
        if (sha256.isEmpty()) {
            sha256 = source.sha256();
        }
        return sha256;
    }

    @Override
    public TensorInfo input() {
        return input;
    }

    @Override
    public TensorInfo output() {
        return output;
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public List<TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public float[] values(TensorInfo tensor) throws InputException {
        Onnx.TensorProto stored = new Graph(load(), source, chosenOutput).stored().get(tensor.name());
        if (stored == null) {
            throw new InputException("the model stores no tensor '" + tensor.name() + "'", source.where(), "");
        }
        return TensorValues.floats(stored, source);
    }

    @Override
    public long parameterCount() {
        return parameterCount;
    }

    @Override
    public List<ReluLayer> reluLayers() {
        return reluLayers;
    }

    @Override
    public String withoutRelus() {
        return withoutRelus;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    /** The operator at the end of the file's graph that the scores are taken before, such as Softmax; empty for none. */
    public String leftOut() {
        return leftOut;
    }

    /**
     * The graph of the file, for analyses that read or edit networks; external data stays outside. Calls of the file's own
     * functions, and operators fused with their activation, are spelled out in standard operators.
     *
     * @throws InputException when the file can no longer be read
     */
    public Onnx.ModelProto graph() throws InputException {
        return load();
    }

    /** Shapes of the inner tensors as seen while running, with the batch dimension; empty when it cannot be run. */
    public Map<String, long[]> shapes() {
        return probe.map(Probe::shapes).orElse(Map.of());
    }

    private synchronized Onnx.ModelProto load() throws InputException {
        Onnx.ModelProto model = loaded.get();
        if (model == null) {
            model = PlainOperators.of(source.load(), source.where());
            loaded = new SoftReference<>(model);
        }
        return model;
    }

    @Override
    public Inference open(InferenceOptions options) throws InputException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        Probe seen = probe.orElseThrow();
        Onnx.ModelProto model = load();
        Graph graph = new Graph(model, source, chosenOutput);
        GraphReader.refuseBrokenWeights(graph);
        List<String> asked = new ArrayList<>(List.of(graph.scores()));
        asked.addAll(options.capture());
        Optional<Graph.Node> bypassed = graph.bypassedSoftmax();
        if (bypassed.isPresent() && options.capture().stream().anyMatch(t -> graph.isBehind(t, bypassed.get()))) {
            throw new InputException(
                    "the closing " + bypassed.get().operator() + " '" + bypassed.get().name()
                            + "' is left out, so what it and the layers behind it put out cannot be taken",
                    source.where(),
                    "choose the layer before it");
        }
        LinkedHashMap<String, Probe.Rows> distinct = new LinkedHashMap<>();
        for (String tensor : asked) {
            distinct.put(tensor, rows(seen, graph, tensor));
        }
        LinkedHashMap<String, List<Long>> permutations = new LinkedHashMap<>();
        Set<String> toFloat = new HashSet<>();
        distinct.forEach((tensor, rows) -> {
            permutations.put(tensor, rows.permutation());
            if (!rows.float32()) {
                toFloat.add(tensor);
            }
        });
        Onnx.ModelProto edited = new RunnableGraph(
                model, graph, seen.batching(), seen.sampleShape(), seen.fixedBatch(), seen.shapes())
                .build(permutations, toFloat);
        List<OrtInference.Result> results = new ArrayList<>();
        List<String> names = new ArrayList<>(distinct.keySet());
        for (int i = 0; i < names.size(); i++) {
            results.add(new OrtInference.Result(edited.getGraph().getOutput(i).getName(), distinct.get(names.get(i))));
        }
        int[] places = options.capture().stream().mapToInt(names::indexOf).toArray();
        boolean batched = seen.batching() != RunnableGraph.Batching.AS_IS;
        return new OrtInference(
                OrtSessions.open(edited, source, options.threads(), true, options.graphics()),
                source.where(),
                RunnableGraph.inputName(graph),
                batched ? inputShape.batched() : inputShape,
                WholeNumbers.of(graph.input().getType().getTensorType().getElemType()),
                options.batchSize(),
                seen.oneByOne(),
                results,
                places);
    }

    private Probe.Rows rows(Probe seen, Graph graph, String tensor) throws InputException {
        if (tensor.equals(graph.input().getName())) {
            return new Probe.Rows(seen.sampleShape(), Probe.Count.IN_FRONT, List.of(), true, true);
        }
        Probe.Rows rows = seen.rows().get(tensor);
        if (rows == null) {
            Map<String, long[]> shapes = seen.shapes();
            throw new InputException(
                    shapes.containsKey(tensor)
                            ? "the tensor '" + tensor + "' does not hold its samples one after the other"
                            : "the network has no inner tensor '" + tensor + "'",
                    source.where(),
                    "choose another tensor");
        }
        return rows;
    }

    @Override
    public void close() {
        // Weights are in the heap, sessions belong to their inferences: nothing to release.
    }
}

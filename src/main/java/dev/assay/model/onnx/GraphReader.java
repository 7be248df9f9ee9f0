package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import dev.assay.model.Layer;
import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import dev.assay.model.onnx.Graph.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx;

/** Describes a graph in the words of the model contract: layers, tensors, units, and what is odd about it. */
final class GraphReader {

    /** Operators for which an infinite stored value is a bound or a mask, not a broken weight. */
    private static final Set<String> MAY_BE_INFINITE = Set.of("Clip", "Max", "Min", "Where", "Pad", "Add", "ReduceMax");

    /** Which inputs of operators on quantised numbers are weights; the others are scales and zero points. */
    private static final Map<String, List<Integer>> QUANTISED_WEIGHTS = Map.of(
            "DequantizeLinear", List.of(0),
            "QuantizeLinear", List.of(0),
            "QLinearConv", List.of(3, 8),
            "QLinearMatMul", List.of(0, 3),
            "MatMulInteger", List.of(0, 1),
            "ConvInteger", List.of(1));

    private final Graph graph;
    private final Optional<Probe> probe;
    private final Set<String> quantised = new HashSet<>();
    private final Set<String> scales = new HashSet<>();

    GraphReader(Graph graph, Optional<Probe> probe) {
        this.graph = graph;
        this.probe = probe;
        findQuantised();
    }

    /**
     * Refuses a graph whose batch normalisation is set to training: its result for one sample depends on the others.
     *
     * @throws InputException naming the node
     */
    static void refuseTraining(Graph graph) throws InputException {
        for (Node node : graph.nodes()) {
            boolean training = node.operator().equals("BatchNormalization")
                    && graph.used(node)
                    && (node.integer("training_mode", 0) != 0
                            || node.proto().getOutputList().stream().skip(1).anyMatch(o -> !o.isEmpty()));
            if (training) {
                throw new InputException(
                        "the batch normalisation '" + node.name()
                                + "' is in training mode, where a sample's result depends on its batch",
                        graph.source().where(),
                        "call model.eval() and export the model again");
            }
        }
    }

    /**
     * Refuses stored tensors that are not numbers.
     *
     * @throws InputException naming the tensor and the first place
     */
    static void refuseBrokenWeights(Graph graph) throws InputException {
        for (Map.Entry<String, Onnx.TensorProto> stored : graph.stored().entrySet()) {
            if (!TensorValues.isReal(stored.getValue().getDataType())) {
                continue;
            }
            List<Node> users = graph.consumers(stored.getKey());
            boolean bound = users.stream().allMatch(n -> MAY_BE_INFINITE.contains(n.operator()))
                    && TensorValues.count(stored.getValue(), graph.source().where()) == 1;
            float[] values = TensorValues.floats(stored.getValue(), graph.source());
            for (int i = 0; i < values.length; i++) {
                if (Float.isNaN(values[i]) || (Float.isInfinite(values[i]) && !bound)) {
                    throw new InputException(
                            "tensor '" + stored.getKey() + "' holds "
                                    + (Float.isNaN(values[i]) ? "NaN" : "an infinite value") + " at place " + i + " of "
                                    + values.length,
                            graph.source().where(),
                            "the training diverged or the export went wrong; use an earlier checkpoint");
                }
            }
        }
    }

    TensorInfo input(InputShape shape) {
        return new TensorInfo(
                graph.input().getName(),
                TensorValues.typeName(graph.input().getType().getTensorType().getElemType()),
                shape.sample());
    }

    TensorInfo output() {
        int type = graph.output().getType().getTensorType().getElemType();
        return new TensorInfo(
                graph.scores(),
                TensorValues.typeName(type == 0 ? Onnx.TensorProto.DataType.FLOAT_VALUE : type),
                shape(graph.output().getName()));
    }

    private int[] shape(String tensor) {
        Probe.Rows rows = probe.map(p -> p.rows().get(tensor)).orElse(null);
        if (rows != null) {
            return rows.shape();
        }
        long[] seen = probe.map(p -> p.shapes().get(tensor)).orElse(null);
        if (seen != null) {
            int[] shape = new int[seen.length];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = (int) seen[i];
            }
            return shape;
        }
        Onnx.ValueInfoProto declared = graph.declared().get(tensor);
        List<Onnx.TensorShapeProto.Dimension> dimensions = declared == null
                ? List.of()
                : declared.getType().getTensorType().getShape().getDimList();
        if (dimensions.isEmpty()) {
            return new int[] {-1};
        }
        return dimensions.stream()
                .skip(dimensions.size() > 1 ? 1 : 0)
                .mapToInt(d -> d.getDimValue() <= 0 || d.getDimValue() > Integer.MAX_VALUE ? -1 : (int) d.getDimValue())
                .toArray();
    }

    List<Layer> layers() throws InputException {
        List<Layer> layers = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.operator().equals("Constant")) {
                continue;
            }
            Set<String> tensors = new LinkedHashSet<>();
            Set<String> inputs = new LinkedHashSet<>();
            long parameters = 0;
            for (String tensor : node.proto().getInputList()) {
                Optional<Onnx.TensorProto> stored = graph.constant(tensor);
                if (stored.isPresent()) {
                    if (tensors.add(stored.get().getName())) {
                        parameters += parameters(stored.get());
                    }
                } else {
                    graph.producer(tensor).ifPresent(p -> inputs.add(p.name()));
                }
            }
            layers.add(new Layer(
                    node.name(),
                    node.operator(),
                    shape(node.output()),
                    parameters,
                    List.copyOf(tensors),
                    List.copyOf(inputs),
                    Attributes.of(node.proto()),
                    node.output()));
        }
        return List.copyOf(layers);
    }

    private long parameters(Onnx.TensorProto tensor) throws InputException {
        boolean weight = quantised.contains(tensor.getName())
                || (TensorValues.isReal(tensor.getDataType()) && !scales.contains(tensor.getName()));
        return weight && tensor.getDimsCount() > 0 ? TensorValues.count(tensor, graph.source().where()) : 0;
    }

    /** Whole numbers that stand for weights count as parameters, the scales that they are multiplied with do not. */
    private void findQuantised() {
        for (Node node : graph.nodes()) {
            List<Integer> weights = QUANTISED_WEIGHTS.get(node.operator());
            for (int i = 0; weights != null && i < node.proto().getInputCount(); i++) {
                boolean weight = weights.contains(i);
                graph.constant(node.input(i)).ifPresent(t -> (weight ? quantised : scales).add(t.getName()));
            }
        }
    }

    List<TensorInfo> tensors() throws InputException {
        List<TensorInfo> tensors = new ArrayList<>();
        for (Map.Entry<String, Onnx.TensorProto> stored : graph.stored().entrySet()) {
            tensors.add(new TensorInfo(
                    stored.getKey(),
                    TensorValues.typeName(stored.getValue().getDataType()),
                    TensorValues.shape(stored.getValue(), graph.source().where())));
        }
        return List.copyOf(tensors);
    }

    long parameterCount() throws InputException {
        long count = 0;
        for (Onnx.TensorProto tensor : graph.stored().values()) {
            count += parameters(tensor);
        }
        return count;
    }

    /** The layers of units with their shapes; empty when the graph cannot be run. */
    List<ReluLayer> reluLayers(List<ActivationFinder.Activation> activations) {
        if (probe.isEmpty()) {
            return List.of();
        }
        List<ReluLayer> layers = new ArrayList<>();
        int offset = 0;
        for (ActivationFinder.Activation found : activations) {
            int[] shape = found.preActivation().equals(graph.input().getName())
                    ? probe.get().sampleShape()
                    : shape(found.preActivation());
            ReluLayer layer = new ReluLayer(
                    layers.size() + 1, found.node().name(), found.preActivation(), shape, offset, found.exact());
            layers.add(layer);
            offset = Math.addExact(offset, layer.width());
        }
        return List.copyOf(layers);
    }

    List<String> notes(InputShape input, Optional<InputException> failure) throws InputException {
        List<String> notes = new ArrayList<>();
        failure.ifPresent(e -> notes.add("The model can be looked at but not run: " + e.getMessage()));
        try {
            refuseBrokenWeights(graph);
        } catch (InputException e) {
            notes.add("The model can be looked at but not run: " + e.getMessage());
        }
        graph.closingSoftmax()
                .ifPresent(n -> notes.add(
                        "The closing " + n.operator() + " is left out: it does not change the order of the scores."));
        String scores = graph.output().getName();
        if (!graph.outputs().contains(scores)) {
            notes.add("The inner tensor '" + scores + "' is taken as the scores.");
        } else if (graph.outputs().size() > 1) {
            notes.add("Of the network's outputs " + String.join(", ", graph.outputs()) + ", '" + scores
                    + "' is taken as the scores; ?output=NAME behind the path takes another.");
        }
        probe.ifPresent(p -> {
            if (p.oneByOne()) {
                notes.add(
                        input.free()
                                ? "Samples of one batch change each other's scores, so they are run one at a time, slowly."
                                : "The graph cannot be changed to take more than " + p.fixedBatch()
                                        + " at a time, so it runs slowly; export it with a free batch dimension.");
            } else if (p.batching() != RunnableGraph.Batching.AS_IS) {
                notes.add("The file is for batches of " + input.fixedBatch()
                        + "; it is run with larger ones, which gives the same scores.");
            }
        });
        return List.copyOf(notes);
    }
}

package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx;

/**
 * A graph made easy to walk: who makes a tensor, who takes it, what is stored. Holds the weights; let go of it when the
 * walk is over.
 */
final class Graph {

    /** Operators that only hand on or rearrange what they get. */
    static final Set<String> REARRANGING =
            Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Cast", "Dropout");

    /** Operators that only put a class's name or number in the place of the winner's. */
    private static final Set<String> NAMING = Set.of("ArrayFeatureExtractor", "LabelEncoder", "Gather");

    private static final Set<String> CONTROL_FLOW = Set.of("If", "Loop", "Scan", "SequenceMap");

    private final Onnx.GraphProto proto;
    private final GraphSource source;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Onnx.TensorProto> stored = new LinkedHashMap<>();
    private final Map<String, Node> producers = new HashMap<>();
    private final Map<String, List<Node>> consumers = new HashMap<>();
    private final Onnx.ValueInfoProto input;
    private final Onnx.ValueInfoProto output;
    private final Set<Node> used = new HashSet<>();

    /** A node with a name of its own. */
    record Node(String name, Onnx.NodeProto proto) {

        String operator() {
            return proto.getOpType();
        }

        /** The tensor at a place, empty when it is left out. */
        String input(int index) {
            return index < proto.getInputCount() ? proto.getInput(index) : "";
        }

        String output() {
            return proto.getOutput(0);
        }

        /** Everything that it takes, also what only the branches inside of it take. */
        List<String> inputs() {
            List<String> names = new ArrayList<>(proto.getInputList());
            collect(proto, names);
            return names;
        }

        private static void collect(Onnx.NodeProto node, List<String> names) {
            for (Onnx.AttributeProto attribute : node.getAttributeList()) {
                List<Onnx.GraphProto> branches = new ArrayList<>(attribute.getGraphsList());
                if (attribute.hasG()) {
                    branches.add(attribute.getG());
                }
                for (Onnx.NodeProto inner : branches.stream()
                        .flatMap(branch -> branch.getNodeList().stream())
                        .toList()) {
                    names.addAll(inner.getInputList());
                    collect(inner, names);
                }
            }
        }

        Optional<Onnx.AttributeProto> attribute(String name) {
            return proto.getAttributeList().stream()
                    .filter(a -> a.getName().equals(name))
                    .findFirst();
        }

        long integer(String name, long otherwise) {
            return attribute(name).map(Onnx.AttributeProto::getI).orElse(otherwise);
        }
    }

    /**
     * Looks through a model.
     *
     * @param scores name of the tensor that holds the scores; empty to look for it
     * @throws InputException when it has several inputs, no output, not the one asked for, damaged tensors or dangling
     *     names
     */
    Graph(Onnx.ModelProto model, GraphSource source, String scores) throws InputException {
        this.proto = model.getGraph();
        this.source = source;
        nameNodes();
        connect();
        input = realInput();
        output = scores.isEmpty() ? scoreOutput() : tensor(scores);
        markUsed();
    }

    private void nameNodes() throws InputException {
        Map<String, Integer> numbers = new HashMap<>();
        Set<String> taken =
                proto.getNodeList().stream().map(Onnx.NodeProto::getName).collect(Collectors.toSet());
        Set<String> given = new HashSet<>();
        for (Onnx.NodeProto node : proto.getNodeList()) {
            String name = node.getName();
            if (name.isEmpty() || !given.add(name)) {
                String stem = name.isEmpty() ? node.getOpType() : name;
                do {
                    name = stem + "_" + numbers.merge(stem, 1, Integer::sum);
                } while (taken.contains(name) || !given.add(name));
            }
            if (node.getOutputCount() == 0) {
                throw damaged("node '" + name + "' (" + node.getOpType() + ") has no output");
            }
            // The engine refuses two nodes of one name.
            nodes.add(new Node(
                    name,
                    name.equals(node.getName())
                            ? node
                            : node.toBuilder().setName(name).build()));
        }
    }

    private void connect() throws InputException {
        for (Onnx.TensorProto tensor : proto.getInitializerList()) {
            TensorValues.check(tensor, source.where());
            if (stored.put(tensor.getName(), tensor) != null) {
                throw damaged("two stored tensors have the name '" + tensor.getName() + "'");
            }
        }
        for (Node node : nodes) {
            constant(node).ifPresent(tensor -> stored.put(node.output(), tensor));
        }
        Set<String> known = new HashSet<>(stored.keySet());
        proto.getSparseInitializerList().forEach(s -> known.add(s.getValues().getName()));
        proto.getInputList().forEach(i -> known.add(i.getName()));
        for (Node node : nodes) {
            for (String tensor : node.proto().getInputList()) {
                if (!tensor.isEmpty() && !known.contains(tensor)) {
                    throw damaged("node '" + node.name() + "' (" + node.operator() + ") takes the tensor '" + tensor
                            + "', which nothing before it makes");
                }
            }
            for (String tensor : node.inputs()) {
                consumers.computeIfAbsent(tensor, t -> new ArrayList<>()).add(node);
            }
            for (String tensor : node.proto().getOutputList()) {
                if (!tensor.isEmpty() && producers.put(tensor, node) != null) {
                    throw damaged("two nodes make the tensor '" + tensor + "'");
                }
                known.add(tensor);
            }
        }
    }

    private Optional<Onnx.TensorProto> constant(Node node) throws InputException {
        if (!node.operator().equals("Constant")) {
            return Optional.empty();
        }
        Optional<Onnx.AttributeProto> value = node.attribute("value").filter(Onnx.AttributeProto::hasT);
        if (value.isPresent()) {
            TensorValues.check(value.get().getT(), source.where());
            return Optional.of(
                    value.get().getT().toBuilder().setName(node.output()).build());
        }
        for (Onnx.AttributeProto a : node.proto().getAttributeList()) {
            Onnx.TensorProto.Builder tensor = Onnx.TensorProto.newBuilder().setName(node.output());
            switch (a.getName()) {
                case "value_float" ->
                    tensor.setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE).addFloatData(a.getF());
                case "value_floats" ->
                    tensor.setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                            .addDims(a.getFloatsCount())
                            .addAllFloatData(a.getFloatsList());
                case "value_int" ->
                    tensor.setDataType(Onnx.TensorProto.DataType.INT64_VALUE).addInt64Data(a.getI());
                case "value_ints" ->
                    tensor.setDataType(Onnx.TensorProto.DataType.INT64_VALUE)
                            .addDims(a.getIntsCount())
                            .addAllInt64Data(a.getIntsList());
                default -> {
                    continue;
                }
            }
            return Optional.of(tensor.build());
        }
        return Optional.empty();
    }

    private Onnx.ValueInfoProto realInput() throws InputException {
        // Older exporters list the weights among the inputs, as defaults that a caller might replace.
        List<Onnx.ValueInfoProto> real = proto.getInputList().stream()
                .filter(i -> !stored.containsKey(i.getName()))
                .toList();
        if (real.size() > 1) {
            // An input that nothing takes is left over from the export.
            real = real.stream().filter(i -> consumers.containsKey(i.getName())).toList();
        }
        if (real.size() > 1) {
            throw new InputException(
                    "the network has " + real.size() + " inputs ("
                            + real.stream().map(Onnx.ValueInfoProto::getName).collect(Collectors.joining(", "))
                            + "), Assay feeds exactly one",
                    source.where(),
                    "export it with one input and the others fixed");
        }
        if (real.isEmpty()) {
            throw new InputException(
                    "the network has no input of its own, all of them are stored tensors",
                    source.where(),
                    "export the model again");
        }
        return real.getFirst();
    }

    private Onnx.ValueInfoProto scoreOutput() throws InputException {
        List<Onnx.ValueInfoProto> made = proto.getOutputList().stream()
                .filter(o -> producers.containsKey(o.getName()))
                .toList();
        if (made.isEmpty()) {
            throw damaged("no node makes the network's output");
        }
        // Of several outputs the first that holds real numbers: classifiers of scikit-learn put the label first.
        Optional<Onnx.ValueInfoProto> real = made.stream()
                .filter(o -> o.getType().hasTensorType()
                        && (o.getType().getTensorType().getElemType() == 0
                                || TensorValues.isReal(
                                        o.getType().getTensorType().getElemType())))
                .findFirst();
        if (real.isPresent()) {
            return real.get();
        }
        // Or what the outputs were made from: ZipMap puts scores into a map by class, ArgMax keeps only the winner.
        for (String last : List.of("ZipMap", "ArgMax")) {
            for (Onnx.ValueInfoProto output : made) {
                Optional<String> behind = behind(output.getName(), last);
                if (behind.isPresent()) {
                    return tensor(behind.get());
                }
            }
        }
        return made.getFirst();
    }

    /** What a node of that operator takes from which an output follows by naming and rearranging alone. */
    private Optional<String> behind(String output, String operator) {
        Node node = producers.get(output);
        while (node != null && !node.operator().equals(operator)) {
            if (!REARRANGING.contains(node.operator()) && !NAMING.contains(node.operator())) {
                return Optional.empty();
            }
            Node taken = null;
            for (String tensor : node.proto().getInputList()) {
                taken = taken == null && !stored.containsKey(tensor) ? producers.get(tensor) : taken;
            }
            node = taken;
        }
        return Optional.ofNullable(node).map(n -> n.input(0)).filter(t -> producers.containsKey(t));
    }

    private Onnx.ValueInfoProto tensor(String name) throws InputException {
        if (!producers.containsKey(name)) {
            throw new InputException(
                    "the network has no output '" + name + "'",
                    source.where(),
                    "choose one of "
                            + proto.getOutputList().stream()
                                    .map(Onnx.ValueInfoProto::getName)
                                    .collect(Collectors.joining(", ")));
        }
        Onnx.ValueInfoProto declared = declared().get(name);
        return declared != null
                ? declared
                : Onnx.ValueInfoProto.newBuilder().setName(name).build();
    }

    private void markUsed() {
        Deque<String> open = new ArrayDeque<>(List.of(output.getName()));
        while (!open.isEmpty()) {
            Node node = producers.get(open.pop());
            if (node != null && used.add(node)) {
                open.addAll(node.inputs());
            }
        }
    }

    private InputException damaged(String what) {
        return new InputException(what, source.where(), "export the model again, the graph is damaged");
    }

    GraphSource source() {
        return source;
    }

    /** All nodes in the order of the file, which is an order of evaluation. */
    List<Node> nodes() {
        return nodes;
    }

    /** Whether the scores depend on a node. */
    boolean used(Node node) {
        return used.contains(node);
    }

    /** Stored tensors by name: initializers, then the values of Constant nodes. */
    Map<String, Onnx.TensorProto> stored() {
        return stored;
    }

    /** The stored tensor of that name; looks through Identity nodes, which exporters put before shared weights. */
    Optional<Onnx.TensorProto> constant(String tensor) {
        Node node = producers.get(tensor);
        if (node != null && node.operator().equals("Identity")) {
            return constant(node.input(0));
        }
        return Optional.ofNullable(stored.get(tensor));
    }

    /** The node that makes a tensor. */
    Optional<Node> producer(String tensor) {
        return Optional.ofNullable(producers.get(tensor));
    }

    /** The nodes that take a tensor. */
    List<Node> consumers(String tensor) {
        return consumers.getOrDefault(tensor, List.of());
    }

    /** The one real input. */
    Onnx.ValueInfoProto input() {
        return input;
    }

    /** The output that holds the scores. */
    Onnx.ValueInfoProto output() {
        return output;
    }

    /** Names of the outputs that the graph declares. */
    List<String> outputs() {
        return proto.getOutputList().stream().map(Onnx.ValueInfoProto::getName).toList();
    }

    /** Tensors that depend on the input, the input itself included. */
    Set<String> dependent() {
        Set<String> dependent = new HashSet<>(Set.of(input.getName()));
        for (Node node : nodes) {
            if (node.inputs().stream().anyMatch(dependent::contains)) {
                node.proto().getOutputList().stream().filter(o -> !o.isEmpty()).forEach(dependent::add);
            }
        }
        return dependent;
    }

    /** The first node that decides while running what is run, if any. */
    Optional<Node> controlFlow() {
        return nodes.stream()
                .filter(n -> CONTROL_FLOW.contains(n.operator()) && used(n))
                .findFirst();
    }

    /** The softmax that the network ends with, if nothing else takes its result. */
    Optional<Node> closingSoftmax() {
        String tensor = output.getName();
        while (true) {
            Node node = producers.get(tensor);
            boolean inner = !tensor.equals(output.getName());
            if (node == null
                    || consumers(tensor).stream().filter(this::used).count() > (inner ? 1 : 0)) {
                return Optional.empty();
            }
            if (node.operator().equals("Softmax") || node.operator().equals("LogSoftmax")) {
                return Optional.of(node);
            }
            if (!REARRANGING.contains(node.operator())) {
                return Optional.empty();
            }
            tensor = node.input(0);
        }
    }

    /** The closing softmax when something is rearranged behind it, so that the scores are only to be had without it. */
    Optional<Node> bypassedSoftmax() {
        return closingSoftmax().filter(n -> !n.output().equals(output.getName()));
    }

    /** The tensor that holds the scores: what enters the closing softmax where the network ends with it. */
    String scores() {
        return closingSoftmax()
                .filter(n -> n.output().equals(output.getName()))
                .map(n -> n.input(0))
                .orElse(output.getName());
    }

    /** Whether a tensor is what a node makes, or made from it. */
    boolean isBehind(String tensor, Node node) {
        Deque<String> open = new ArrayDeque<>(node.proto().getOutputList());
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String next = open.pop();
            if (next.equals(tensor)) {
                return true;
            }
            if (!next.isEmpty() && seen.add(next)) {
                consumers(next).forEach(n -> open.addAll(n.proto().getOutputList()));
            }
        }
        return false;
    }

    /** Whether nothing but rearranging, softmax included, lies between a tensor and the network's output. */
    boolean isOutput(String tensor) {
        Deque<String> open = new ArrayDeque<>(List.of(tensor));
        while (!open.isEmpty()) {
            String next = open.pop();
            for (Node node : consumers(next)) {
                if (!used(node)) {
                    continue;
                }
                if (!REARRANGING.contains(node.operator()) && !node.operator().endsWith("Softmax")) {
                    return false;
                }
                open.push(node.output());
            }
        }
        return true;
    }

    /** Declared type and shape of every tensor that the file declares. */
    Map<String, Onnx.ValueInfoProto> declared() {
        Map<String, Onnx.ValueInfoProto> declared = new HashMap<>();
        proto.getValueInfoList().forEach(v -> declared.put(v.getName(), v));
        proto.getOutputList().forEach(v -> declared.put(v.getName(), v));
        return declared;
    }
}

package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import dev.assay.model.onnx.Graph.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import onnx.Onnx;

/**
 * Finds the units of a graph that switch at zero.
 *
 * <p>Two linear pieces that meet at zero are exact: Relu, LeakyRelu, PRelu, Clip from 0 without an upper end, and the
 * maximum with 0. Others are approximations for which the sign of the pre-activation stands in: Gelu, Silu, HardSwish,
 * Mish, Elu, Selu, Celu, Softplus, ThresholdedRelu, and Clip from 0 to an upper end (ReLU6), which has a third piece.
 * A unit behind which only rearranging, or softmax, follows up to the network's output is a score and does not count.
 */
final class ActivationFinder {

    private static final Set<String> SMOOTH =
            Set.of("Gelu", "HardSwish", "Mish", "Elu", "Selu", "Celu", "Softplus", "ThresholdedRelu", "Swish",
                    "QuickGelu");

    /** What a hard sigmoid written as {@code clip(x + 3, 0, 6) / 6} adds. */
    private static final float HARD_SIGMOID_SHIFT = 3;

    /** Where that one ends. */
    private static final float HARD_SIGMOID_END = 6;

    private static final Set<String> OTHER = Set.of(
            "Sigmoid", "Tanh", "HardSigmoid", "Softsign", "Erf", "Sin", "Cos", "Sign", "Exp", "Shrink", "Hardmax");

    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");

    /**
     * A layer of units.
     *
     * @param node the node that switches
     * @param preActivation the tensor that enters it
     * @param exact whether it has two linear pieces that meet at zero
     */
    record Activation(Node node, String preActivation, boolean exact) {}

    private final Graph graph;
    private final List<Activation> hidden = new ArrayList<>();
    private final List<Activation> behindOutput = new ArrayList<>();

    ActivationFinder(Graph graph) throws InputException {
        this.graph = graph;
        Set<String> dependent = graph.dependent();
        Set<String> seen = new HashSet<>();
        for (Node node : graph.nodes()) {
            if (!graph.used(node)) {
                continue;
            }
            Optional<Activation> found = find(node);
            boolean limitsInput = !node.operator().contains("Relu")
                    && found.map(Activation::preActivation)
                            .filter(graph.input().getName()::equals)
                            .isPresent();
            if (found.isPresent()
                    && !limitsInput
                    && dependent.contains(found.get().preActivation())
                    && seen.add(found.get().preActivation())) {
                (graph.isOutput(node.output()) ? behindOutput : hidden).add(found.get());
            }
        }
    }

    /** Layers of hidden units in the order of the graph. */
    List<Activation> hidden() {
        return graph.controlFlow().isPresent() ? List.of() : hidden;
    }

    /** Why there are none, one sentence. */
    String without() {
        Optional<Node> branch = graph.controlFlow();
        if (branch.isPresent()) {
            String operator = branch.get().operator();
            return "The network branches while it runs ('" + branch.get().name() + "' is "
                    + (operator.equals("If") ? "an " : "a ") + operator
                    + "), so it can be run but its units are not the same for every sample.";
        }
        if (!behindOutput.isEmpty()) {
            return "The network has no hidden ReLU units: its only "
                    + behindOutput.getFirst().node().operator() + " ('"
                    + behindOutput.getFirst().node().name() + "') comes after the last layer, at the output.";
        }
        Map<String, Integer> others = new TreeMap<>();
        for (Node node : graph.nodes()) {
            if (graph.used(node) && (OTHER.contains(node.operator()) || RECURRENT.contains(node.operator()))) {
                others.merge(node.operator(), 1, Integer::sum);
            }
        }
        if (others.isEmpty()) {
            return "The network has no ReLU units and no other activation function.";
        }
        return "The network has no ReLU units; its activations are "
                + others.entrySet().stream()
                        .map(e -> e.getKey() + (e.getValue() == 1 ? "" : " (" + e.getValue() + " times)"))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private Optional<Activation> find(Node node) throws InputException {
        String x = node.input(0);
        return switch (node.operator()) {
            case "Relu", "LeakyRelu", "PRelu" -> Optional.of(new Activation(node, x, true));
            case "Clip" -> clip(node);
            case "Max" -> maximum(node);
            case "Mul" -> gated(node);
            case "Erf" -> gaussian(node);
            case "Tanh" -> gaussianByTanh(node);
            default ->
                SMOOTH.contains(node.operator()) ? Optional.of(new Activation(node, x, false)) : Optional.empty();
        };
    }

    private Optional<Activation> clip(Node node) throws InputException {
        if (isHardSigmoid(node)) {
            return Optional.empty();
        }
        float lowest = bound(node, 1, "min", Float.NEGATIVE_INFINITY);
        float highest = bound(node, 2, "max", Float.POSITIVE_INFINITY);
        return lowest == 0 && highest > 0
                ? Optional.of(new Activation(node, node.input(0), highest >= Float.MAX_VALUE))
                : Optional.empty();
    }

    private float bound(Node node, int index, String attribute, float otherwise) throws InputException {
        if (!node.input(index).isEmpty()) {
            Optional<Onnx.TensorProto> bound = graph.constant(node.input(index));
            return bound.isPresent() ? single(bound.get(), Float.NaN) : Float.NaN;
        }
        return node.attribute(attribute).map(Onnx.AttributeProto::getF).orElse(otherwise);
    }

    private float single(Onnx.TensorProto tensor, float otherwise) throws InputException {
        if (!TensorValues.isReal(tensor.getDataType())
                || TensorValues.count(tensor, graph.source().where()) != 1) {
            return otherwise;
        }
        return TensorValues.floats(tensor, graph.source())[0];
    }

    private Optional<Activation> maximum(Node node) throws InputException {
        if (node.proto().getInputCount() != 2) {
            return Optional.empty();
        }
        for (int i = 0; i < 2; i++) {
            Optional<Onnx.TensorProto> zero = graph.constant(node.input(i));
            if (zero.isPresent() && single(zero.get(), Float.NaN) == 0) {
                return Optional.of(new Activation(node, node.input(1 - i), true));
            }
        }
        return Optional.empty();
    }

    /**
     * {@code x sigmoid(x)} is Silu, with a factor inside of the sigmoid an approximation of Gelu, and
     * {@code x hardsigmoid(x)} HardSwish, as exporters write them.
     */
    private Optional<Activation> gated(Node node) throws InputException {
        for (int i = 0; i < 2; i++) {
            String x = node.input(1 - i);
            if (gateOf(node.input(i)).filter(x::equals).isPresent()) {
                return Optional.of(new Activation(node, x, false));
            }
        }
        return Optional.empty();
    }

    /** What a gate between 0 and 1, or a multiple of one, is computed from. */
    private Optional<String> gateOf(String tensor) throws InputException {
        Optional<Node> made = graph.producer(tensor);
        if (made.isEmpty()) {
            return Optional.empty();
        }
        Node gate = made.get();
        if (gate.operator().equals("Sigmoid")) {
            return Optional.of(graph.producer(gate.input(0))
                    .filter(n -> n.operator().equals("Mul") && size(other(n)) == 1)
                    .map(this::variable)
                    .orElse(gate.input(0)));
        }
        if (gate.operator().equals("HardSigmoid")) {
            return Optional.of(gate.input(0));
        }
        if (isHardSigmoid(gate)) {
            return graph.producer(gate.input(0)).map(this::variable);
        }
        boolean scaled = (gate.operator().equals("Mul") || gate.operator().equals("Div")) && size(other(gate)) == 1;
        Optional<Node> inner = scaled ? graph.producer(variable(gate)) : Optional.empty();
        return inner.isPresent() && isHardSigmoid(inner.get()) ? gateOf(variable(gate)) : Optional.empty();
    }

    /** {@code clip(x + 3, 0, 6)}: bounded on both sides, and no unit of its own. */
    private boolean isHardSigmoid(Node node) throws InputException {
        Optional<Node> shift = node.operator().equals("Clip") ? graph.producer(node.input(0)) : Optional.empty();
        if (shift.isEmpty()
                || !shift.get().operator().equals("Add")
                || bound(node, 1, "min", Float.NEGATIVE_INFINITY) != 0
                || bound(node, 2, "max", Float.POSITIVE_INFINITY) != HARD_SIGMOID_END) {
            return false;
        }
        Optional<Onnx.TensorProto> constant = graph.constant(other(shift.get()));
        return constant.isPresent() && single(constant.get(), Float.NaN) == HARD_SIGMOID_SHIFT;
    }

    /** The one of two operands that is stored; the second when none is. */
    private String other(Node node) {
        return graph.constant(node.input(0)).isPresent() ? node.input(0) : node.input(1);
    }

    /** The one of two operands that is not stored. */
    private String variable(Node node) {
        return node.input(graph.constant(node.input(0)).isPresent() ? 1 : 0);
    }

    /** Number of values of a stored tensor, 0 for one that is not stored. */
    private long size(String tensor) {
        return graph.constant(tensor)
                .map(t -> t.getDimsList().stream().reduce(1L, (a, b) -> a * b))
                .orElse(0L);
    }

    /** {@code x (1 + erf(x / sqrt 2)) / 2} is Gelu, as exporters write it. */
    private Optional<Activation> gaussian(Node erf) {
        return graph.producer(erf.input(0))
                .filter(scaled -> scaled.operator().equals("Div") || scaled.operator().equals("Mul"))
                .map(this::variable)
                .filter(x -> graph.consumers(x).stream().anyMatch(n -> n.operator().equals("Mul")))
                .map(x -> new Activation(erf, x, false));
    }

    /** {@code x (1 + tanh(c (x + d x^3))) / 2} is Gelu's usual approximation. */
    private Optional<Activation> gaussianByTanh(Node tanh) {
        Optional<Node> sum = graph.producer(tanh.input(0))
                .filter(scaled -> scaled.operator().equals("Mul"))
                .map(this::variable)
                .flatMap(graph::producer)
                .filter(n -> n.operator().equals("Add"));
        for (int i = 0; sum.isPresent() && i < 2; i++) {
            String x = sum.get().input(i);
            String cubed = sum.get().input(1 - i);
            if (!cubed.equals(x) && graph.producer(cubed).isPresent() && isProductOf(cubed, x, 0)) {
                return Optional.of(new Activation(tanh, x, false));
            }
        }
        return Optional.empty();
    }

    /** Whether a tensor is made of one other and stored numbers by products and powers alone. */
    private boolean isProductOf(String tensor, String x, int depth) {
        if (tensor.equals(x) || graph.constant(tensor).isPresent()) {
            return true;
        }
        Optional<Node> made = graph.producer(tensor)
                .filter(n -> n.operator().equals("Mul") || n.operator().equals("Pow"));
        return depth < 4
                && made.isPresent()
                && isProductOf(made.get().input(0), x, depth + 1)
                && isProductOf(made.get().input(1), x, depth + 1);
    }
}

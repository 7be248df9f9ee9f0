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
            Set.of("Gelu", "HardSwish", "Mish", "Elu", "Selu", "Celu", "Softplus", "ThresholdedRelu", "Swish");

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
            return "The network branches while it runs ('" + branch.get().name() + "' is an "
                    + branch.get().operator()
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
            default ->
                SMOOTH.contains(node.operator()) ? Optional.of(new Activation(node, x, false)) : Optional.empty();
        };
    }

    private Optional<Activation> clip(Node node) throws InputException {
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

    /** {@code x sigmoid(x)} is Silu, {@code x hardsigmoid(x)} HardSwish, as exporters write them. */
    private Optional<Activation> gated(Node node) {
        for (int i = 0; i < 2; i++) {
            String x = node.input(1 - i);
            boolean gate = graph.producer(node.input(i))
                    .filter(g -> g.operator().equals("Sigmoid") || g.operator().equals("HardSigmoid"))
                    .filter(g -> g.input(0).equals(x))
                    .isPresent();
            if (gate) {
                return Optional.of(new Activation(node, x, false));
            }
        }
        return Optional.empty();
    }

    /** {@code x (1 + erf(x / sqrt 2)) / 2} is Gelu, as exporters write it. */
    private Optional<Activation> gaussian(Node erf) {
        return graph.producer(erf.input(0))
                .filter(scaled -> scaled.operator().equals("Div") || scaled.operator().equals("Mul"))
                .map(scaled -> scaled.input(graph.constant(scaled.input(0)).isPresent() ? 1 : 0))
                .filter(x -> graph.consumers(x).stream().anyMatch(n -> n.operator().equals("Mul")))
                .map(x -> new Activation(erf, x, false));
    }
}

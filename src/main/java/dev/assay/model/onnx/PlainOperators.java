package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * Spells a model out in the operators that everything else here knows: a call of one of the file's own functions is
 * replaced by the function's nodes, and an operator that ONNX Runtime fused with the activation behind it is taken apart.
 * The result computes the same.
 */
final class PlainOperators {

    /** Functions call functions, but not this deep; a file whose functions call themselves must not run for ever. */
    private static final int DEEPEST = 40;

    /** More than any network has; nested functions can grow without bound. */
    private static final int MOST_NODES = 1_000_000;

    /** Where newer files than the classes read here keep the defaults of a function's attributes. */
    private static final int DEFAULTS_FIELD = 11;

    private static final Map<String, String> FUSED = Map.of("FusedGemm", "Gemm", "FusedConv", "Conv");

    private static final Set<String> TAKEN_APART = Set.of("Relu", "LeakyRelu", "Sigmoid", "Tanh");

    private final Onnx.ModelProto model;
    private final String where;
    private final Map<String, Onnx.FunctionProto> functions = new HashMap<>();
    private final Map<String, Long> versions = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final List<Onnx.NodeProto> nodes = new ArrayList<>();

    private PlainOperators(Onnx.ModelProto model, String where) {
        this.model = model;
        this.where = where;
        model.getOpsetImportList().forEach(o -> versions.put(domain(o.getDomain()), o.getVersion()));
        Set<String> twice = new HashSet<>();
        for (Onnx.FunctionProto function : model.getFunctionsList()) {
            String key = key(function.getDomain(), function.getName());
            if (functions.put(key, function) != null) {
                twice.add(key);
            }
        }
        // Functions of one name that differ by what they are called with stay calls.
        functions.keySet().removeAll(twice);
    }

    /**
     * Spells a model out.
     *
     * @param where the file, for messages
     * @return the model itself when there is nothing to do
     * @throws InputException when functions nest without end
     */
    static Onnx.ModelProto of(Onnx.ModelProto model, String where) throws InputException {
        PlainOperators plain = new PlainOperators(model, where);
        List<Onnx.NodeProto> given = model.getGraph().getNodeList();
        if (given.stream().noneMatch(n -> plain.function(n) != null || isFused(n))) {
            return model;
        }
        return plain.spelledOut(given);
    }

    private Onnx.ModelProto spelledOut(List<Onnx.NodeProto> given) throws InputException {
        given.forEach(n -> names.addAll(n.getOutputList()));
        model.getGraph().getInitializerList().forEach(t -> names.add(t.getName()));
        model.getGraph().getInputList().forEach(i -> names.add(i.getName()));
        for (Onnx.NodeProto node : given) {
            add(node, 0);
        }
        Onnx.ModelProto.Builder spelled = model.toBuilder()
                .setGraph(model.getGraph().toBuilder().clearNode().addAllNode(nodes))
                .clearOpsetImport();
        versions.forEach((domain, version) -> spelled.addOpsetImport(
                Onnx.OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
        return spelled.build();
    }

    private static String domain(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }

    private static String key(String domain, String name) {
        return domain(domain) + ":" + name;
    }

    /** The function that a node calls; null when it calls none, or one for other versions of the operators. */
    private Onnx.FunctionProto function(Onnx.NodeProto node) {
        Onnx.FunctionProto function = functions.get(key(node.getDomain(), node.getOpType()));
        boolean fits = function != null
                && function.getOpsetImportList().stream()
                        .allMatch(o -> versions.getOrDefault(domain(o.getDomain()), o.getVersion()) == o.getVersion());
        return fits ? function : null;
    }

    private void add(Onnx.NodeProto node, int depth) throws InputException {
        if (depth > DEEPEST || nodes.size() > MOST_NODES) {
            throw new InputException(
                    "the functions of the file call each other without end, at '" + node.getOpType() + "'",
                    where,
                    "export the model again without functions");
        }
        Onnx.FunctionProto function = function(node);
        if (function != null) {
            call(node, function, depth);
        } else if (isFused(node)) {
            takeApart(node);
        } else {
            nodes.add(node);
        }
    }

    private void call(Onnx.NodeProto node, Onnx.FunctionProto function, int depth) throws InputException {
        function.getOpsetImportList().forEach(o -> versions.putIfAbsent(domain(o.getDomain()), o.getVersion()));
        String made = node.getOutputList().stream()
                .filter(o -> !o.isEmpty())
                .findFirst()
                .orElse(node.getOpType());
        Map<String, String> tensors = new HashMap<>(Map.of("", ""));
        for (int i = 0; i < function.getInputCount(); i++) {
            tensors.put(function.getInput(i), i < node.getInputCount() ? node.getInput(i) : "");
        }
        for (int i = 0; i < function.getOutputCount(); i++) {
            if (i < node.getOutputCount() && !node.getOutput(i).isEmpty()) {
                tensors.put(function.getOutput(i), node.getOutput(i));
            }
        }
        Map<String, Onnx.AttributeProto> settings = defaults(function);
        node.getAttributeList().forEach(a -> settings.put(a.getName(), a));
        String called = node.getName().isEmpty() ? node.getOpType() : node.getName();
        for (Onnx.NodeProto inner : function.getNodeList()) {
            for (String output : inner.getOutputList()) {
                if (!tensors.containsKey(output)) {
                    tensors.put(output, free(made + "/" + output));
                }
            }
            Onnx.NodeProto placed = placed(inner, tensors, settings);
            String own = inner.getName().isEmpty() ? inner.getOpType() : inner.getName();
            add(placed.toBuilder().setName(called + "/" + own).build(), depth + 1);
        }
    }

    private String free(String name) {
        String free = name;
        while (!names.add(free)) {
            free += "_";
        }
        return free;
    }

    private Map<String, Onnx.AttributeProto> defaults(Onnx.FunctionProto function) throws InputException {
        Map<String, Onnx.AttributeProto> defaults = new HashMap<>();
        for (ByteString bytes : function.getUnknownFields().getField(DEFAULTS_FIELD).getLengthDelimitedList()) {
            try {
                Onnx.AttributeProto attribute = Onnx.AttributeProto.parseFrom(bytes);
                defaults.put(attribute.getName(), attribute);
            } catch (InvalidProtocolBufferException e) {
                throw new InputException(
                        "the function '" + function.getName() + "' is damaged", where, "export the model again", e);
            }
        }
        return defaults;
    }

    /** A function's node with the names and settings of the call. */
    private static Onnx.NodeProto placed(
            Onnx.NodeProto node, Map<String, String> tensors, Map<String, Onnx.AttributeProto> settings) {
        Onnx.NodeProto.Builder placed = node.toBuilder().clearInput().clearOutput().clearAttribute();
        node.getInputList().forEach(t -> placed.addInput(tensors.getOrDefault(t, t)));
        node.getOutputList().forEach(t -> placed.addOutput(tensors.getOrDefault(t, t)));
        for (Onnx.AttributeProto attribute : node.getAttributeList()) {
            if (!attribute.getRefAttrName().isEmpty()) {
                Onnx.AttributeProto given = settings.get(attribute.getRefAttrName());
                if (given != null) {
                    placed.addAttribute(given.toBuilder().setName(attribute.getName()));
                }
                continue;
            }
            Onnx.AttributeProto.Builder inner = attribute.toBuilder();
            if (attribute.hasG()) {
                inner.setG(branch(attribute.getG(), tensors, settings));
            }
            for (int i = 0; i < attribute.getGraphsCount(); i++) {
                inner.setGraphs(i, branch(attribute.getGraphs(i), tensors, settings));
            }
            placed.addAttribute(inner);
        }
        return placed.build();
    }

    /** A branch inside of a function: what it makes itself keeps its name, what it takes from outside is renamed. */
    private static Onnx.GraphProto branch(
            Onnx.GraphProto branch, Map<String, String> tensors, Map<String, Onnx.AttributeProto> settings) {
        Map<String, String> outside = new HashMap<>(tensors);
        branch.getInputList().forEach(i -> outside.remove(i.getName()));
        branch.getInitializerList().forEach(i -> outside.remove(i.getName()));
        branch.getNodeList().forEach(n -> n.getOutputList().forEach(outside::remove));
        return branch.toBuilder()
                .clearNode()
                .addAllNode(branch.getNodeList().stream()
                        .map(n -> placed(n, outside, settings))
                        .toList())
                .build();
    }

    private static boolean isFused(Onnx.NodeProto node) {
        return node.getDomain().equals("com.microsoft")
                && FUSED.containsKey(node.getOpType())
                && node.getOutputCount() == 1
                && TAKEN_APART.contains(activation(node))
                && node.getAttributeList().stream()
                        .noneMatch(a -> a.getName().equals("activation_params") && a.getFloatsCount() > 0);
    }

    private static String activation(Onnx.NodeProto node) {
        return node.getAttributeList().stream()
                .filter(a -> a.getName().equals("activation"))
                .findFirst()
                .map(a -> a.getS().toStringUtf8())
                .orElse("");
    }

    /** {@code FusedGemm} and {@code FusedConv}, the latter with a sum between convolution and activation. */
    private void takeApart(Onnx.NodeProto node) {
        boolean sum = node.getOpType().equals("FusedConv") && node.getInputCount() > 3 && !node.getInput(3).isEmpty();
        String linear = free(node.getOutput(0) + "/linear");
        nodes.add(node.toBuilder()
                .clearDomain()
                .setName(node.getName().isEmpty() ? "" : node.getName() + "/linear")
                .setOpType(FUSED.get(node.getOpType()))
                .clearInput()
                .addAllInput(node.getInputList().subList(0, Math.min(3, node.getInputCount())))
                .clearOutput()
                .addOutput(linear)
                .clearAttribute()
                .addAllAttribute(node.getAttributeList().stream()
                        .filter(a -> !a.getName().startsWith("activation"))
                        .collect(Collectors.toList()))
                .build());
        String before = linear;
        if (sum) {
            before = free(node.getOutput(0) + "/sum");
            nodes.add(Onnx.NodeProto.newBuilder()
                    .setOpType("Add")
                    .addInput(linear)
                    .addInput(node.getInput(3))
                    .addOutput(before)
                    .build());
        }
        Onnx.NodeProto.Builder activation = Onnx.NodeProto.newBuilder()
                .setName(node.getName())
                .setOpType(activation(node))
                .addInput(before)
                .addOutput(node.getOutput(0));
        node.getAttributeList().stream()
                .filter(a -> a.getName().equals("activation_alpha"))
                .forEach(a -> activation.addAttribute(a.toBuilder().setName("alpha")));
        nodes.add(activation.build());
    }
}

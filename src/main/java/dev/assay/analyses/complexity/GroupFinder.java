package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Role;
import dev.assay.analyses.complexity.FeatureGroups.Use;
import dev.assay.analyses.complexity.FeatureSets.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;

/**
 * Builds the groups of features from a network's graph by union-find, rules 1 to 7 of the feature-complexity method. The
 * graph is walked once in its order; every inner tensor carries the groups that its channels belong to.
 */
final class GroupFinder {

    private static final Set<String> HOMOGENEOUS = Set.of("Relu", "LeakyRelu", "Identity", "Dropout");
    private static final Set<String> OTHER_ACTIVATIONS = Set.of(
            "Sigmoid", "Tanh", "Elu", "Selu", "Celu", "Gelu", "Softplus", "Softsign", "HardSigmoid", "HardSwish",
            "Swish", "Mish", "Erf", "ThresholdedRelu", "Clip");
    private static final Set<String> POOLS =
            Set.of("MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "LpPool", "GlobalLpPool");
    /** Operators that take each value by itself; exporters write activations with them. */
    private static final Set<String> ELEMENTWISE = Set.of("Mul", "Div", "Pow", "Max", "Min");

    private static final Set<String> QUANTISING = Set.of("QuantizeLinear", "DequantizeLinear");
    private static final Set<String> RESHAPES = Set.of("Flatten", "Reshape", "Squeeze", "Unsqueeze");

    /**
     * The channels of an inner tensor.
     *
     * @param parts runs of channels in order; empty when no stored weight made them (frozen)
     * @param span entries that a channel owns on the flattened axis, 1 while channels have an axis of their own
     * @param last whether channels are the last axis, and so run fastest once flattened
     * @param flat whether channels and positions share one axis
     */
    private record Channels(List<Part> parts, int span, boolean last, boolean flat) {

        static final Channels FROZEN = new Channels(List.of(), 1, false, false);

        boolean frozen() {
            return parts.isEmpty();
        }

        int count() {
            return parts.stream().mapToInt(Part::size).sum();
        }
    }

    private final Onnx.GraphProto graph;
    private final Map<String, long[]> shapes;
    private final Map<String, Onnx.TensorProto> stored = new HashMap<>();
    private final Map<String, Channels> channels = new HashMap<>();
    private final Map<String, String> untouched = new LinkedHashMap<>();
    private final Set<String> unhomogeneous = new LinkedHashSet<>();
    private final FeatureSets sets = new FeatureSets();

    private GroupFinder(Onnx.GraphProto graph, Map<String, long[]> shapes) {
        this.graph = graph;
        this.shapes = shapes;
    }

    /**
     * Finds the groups.
     *
     * @param graph the network
     * @param shapes shapes of its inner tensors, batch dimension included
     */
    static FeatureGroups find(Onnx.GraphProto graph, Map<String, long[]> shapes) {
        return new GroupFinder(graph, shapes).walk();
    }

    private FeatureGroups walk() {
        graph.getInitializerList().forEach(t -> stored.put(t.getName(), t));
        for (Onnx.NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                node.getAttributeList().stream()
                        .filter(a -> a.getName().equals("value") && a.hasT())
                        .findFirst()
                        .ifPresent(a -> stored.put(node.getOutput(0), a.getT()));
            } else if (node.getOpType().equals("Identity") && stored.containsKey(node.getInput(0))) {
                stored.put(node.getOutput(0), stored.get(node.getInput(0)));
            } else {
                visit(node);
            }
        }
        graph.getOutputList().forEach(o -> freeze(channels.get(o.getName()), "it is the network's output"));
        return sets.groups(untouched, List.copyOf(unhomogeneous));
    }

    private void visit(Onnx.NodeProto node) {
        String operator = node.getOpType();
        Channels made = Channels.FROZEN;
        if (operator.equals("Conv")) {
            made = convolution(node);
        } else if (operator.equals("Gemm") || operator.equals("MatMul")) {
            made = linear(node);
        } else if (operator.equals("BatchNormalization")) {
            made = batchNorm(node);
        } else if (POOLS.contains(operator)) {
            Channels in = of(node.getInput(0));
            made = in.last() ? unsupported(node) : in;
        } else if (HOMOGENEOUS.contains(operator)
                || OTHER_ACTIVATIONS.contains(operator)
                || operator.equals("Cast") && isReal(attribute(node, "to", 0))) {
            made = of(node.getInput(0));
            if (OTHER_ACTIVATIONS.contains(operator) && !made.frozen()) {
                unhomogeneous.add(operator);
            }
        } else if (QUANTISING.contains(operator) && size(node.getInput(1)) == 1) {
            made = of(node.getInput(0));
        } else if (operator.equals("PRelu")) {
            made = slopes(node);
        } else if (ELEMENTWISE.contains(operator)
                || (operator.equals("Add") || operator.equals("Sub")) && takesOneNumber(node)) {
            made = elementwise(node);
        } else if (operator.equals("Add") || operator.equals("Sub")) {
            made = sum(node);
        } else if (operator.equals("Concat")) {
            made = concatenation(node);
        } else if (RESHAPES.contains(operator)) {
            made = reshape(node);
        } else if (operator.equals("Transpose")) {
            made = transpose(node);
        } else {
            unsupported(node);
        }
        for (String output : node.getOutputList()) {
            channels.put(output, made);
        }
    }

    private Channels of(String tensor) {
        return channels.getOrDefault(tensor, Channels.FROZEN);
    }

    private Channels convolution(Onnx.NodeProto node) {
        Channels in = of(node.getInput(0));
        String weight = node.getInput(1);
        if (!stored.containsKey(weight) || in.flat() || in.last()) {
            return unsupported(node);
        }
        int[] shape = shape(weight);
        int groups = (int) attribute(node, "group", 1);
        String bias = node.getInputCount() > 2 ? node.getInput(2) : "";
        if (groups > 1) {
            boolean depthwise = shape[1] == 1 && shape[0] == groups && in.parts().size() == 1;
            if (!depthwise) {
                String reason = "a convolution in " + groups + " channel groups ('" + node.getName() + "') reads it";
                freeze(in, reason);
                Channels out = open(weight, shape[0], 0, Role.INCOMING);
                freeze(out, reason);
                return out;
            }
            use(in.parts().getFirst(), weight, Role.DEPTHWISE, 0, 0, 1, false);
            addend(in, bias);
            return in;
        }
        read(in, weight, 1, shape[1], node);
        Channels out = open(weight, shape[0], 0, Role.INCOMING);
        addend(out, bias);
        return out;
    }

    private Channels linear(Onnx.NodeProto node) {
        boolean weightFirst = node.getOpType().equals("MatMul") && stored.containsKey(node.getInput(0));
        String weight = node.getInput(weightFirst ? 0 : 1);
        String data = node.getInput(weightFirst ? 1 : 0);
        Onnx.TensorProto tensor = stored.get(weight);
        if (tensor == null || tensor.getDimsCount() != 2 || attribute(node, "transA", 0) != 0) {
            return unsupported(node);
        }
        Channels in = of(data);
        boolean outFirst = weightFirst || attribute(node, "transB", 0) != 0;
        int[] shape = shape(weight);
        boolean positionsApart = !in.frozen() && !in.flat() && !in.last() && !isPlain(data);
        if (positionsApart) {
            return unsupported(node);
        }
        read(in, weight, outFirst ? 1 : 0, shape[outFirst ? 1 : 0], node);
        Channels out = open(weight, shape[outFirst ? 0 : 1], outFirst ? 0 : 1, Role.INCOMING);
        long[] made = shapes.get(node.getOutput(0));
        if (!weightFirst && made != null && made.length > 2) {
            out = new Channels(out.parts(), 1, true, false);
        }
        if (node.getOpType().equals("Gemm") && node.getInputCount() > 2) {
            addend(out, node.getInput(2));
        }
        return out;
    }

    /** Whether a tensor holds one vector per sample, possibly as a column. */
    private boolean isPlain(String tensor) {
        long[] shape = shapes.get(tensor);
        if (shape == null) {
            return true;
        }
        long positions = 1;
        for (int d = 2; d < shape.length; d++) {
            positions *= shape[d];
        }
        return positions == 1;
    }

    private Channels batchNorm(Onnx.NodeProto node) {
        Channels in = of(node.getInput(0));
        if (in.flat() && in.span() > 1 || in.last() && !in.flat()) {
            return unsupported(node);
        }
        Role[] roles = {Role.FACTOR, Role.ADDEND, Role.ADDEND, Role.VARIANCE};
        for (int k = 0; k < roles.length; k++) {
            vector(in, node.getInput(k + 1), roles[k]);
        }
        return in;
    }

    private Channels sum(Onnx.NodeProto node) {
        boolean firstStored = stored.containsKey(node.getInput(0));
        boolean secondStored = stored.containsKey(node.getInput(1));
        if (firstStored || secondStored) {
            Channels in = of(node.getInput(firstStored ? 1 : 0));
            String constant = node.getInput(firstStored ? 0 : 1);
            if (in.frozen()) {
                return in;
            }
            if (size(constant) != in.count() || !isAlongChannels(constant, in, node)) {
                return unsupported(node);
            }
            if (node.getOpType().equals("Sub") && firstStored) {
                return unsupported(node);
            }
            addend(in, constant);
            return in;
        }
        Channels a = of(node.getInput(0));
        Channels b = of(node.getInput(1));
        List<Integer> sizesA = a.parts().stream().map(Part::size).toList();
        List<Integer> sizesB = b.parts().stream().map(Part::size).toList();
        if (a.frozen() || !sizesA.equals(sizesB) || a.flat() != b.flat() || a.last() != b.last()) {
            return unsupported(node);
        }
        for (int k = 0; k < a.parts().size(); k++) {
            sets.unite(a.parts().get(k).set(), b.parts().get(k).set());
        }
        return a;
    }

    /** Whether a stored vector has its entries where the channels are, by the rule that dimensions meet from the back. */
    private boolean isAlongChannels(String vector, Channels in, Onnx.NodeProto node) {
        long[] made = shapes.get(node.getOutput(0));
        if (in.flat() || made == null) {
            return in.span() == 1;
        }
        int[] shape = shape(vector);
        int wide = 0;
        while (wide < shape.length - 1 && shape[wide] == 1) {
            wide++;
        }
        int place = made.length - shape.length + wide;
        long values = java.util.Arrays.stream(made).reduce(1, (a, b) -> a * b);
        // A single vector has nowhere else to be, with or without a batch dimension.
        return place == (in.last() ? made.length - 1 : 1) || values == in.count();
    }

    /** A slope for each channel, or one for all. */
    private Channels slopes(Onnx.NodeProto node) {
        Channels in = of(node.getInput(0));
        String slope = node.getInput(1);
        if (in.frozen() || size(slope) == 1) {
            return in;
        }
        if (size(slope) != in.count() || !isAlongChannels(slope, in, node)) {
            return unsupported(node);
        }
        vector(in, slope, Role.SLOPE);
        return in;
    }

    private boolean takesOneNumber(Onnx.NodeProto node) {
        return node.getInputList().stream().anyMatch(t -> size(t) == 1)
                && node.getInputList().stream().noneMatch(t -> of(t).count() == 1);
    }

    /** Values of one channel and single numbers make values of that channel. */
    private Channels elementwise(Onnx.NodeProto node) {
        Channels all = null;
        int varying = 0;
        for (String input : node.getInputList()) {
            if (size(input) == 1) {
                continue;
            }
            Channels in = of(input);
            varying++;
            if (size(input) > 1 || all != null && !isSame(all, in)) {
                return unsupported(node);
            }
            all = in;
        }
        if (all == null || all.frozen()) {
            return Channels.FROZEN;
        }
        boolean scaled = (node.getOpType().equals("Mul") || node.getOpType().equals("Div"))
                && varying == 1
                && size(node.getInput(0)) != 1;
        if (!scaled) {
            unhomogeneous.add(node.getOpType());
        }
        return all;
    }

    private boolean isSame(Channels a, Channels b) {
        return a.span() == b.span()
                && a.last() == b.last()
                && a.flat() == b.flat()
                && a.parts().stream().map(p -> sets.root(p.set())).toList()
                        .equals(b.parts().stream().map(p -> sets.root(p.set())).toList());
    }

    private static boolean isReal(long dataType) {
        return WorkingGraph.REAL.contains((int) dataType);
    }

    private Channels concatenation(Onnx.NodeProto node) {
        List<Part> parts = new ArrayList<>();
        boolean apart = attribute(node, "axis", 1) == 1;
        for (String input : node.getInputList()) {
            Channels in = of(input);
            apart &= !in.frozen() && !in.flat() && !in.last();
            parts.addAll(in.parts());
        }
        return apart ? new Channels(parts, 1, false, false) : unsupported(node);
    }

    private Channels reshape(Onnx.NodeProto node) {
        Channels in = of(node.getInput(0));
        long[] from = shapes.get(node.getInput(0));
        long[] to = shapes.get(node.getOutput(0));
        if (in.frozen()) {
            return in;
        }
        if (from == null || to == null) {
            return unsupported(node);
        }
        long perSample = 1;
        for (int d = 1; d < from.length; d++) {
            perSample *= from[d];
        }
        long wide = 0;
        for (int d = 1; d < to.length; d++) {
            wide = Math.max(wide, to[d]);
        }
        if (java.util.Arrays.equals(from, to)) {
            return in;
        }
        if (wide == perSample && perSample % in.count() == 0) {
            rememberFlattening(node, wide, in, (int) (perSample / in.count()));
            return new Channels(in.parts(), (int) (perSample / in.count()), in.last(), true);
        }
        return unsupported(node);
    }

    private void rememberFlattening(Onnx.NodeProto node, long wide, Channels in, int span) {
        if (!node.getOpType().equals("Reshape")) {
            return;
        }
        long[] to = shapes.get(node.getOutput(0));
        for (int d = 1; d < to.length; d++) {
            if (to[d] == wide) {
                sets.flattened(node.getOutput(0), node.getInput(1), d, in.parts(), span);
                return;
            }
        }
    }

    private Channels transpose(Onnx.NodeProto node) {
        Channels in = of(node.getInput(0));
        if (in.frozen()) {
            return in;
        }
        List<Long> order = node.getAttributeList().stream()
                .filter(a -> a.getName().equals("perm"))
                .findFirst()
                .map(Onnx.AttributeProto::getIntsList)
                .orElse(List.of());
        if (!in.flat() && !in.last() && order.equals(List.of(0L, 2L, 3L, 1L))) {
            return new Channels(in.parts(), 1, true, false);
        }
        if (!in.flat() && in.last() && order.equals(List.of(0L, 3L, 1L, 2L))) {
            return new Channels(in.parts(), 1, false, false);
        }
        return unsupported(node);
    }

    private Channels unsupported(Onnx.NodeProto node) {
        String reason = "the operation " + node.getOpType()
                + (node.getName().isEmpty() ? "" : " ('" + node.getName() + "')") + " has no rule";
        for (String input : node.getInputList()) {
            freeze(of(input), reason);
            if (size(input) > 1) {
                untouched.putIfAbsent(stored.get(input).getName(), reason);
            }
        }
        return Channels.FROZEN;
    }

    /** A weight's input axis reads the channels; a frozen input leaves the axis alone. */
    private void read(Channels in, String weight, int axis, int width, Onnx.NodeProto node) {
        if (in.frozen()) {
            return;
        }
        if (width != in.count() * in.span()) {
            freeze(in, node.getOpType() + " ('" + node.getName() + "') reads " + width + " values of "
                    + in.count() * in.span());
            return;
        }
        if (in.last() && in.flat() && in.parts().size() > 1) {
            freeze(in, "several groups are interleaved before " + node.getOpType() + " ('" + node.getName() + "')");
            return;
        }
        String tensor = stored.containsKey(node.getInput(0)) ? node.getInput(1) : node.getInput(0);
        int channel = 0;
        for (Part part : in.parts()) {
            use(part, weight, Role.OUTGOING, axis, channel * in.span(), in.span(), in.last() && in.flat());
            sets.readBy(part.set(), new FeatureGroups.Reading(tensor, channel, in.count(), in.last()));
            channel += part.size();
        }
    }

    private Channels open(String weight, int size, int axis, Role role) {
        Part part = sets.open(stored.get(weight).getName(), size);
        use(part, weight, role, axis, 0, 1, false);
        return new Channels(List.of(part), 1, false, false);
    }

    private void addend(Channels to, String tensor) {
        if (!tensor.isEmpty()) {
            vector(to, tensor, Role.ADDEND);
        }
    }

    private void vector(Channels of, String tensor, Role role) {
        if (!stored.containsKey(tensor)) {
            freeze(of, "'" + tensor + "' is computed while running");
            return;
        }
        if (size(tensor) != of.count()) {
            freeze(of, "'" + tensor + "' holds " + size(tensor) + " values for " + of.count() + " channels");
            return;
        }
        int[] shape = shape(tensor);
        int axis = 0;
        for (int d = 0; d < shape.length; d++) {
            axis = shape[d] == of.count() ? d : axis;
        }
        int offset = 0;
        for (Part part : of.parts()) {
            use(part, tensor, role, axis, offset, 1, false);
            offset += part.size();
        }
    }

    private void use(Part part, String tensor, Role role, int axis, int offset, int span, boolean interleaved) {
        String name = stored.get(tensor).getName();
        sets.use(part.set(), new Use(name, role, axis, offset, span, interleaved));
    }

    private void freeze(Channels in, String reason) {
        if (in != null) {
            in.parts().forEach(part -> sets.freeze(part.set(), reason));
        }
    }

    private int[] shape(String tensor) {
        return stored.get(tensor).getDimsList().stream().mapToInt(Long::intValue).toArray();
    }

    /** Number of values of a stored tensor, -1 for one that is computed. */
    private int size(String tensor) {
        return !stored.containsKey(tensor) ? -1 : java.util.Arrays.stream(shape(tensor)).reduce(1, Math::multiplyExact);
    }

    private static long attribute(Onnx.NodeProto node, String name, long otherwise) {
        return node.getAttributeList().stream()
                .filter(a -> a.getName().equals(name))
                .findFirst()
                .map(Onnx.AttributeProto::getI)
                .orElse(otherwise);
    }
}

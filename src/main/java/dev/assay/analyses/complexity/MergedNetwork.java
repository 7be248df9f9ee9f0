package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analyses.complexity.FeatureGroups.Role;
import dev.assay.analyses.complexity.FeatureGroups.Use;
import dev.assay.analysis.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Writes the smaller network from a partition of each group's features.
 *
 * <p>Profile {@code ward}: incoming weights, biases and norms are averaged over a cluster, outgoing weights add up.
 * Profile {@code reference}: incoming weights, biases and norms add up, outgoing weights are averaged; the count-weighted
 * means of its single merges come to the plain mean over the cluster. The factor of a depthwise convolution is averaged
 * in both, and so is an activation's slope: it multiplies a feature that is merged already, so adding it up would scale the
 * feature once more.
 */
final class MergedNetwork {

    /** How the values of a cluster become one. */
    enum Rule {
        /** Their mean. */
        MEAN,
        /** Their sum. */
        SUM,
        /** Variances: the square of the mean of the standard deviations. */
        MEAN_OF_STDS,
        /** Variances: the square of the sum of the standard deviations. */
        SUM_OF_STDS
    }

    /** Reads a stored tensor's values, row-major. */
    interface Values {

        /** The values of the tensor of that name. */
        float[] of(String tensor) throws InputException;
    }

    /** A tensor on its way to the smaller network. */
    private static final class Shrinking {
        private int[] shape;
        private double[] values;
    }

    private final FeatureGroups groups;
    private final List<List<int[]>> clusters;
    private final boolean reference;
    private final boolean bnFix;
    private final List<double[]> factors;
    private final Map<String, Shrinking> tensors = new LinkedHashMap<>();

    private MergedNetwork(
            FeatureGroups groups,
            List<List<int[]>> clusters,
            boolean reference,
            boolean bnFix,
            List<double[]> factors) {
        this.factors = factors;
        this.groups = groups;
        this.clusters = clusters;
        this.reference = reference;
        this.bnFix = bnFix;
    }

    /**
     * Writes it.
     *
     * @param model the network; not changed
     * @param values its weights
     * @param clusters for every group its clusters in the order of the new channels, each with its members
     * @param reference profile {@code reference} or {@code ward}
     * @param bnFix for {@code reference}: add up standard deviations instead of variances
     * @param factors for every group what each cluster's batch-norm factor is multiplied by; empty for nothing
     * @throws InputException when a weight cannot be read any more
     */
    static Onnx.ModelProto write(
            Onnx.ModelProto model,
            Values values,
            FeatureGroups groups,
            List<List<int[]>> clusters,
            boolean reference,
            boolean bnFix,
            List<double[]> factors)
            throws InputException {
        MergedNetwork merged = new MergedNetwork(groups, clusters, reference, bnFix, factors);
        merged.shrink(model.getGraph(), values);
        return merged.build(model, values);
    }

    /**
     * The shapes of the stored tensors that merging changes.
     *
     * @param kept number of features left in each group
     */
    static Map<String, int[]> shapes(Onnx.GraphProto graph, FeatureGroups groups, List<Integer> kept) {
        Map<String, Onnx.TensorProto> stored = stored(graph);
        Map<String, int[]> shapes = new HashMap<>();
        Set<String> done = new HashSet<>();
        for (int g = 0; g < groups.groups().size(); g++) {
            int lost = groups.groups().get(g).size() - kept.get(g);
            for (Use use : groups.groups().get(g).uses()) {
                if (done.add(use.tensor() + "/" + use.axis() + "/" + use.offset())) {
                    int[] shape = shapes.computeIfAbsent(use.tensor(), t -> stored.get(t).getDimsList().stream()
                            .mapToInt(Long::intValue)
                            .toArray());
                    shape[use.axis()] -= lost * use.span();
                }
            }
        }
        return shapes;
    }

    private void shrink(Onnx.GraphProto graph, Values values) throws InputException {
        Map<String, int[]> shapes = new HashMap<>();
        stored(graph).forEach((name, t) -> shapes.put(
                name, t.getDimsList().stream().mapToInt(Long::intValue).toArray()));
        record Cut(Use use, int group) {}
        List<Cut> cuts = new ArrayList<>();
        for (int g = 0; g < groups.groups().size(); g++) {
            for (Use use : groups.groups().get(g).uses()) {
                cuts.add(new Cut(use, g));
            }
        }
        // Ranges on one axis are cut from the back, so that the offsets of those in front stay right.
        cuts.sort(Comparator.comparingInt((Cut c) -> c.use().offset()).reversed());
        Set<String> done = new HashSet<>();
        for (Cut cut : cuts) {
            Use use = cut.use();
            if (done.add(use.tensor() + "/" + use.axis() + "/" + use.offset())) {
                if (!tensors.containsKey(use.tensor())) {
                    tensors.put(use.tensor(), read(use.tensor(), shapes.get(use.tensor()), values));
                }
                merge(tensors.get(use.tensor()), use, cut.group());
            }
        }
    }

    private static Shrinking read(String tensor, int[] shape, Values values) throws InputException {
        Shrinking read = new Shrinking();
        read.shape = shape.clone();
        float[] v = values.of(tensor);
        read.values = new double[v.length];
        Arrays.setAll(read.values, i -> v[i]);
        return read;
    }

    private Rule rule(Role role) {
        return switch (role) {
            case INCOMING, ADDEND, FACTOR -> reference ? Rule.SUM : Rule.MEAN;
            case OUTGOING -> reference ? Rule.MEAN : Rule.SUM;
            case DEPTHWISE, SLOPE -> Rule.MEAN;
            case VARIANCE -> reference ? (bnFix ? Rule.SUM_OF_STDS : Rule.SUM) : Rule.MEAN_OF_STDS;
        };
    }

    /** Replaces the group's range on one axis by one entry (or span of entries) per cluster. */
    private void merge(Shrinking tensor, Use use, int group) {
        int size = groups.groups().get(group).size();
        List<int[]> partition = clusters.get(group);
        int axis = use.axis();
        int outer = product(tensor.shape, 0, axis);
        int length = tensor.shape[axis];
        int inner = product(tensor.shape, axis + 1, tensor.shape.length);
        int span = use.span();
        int before = use.offset();
        int after = length - before - size * span;
        int kept = partition.size();
        int newLength = before + kept * span + after;
        double[] result = new double[Math.multiplyExact(Math.multiplyExact(outer, newLength), inner)];
        Rule rule = rule(use.role());
        for (int o = 0; o < outer; o++) {
            int from = o * length * inner;
            int to = o * newLength * inner;
            System.arraycopy(tensor.values, from, result, to, before * inner);
            System.arraycopy(
                    tensor.values,
                    from + (before + size * span) * inner,
                    result,
                    to + (before + kept * span) * inner,
                    after * inner);
            for (int c = 0; c < kept; c++) {
                for (int s = 0; s < span; s++) {
                    int target = to + (before + place(c, s, kept, span, use.interleaved())) * inner;
                    for (int k = 0; k < inner; k++) {
                        double sum = 0;
                        for (int member : partition.get(c)) {
                            int source = from + (before + place(member, s, size, span, use.interleaved())) * inner;
                            double v = tensor.values[source + k];
                            sum += rule == Rule.MEAN_OF_STDS || rule == Rule.SUM_OF_STDS ? Math.sqrt(v) : v;
                        }
                        double factor = use.role() == Role.FACTOR && !factors.isEmpty() ? factors.get(group)[c] : 1;
                        result[target + k] = factor * finish(rule, sum, partition.get(c).length);
                    }
                }
            }
        }
        tensor.shape[axis] = newLength;
        tensor.values = result;
    }

    private static int place(int feature, int position, int features, int span, boolean interleaved) {
        return interleaved ? position * features + feature : feature * span + position;
    }

    private static double finish(Rule rule, double sum, int members) {
        return switch (rule) {
            case SUM -> sum;
            case MEAN -> sum / members;
            case SUM_OF_STDS -> sum * sum;
            case MEAN_OF_STDS -> (sum / members) * (sum / members);
        };
    }

    private static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int d = from; d < to; d++) {
            product *= shape[d];
        }
        return product;
    }

    static Map<String, Onnx.TensorProto> stored(Onnx.GraphProto graph) {
        Map<String, Onnx.TensorProto> stored = new HashMap<>();
        graph.getInitializerList().forEach(t -> stored.put(t.getName(), t));
        for (Onnx.NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                node.getAttributeList().stream()
                        .filter(a -> a.getName().equals("value") && a.hasT())
                        .forEach(a -> stored.put(
                                node.getOutput(0),
                                a.getT().toBuilder().setName(node.getOutput(0)).build()));
            }
        }
        return stored;
    }

    private Onnx.ModelProto build(Onnx.ModelProto model, Values values) throws InputException {
        Onnx.GraphProto.Builder graph = model.getGraph().toBuilder();
        Map<String, Onnx.TensorProto> stored = stored(model.getGraph());
        // Inner shapes change; declared ones would contradict them.
        graph.clearValueInfo();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            Onnx.TensorProto tensor = graph.getInitializer(i);
            if (tensors.containsKey(tensor.getName())) {
                graph.setInitializer(i, proto(tensor, tensors.get(tensor.getName())));
            } else if (tensor.getExternalDataCount() > 0) {
                graph.setInitializer(i, inline(tensor, values));
            }
        }
        for (int i = 0; i < graph.getInputCount(); i++) {
            if (tensors.containsKey(graph.getInput(i).getName())) {
                graph.removeInput(i--);
            }
        }
        for (int n = 0; n < graph.getNodeCount(); n++) {
            Onnx.NodeProto node = graph.getNode(n);
            if (node.getOpType().equals("Constant") && tensors.containsKey(node.getOutput(0))) {
                graph.addInitializer(proto(stored.get(node.getOutput(0)), tensors.get(node.getOutput(0))));
                graph.removeNode(n--);
            }
        }
        adaptFlattenings(graph);
        adaptDepthwise(graph);
        return model.toBuilder().setGraph(graph).build();
    }

    private void adaptFlattenings(Onnx.GraphProto.Builder graph) {
        Map<String, Onnx.TensorProto> stored = stored(graph.build());
        for (FeatureGroups.Flattening f : groups.flattenings()) {
            Onnx.TensorProto target = stored.get(f.shapeTensor());
            if (target == null) {
                continue;
            }
            long[] shape = integers(target);
            if (f.dimension() >= shape.length || shape[f.dimension()] <= 0) {
                continue;
            }
            long length = 0;
            for (FeatureGroups.FlatPart part : f.parts()) {
                int kept = part.group() < 0 ? part.size() : clusters.get(part.group()).size();
                length += (long) kept * f.span();
            }
            shape[f.dimension()] = length;
            String name = f.node() + "_merged_shape";
            while (stored.containsKey(name)) {
                name += "_";
            }
            Onnx.TensorProto.Builder adapted = Onnx.TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(Onnx.TensorProto.DataType.INT64_VALUE)
                    .addDims(shape.length);
            Arrays.stream(shape).forEach(adapted::addInt64Data);
            graph.addInitializer(adapted);
            for (int n = 0; n < graph.getNodeCount(); n++) {
                if (graph.getNode(n).getOutputCount() > 0 && graph.getNode(n).getOutput(0).equals(f.node())) {
                    graph.setNode(n, graph.getNode(n).toBuilder().setInput(1, name));
                }
            }
        }
    }

    /** A depthwise convolution has as many channel groups as features. */
    private void adaptDepthwise(Onnx.GraphProto.Builder graph) {
        Set<String> depthwise = new HashSet<>();
        groups.groups().forEach(g -> g.uses().stream()
                .filter(u -> u.role() == Role.DEPTHWISE)
                .forEach(u -> depthwise.add(u.tensor())));
        for (int n = 0; n < graph.getNodeCount(); n++) {
            Onnx.NodeProto node = graph.getNode(n);
            if (node.getOpType().equals("Conv") && depthwise.contains(node.getInput(1))) {
                Onnx.NodeProto.Builder adapted = node.toBuilder();
                for (int a = 0; a < adapted.getAttributeCount(); a++) {
                    if (adapted.getAttribute(a).getName().equals("group")) {
                        adapted.getAttributeBuilder(a).setI(tensors.get(node.getInput(1)).shape[0]);
                    }
                }
                graph.setNode(n, adapted);
            }
        }
    }

    private static long[] integers(Onnx.TensorProto tensor) {
        if (tensor.getInt64DataCount() > 0) {
            return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
        }
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long[] values = new long[raw.remaining() / Long.BYTES];
        Arrays.setAll(values, i -> raw.getLong());
        return values;
    }

    private static Onnx.TensorProto inline(Onnx.TensorProto tensor, Values values) throws InputException {
        int[] shape = tensor.getDimsList().stream().mapToInt(Long::intValue).toArray();
        return proto(tensor, read(tensor.getName(), shape, values));
    }

    /** A tensor of the same name and element type. */
    private static Onnx.TensorProto proto(Onnx.TensorProto original, Shrinking tensor) {
        ByteBuffer raw = ByteBuffer.allocate(tensor.values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Onnx.TensorProto.DataType type = Onnx.TensorProto.DataType.forNumber(original.getDataType());
        for (double v : tensor.values) {
            switch (type) {
                case DOUBLE -> raw.putDouble(v);
                case FLOAT16 -> raw.putShort(Float.floatToFloat16((float) v));
                case BFLOAT16 -> raw.putShort(bfloat16((float) v));
                case INT64, UINT64 -> raw.putLong((long) v);
                case INT32, UINT32 -> raw.putInt((int) v);
                case INT16, UINT16 -> raw.putShort((short) v);
                case INT8, UINT8, BOOL -> raw.put((byte) v);
                default -> raw.putFloat((float) v);
            }
        }
        Onnx.TensorProto.Builder proto = Onnx.TensorProto.newBuilder()
                .setName(original.getName())
                .setDataType(original.getDataType())
                .setRawData(ByteString.copyFrom(raw.flip()));
        for (int d : tensor.shape) {
            proto.addDims(d);
        }
        return proto.build();
    }

    /** Rounds to the upper half of a float32, to the even one between two. */
    private static short bfloat16(float value) {
        int bits = Float.floatToIntBits(value);
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}

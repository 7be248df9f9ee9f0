package dev.assay.analyses.nap.verify.net;

import dev.assay.analysis.InputException;
import dev.assay.model.TensorInfo;
import dev.assay.model.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import onnx.Onnx;

/**
 * Folds an ONNX graph into a {@link ReluNetwork}: everything between two ReLUs becomes one affine map in float64, with
 * the parameters widened from float32. A closing softmax is left out. Reads dense and convolutional layers, batch
 * normalisation in inference mode, average pools, sums and differences (residual additions among them), products with
 * constants, and whatever only rearranges.
 */
public final class NetworkReader {

    private final OnnxModel model;
    private final Onnx.GraphProto graph;
    private final Map<String, TensorInfo> stored = new HashMap<>();
    private final Map<String, Affine> tensors = new HashMap<>();
    private final List<ReluNetwork.Block> blocks = new ArrayList<>();
    private final List<String> reluInputs = new ArrayList<>();
    /** Samples per call that the file fixes, 0 when it fixes none. */
    private long batch;

    private NetworkReader(OnnxModel model) throws InputException {
        this.model = model;
        this.graph = model.graph().getGraph();
        model.tensors().forEach(t -> stored.put(t.name(), t));
    }

    /**
     * Reads a network.
     *
     * @throws InputException naming the operator and the node when the graph holds anything but affine maps and ReLUs,
     *     or the tensor when a weight is not finite
     */
    public static ReluNetwork read(OnnxModel model) throws InputException {
        return new NetworkReader(model).read();
    }

    private ReluNetwork read() throws InputException {
        Onnx.ValueInfoProto input = graph.getInputList().stream()
                .filter(i -> i.getName().equals(model.input().name()))
                .findFirst()
                .orElseThrow();
        List<Onnx.TensorShapeProto.Dimension> dims =
                input.getType().getTensorType().getShape().getDimList();
        int[] sample = model.input().shape();
        int lead = dims.size() - sample.length;
        batch = lead == 1 ? dims.getFirst().getDimValue() : 0;
        int[] shape = new int[Math.max(dims.size(), sample.length)];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = d < lead ? 1 : sample[d - Math.max(lead, 0)];
        }
        tensors.put(input.getName(), Affine.node(0, shape));
        String output = model.output().name();
        Set<String> needed = needed(output);
        for (Onnx.NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant") || node.getOutputList().stream().noneMatch(needed::contains)) {
                continue;
            }
            try {
                tensors.put(node.getOutput(0), affine(node));
            } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
                throw problem(node, "cannot be folded into an affine map (" + e.getMessage() + ")", e);
            }
        }
        Affine scores = tensors.get(output);
        if (scores == null) {
            throw new InputException("nothing makes the scores '" + output + "'", model.name(), "export it again");
        }
        blocks.add(scores.block("scores"));
        checkLayers();
        return new ReluNetwork(Affine.size(shape), blocks);
    }

    private void checkLayers() throws InputException {
        List<String> known = model.reluLayers().stream().map(l -> l.preActivation()).toList();
        // A ReLU at the network's very end has no place among the hidden layers.
        if (reluInputs.size() < known.size() || !known.equals(reluInputs.subList(0, known.size()))) {
            throw new InputException(
                    "the ReLU layers found (" + String.join(", ", reluInputs) + ") are not those of the model ("
                            + String.join(", ", known) + ")",
                    model.name(),
                    "verify a network whose only activations are ReLUs between affine layers");
        }
    }

    private Set<String> needed(String output) {
        Set<String> needed = new HashSet<>(Set.of(output));
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            Onnx.NodeProto node = graph.getNode(i);
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                needed.addAll(node.getInputList());
            }
        }
        return needed;
    }

    private InputException problem(Onnx.NodeProto node, String what, Exception cause) {
        String name = node.getName().isEmpty() ? node.getOutput(0) : node.getName();
        return new InputException(
                "the operator " + node.getOpType() + " of node '" + name + "' " + what,
                model.name(),
                "verification takes affine layers (Gemm, MatMul, Conv, BatchNormalization, average pools, Add, Sub)"
                        + " with ReLUs between them; NAP mining takes this network",
                cause);
    }

    private Affine at(Onnx.NodeProto node, int i) throws InputException {
        String name = node.getInput(i);
        Affine known = tensors.get(name);
        if (known != null) {
            return known;
        }
        TensorInfo info = stored.get(name);
        if (info == null) {
            throw new IllegalArgumentException("'" + name + "' is neither stored nor made by an earlier node");
        }
        float[] values = model.values(info);
        double[] wide = new double[values.length];
        for (int j = 0; j < wide.length; j++) {
            if (!Float.isFinite(values[j])) {
                throw new InputException(
                        "tensor '" + name + "' holds " + values[j] + " at place " + j + " of " + values.length,
                        model.name(),
                        "the training diverged or the export went wrong; use an earlier checkpoint");
            }
            wide[j] = values[j];
        }
        Affine constant = Affine.constant(info.shape(), wide);
        tensors.put(name, constant);
        return constant;
    }

    private double[] constant(Onnx.NodeProto node, int i) throws InputException {
        Affine value = at(node, i);
        if (!value.isConstant()) {
            throw new IllegalArgumentException("'" + node.getInput(i) + "' is not constant");
        }
        return value.bias();
    }

    private Affine affine(Onnx.NodeProto node) throws InputException {
        Affine x = at(node, 0);
        return switch (node.getOpType()) {
            case "Identity", "Dropout", "Cast" -> x;
            case "Relu" -> relu(node, x, 0);
            case "Clip" -> clip(node, x);
            case "Max" -> maximum(node, x);
            case "ReduceMean" -> Reduction.mean(x, axes(node, x), Attributes.integer(node, "keepdims", 1) != 0);
            case "Pad" -> pad(node, x);
            case "Flatten" -> flatten(x, (int) Attributes.integer(node, "axis", 1));
            case "Reshape" -> x.reshaped(reshape(x, constant(node, 1), batch));
            case "Squeeze", "Unsqueeze" -> x.reshaped(squeezed(node, x));
            case "Transpose" -> x.transposed(order(node, x.shape().length));
            case "Add" -> x.plus(at(node, 1), 1);
            case "Sub" -> x.plus(at(node, 1), -1);
            case "Neg" -> x.times(Affine.constant(new int[0], new double[] {-1}));
            case "Mul" -> x.isConstant()
                    ? at(node, 1).times(x)
                    : x.times(Affine.constant(at(node, 1).shape(), constant(node, 1)));
            case "Div" -> x.times(Affine.constant(
                    at(node, 1).shape(),
                    Arrays.stream(constant(node, 1)).map(v -> 1 / v).toArray()));
            case "Gemm" -> gemm(node, x);
            case "MatMul" -> matMul(node, x, at(node, 1));
            case "Conv" -> convolution(node, x);
            case "BatchNormalization" -> batchNormalisation(node, x);
            case "AveragePool" -> averagePool(node, x, null);
            case "GlobalAveragePool" ->
                averagePool(node, x, Arrays.copyOfRange(x.shape(), 2, x.shape().length));
            default -> throw problem(node, "is not supported", null);
        };
    }

    /** Clip from 0 without an upper end. */
    private Affine clip(Onnx.NodeProto node, Affine x) throws InputException {
        double least = bound(node, 1, "min", Double.NEGATIVE_INFINITY);
        double greatest = bound(node, 2, "max", Double.POSITIVE_INFINITY);
        if (least != 0 || greatest < Float.MAX_VALUE) {
            throw new IllegalArgumentException("it limits to " + least + " and " + greatest + ", a ReLU to 0 alone");
        }
        return relu(node, x, 0);
    }

    private double bound(Onnx.NodeProto node, int i, String attribute, double otherwise) throws InputException {
        if (node.getInputCount() <= i || node.getInput(i).isEmpty()) {
            return Attributes.real(node, attribute, otherwise);
        }
        TensorInfo info = stored.get(node.getInput(i));
        if (info == null) {
            throw new IllegalArgumentException("its limits are computed while running");
        }
        // An infinite upper end is no broken weight.
        return model.values(info)[0];
    }

    /** The maximum with 0. */
    private Affine maximum(Onnx.NodeProto node, Affine first) throws InputException {
        int other = first.isConstant() ? 1 : 0;
        Affine x = at(node, other);
        if (node.getInputCount() != 2
                || !at(node, 1 - other).isConstant()
                || Arrays.stream(constant(node, 1 - other)).anyMatch(v -> v != 0)) {
            throw new IllegalArgumentException("only the maximum with 0 is a ReLU");
        }
        return relu(node, x, other);
    }

    private Set<Integer> axes(Onnx.NodeProto node, Affine x) throws InputException {
        long[] axes = node.getInputCount() > 1
                ? Arrays.stream(constant(node, 1)).mapToLong(v -> (long) v).toArray()
                : Attributes.longs(node, "axes", new long[0]);
        int rank = x.shape().length;
        Set<Integer> from = Arrays.stream(axes)
                .mapToObj(a -> (int) (a < 0 ? a + rank : a))
                .collect(Collectors.toSet());
        if (from.isEmpty() || from.contains(0) && x.shape()[0] == 1) {
            throw new IllegalArgumentException("it reduces the batch as well");
        }
        return from;
    }

    private Affine pad(Onnx.NodeProto node, Affine x) throws InputException {
        boolean zeros = node.getInputCount() <= 2 || node.getInput(2).isEmpty() || constant(node, 2)[0] == 0;
        if (!Attributes.text(node, "mode", "constant").equals("constant")
                || !zeros
                || Attributes.real(node, "value", 0) != 0
                || node.getInputCount() > 3 && !node.getInput(3).isEmpty()) {
            throw new IllegalArgumentException("only zeros around all dimensions are supported");
        }
        int[] pads = node.getInputCount() > 1
                ? Arrays.stream(constant(node, 1)).mapToInt(v -> (int) v).toArray()
                : Arrays.stream(Attributes.longs(node, "pads", new long[0]))
                        .mapToInt(Math::toIntExact)
                        .toArray();
        return Reduction.padded(x, pads);
    }

    private Affine relu(Onnx.NodeProto node, Affine x, int input) {
        if (x.isConstant()) {
            return Affine.constant(x.shape(), Arrays.stream(x.bias()).map(v -> Math.max(v, 0)).toArray());
        }
        blocks.add(x.block(node.getName().isEmpty() ? node.getOutput(0) : node.getName()));
        reluInputs.add(node.getInput(input));
        return Affine.node(blocks.size(), x.shape());
    }

    private static Affine flatten(Affine x, int axis) {
        int at = axis < 0 ? axis + x.shape().length : axis;
        int lead = Affine.size(Arrays.copyOf(x.shape(), at));
        return x.reshaped(new int[] {lead, x.size() / lead});
    }

    /** The target for one sample; a file for larger batches names their size. */
    private static int[] reshape(Affine x, double[] to, long batch) {
        int[] shape = new int[to.length];
        int known = 1;
        int open = -1;
        for (int d = 0; d < to.length; d++) {
            shape[d] = to[d] == 0 ? x.shape()[d] : d == 0 && to[d] == batch ? 1 : (int) to[d];
            if (shape[d] < 0) {
                open = d;
            } else {
                known *= shape[d];
            }
        }
        if (open >= 0) {
            shape[open] = x.size() / known;
        }
        if (Affine.size(shape) != x.size()) {
            throw new IllegalArgumentException(
                    Arrays.toString(x.shape()) + " cannot become " + Arrays.toString(shape) + " with one sample");
        }
        return shape;
    }

    private int[] squeezed(Onnx.NodeProto node, Affine x) throws InputException {
        boolean squeeze = node.getOpType().equals("Squeeze");
        long[] axes = node.getInputCount() > 1
                ? Arrays.stream(constant(node, 1)).mapToLong(v -> (long) v).toArray()
                : Attributes.longs(node, "axes", new long[0]);
        int rank = x.shape().length + (squeeze ? 0 : axes.length);
        Set<Integer> at = Arrays.stream(axes)
                .mapToObj(a -> (int) (a < 0 ? a + rank : a))
                .collect(Collectors.toSet());
        List<Integer> shape = new ArrayList<>();
        int next = 0;
        for (int d = 0; d < rank; d++) {
            if (!squeeze) {
                shape.add(at.contains(d) ? 1 : x.shape()[next++]);
            } else if (!(at.isEmpty() ? x.shape()[d] == 1 : at.contains(d))) {
                shape.add(x.shape()[d]);
            }
        }
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] order(Onnx.NodeProto node, int rank) {
        long[] reversed = IntStream.range(0, rank).mapToLong(d -> rank - 1 - d).toArray();
        return Arrays.stream(Attributes.longs(node, "perm", reversed)).mapToInt(Math::toIntExact).toArray();
    }

    private Affine gemm(Onnx.NodeProto node, Affine x) throws InputException {
        if (Attributes.integer(node, "transA", 0) != 0) {
            x = x.transposed(new int[] {1, 0});
        }
        Affine b = at(node, 1);
        if (Attributes.integer(node, "transB", 0) != 0) {
            b = b.transposed(new int[] {1, 0});
        }
        Affine product = matMul(node, x, b);
        double alpha = Attributes.real(node, "alpha", 1);
        if (alpha != 1) {
            product = product.times(Affine.constant(new int[0], new double[] {alpha}));
        }
        return node.getInputCount() > 2 && !node.getInput(2).isEmpty()
                ? product.plus(at(node, 2), Attributes.real(node, "beta", 1))
                : product;
    }

    private Affine matMul(Onnx.NodeProto node, Affine a, Affine b) {
        if (!a.isConstant() && !b.isConstant()) {
            throw new IllegalArgumentException("both factors depend on the input");
        }
        if (a.isConstant() && b.isConstant()) {
            throw new IllegalArgumentException("both factors of " + node.getOutput(0) + " are constant");
        }
        Affine constant = b.isConstant() ? b : a;
        if (constant.shape().length != 2) {
            throw new IllegalArgumentException("the constant factor has " + constant.shape().length + " dimensions");
        }
        return b.isConstant() ? right(a, b) : left(a, b);
    }

    /** x W: every row of x. */
    private static Affine right(Affine x, Affine w) {
        int inner = w.shape()[0];
        int outer = w.shape()[1];
        int[] shape = x.shape().clone();
        if (shape[shape.length - 1] != inner) {
            throw new IllegalArgumentException(Arrays.toString(x.shape()) + " times " + Arrays.toString(w.shape()));
        }
        shape[shape.length - 1] = outer;
        int count = x.size() / inner;
        Linear.Rows rows = new Linear.Rows(count * outer, x.size());
        for (int n = 0; n < count; n++) {
            for (int o = 0; o < outer; o++) {
                for (int i = 0; i < inner; i++) {
                    rows.add(n * inner + i, w.bias()[i * outer + o]);
                }
                rows.endRow();
            }
        }
        return x.mapped(rows.build(), shape);
    }

    /** W x for a vector or a matrix of columns. */
    private static Affine left(Affine w, Affine x) {
        int outer = w.shape()[0];
        int inner = w.shape()[1];
        int rank = x.shape().length;
        int columns = rank == 1 ? 1 : x.shape()[rank - 1];
        int[] shape = x.shape().clone();
        int axis = rank == 1 ? 0 : rank - 2;
        if (shape[axis] != inner || x.size() != inner * columns) {
            throw new IllegalArgumentException(Arrays.toString(w.shape()) + " times " + Arrays.toString(x.shape()));
        }
        shape[axis] = outer;
        Linear.Rows rows = new Linear.Rows(outer * columns, x.size());
        for (int o = 0; o < outer; o++) {
            for (int c = 0; c < columns; c++) {
                for (int i = 0; i < inner; i++) {
                    rows.add(i * columns + c, w.bias()[o * inner + i]);
                }
                rows.endRow();
            }
        }
        return x.mapped(rows.build(), shape);
    }

    private Affine convolution(Onnx.NodeProto node, Affine x) throws InputException {
        Affine w = at(node, 1);
        double[] weights = constant(node, 1);
        int[] kernel = Arrays.copyOfRange(w.shape(), 2, w.shape().length);
        Convolution window = new Convolution(node, x.shape(), kernel);
        int outputs = w.shape()[0];
        int groups = (int) Attributes.integer(node, "group", 1);
        Affine product = x.mapped(window.convolution(weights, outputs, groups), window.shape(outputs));
        return node.getInputCount() > 2 && !node.getInput(2).isEmpty()
                ? product.plus(perChannel(constant(node, 2), x.shape().length), 1)
                : product;
    }

    private static Affine perChannel(double[] values, int rank) {
        int[] shape = new int[rank];
        Arrays.fill(shape, 1);
        shape[1] = values.length;
        return Affine.constant(shape, values);
    }

    private Affine batchNormalisation(Onnx.NodeProto node, Affine x) throws InputException {
        double[] scale = constant(node, 1);
        double[] shift = constant(node, 2);
        double[] mean = constant(node, 3);
        double[] variance = constant(node, 4);
        double epsilon = Attributes.real(node, "epsilon", 1e-5f);
        double[] factor = new double[scale.length];
        double[] constant = new double[scale.length];
        for (int i = 0; i < factor.length; i++) {
            factor[i] = scale[i] / Math.sqrt(variance[i] + epsilon);
            constant[i] = shift[i] - mean[i] * factor[i];
        }
        int rank = x.shape().length;
        return x.times(perChannel(factor, rank)).plus(perChannel(constant, rank), 1);
    }

    private static Affine averagePool(Onnx.NodeProto node, Affine x, int[] whole) {
        int[] kernel = whole != null
                ? whole
                : Arrays.stream(Attributes.longs(node, "kernel_shape", new long[0]))
                        .mapToInt(Math::toIntExact)
                        .toArray();
        if (Attributes.integer(node, "ceil_mode", 0) != 0) {
            throw new IllegalArgumentException("ceil_mode is not supported");
        }
        Convolution window = new Convolution(node, x.shape(), kernel);
        boolean countPadding = Attributes.integer(node, "count_include_pad", 0) != 0;
        return x.mapped(window.average(countPadding), window.shape(x.shape()[1]));
    }
}

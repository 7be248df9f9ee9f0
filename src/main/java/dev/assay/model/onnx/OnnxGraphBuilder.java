package dev.assay.model.onnx;

import dev.assay.analysis.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Writes feed-forward networks as ONNX: nodes are added in the order of evaluation, each call hands back the name of
 * the tensor that it made. Weights are float32. Names of nodes and tensors are the ones given, or made from the
 * operator and a number. Used by one thread.
 *
 * <pre>{@code
 * var g = new OnnxGraphBuilder("mlp");
 * String x = g.input("x", -1, 784);
 * String h = g.relu(g.gemm(x, g.initializer("w1", w1, 256, 784), g.initializer("b1", b1, 256)));
 * g.output(g.gemm(h, g.initializer("w2", w2, 10, 256), g.initializer("b2", b2, 10)), -1, 10);
 * g.write(Path.of("mlp.onnx"));
 * }</pre>
 */
public final class OnnxGraphBuilder {

    /** The operator set that is written unless another is asked for; read by every runtime since 2020. */
    public static final int DEFAULT_OPSET = 13;

    private static final String BATCH = "N";

    private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private int opset = DEFAULT_OPSET;
    private int irVersion = 7;
    private String producer = "Assay";

    /** @param name the graph's name */
    public OnnxGraphBuilder(String name) {
        graph.setName(name);
    }

    /** Writes for another operator set and the format version that belongs to it, e.g. opset 9 with IR version 4. */
    public OnnxGraphBuilder versions(int opset, int irVersion) {
        this.opset = opset;
        this.irVersion = irVersion;
        return this;
    }

    /** Names the program that wrote the file. */
    public OnnxGraphBuilder producer(String name) {
        producer = name;
        return this;
    }

    /**
     * Gives a node, and the tensor that it made, another name. Call it before the tensor is used, best around the call
     * that made it: {@code g.named("hidden", g.relu(x))}.
     *
     * @param tensor what the call that added the node handed back
     * @return the new name
     */
    public String named(String name, String tensor) {
        Onnx.NodeProto.Builder last = graph.getNodeCount() == 0
                ? Onnx.NodeProto.newBuilder()
                : graph.getNodeBuilder(graph.getNodeCount() - 1);
        if (last.getOutputCount() == 0 || !last.getOutput(0).equals(tensor)) {
            throw new IllegalArgumentException("'" + tensor + "' was not made by the last node");
        }
        last.setName(name).setOutput(0, name);
        return name;
    }

    /** Declares a float32 input; -1 stands for the batch dimension. */
    public String input(String name, int... shape) {
        graph.addInput(valueInfo(name, Onnx.TensorProto.DataType.FLOAT, shape));
        return name;
    }

    /** Declares that a tensor is the network's output; -1 stands for the batch dimension. */
    public void output(String tensor, int... shape) {
        graph.addOutput(valueInfo(tensor, Onnx.TensorProto.DataType.FLOAT, shape));
    }

    /**
     * Stores a float32 tensor.
     *
     * @param values row-major, as many as the shape says
     */
    public String initializer(String name, float[] values, int... shape) {
        graph.addInitializer(tensor(name, values, shape));
        return name;
    }

    /** Stores an int64 tensor, such as the shape that a Reshape takes. */
    public String initializer(String name, long[] values, int... shape) {
        graph.addInitializer(tensor(name, values, shape));
        return name;
    }

    /** Fully connected layer {@code x W^T + b}; the weight is stored as [out, in]. */
    public String gemm(String x, String weight, String bias) {
        return node("Gemm", List.of(x, weight, bias), Map.of("transB", 1L));
    }

    /** {@code max(x, 0)}. */
    public String relu(String x) {
        return node("Relu", List.of(x));
    }

    /** {@code x} above 0, {@code slope x} below. */
    public String leakyRelu(String x, float slope) {
        return node("LeakyRelu", List.of(x), Map.of("alpha", slope));
    }

    /** Matrix product. */
    public String matMul(String a, String b) {
        return node("MatMul", List.of(a, b));
    }

    /** Sum with broadcasting. */
    public String add(String a, String b) {
        return node("Add", List.of(a, b));
    }

    /** Difference with broadcasting. */
    public String sub(String a, String b) {
        return node("Sub", List.of(a, b));
    }

    /** Product with broadcasting. */
    public String mul(String a, String b) {
        return node("Mul", List.of(a, b));
    }

    /** Quotient with broadcasting. */
    public String div(String a, String b) {
        return node("Div", List.of(a, b));
    }

    /**
     * Two-dimensional convolution of [N, C, H, W].
     *
     * @param weight stored as [out channels, in channels / groups, height, width]
     * @param bias stored as [out channels]
     * @param stride step in both directions
     * @param padding zeros on all four sides
     */
    public String conv(String x, String weight, String bias, int stride, int padding) {
        return node(
                "Conv",
                List.of(x, weight, bias),
                Map.of(
                        "strides", new long[] {stride, stride},
                        "pads", new long[] {padding, padding, padding, padding}));
    }

    /** Largest value of each square window without padding. */
    public String maxPool(String x, int size, int stride) {
        return node("MaxPool", List.of(x), Map.of("kernel_shape", new long[] {size, size}, "strides", new long[] {
            stride, stride
        }));
    }

    /** Mean of each square window without padding. */
    public String averagePool(String x, int size, int stride) {
        return node("AveragePool", List.of(x), Map.of("kernel_shape", new long[] {size, size}, "strides", new long[] {
            stride, stride
        }));
    }

    /** Mean of each channel over all positions. */
    public String globalAveragePool(String x) {
        return node("GlobalAveragePool", List.of(x));
    }

    /** Batch normalisation in inference mode: {@code scale (x - mean) / sqrt(variance + epsilon) + bias}. */
    public String batchNormalization(String x, String scale, String bias, String mean, String variance, float epsilon) {
        return node("BatchNormalization", List.of(x, scale, bias, mean, variance), Map.of("epsilon", epsilon));
    }

    /** All dimensions from {@code axis} on become one. */
    public String flatten(String x, int axis) {
        return node("Flatten", List.of(x), Map.of("axis", (long) axis));
    }

    /** Another shape; {@code shape} names a stored int64 tensor. */
    public String reshape(String x, String shape) {
        return node("Reshape", List.of(x, shape));
    }

    /** Dimensions in another order. */
    public String transpose(String x, int... permutation) {
        long[] order = new long[permutation.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = permutation[i];
        }
        return node("Transpose", List.of(x), Map.of("perm", order));
    }

    /** Tensors joined along an axis. */
    public String concat(int axis, String... tensors) {
        return node("Concat", List.of(tensors), Map.of("axis", (long) axis));
    }

    /** Exponentials that sum to 1 along an axis. */
    public String softmax(String x, int axis) {
        return node("Softmax", List.of(x), Map.of("axis", (long) axis));
    }

    /** A node without attributes; the name of its output. */
    public String node(String operator, List<String> inputs) {
        return node(operator, inputs, Map.of());
    }

    /**
     * Any node with one output.
     *
     * @param attributes values are Long, Float, String, long[], float[]
     * @return the output's name
     */
    public String node(String operator, List<String> inputs, Map<String, ?> attributes) {
        int number = counts.merge(operator, 1, Integer::sum);
        String name = operator + "_" + number;
        Onnx.NodeProto.Builder node = Onnx.NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(name);
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> node.addAttribute(attribute(e.getKey(), e.getValue())));
        graph.addNode(node);
        return name;
    }

    /** Any node, as it is. */
    public void node(Onnx.NodeProto node) {
        graph.addNode(node);
    }

    /** The finished model. */
    public Onnx.ModelProto build() {
        return Onnx.ModelProto.newBuilder()
                .setIrVersion(irVersion)
                .setProducerName(producer)
                .addOpsetImport(
                        Onnx.OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setGraph(graph)
                .build();
    }

    /** The finished model as the content of a file. */
    public byte[] toBytes() {
        return build().toByteArray();
    }

    /**
     * Writes the finished model. A file of that name is replaced only when the new one is complete.
     *
     * @throws IOException when it cannot be written
     */
    public void write(Path file) throws IOException {
        WholeFile.write(file, build()::writeTo);
    }

    static Onnx.ValueInfoProto valueInfo(String name, Onnx.TensorProto.DataType type, int... shape) {
        List<Onnx.TensorShapeProto.Dimension> dimensions = new ArrayList<>();
        for (int d : shape) {
            dimensions.add(
                    d < 0
                            ? Onnx.TensorShapeProto.Dimension.newBuilder()
                                    .setDimParam(BATCH)
                                    .build()
                            : Onnx.TensorShapeProto.Dimension.newBuilder()
                                    .setDimValue(d)
                                    .build());
        }
        return Onnx.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(Onnx.TypeProto.newBuilder()
                        .setTensorType(Onnx.TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(Onnx.TensorShapeProto.newBuilder().addAllDim(dimensions))))
                .build();
    }

    static Onnx.TensorProto tensor(String name, float[] values, int... shape) {
        check(name, values.length, shape);
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor(name, Onnx.TensorProto.DataType.FLOAT, raw, shape);
    }

    static Onnx.TensorProto tensor(String name, long[] values, int... shape) {
        check(name, values.length, shape);
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, Onnx.TensorProto.DataType.INT64, raw, shape);
    }

    private static Onnx.TensorProto tensor(String name, Onnx.TensorProto.DataType type, ByteBuffer raw, int... shape) {
        Onnx.TensorProto.Builder tensor = Onnx.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(raw));
        for (int d : shape) {
            tensor.addDims(d);
        }
        return tensor.build();
    }

    private static void check(String name, int count, int[] shape) {
        long size = 1;
        for (int d : shape) {
            size = Math.multiplyExact(size, d);
        }
        if (size != count) {
            throw new IllegalArgumentException(name + " has " + count + " values, its shape says " + size);
        }
    }

    static Onnx.AttributeProto attribute(String name, Object value) {
        Onnx.AttributeProto.Builder attribute = Onnx.AttributeProto.newBuilder().setName(name);
        switch (value) {
            case Long number ->
                attribute.setType(Onnx.AttributeProto.AttributeType.INT).setI(number);
            case Float number ->
                attribute.setType(Onnx.AttributeProto.AttributeType.FLOAT).setF(number);
            case String text ->
                attribute.setType(Onnx.AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
            case long[] numbers -> {
                attribute.setType(Onnx.AttributeProto.AttributeType.INTS);
                for (long number : numbers) {
                    attribute.addInts(number);
                }
            }
            case float[] numbers -> {
                attribute.setType(Onnx.AttributeProto.AttributeType.FLOATS);
                for (float number : numbers) {
                    attribute.addFloats(number);
                }
            }
            default ->
                throw new IllegalArgumentException("attribute " + name + " has a value of type "
                        + value.getClass().getName());
        }
        return attribute.build();
    }
}

package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx;

/**
 * How a graph takes its samples.
 *
 * @param sample shape of a sample without the batch dimension
 * @param fixedBatch samples per call that the file fixes; 1 when it fixes none
 * @param free whether the file leaves the batch dimension open
 * @param single whether the file's input has no batch dimension at all
 */
record InputShape(int[] sample, int fixedBatch, boolean free, boolean single) {

    /** More than any picture has; a damaged file must not ask for all the memory. */
    private static final int LARGEST_SAMPLE = 1 << 24;

    /**
     * Reads the declared shape.
     *
     * @param asked the sample's shape from the user, for files that leave dimensions open; empty to go without
     * @throws InputException when a dimension other than the first is open
     */
    static InputShape of(Graph graph, int[] asked) throws InputException {
        Onnx.TypeProto.Tensor type = graph.input().getType().getTensorType();
        String where = graph.source().where();
        String name = graph.input().getName();
        if (!graph.input().getType().hasTensorType()) {
            throw new InputException(
                    "the input '" + name + "' is no tensor", where, "export the model with a tensor as input");
        }
        int[] weight = firstWeight(graph);
        boolean vector = weight.length == 1;
        if (!type.hasShape() && asked.length == 0 && !vector) {
            throw new InputException(
                    "the file does not say the shape of the input '" + name + "'",
                    where,
                    "give the sample's shape behind the path, such as ?shape=1x28x28");
        }
        int[] declared = new int[type.getShape().getDimCount()];
        for (int i = 0; i < declared.length; i++) {
            long d = type.getShape().getDim(i).getDimValue();
            if (d > Integer.MAX_VALUE) {
                throw new InputException(
                        "the input '" + name + "' has a dimension of " + d, where, "export the model again");
            }
            declared[i] = d <= 0 ? -1 : (int) d;
        }
        if (!type.hasShape()) {
            declared = new int[(asked.length == 0 ? 1 : asked.length) + 1];
            Arrays.fill(declared, -1);
        }
        InputShape shape = read(graph, declared);
        int[] sample = shape.sample().clone();
        fill(sample, weight);
        if (asked.length > 0) {
            if (asked.length != sample.length) {
                throw new InputException(
                        "the sample's shape " + text(asked) + " has " + asked.length + " dimensions, the input '" + name
                                + "' has " + sample.length + " beside the batch",
                        where,
                        "give as many, such as ?shape=" + text(sample).replace('?', '1'));
            }
            for (int i = 0; i < sample.length; i++) {
                if (sample[i] >= 0 && sample[i] != asked[i]) {
                    throw new InputException(
                            "the sample's shape " + text(asked) + " contradicts the input '" + name + "', which takes "
                                    + text(sample),
                            where,
                            "give sizes only where the file has '?'");
                }
                sample[i] = asked[i];
            }
        }
        if (Arrays.stream(sample).anyMatch(d -> d < 0)) {
            throw new InputException(
                    "the file leaves the size of a sample open: the input '" + name + "' takes " + text(sample),
                    where,
                    "give the sample's shape behind the path, such as ?shape="
                            + text(sample).replace("?", "224") + ", or export with fixed sizes");
        }
        long size = 1;
        for (int d : sample) {
            size *= d;
            if (size > LARGEST_SAMPLE) {
                throw new InputException(
                        "a sample of " + text(sample) + " has more than " + LARGEST_SAMPLE + " values",
                        where,
                        "check the input's shape and export the model again");
            }
        }
        return new InputShape(sample, shape.fixedBatch(), shape.free(), shape.single());
    }

    /** Sizes that the file leaves open but the first weight fixes: the features of a vector, the channels of an image. */
    private static void fill(int[] sample, int[] weight) {
        int at = weight.length == 1 ? sample.length - 1 : 0;
        boolean same = weight.length > 0 && (weight.length == 1 || weight.length == sample.length);
        if (same && at >= 0 && sample[at] < 0) {
            sample[at] = weight[0];
        }
    }

    /**
     * What the first weighted layer takes of a sample: the features of a linear layer, the channels of a convolution with
     * its open positions; empty when something else comes first.
     */
    private static int[] firstWeight(Graph graph) {
        String tensor = graph.input().getName();
        while (graph.consumers(tensor).size() == 1) {
            Graph.Node node = graph.consumers(tensor).getFirst();
            boolean first = node.input(0).equals(tensor);
            List<Long> other = graph.constant(node.input(first ? 1 : 0))
                    .map(Onnx.TensorProto::getDimsList)
                    .orElse(List.of());
            switch (node.operator()) {
                case "Gemm" -> {
                    boolean plain = first && other.size() == 2 && node.integer("transA", 0) == 0;
                    return plain ? new int[] {size(other, node.integer("transB", 0) != 0 ? 1 : 0)} : new int[0];
                }
                case "MatMul" -> {
                    return first && other.size() == 2 ? new int[] {size(other, 0)} : new int[0];
                }
                case "Conv" -> {
                    if (!first || other.size() < 3) {
                        return new int[0];
                    }
                    int[] channels = new int[other.size() - 1];
                    Arrays.fill(channels, -1);
                    channels[0] = Math.clamp(other.get(1) * node.integer("group", 1), -1, Integer.MAX_VALUE);
                    return channels;
                }
                case "Identity", "Cast", "Add", "Sub", "Mul", "Div" -> {
                    if (other.stream().anyMatch(d -> d != 1)) {
                        return new int[0];
                    }
                    tensor = node.output();
                }
                default -> {
                    return new int[0];
                }
            }
        }
        return new int[0];
    }

    private static int size(List<Long> dimensions, int at) {
        return Math.toIntExact(dimensions.get(at));
    }

    private static InputShape read(Graph graph, int[] declared) {
        if (declared.length < 2) {
            return new InputShape(declared, 1, false, true);
        }
        int[] rest = Arrays.copyOfRange(declared, 1, declared.length);
        if (declared[0] < 0) {
            return new InputShape(rest, 1, true, false);
        }
        if (declared.length == 2 && takesColumns(graph)) {
            return new InputShape(declared, 1, false, true);
        }
        if (declared[0] == 1) {
            return new InputShape(rest, 1, false, false);
        }
        // A larger first dimension is a batch if the scores have it too, or if images need one.
        List<Onnx.TensorShapeProto.Dimension> scores =
                graph.output().getType().getTensorType().getShape().getDimList();
        boolean batch =
                declared.length >= 4 || (scores.size() > 1 && scores.getFirst().getDimValue() == declared[0]);
        return batch ? new InputShape(rest, declared[0], false, false) : new InputShape(declared, 1, false, true);
    }

    /** Whether a stored weight multiplies from the left, as in {@code W x}: the sample is then a column. */
    private static boolean takesColumns(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(n -> n.operator().equals("MatMul")
                        && graph.used(n)
                        && graph.constant(n.input(0)).isPresent()
                        && graph.constant(n.input(1)).isEmpty());
    }

    private static String text(int[] shape) {
        return new dev.assay.model.TensorInfo("", "", shape).shapeText();
    }

    /** The tensor's shape for a number of samples. */
    long[] dimensions(int count) {
        int batch = single ? 0 : 1;
        long[] dimensions = new long[sample.length + batch];
        if (!single) {
            dimensions[0] = count;
        }
        for (int i = 0; i < sample.length; i++) {
            dimensions[i + batch] = sample[i];
        }
        return dimensions;
    }

    /** The same input with a free batch dimension in front. */
    InputShape batched() {
        return new InputShape(sample, 1, true, false);
    }
}

package dev.assay.analyses.complexity;

import dev.assay.analysis.InputException;
import dev.assay.model.TensorInfo;
import dev.assay.model.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A network's graph made ready for merging: quantised weights become the numbers they stand for, and a stored tensor that
 * several operations use becomes one tensor for each use, because its uses may end with different numbers of features.
 *
 * @param model the graph to work on; computes what the file's graph does
 * @param tied names of the file's tensors that had several uses
 * @param quantised names of the file's tensors that were dequantised
 * @param origins for every copy the name of the file's tensor
 */
record WorkingGraph(
        Onnx.ModelProto model, List<String> tied, List<String> quantised, Map<String, String> origins) {

    /** Element types of real numbers. */
    static final Set<Integer> REAL = Set.of(
            Onnx.TensorProto.DataType.FLOAT_VALUE,
            Onnx.TensorProto.DataType.DOUBLE_VALUE,
            Onnx.TensorProto.DataType.FLOAT16_VALUE,
            Onnx.TensorProto.DataType.BFLOAT16_VALUE);

    /**
     * Prepares the graph of a network; the network's own stays as it is.
     *
     * @throws InputException when the file can no longer be read
     */
    static WorkingGraph of(OnnxModel network) throws InputException {
        Onnx.ModelProto original = network.graph();
        List<String> quantised = new ArrayList<>();
        Onnx.GraphProto.Builder graph = original.getGraph().toBuilder();
        dequantise(graph, network, quantised);
        List<String> tied = new ArrayList<>();
        Map<String, String> origins = new HashMap<>();
        untie(graph, tied, origins);
        return new WorkingGraph(original.toBuilder().setGraph(graph).build(), tied, quantised, origins);
    }

    /** The name in the file of a tensor of this graph. */
    String origin(String tensor) {
        return origins.getOrDefault(tensor, tensor);
    }

    private static void dequantise(Onnx.GraphProto.Builder graph, OnnxModel network, List<String> quantised)
            throws InputException {
        Map<String, Onnx.TensorProto> stored = MergedNetwork.stored(graph.build());
        for (int n = 0; n < graph.getNodeCount(); n++) {
            Onnx.NodeProto node = graph.getNode(n);
            if (node.getOpType().equals("DequantizeLinear")
                    && node.getInputList().stream().allMatch(stored::containsKey)) {
                quantised.add(node.getInput(0));
                graph.addInitializer(dequantised(node, stored, network));
                graph.removeNode(n--);
            } else if (isWidened(node, stored)) {
                Onnx.TensorProto tensor = stored.get(node.getInput(0));
                graph.addInitializer(float32(node.getOutput(0), tensor, read(network, tensor.getName())));
                graph.removeNode(n--);
            }
        }
    }

    /** Whether a stored tensor of another real type is cast to float32, as weights that are kept in half precision are. */
    private static boolean isWidened(Onnx.NodeProto node, Map<String, Onnx.TensorProto> stored) {
        return node.getOpType().equals("Cast")
                && isReal(stored.get(node.getInput(0)))
                && node.getAttributeList().stream()
                        .anyMatch(a -> a.getName().equals("to")
                                && a.getI() == Onnx.TensorProto.DataType.FLOAT_VALUE);
    }

    private static Onnx.TensorProto float32(String name, Onnx.TensorProto like, float[] values) {
        java.nio.ByteBuffer raw = java.nio.ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(java.nio.ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return Onnx.TensorProto.newBuilder()
                .setName(name)
                .setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(like.getDimsList())
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }

    /** {@code (x - zero point) * scale}, with one scale for the whole tensor or one for each entry of an axis. */
    private static Onnx.TensorProto dequantised(
            Onnx.NodeProto node, Map<String, Onnx.TensorProto> stored, OnnxModel network) throws InputException {
        Onnx.TensorProto tensor = stored.get(node.getInput(0));
        float[] values = read(network, tensor.getName());
        float[] scale = read(network, node.getInput(1));
        float[] zero = node.getInputCount() > 2 ? read(network, node.getInput(2)) : new float[scale.length];
        int axis = (int) node.getAttributeList().stream()
                .filter(a -> a.getName().equals("axis"))
                .findFirst()
                .map(Onnx.AttributeProto::getI)
                .orElse(1L)
                .longValue();
        if (axis < 0) {
            axis += tensor.getDimsCount();
        }
        long inner = 1;
        for (int d = axis + 1; scale.length > 1 && d < tensor.getDimsCount(); d++) {
            inner *= tensor.getDims(d);
        }
        for (int i = 0; i < values.length; i++) {
            int s = scale.length > 1 ? (int) (i / inner % scale.length) : 0;
            values[i] = (values[i] - zero[s]) * scale[s];
        }
        return float32(node.getOutput(0), tensor, values);
    }

    private static float[] read(OnnxModel network, String tensor) throws InputException {
        return network.values(new TensorInfo(tensor, "float32", new int[0]));
    }

    private static void untie(Onnx.GraphProto.Builder graph, List<String> tied, Map<String, String> origins) {
        Map<String, Onnx.TensorProto> stored = new LinkedHashMap<>(MergedNetwork.stored(graph.build()));
        Map<String, String> aliases = new HashMap<>();
        Set<String> used = new HashSet<>();
        Set<String> shared = new LinkedHashSet<>();
        for (int n = 0; n < graph.getNodeCount(); n++) {
            Onnx.NodeProto node = graph.getNode(n);
            if (node.getOpType().equals("Identity") && isWeight(stored.get(root(node.getInput(0), aliases)))) {
                aliases.put(node.getOutput(0), root(node.getInput(0), aliases));
                continue;
            }
            Onnx.NodeProto.Builder edited = null;
            for (int k = 0; k < node.getInputCount(); k++) {
                String tensor = root(node.getInput(k), aliases);
                if (isWeight(stored.get(tensor)) && !used.add(tensor)) {
                    shared.add(tensor);
                    String copy = freeName(tensor, stored);
                    Onnx.TensorProto named =
                            stored.get(tensor).toBuilder().setName(copy).build();
                    stored.put(copy, named);
                    used.add(copy);
                    origins.put(copy, tensor);
                    graph.addInitializer(named);
                    edited = edited == null ? node.toBuilder() : edited;
                    edited.setInput(k, copy);
                }
            }
            if (edited != null) {
                graph.setNode(n, edited);
            }
        }
        tied.addAll(shared);
    }

    private static String root(String tensor, Map<String, String> aliases) {
        return aliases.getOrDefault(tensor, tensor);
    }

    /** Scalars and shapes have no features; they stay shared. */
    private static boolean isWeight(Onnx.TensorProto tensor) {
        return isReal(tensor) && tensor.getDimsList().stream().anyMatch(d -> d > 1);
    }

    /** Whether it is a stored tensor of real numbers. */
    static boolean isReal(Onnx.TensorProto tensor) {
        return tensor != null && REAL.contains(tensor.getDataType());
    }

    private static String freeName(String tensor, Map<String, Onnx.TensorProto> stored) {
        int use = 2;
        while (stored.containsKey(tensor + " (use " + use + ")")) {
            use++;
        }
        return tensor + " (use " + use + ")";
    }

    /**
     * Reads the tensors of this graph, each of the file's once; for one thread at a time. Real tensors are read where the
     * file holds them, dequantised ones come from here.
     */
    MergedNetwork.Values values(OnnxModel network) {
        Map<String, float[]> read = new HashMap<>();
        Map<String, Onnx.TensorProto> here = MergedNetwork.stored(model.getGraph());
        return name -> {
            String origin = origin(name);
            float[] known = read.get(origin);
            if (known == null) {
                known = isOfFile(origin, network) ? read(network, origin) : floats(here.get(origin));
                read.put(origin, known);
            }
            return known;
        };
    }

    private boolean isOfFile(String tensor, OnnxModel network) {
        return network.tensors().stream().anyMatch(t -> t.name().equals(tensor));
    }

    private static float[] floats(Onnx.TensorProto dequantised) {
        float[] values = new float[dequantised.getRawData().size() / Float.BYTES];
        dequantised
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}

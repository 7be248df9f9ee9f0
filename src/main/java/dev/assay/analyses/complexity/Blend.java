package dev.assay.analyses.complexity;

import dev.assay.analysis.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** Networks on the straight line between two networks of one structure. */
final class Blend {

    private final Onnx.ModelProto model;
    private final MergedNetwork.Values from;
    private final MergedNetwork.Values to;

    /**
     * @param model the structure
     * @param from weights at one end, by the structure's names
     * @param to weights at the other end
     */
    Blend(Onnx.ModelProto model, MergedNetwork.Values from, MergedNetwork.Values to) {
        this.model = model;
        this.from = from;
        this.to = to;
    }

    /**
     * The values of the second network with its features in another order.
     *
     * @param order for every group which feature stands at each place
     */
    static MergedNetwork.Values reordered(
            NetworkUnderAnalysis network, MergedNetwork.Values second, List<int[]> order) throws InputException {
        List<List<int[]>> singles = order.stream()
                .map(o -> java.util.Arrays.stream(o)
                        .mapToObj(i -> new int[] {i})
                        .toList())
                .toList();
        Onnx.ModelProto reordered =
                MergedNetwork.write(network.graph(), second, network.groups(), singles, false, true, List.of());
        Set<String> moved = new HashSet<>();
        network.groups().groups().forEach(g -> moved.addAll(g.tensors()));
        Map<String, float[]> values = new HashMap<>();
        for (Onnx.TensorProto tensor : reordered.getGraph().getInitializerList()) {
            if (moved.contains(tensor.getName())) {
                float[] v = new float[tensor.getRawData().size() / Float.BYTES];
                tensor.getRawData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(v);
                values.put(tensor.getName(), v);
            }
        }
        return name -> {
            float[] known = values.get(name);
            return known == null ? second.of(name) : known;
        };
    }

    /**
     * The network at a place of the line.
     *
     * @param share 0 at the one end, 1 at the other
     */
    Onnx.ModelProto at(double share) throws InputException {
        Onnx.GraphProto.Builder graph = model.getGraph().toBuilder();
        Map<String, Onnx.TensorProto> stored = MergedNetwork.stored(model.getGraph());
        for (int n = 0; n < graph.getNodeCount(); n++) {
            Onnx.NodeProto node = graph.getNode(n);
            if (node.getOpType().equals("Constant") && WorkingGraph.isReal(stored.get(node.getOutput(0)))) {
                graph.addInitializer(stored.get(node.getOutput(0)));
                graph.removeNode(n--);
            }
        }
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            Onnx.TensorProto tensor = graph.getInitializer(i);
            if (WorkingGraph.isReal(tensor)) {
                graph.setInitializer(i, blended(tensor, share));
            }
        }
        return model.toBuilder().setGraph(graph).build();
    }

    private Onnx.TensorProto blended(Onnx.TensorProto tensor, double share) throws InputException {
        float[] a = from.of(tensor.getName());
        float[] b = to.of(tensor.getName());
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(a.length, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < a.length; i++) {
            raw.putFloat((float) ((1 - share) * a[i] + share * b[i]));
        }
        return Onnx.TensorProto.newBuilder()
                .setName(tensor.getName())
                .setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(tensor.getDimsList())
                .setRawData(ByteString.copyFrom(raw.flip()))
                .build();
    }
}

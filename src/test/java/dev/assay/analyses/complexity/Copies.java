package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx;

/** Widens networks by exact copies of their features, which changes nothing of what they compute. */
final class Copies {

    private Copies() {}

    /** Every feature {@code times} times: incoming weights copied, outgoing weights divided by the number. */
    static Onnx.ModelProto of(NetworkUnderAnalysis network, int times) throws Exception {
        List<List<int[]>> clusters = new ArrayList<>();
        for (Group group : network.groups().groups()) {
            List<int[]> copied = new ArrayList<>();
            for (int i = 0; i < group.size(); i++) {
                for (int k = 0; k < times; k++) {
                    copied.add(new int[] {i});
                }
            }
            clusters.add(copied);
        }
        MergedNetwork.Values values = network.values();
        Onnx.ModelProto widened =
                MergedNetwork.write(network.graph(), values, network.groups(), clusters, false, true, List.of());
        return divideOutgoing(widened, network, times);
    }

    private static Onnx.ModelProto divideOutgoing(Onnx.ModelProto model, NetworkUnderAnalysis network, int times) {
        Onnx.GraphProto.Builder graph = model.getGraph().toBuilder();
        for (Group group : network.groups().groups()) {
            for (FeatureGroups.Use use : group.uses()) {
                if (use.role() == FeatureGroups.Role.OUTGOING) {
                    for (int t = 0; t < graph.getInitializerCount(); t++) {
                        if (graph.getInitializer(t).getName().equals(use.tensor())) {
                            graph.setInitializer(t, divided(graph.getInitializer(t), use, group.size() * times, times));
                        }
                    }
                }
            }
        }
        return model.toBuilder().setGraph(graph).build();
    }

    private static Onnx.TensorProto divided(Onnx.TensorProto tensor, FeatureGroups.Use use, int size, int times) {
        java.nio.ByteBuffer raw = java.nio.ByteBuffer.wrap(tensor.getRawData().toByteArray())
                .order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int length = (int) tensor.getDims(use.axis());
        int inner = 1;
        for (int d = use.axis() + 1; d < tensor.getDimsCount(); d++) {
            inner *= (int) tensor.getDims(d);
        }
        int until = use.offset() * times + size * use.span();
        for (int i = 0; i < raw.capacity() / 4; i++) {
            int at = i / inner % length;
            if (at >= use.offset() * times && at < until) {
                raw.putFloat(4 * i, raw.getFloat(4 * i) / times);
            }
        }
        return tensor.toBuilder()
                .setRawData(org.nd4j.shade.protobuf.ByteString.copyFrom(raw.rewind()))
                .build();
    }
}

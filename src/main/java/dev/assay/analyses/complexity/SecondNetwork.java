package dev.assay.analyses.complexity;

import dev.assay.analysis.AnalysisException;
import dev.assay.model.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;

/** Reads the weights of a network of the same structure under the names of the first network. */
final class SecondNetwork {

    private SecondNetwork() {}

    /**
     * The second network's values, asked for by the names of the first network's tensors.
     *
     * @throws AnalysisException naming the first operation or weight in which the two networks differ
     */
    static MergedNetwork.Values values(NetworkUnderAnalysis first, OnnxModel second) throws AnalysisException {
        WorkingGraph other = WorkingGraph.of(second);
        Onnx.GraphProto a = first.graph().getGraph();
        Onnx.GraphProto b = other.model().getGraph();
        List<Onnx.NodeProto> nodesA = operations(a);
        List<Onnx.NodeProto> nodesB = operations(b);
        if (nodesA.size() != nodesB.size()) {
            throw differ(
                    nodesA.size() + " operations in " + first.model().name() + ", " + nodesB.size() + " in "
                            + second.name(),
                    second);
        }
        Map<String, Onnx.TensorProto> storedA = MergedNetwork.stored(a);
        Map<String, Onnx.TensorProto> storedB = MergedNetwork.stored(b);
        Map<String, String> names = new HashMap<>();
        for (int n = 0; n < nodesA.size(); n++) {
            Onnx.NodeProto x = nodesA.get(n);
            Onnx.NodeProto y = nodesB.get(n);
            if (!x.getOpType().equals(y.getOpType()) || x.getInputCount() != y.getInputCount()) {
                throw differ(
                        "operation " + (n + 1) + " is " + x.getOpType() + " in " + first.model().name() + ", "
                                + y.getOpType() + " in " + second.name(),
                        second);
            }
            if (!attributes(x).equals(attributes(y))) {
                throw differ("operation " + (n + 1) + " (" + x.getOpType() + ") has other settings", second);
            }
            for (int k = 0; k < x.getInputCount(); k++) {
                Onnx.TensorProto v = storedA.get(x.getInput(k));
                Onnx.TensorProto w = storedB.get(y.getInput(k));
                if ((v == null) != (w == null) || v != null && !v.getDimsList().equals(w.getDimsList())) {
                    throw differ(
                            "'" + x.getInput(k) + "' has shape " + shape(v) + " in " + first.model().name() + ", "
                                    + shape(w) + " in " + second.name(),
                            second);
                }
                if (v != null) {
                    names.put(v.getName(), w.getName());
                }
            }
        }
        MergedNetwork.Values values = other.values(second);
        return name -> values.of(names.getOrDefault(name, name));
    }

    private static List<Onnx.NodeProto> operations(Onnx.GraphProto graph) {
        List<Onnx.NodeProto> operations = new ArrayList<>();
        for (Onnx.NodeProto node : graph.getNodeList()) {
            if (!node.getOpType().equals("Constant") && !node.getOpType().equals("Identity")) {
                operations.add(node);
            }
        }
        return operations;
    }

    private static Set<Onnx.AttributeProto> attributes(Onnx.NodeProto node) {
        return new HashSet<>(node.getAttributeList());
    }

    private static String shape(Onnx.TensorProto tensor) {
        return tensor == null ? "none" : tensor.getDimsList().toString();
    }

    private static AnalysisException differ(String how, OnnxModel second) {
        return new AnalysisException(
                "the two networks have different structures: " + how,
                second.name(),
                "choose two networks that were trained from the same architecture");
    }
}

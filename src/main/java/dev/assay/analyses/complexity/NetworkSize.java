package dev.assay.analyses.complexity;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import onnx.Onnx;

/**
 * Size of a network.
 *
 * @param parameters values of convolution, linear and norm weights and biases; running statistics are not counted
 * @param multiplyAdds multiply-adds of convolutions and linear layers for one sample
 */
record NetworkSize(long parameters, long multiplyAdds) {

    /**
     * Counts.
     *
     * @param graph the network, merged or not
     * @param shapes shapes of the original's inner tensors; merging changes channels, never positions
     * @param changed shapes of stored tensors that are not those of the graph
     * @param identity tensors of the same identity are counted once
     */
    static NetworkSize of(
            Onnx.GraphProto graph,
            Map<String, long[]> shapes,
            Map<String, int[]> changed,
            UnaryOperator<String> identity) {
        Map<String, Onnx.TensorProto> stored = MergedNetwork.stored(graph);
        Set<String> counted = new HashSet<>();
        long parameters = 0;
        long multiplyAdds = 0;
        for (Onnx.NodeProto node : graph.getNodeList()) {
            int weights = switch (node.getOpType()) {
                case "Conv", "Gemm", "MatMul", "Add" -> node.getInputCount();
                case "BatchNormalization" -> 3;
                default -> 0;
            };
            for (int k = 0; k < weights; k++) {
                Onnx.TensorProto tensor = stored.get(node.getInput(k));
                if (tensor != null && counted.add(identity.apply(tensor.getName()))) {
                    parameters += size(tensor, changed);
                }
            }
            if (node.getOpType().equals("Conv") && stored.containsKey(node.getInput(1))) {
                multiplyAdds += size(stored.get(node.getInput(1)), changed) * positions(shapes.get(node.getOutput(0)));
            } else if (node.getOpType().equals("Gemm") || node.getOpType().equals("MatMul")) {
                Onnx.TensorProto weight = stored.getOrDefault(node.getInput(1), stored.get(node.getInput(0)));
                multiplyAdds += weight == null ? 0 : size(weight, changed);
            }
        }
        return new NetworkSize(parameters, multiplyAdds);
    }

    private static long size(Onnx.TensorProto tensor, Map<String, int[]> changed) {
        int[] shape = changed.get(tensor.getName());
        if (shape != null) {
            return Arrays.stream(shape).asLongStream().reduce(1L, Math::multiplyExact);
        }
        return tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
    }

    private static long positions(long[] shape) {
        long positions = 1;
        for (int d = 2; shape != null && d < shape.length; d++) {
            positions *= shape[d];
        }
        return positions;
    }
}

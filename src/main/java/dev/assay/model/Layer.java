package dev.assay.model;

import java.util.List;

/**
 * A node of the network's graph.
 *
 * @param name the node's name, or one made from its operator and number
 * @param operator e.g. {@code Gemm}
 * @param outputShape without the batch dimension; -1 for an unknown dimension
 * @param parameters number of its weights and biases
 * @param tensors names of the stored tensors it uses
 * @param inputs names of the layers whose output it takes
 */
public record Layer(
        String name, String operator, int[] outputShape, long parameters, List<String> tensors, List<String> inputs) {}

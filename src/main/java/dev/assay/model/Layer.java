package dev.assay.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of the network's graph.
 *
 * @param name the node's name, or one made from its operator and number
 * @param operator e.g. {@code Gemm}
 * @param outputShape without the batch dimension; -1 for an unknown dimension
 * @param parameters number of its weights and biases
 * @param tensors names of the stored tensors it uses
 * @param inputs names of the layers whose output it takes
 * @param attributes its settings as text, e.g. {@code strides} and {@code 2, 2}, in the order of the file
 * @param output name of the tensor that it makes, to be captured by
 */
public record Layer(
        String name, String operator, int[] outputShape, long parameters, List<String> tensors, List<String> inputs,
        Map<String, String> attributes, String output) {

    /** Keeps the attributes unmodifiable and in order. */
    public Layer {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** A layer whose output is called as itself. */
    public Layer(
            String name, String operator, int[] outputShape, long parameters, List<String> tensors,
            List<String> inputs, Map<String, String> attributes) {
        this(name, operator, outputShape, parameters, tensors, inputs, attributes, name);
    }

    /** A layer without attributes. */
    public Layer(
            String name, String operator, int[] outputShape, long parameters, List<String> tensors,
            List<String> inputs) {
        this(name, operator, outputShape, parameters, tensors, inputs, Map.of());
    }
}

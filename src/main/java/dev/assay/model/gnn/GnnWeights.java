package dev.assay.model.gnn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a graph neural network by their names in PyTorch Geometric's state dict, e.g. {@code
 * convs.0.lin.weight}. Immutable; the arrays of its tensors must not be changed.
 *
 * @param tensors in the order of the network
 */
public record GnnWeights(Map<String, Tensor> tensors) {

    /** Copies the map and keeps its order. */
    public GnnWeights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * A tensor.
     *
     * @param shape its dimensions, none for a scalar
     * @param values row-major
     */
    public record Tensor(int[] shape, double[] values) {

        /** A matrix, {@code [rows][columns]}. */
        public static Tensor matrix(int rows, int columns, double[] values) {
            return new Tensor(new int[] {rows, columns}, values);
        }

        /** A vector. */
        public static Tensor vector(double... values) {
            return new Tensor(new int[] {values.length}, values);
        }
    }

    /** The tensor of that name, or null. */
    public Tensor get(String name) {
        return tensors.get(name);
    }
}

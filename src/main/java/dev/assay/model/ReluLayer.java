package dev.assay.model;

import java.util.Arrays;

/**
 * A layer of ReLU units.
 *
 * @param number from 1, in the order of the graph
 * @param name the ReLU node's name
 * @param preActivation name of the tensor that enters the ReLU
 * @param shape shape of that tensor without the batch dimension, in the tensor's own order: a convolution's is channels
 *     first, also in a network that takes its images channels last and transposes them itself
 * @param offset flat index of its first unit when the units of all ReLU layers are numbered in order
 * @param exact whether the unit has two linear pieces that meet at zero (ReLU, LeakyReLU, PReLU); false for another
 *     activation whose sign of pre-activation stands in (GELU, SiLU, ReLU6 and the like): an approximation without
 *     proofs
 */
public record ReluLayer(int number, String name, String preActivation, int[] shape, int offset, boolean exact) {

    /** Number of units. */
    public int width() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}

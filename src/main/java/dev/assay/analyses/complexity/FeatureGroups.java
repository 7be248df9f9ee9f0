package dev.assay.analyses.complexity;

import java.util.List;

/**
 * What moves together in a network: the groups of features, and what could not be analysed.
 *
 * @param groups mergeable groups in the order of the graph
 * @param notAnalysed tensors that belong to no mergeable group, with the reason
 * @param unhomogeneous names of activations through which scaled features do not pass unchanged, e.g. {@code Tanh}
 * @param flattenings reshapes whose stored target shape holds a number of features
 */
record FeatureGroups(
        List<Group> groups,
        List<NotAnalysed> notAnalysed,
        List<String> unhomogeneous,
        List<Flattening> flattenings) {

    /**
     * A reshape to one vector per sample, whose length depends on how many features are left.
     *
     * @param node name of the tensor that the reshape makes
     * @param shapeTensor the stored target shape
     * @param dimension index of the vector's length in it
     * @param parts what is flattened, in order
     * @param span entries per feature
     */
    record Flattening(String node, String shapeTensor, int dimension, List<FlatPart> parts, int span) {}

    /**
     * A part of a flattened tensor.
     *
     * @param group index of the group, or -1 when its channels stay
     * @param size number of channels before merging
     */
    record FlatPart(int group, int size) {}

    /**
     * All tensor axes that are indexed by the same channel numbering.
     *
     * @param name name of the tensor that opened it, without the ending {@code .weight}
     * @param size number of features
     * @param uses the axes, in the order of the graph
     * @param reading where its values can be seen, as the next layer reads them
     */
    record Group(String name, int size, List<Use> uses, Reading reading) {

        /** Names of its tensors, each once. */
        List<String> tensors() {
            return uses.stream().map(Use::tensor).distinct().toList();
        }
    }

    /**
     * Where a group's values can be seen.
     *
     * @param tensor the inner tensor that the first reader takes, after the nonlinearity
     * @param offset the group's first channel in it
     * @param channels all its channels
     * @param interleaved whether it runs over channels fastest
     */
    record Reading(String tensor, int offset, int channels, boolean interleaved) {}

    /** How a tensor's axis belongs to a group. */
    enum Role {
        /** Output axis of a linear or convolution weight. */
        INCOMING,
        /** Input axis of a linear or convolution weight. */
        OUTGOING,
        /** Filters of a depthwise convolution: a factor on each feature. */
        DEPTHWISE,
        /** A bias, or a batch norm's shift or running mean. */
        ADDEND,
        /** A batch norm's factor. */
        FACTOR,
        /** A batch norm's running variance. */
        VARIANCE,
        /** What an activation multiplies negative values with. */
        SLOPE
    }

    /**
     * One axis of one stored tensor.
     *
     * @param tensor the stored tensor
     * @param role what the axis does
     * @param axis the axis
     * @param offset first index of the group's range on the axis
     * @param span for an axis behind a flatten: how many entries a feature owns, else 1
     * @param interleaved whether a flattened axis runs over features fastest (channels last)
     */
    record Use(String tensor, Role role, int axis, int offset, int span, boolean interleaved) {}

    /**
     * A tensor that is left alone.
     *
     * @param tensor the stored tensor
     * @param reason why, e.g. the operation that has no rule
     */
    record NotAnalysed(String tensor, String reason) {}
}

package dev.assay.ui.network;

import dev.assay.ui.Texts;
import java.util.Set;

/** What operators do, roughly, for the colour of their nodes. */
final class Operators {

    private static final Set<String> WEIGHTS = Set.of(
            "Conv", "ConvTranspose", "Gemm", "MatMul", "LSTM", "GRU", "RNN", "Gather", "QLinearConv", "QLinearMatMul",
            "MatMulInteger", "ConvInteger", "Attention", "Module");
    private static final Set<String> ACTIVATIONS = Set.of(
            "Relu", "LeakyRelu", "PRelu", "Sigmoid", "Tanh", "Elu", "Selu", "Softplus", "Softsign", "HardSigmoid",
            "HardSwish", "Gelu", "Erf", "Clip", "Softmax", "LogSoftmax", "Mish", "Celu", "ThresholdedRelu");
    private static final Set<String> NORMS = Set.of(
            "BatchNormalization", "LayerNormalization", "InstanceNormalization", "GroupNormalization", "LRN", "Dropout",
            "MeanVarianceNormalization", "LpNormalization", "RMSNormalization");
    private static final Set<String> POOLS = Set.of(
            "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "LpPool", "ReduceMean", "ReduceMax",
            "ReduceSum", "Resize", "Upsample");
    private static final Set<String> JOINS = Set.of("Add", "Sum", "Mul", "Sub", "Div", "Concat", "Max", "Min", "Mean");

    /** Families in the order of the palette's colours. */
    enum Family {
        /** Pooling, reducing. */
        POOL,
        /** Activations. */
        ACTIVATION,
        /** Joins of several results. */
        JOIN,
        /** What has weights. */
        WEIGHT,
        /** Repeated layers. */
        BLOCK,
        /** Normalisation. */
        NORM,
        /** The rest: what rearranges. */
        OTHER
    }

    private Operators() {}

    /** What a family is called. */
    static String name(Family family) {
        return switch (family) {
            case POOL -> Texts.of("network.family.pool");
            case ACTIVATION -> Texts.of("network.family.activation");
            case JOIN -> Texts.of("network.family.join");
            case WEIGHT -> Texts.of("network.family.weight");
            case BLOCK -> Texts.of("network.family.block");
            case NORM -> Texts.of("network.family.norm");
            case OTHER -> Texts.of("network.family.other");
        };
    }

    static Family family(LayerGraph.Node node) {
        String operator = node.title();
        if (node.kind() == LayerGraph.Kind.BLOCK) {
            return Family.BLOCK;
        }
        return WEIGHTS.contains(operator) ? Family.WEIGHT
                : ACTIVATIONS.contains(operator) ? Family.ACTIVATION
                        : NORMS.contains(operator) ? Family.NORM
                                : POOLS.contains(operator) ? Family.POOL
                                        : JOINS.contains(operator) ? Family.JOIN : Family.OTHER;
    }
}

package dev.assay.model.gnn;

import dev.assay.data.graph.GraphTask;
import java.util.List;
import java.util.Map;

/**
 * What a graph neural network is made of; the {@code config.json} of its folder (gnn-models-and-explainers, file formats).
 *
 * @param architecture GCN or GIN
 * @param task graphs or nodes
 * @param inputWidth width of the node features, at least 1
 * @param classes number of classes, at least 1
 * @param layers at least one
 * @param readout how nodes become one row, concatenated in order; ignored in a node task
 * @param concatLayers whether the head sees all layers' outputs or only the last
 * @param selfTerm GIN: whether a node's own row is in the sum
 * @param epsilon GIN: the own row counts 1 + epsilon where the weights hold no other
 * @param mlpFinalRelu GIN: whether the perceptron ends with a ReLU
 * @param batchNormEps added to the variance in batch normalisation
 * @param features where the node features come from
 * @param classNames names for the user, as many as classes; may be empty
 * @param training facts of the training, kept as they are
 */
public record GnnConfig(
        Architecture architecture,
        GraphTask task,
        int inputWidth,
        int classes,
        List<GnnLayer> layers,
        List<Readout> readout,
        boolean concatLayers,
        boolean selfTerm,
        double epsilon,
        boolean mlpFinalRelu,
        double batchNormEps,
        FeatureSource features,
        List<String> classNames,
        Map<String, Object> training) {

    /** Copies the lists. */
    public GnnConfig {
        layers = List.copyOf(layers);
        readout = List.copyOf(readout);
        classNames = List.copyOf(classNames);
        training = Map.copyOf(training);
    }

    /** Kind of convolution. */
    public enum Architecture {
        /** Graph convolutional network. */
        GCN,
        /** Graph isomorphism network. */
        GIN;

        /** As files write it. */
        @Override
        public String toString() {
            return this == GCN ? "gcn" : "gin";
        }
    }

    /** Step of a layer. */
    public enum Step {
        /** The convolution. */
        CONV,
        /** Each row divided by its length. */
        L2,
        /** Negative values become 0. */
        RELU,
        /** Batch normalisation with the running statistics. */
        BATCHNORM;

        /** As files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How nodes become one row. */
    public enum Readout {
        /** Greatest value of each column. */
        MAX,
        /** Mean of each column over all nodes. */
        MEAN,
        /** Sum of each column. */
        SUM;

        /** As files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One layer.
     *
     * @param width of its output
     * @param steps in the order in which they run; the convolution is the first
     */
    public record GnnLayer(int width, List<Step> steps) {

        /** Copies the list. */
        public GnnLayer {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Where node features come from.
     *
     * @param kind stored in the data, one-hot node labels, or one value in every column
     * @param value the value of constant features
     */
    public record FeatureSource(Kind kind, double value) {

        /** Kind of source. */
        public enum Kind {
            /** Features of the data. */
            STORED,
            /** One column for each node label, 1 in that of the node. */
            LABELS,
            /** The same value in every column. */
            CONSTANT;

            /** As files write it. */
            @Override
            public String toString() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }

        /** Features of the data. */
        public static FeatureSource stored() {
            return new FeatureSource(Kind.STORED, 0);
        }

        /** One-hot node labels. */
        public static FeatureSource labels() {
            return new FeatureSource(Kind.LABELS, 0);
        }

        /** The same value in every column. */
        public static FeatureSource constant(double value) {
            return new FeatureSource(Kind.CONSTANT, value);
        }
    }

    /** Width of the input of a layer. */
    public int layerInput(int layer) {
        return layer == 0 ? inputWidth : layers.get(layer - 1).width();
    }

    /** Width of what the head (or a node's embedding) sees of one node. */
    public int embeddingWidth() {
        return concatLayers
                ? layers.stream().mapToInt(GnnLayer::width).sum()
                : layers.getLast().width();
    }

    /** Width of the head's input. */
    public int headInput() {
        return task == GraphTask.GRAPH ? readout.size() * embeddingWidth() : embeddingWidth();
    }

    /** The name of a class: as the file gives it, else its number. */
    public String className(int index) {
        return index < classNames.size() ? classNames.get(index) : String.valueOf(index);
    }
}

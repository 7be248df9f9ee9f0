package dev.assay.analyses.fidelity.training;

import dev.assay.analysis.Exact;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.model.gnn.GnnConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Parameters of {@link GnnTraining} (gnn-models-and-explainers, on the command line). */
public record GnnTrainingParameters(
        @Parameter(
                label = "Quick start",
                help = "true trains a plain GIN that learns in seconds: no row normalisation, constant feature 1,"
                        + " learning rate 0.005, self term, no clipping, 30 epochs. It overrides those parameters.") boolean quickStart,
        @Parameter(
                label = "Architecture",
                help = "gcn: graph convolutional network. gin: graph isomorphism network, which counts neighbours and"
                        + " tells more graphs apart.") GnnConfig.Architecture architecture,
        @Parameter(
                label = "Layers",
                help = "Number of convolutions; each one looks one edge further.",
                min = "1",
                max = "6") int layers,
        @Parameter(label = "Width", help = "Columns of each layer.", min = "4", max = "512") int width,
        @Parameter(
                label = "Normalise rows",
                help = "Whether each node's row is divided by its length after every convolution. auto: yes for gcn,"
                        + " no for gin.") Choice normalizeRows,
        @Parameter(
                label = "Readout",
                help = "How nodes become one row in a graph task, one behind the other; ignored in a node task.") List<GnnConfig.Readout> readout,
        @Parameter(
                label = "Concatenate layers",
                help = "Whether the head sees the outputs of all layers or only the last. auto: all in a node task.") Choice concatLayers,
        @Parameter(
                label = "Batch normalisation",
                help = "true adds batch normalisation behind the ReLU of every layer but the last and leaves rows"
                        + " unnormalised (the \"PG\" variant).",
                advanced = true) boolean batchNorm,
        @Parameter(
                label = "Self term",
                help = "gin: whether a node's own row is in the sum over its neighbours.",
                advanced = true) boolean selfTerm,
        @Parameter(
                label = "Epsilon",
                help = "gin: the own row counts 1 + epsilon.",
                min = "-1000",
                max = "1000",
                advanced = true) double epsilon,
        @Parameter(
                label = "Features",
                help = "auto: stored attributes if there are any, else one-hot node labels if more than one occurs and"
                        + " they are not the classes, else the constant 0.1. stored, labels, or a number for that"
                        + " constant in every column.") String features,
        @Parameter(
                label = "Feature width",
                help = "Columns of constant features.",
                min = "1",
                max = "512",
                advanced = true) int featureWidth,
        @Parameter(
                label = "Learning rate",
                help = "Of Adam.",
                min = "0.0000001",
                max = "1") double learningRate,
        @Parameter(
                label = "Batch size",
                help = "Graphs per step; a node task takes the whole graph.",
                min = "1",
                max = "100000") int batchSize,
        @Parameter(label = "Epochs", help = "Most passes over the training data.", min = "1",
                max = "100000") int epochs,
        @Parameter(
                label = "Clip the gradient",
                help = "Greatest length of the gradient; 0 for any.",
                min = "0",
                max = "1000000",
                advanced = true) double clipNorm,
        @Parameter(
                label = "Patience",
                help = "Epochs without gain in validation accuracy after which training ends; 0 never ends it early.",
                min = "0",
                max = "100000") int patience,
        @Parameter(
                label = "Stop at accuracy",
                help = "With patience: ends training once validation accuracy reaches this.",
                min = "0",
                max = "1",
                advanced = true) double stopAccuracy,
        @Parameter(
                label = "Split",
                help = "Shares of training, validation and test data.",
                min = "0",
                max = "1",
                advanced = true) List<Exact> split,
        @Parameter(
                label = "Split seed",
                help = "Seed of the one random order that the split cuts; it stays the same whatever the run's seed.",
                advanced = true) long splitSeed) implements ParameterSet.Checked {

    static final String AUTO = "auto";
    static final String STORED = "stored";
    static final String LABELS = "labels";

    private static final int PARTS = 3;

    /** The method's defaults. */
    public static GnnTrainingParameters defaults() {
        return new GnnTrainingParameters(
                false, GnnConfig.Architecture.GCN, 3, 20, Choice.AUTO,
                List.of(GnnConfig.Readout.MAX, GnnConfig.Readout.MEAN), Choice.AUTO, false, true,
                0, AUTO, 10, 0.001, 64, 1000, 2.0, 0, 1,
                Stream.of("0.8", "0.1", "0.1").map(Exact::parse).toList(), 42);
    }

    @Override
    public List<ParameterProblem> problems() {
        List<ParameterProblem> problems = new ArrayList<>();
        if (!List.of(AUTO, STORED, LABELS).contains(features.strip()) && constant() == null) {
            problems.add(new ParameterProblem(
                    "features", "'" + features + "' is neither auto, stored, labels nor a number"));
        }
        if (split.size() != PARTS || split.getFirst().toDouble() <= 0
                || split.stream().mapToDouble(Exact::toDouble).sum() > 1 + 1e-12) {
            problems.add(new ParameterProblem(
                    "split", "three shares are needed that sum to at most 1, the first above 0, e.g. 0.8,0.1,0.1"));
        }
        return problems;
    }

    /** The constant that is asked for, or null. */
    Double constant() {
        try {
            double value = Double.parseDouble(features.strip().toLowerCase(Locale.ROOT));
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What holds when the quick start is asked for. */
    GnnTrainingParameters effective() {
        if (!quickStart) {
            return this;
        }
        return new GnnTrainingParameters(
                true, GnnConfig.Architecture.GIN, layers, width, Choice.FALSE, readout, concatLayers, false, true,
                epsilon, "1", featureWidth, 0.005, batchSize, 30, 0, patience, stopAccuracy, split, splitSeed);
    }
}

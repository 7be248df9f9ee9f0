package dev.assay.analyses.snr;

import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import java.util.ArrayList;
import java.util.List;

/** Parameters of {@link SnrTraining}; names and defaults are those of the method. */
public record TrainingParameters(
        @Parameter(
                label = "Encoder",
                help = "auto: conv for pictures, mlp for all else. conv: three convolutional blocks. mlp: two hidden layers, for rows of numbers. model: your own"
                        + " TorchScript module.") EncoderKind encoder,
        @Parameter(label = "Dimension", help = "Values of an embedding, for conv and mlp.", min = "2",
                max = "4096") int dimension,
        @Parameter(
                label = "Distances",
                help = "Distances to train with. Several are trained head to head with the same seeds.") List<TrainingDistance> distances,
        @Parameter(label = "Loss",
                help = "cont: contrastive, tri: triplets, lifted: lifted structure, npair: N pairs.") LossKind loss,
        @Parameter(
                label = "Positive margin",
                help = "Contrastive: pairs of a class are pulled below this distance.",
                min = "0",
                max = "1000") double marginPositive,
        @Parameter(
                label = "Negative margin",
                help = "Contrastive: pairs of different classes are pushed above this distance.",
                min = "0",
                max = "1000") double marginNegative,
        @Parameter(
                label = "Margin alpha",
                help = "Of the triplet and the lifted loss; auto takes 0.2 and 1.") String margin,
        @Parameter(
                label = "Zero-mean weight lambda",
                help = "Weight of the term that pulls the mean of every row to 0; the SNR distance does not feel it.",
                min = "0",
                max = "1") double lambda,
        @Parameter(
                label = "Reduction",
                help = "nonzero: mean over the pairs or triplets that still cost something. all: over all of them.",
                advanced = true) Reduction reduction,
        @Parameter(
                label = "Epsilon",
                help = "Added to the variance in a denominator.",
                min = "0",
                max = "1",
                advanced = true) double eps,
        @Parameter(label = "Classes per batch", help = "Classes drawn for a step.", min = "2",
                max = "10000") int classesPerBatch,
        @Parameter(label = "Samples per class", help = "Samples drawn of each.", min = "2",
                max = "1000") int samplesPerClass,
        @Parameter(label = "Steps", help = "Updates of the weights.", min = "1", max = "10000000") int steps,
        @Parameter(
                label = "Evaluate every",
                help = "Steps between two evaluations; a checkpoint is kept at each.",
                min = "1",
                max = "10000000") int evaluateEvery,
        @Parameter(label = "Learning rate", help = "Of Adam.", min = "0", max = "10") double learningRate,
        @Parameter(label = "Weight decay", help = "Of Adam, added to the gradient.", min = "0", max = "10",
                advanced = true) double weightDecay,
        @Parameter(label = "Seeds", help = "Runs with the seed, the seed + 1, and so on.", min = "1",
                max = "100") int seeds,
        @Parameter(label = "K", help = "The K list of Recall@K.", min = "1", max = "1000000",
                advanced = true) List<Integer> k,
        @Parameter(
                label = "Checkpoint",
                help = "Folder of an earlier run's checkpoint to go on from; the other parameters stay as they were,"
                        + " the number of steps may grow.",
                folder = true,
                advanced = true) String checkpoint) implements ParameterSet.Checked {

    private static final String AUTO = "auto";

    /** The method's defaults. */
    public static TrainingParameters defaults() {
        return new TrainingParameters(
                EncoderKind.AUTO,
                64,
                List.of(TrainingDistance.SNR),
                LossKind.CONT,
                0,
                1,
                AUTO,
                0.005,
                Reduction.NONZERO,
                1e-12,
                16,
                4,
                300,
                50,
                0.001,
                0.0001,
                1,
                List.of(1, 2, 4, 8),
                "");
    }

    @Override
    public List<ParameterProblem> problems() {
        List<ParameterProblem> problems = new ArrayList<>();
        if (!margin.strip().equals(AUTO)) {
            try {
                double value = Double.parseDouble(margin.strip());
                if (!(value > 0) || value > 1000) {
                    problems.add(new ParameterProblem("margin", margin + " is not above 0 and at most 1000"));
                }
            } catch (NumberFormatException e) {
                problems.add(new ParameterProblem("margin", "'" + margin + "' is neither auto nor a number"));
            }
        }
        return problems;
    }

    /** Alpha of the triplet and the lifted loss. */
    double alpha() {
        if (margin.strip().equals(AUTO)) {
            return loss == LossKind.LIFTED ? 1 : 0.2;
        }
        return Double.parseDouble(margin.strip());
    }

    MetricLoss loss(TrainingDistance distance) {
        return new MetricLoss(distance, loss, marginPositive, marginNegative, alpha(), lambda, reduction, eps);
    }
}

package dev.assay.analyses.snr;

import dev.assay.analysis.Parameter;
import java.util.List;

/** Parameters of {@link SnrHashing}; names and defaults are those of the method. */
public record HashingParameters(
        @Parameter(
                label = "Bits",
                help = "Code lengths to train; with embeddings or a model the width of their rows holds.",
                min = "2",
                max = "4096") List<Integer> bits,
        @Parameter(
                label = "Quantisation weight beta",
                help = "Weight of the term that pulls outputs to -1 and 1.",
                min = "0",
                max = "1000") double beta,
        @Parameter(label = "Margin alpha", help = "Of the triplet loss.", min = "0.000001", max = "1000") double margin,
        @Parameter(label = "Zero-mean weight lambda", help = "Weight of the mean of a row.", min = "0",
                max = "1") double lambda,
        @Parameter(label = "K", help = "The K list of MAP@K, cut to the database.", min = "1",
                max = "100000000") List<Integer> k,
        @Parameter(
                label = "MAP denominator",
                help = "What the precision sum of MAP@K is divided by where one number is shown; found is that of"
                        + " hashing tables.") MapDenominator mapDenominator,
        @Parameter(label = "Radius", help = "Hamming radius of the precision.", min = "0", max = "4096") int radius,
        @Parameter(
                label = "Ties",
                help = "Hamming distances tie all the time; Recall@1 goes by this, MAP always breaks ties"
                        + " by index.") TieRule ties,
        @Parameter(label = "Encoder", help = "conv, mlp or auto, for training.", advanced = true) EncoderKind encoder,
        @Parameter(label = "Classes per batch", help = "For training.", min = "2", max = "10000",
                advanced = true) int classesPerBatch,
        @Parameter(label = "Samples per class", help = "For training.", min = "2", max = "1000",
                advanced = true) int samplesPerClass,
        @Parameter(label = "Steps", help = "Updates of the weights.", min = "1", max = "10000000") int steps,
        @Parameter(
                label = "Evaluate every",
                help = "Steps between two evaluations and checkpoints.",
                min = "1",
                max = "10000000",
                advanced = true) int evaluateEvery,
        @Parameter(label = "Learning rate", help = "Of Adam.", min = "0", max = "10",
                advanced = true) double learningRate,
        @Parameter(label = "Weight decay", help = "Of Adam.", min = "0", max = "10",
                advanced = true) double weightDecay,
        @Parameter(label = "Reduction", help = "nonzero or all.", advanced = true) Reduction reduction,
        @Parameter(
                label = "Epsilon",
                help = "Added to the variance in a denominator.",
                min = "0",
                max = "1",
                advanced = true) double eps,
        @Parameter(label = "Checkpoint", help = "Folder of an earlier run's checkpoint to go on from.",
                folder = true,
                advanced = true) String checkpoint) {

    /** The method's defaults. */
    public static HashingParameters defaults() {
        return new HashingParameters(
                List.of(16, 32, 48, 64),
                0.1,
                0.2,
                0,
                List.of(5000),
                MapDenominator.FOUND,
                2,
                TieRule.INDEX,
                EncoderKind.AUTO,
                16,
                4,
                300,
                50,
                0.001,
                0.0001,
                Reduction.NONZERO,
                1e-12,
                "");
    }

    /** How the encoder of one code length is trained. */
    TrainingParameters training(int length, String from) {
        return new TrainingParameters(
                encoder,
                length,
                List.of(TrainingDistance.SNR),
                LossKind.TRI,
                0,
                1,
                String.valueOf(margin),
                lambda,
                reduction,
                eps,
                classesPerBatch,
                samplesPerClass,
                steps,
                evaluateEvery,
                learningRate,
                weightDecay,
                1,
                List.of(1),
                from);
    }
}

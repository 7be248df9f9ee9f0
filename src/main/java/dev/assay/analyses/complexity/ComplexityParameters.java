package dev.assay.analyses.complexity;

import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import java.util.ArrayList;
import java.util.List;

/** Parameters of feature complexity; names and defaults are those of the method. */
public record ComplexityParameters(
        @Parameter(
                label = "Threshold beta",
                help = "Two features (or clusters) are merged while their cost is at most this share of the"
                        + " largest squared distance. 0 merges exact copies only.",
                min = "0",
                max = "1",
                maxExclusive = true,
                live = true) double beta,
        @Parameter(
                label = "Profile",
                help = "ward clusters the original features and gives the whole complexity curve; reference"
                        + " repeats the published sweeps.") Profile profile,
        @Parameter(
                label = "Vector",
                help = "Which weights make up a feature: incoming and outgoing, or incoming alone.") FeatureVector vector,
        @Parameter(
                label = "Space",
                help = "Compare features by their weights, or by what they do on the samples of the batch.") Space space,
        @Parameter(label = "Layers", help = "all, or names of groups separated by commas.",
                suggested = true) String layers,
        @Parameter(
                label = "Thresholds of the curves",
                help = "Values of beta for the trade-off, and for the complexity curve of profile reference.",
                min = "0",
                max = "1",
                maxExclusive = true) List<Double> betas,
        @Parameter(
                label = "Largest share of merges rho",
                help = "At most this share of a group's features is merged away.",
                min = "0.000001",
                max = "1",
                advanced = true) double maxRatio,
        @Parameter(
                label = "Activation distance",
                help = "For space activations: squared difference of the centred records, or correlation.",
                advanced = true) ActivationDistance activationDistance,
        @Parameter(
                label = "ZipIt's discount",
                help = "For profile zipit: what the similarities of a merged feature are multiplied by.",
                min = "0.000001",
                max = "1",
                advanced = true) double discount,
        @Parameter(
                label = "ZipIt's budget",
                help = "For profile zipit: at most this share of a group's features is merged away.",
                min = "0",
                max = "1",
                advanced = true) double budget,
        @Parameter(
                label = "Mend batch norms",
                help = "For profile reference: add up standard deviations. Off repeats the published rule, which"
                        + " scales k copies by k to the power of 1.5.",
                advanced = true) boolean bnFix,
        @Parameter(
                label = "Repair variance",
                help = "For profile ward: scale a cluster's batch-norm factor up for members that are not exact"
                        + " copies.",
                advanced = true) boolean varianceRepair,
        @Parameter(
                label = "Pruning baselines",
                help = "Add magnitude and random pruning at equal widths to the trade-off; needs test data.",
                advanced = true) boolean baselines,
        @Parameter(
                label = "Export the merged model",
                help = "Write merged.onnx beside the results; the original file is never touched.",
                advanced = true) boolean exportModel) implements ParameterSet.Checked {

    /** The method's defaults. */
    public static ComplexityParameters defaults() {
        return new ComplexityParameters(
                0.1,
                Profile.WARD,
                FeatureVector.IN_OUT,
                Space.WEIGHTS,
                "all",
                List.of(0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.2, 0.3),
                1,
                ActivationDistance.COVARIANCE,
                0.3,
                0.125,
                true,
                false,
                false,
                false);
    }

    @Override
    public List<ParameterProblem> problems() {
        List<ParameterProblem> problems = new ArrayList<>();
        if (space == Space.ACTIVATIONS && profile == Profile.REFERENCE) {
            problems.add(new ParameterProblem(
                    "space", "profile reference works on weights; choose profile=ward for activations"));
        }
        if (space == Space.WEIGHTS && profile == Profile.ZIPIT) {
            problems.add(new ParameterProblem(
                    "profile", "profile zipit compares activations; choose space=activations and give a batch"));
        }
        if (varianceRepair && profile == Profile.REFERENCE) {
            problems.add(new ParameterProblem("varianceRepair", "it belongs to profiles ward and zipit"));
        }
        return problems;
    }

    /** How activations are compared; ZipIt's similarity is the correlation. */
    ActivationDistance distance() {
        return profile == Profile.ZIPIT ? ActivationDistance.CORRELATION : activationDistance;
    }

    /** The same with another threshold. */
    ComplexityParameters at(double changed) {
        return new ComplexityParameters(
                changed,
                profile,
                vector,
                space,
                layers,
                betas,
                maxRatio,
                activationDistance,
                discount,
                budget,
                bnFix,
                varianceRepair,
                baselines,
                exportModel);
    }
}

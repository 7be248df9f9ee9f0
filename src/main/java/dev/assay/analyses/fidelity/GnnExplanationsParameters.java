package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.ExplainerSettings;
import dev.assay.analyses.fidelity.explain.ExplainerKind;
import dev.assay.analyses.fidelity.explain.Explainers;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.compute.EdgeRemoval;
import dev.assay.model.gnn.Target;
import java.util.ArrayList;
import java.util.List;

/** Parameters of {@link GnnExplanations}; names and defaults are those of the method. */
public record GnnExplanationsParameters(
        @Parameter(
                label = "Explainers",
                help = "Where explanations come from; none for explanation files only. truth counts only where the data has"
                        + " one.") List<ExplainerKind> explainers,
        @Parameter(
                label = "Instances",
                help = "all, or indices and ranges from 0 such as 0-9,500-509: graphs, or nodes in a node task. There all"
                        + " means nodes with a ground-truth edge within reach, or every node without ground truth.") String instances,
        @Parameter(
                label = "Label source",
                help = "provided: the class in the data is explained. predicted: the class that the network decides on.") LabelSource labelSource,
        @Parameter(
                label = "Removal",
                help = "structural: a removed edge does not exist and degrees are counted anew. message: degrees stay and"
                        + " the message is dropped. The two can differ in sign.") EdgeRemoval removal,
        @Parameter(
                label = "Hops",
                help = "Reach around an explained node, 0 for the number of layers; node tasks only.",
                min = "0",
                max = "100",
                advanced = true) int hops,
        @Parameter(
                label = "Edge unit",
                help = "auto and pair remove both directions of an edge together where both are there; directed removes"
                        + " each alone.",
                advanced = true) EdgeUnit edgeUnit,
        @Parameter(
                label = "Target",
                help = "What occlusion and the gradients look at: the probability of the class, or its score before"
                        + " softmax.") Target target,
        @Parameter(
                label = "Absolute gradients",
                help = "Whether gradient and integratedGradients score by size alone, without sign.",
                advanced = true) boolean gradientAbsolute,
        @Parameter(
                label = "Gradient source",
                help = "edges: derivative by the edge's weight. nodes: sum of the derivatives by the features of its two"
                        + " nodes.",
                advanced = true) GradientSource gradientSource,
        @Parameter(
                label = "Steps of integrated gradients",
                help = "Points on the way from no edges to all edges.",
                min = "1",
                max = "100000",
                advanced = true) int igSteps,
        @Parameter(
                label = "GNNExplainer: epochs", help = "Steps of Adam.", min = "1", max = "100000",
                advanced = true) int gnnEpochs,
        @Parameter(
                label = "GNNExplainer: learning rate", help = "Of Adam.", min = "0",
                advanced = true) double gnnLearningRate,
        @Parameter(
                label = "GNNExplainer: size", help = "Factor of the sum of the mask.", min = "0",
                advanced = true) double gnnSize,
        @Parameter(
                label = "GNNExplainer: entropy",
                help = "Factor of the mean entropy of the mask, which pulls it to 0 and 1.",
                min = "0",
                advanced = true) double gnnEntropy,
        @Parameter(
                label = "GNNExplainer: feature mask",
                help = "Whether feature columns are masked too while edges are learnt.",
                advanced = true) boolean gnnFeatureMask,
        @Parameter(
                label = "GNNExplainer: feature size",
                help = "Factor of the mean of the feature mask.",
                min = "0",
                advanced = true) double gnnFeatureSize,
        @Parameter(
                label = "GNNExplainer: feature entropy",
                help = "Factor of the mean entropy of the feature mask.",
                min = "0",
                advanced = true) double gnnFeatureEntropy,
        @Parameter(
                label = "GNNExplainer: fix edges without gradient",
                help = "Edges that do not matter in the first step score 0 and leave the penalties.",
                advanced = true) boolean gnnFixZeroGradient,
        @Parameter(
                label = "PGExplainer: epochs",
                help = "Rounds over all instances.",
                min = "1",
                max = "100000",
                advanced = true) int pgEpochs,
        @Parameter(
                label = "PGExplainer: learning rate", help = "Of Adam.", min = "0",
                advanced = true) double pgLearningRate,
        @Parameter(
                label = "PGExplainer: size", help = "Factor of the sum of the mask.", min = "0",
                advanced = true) double pgSize,
        @Parameter(
                label = "PGExplainer: entropy",
                help = "Factor of the mean entropy of the mask.",
                min = "0",
                advanced = true) double pgEntropy,
        @Parameter(
                label = "PGExplainer: first temperature",
                help = "Of the sampled masks in the first epoch.",
                min = "0.000001",
                advanced = true) double pgTauStart,
        @Parameter(
                label = "PGExplainer: last temperature",
                help = "Reached geometrically after the last epoch.",
                min = "0.000001",
                advanced = true) double pgTauEnd,
        @Parameter(
                label = "PGExplainer: bias",
                help = "Keeps the uniform numbers of the samples away from 0 and 1.",
                min = "0.000001",
                max = "0.499999",
                advanced = true) double pgBias,
        @Parameter(
                label = "PGExplainer: hidden width",
                help = "Of its small network.",
                min = "1",
                max = "4096",
                advanced = true) int pgHidden) implements ParameterSet.Checked {

    /** The method's defaults. */
    public static GnnExplanationsParameters defaults() {
        return new GnnExplanationsParameters(
                List.of(ExplainerKind.TRUTH, ExplainerKind.RANDOM, ExplainerKind.OCCLUSION),
                "all",
                LabelSource.PREDICTED,
                EdgeRemoval.STRUCTURAL,
                0,
                EdgeUnit.AUTO,
                Target.PROBABILITY,
                false,
                GradientSource.EDGES,
                50,
                100,
                0.01,
                0.005,
                1,
                false,
                1,
                0.1,
                true,
                30,
                0.003,
                0.05,
                1,
                5,
                2,
                0.01,
                64);
    }

    @Override
    public List<ParameterProblem> problems() {
        List<ParameterProblem> problems = new ArrayList<>();
        Explainers.problem(explainers).ifPresent(p -> problems.add(new ParameterProblem("explainers", p)));
        IndexRanges.problem(instances).ifPresent(p -> problems.add(new ParameterProblem("instances", p)));
        return problems;
    }

    /** Parameters of the explainers. */
    ExplainerSettings explainerSettings() {
        return new ExplainerSettings(
                target, gradientAbsolute, gradientSource == GradientSource.NODES, igSteps,
                gnnEpochs, gnnLearningRate, gnnSize, gnnEntropy, gnnFeatureMask, gnnFeatureSize, gnnFeatureEntropy,
                gnnFixZeroGradient, pgEpochs, pgLearningRate, pgSize, pgEntropy, pgTauStart, pgTauEnd, pgBias,
                pgHidden);
    }
}

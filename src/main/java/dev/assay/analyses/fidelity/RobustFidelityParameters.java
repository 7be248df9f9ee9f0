package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.EdgeCut;
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

/** Parameters of {@link RobustFidelity}; names and defaults are those of the method. */
public record RobustFidelityParameters(
        @Parameter(
                label = "Explainers",
                help = "Where explanations come from; none for explanation files only. truth counts only where the data has"
                        + " one.") List<ExplainerKind> explainers,
        @Parameter(
                label = "Removal alpha1",
                help = "Probability with which an edge of the explanation is removed for the plus score; 1 gives the"
                        + " original fidelity.",
                min = "0",
                max = "1",
                live = true) double alpha1,
        @Parameter(
                label = "Keep alpha2",
                help = "Probability with which an edge outside the explanation is kept for the minus score; 0 gives the"
                        + " original fidelity.",
                min = "0",
                max = "1",
                live = true) double alpha2,
        @Parameter(
                label = "Samples M",
                help = "Perturbed graphs per instance and sign where the score is sampled.",
                min = "1",
                max = "1000000") int samples,
        @Parameter(
                label = "Estimator",
                help = "auto enumerates all subsets where the budget allows and samples elsewhere; truncated enumerates"
                        + " those with few removed edges.") Estimator estimator,
        @Parameter(
                label = "Enumeration budget",
                help = "Most subsets of one set of edges that are enumerated.",
                min = "1",
                max = "10000000",
                advanced = true) long enumerationBudget,
        @Parameter(
                label = "Most removed edges R",
                help = "For truncated enumeration.",
                min = "0",
                max = "20",
                advanced = true) int maxRemoved,
        @Parameter(
                label = "Control variate",
                help = "Corrects samples by the sum of single removals, which lessens their error where the network is"
                        + " nearly linear in its edges.",
                advanced = true) boolean controlVariate,
        @Parameter(
                label = "Strata",
                help = "Replaces the share of samples that remove nothing by its known probability, which lessens the"
                        + " error for small explanations.",
                advanced = true) boolean stratify,
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
                label = "Cut",
                help = "How scores become a set: as many edges as the ground truth has, a share, a number, or all with at"
                        + " least a score. auto takes the first where the data has a ground truth, else the share."
                        + " Scores that are all 0 or 1 are a set already.",
                live = true) CutRule cut,
        @Parameter(
                label = "Ratio",
                help = "Share of the edges for cut=ratio.",
                min = "0",
                max = "1",
                live = true) double ratio,
        @Parameter(
                label = "Top k",
                help = "Number of edges for cut=topK.",
                min = "0",
                max = "1000000000",
                advanced = true) int topK,
        @Parameter(label = "Threshold", help = "Least score for cut=threshold.", advanced = true) double threshold,
        @Parameter(
                label = "Sizes of the curves",
                help = "Shares of the edges at which the sparsity curves are taken, separated by commas; none for no"
                        + " curves.",
                advanced = true) String ratios,
        @Parameter(
                label = "Instances",
                help = "all, or indices and ranges from 0 such as 0-9,500-509: graphs, or nodes in a node task. There all"
                        + " means nodes with a ground-truth edge within reach, or every node without ground truth.") String instances,
        @Parameter(
                label = "Only correct ones",
                help = "Leaves out instances that the network gets wrong.") boolean onlyCorrect,
        @Parameter(
                label = "Scores that are no numbers",
                help = "error refuses a file that holds NaN or infinite scores; lowest takes them as the lowest score of"
                        + " their instance.",
                advanced = true) NonFinite nonFinite,
        @Parameter(
                label = "Stop at width",
                help = "Ends sampling once the 95 % interval of the sampling error of every explainer's mean robust delta"
                        + " is narrower; 0 draws all samples.",
                min = "0",
                max = "2",
                advanced = true) double stopWidth,
        @Parameter(
                label = "F-Fidelity",
                help = "Adds scores by a copy of the network that is fine-tuned on graphs with random edges removed.",
                advanced = true) boolean fFidelity,
        @Parameter(
                label = "F-Fidelity: share beta",
                help = "Share of the edges that fine-tuning removes, and that scoring removes at most on average.",
                min = "0",
                max = "1",
                advanced = true) double fineTuneShare,
        @Parameter(
                label = "F-Fidelity: alpha",
                help = "Most probability with which an edge is removed.",
                min = "0",
                max = "1",
                advanced = true) double fAlpha,
        @Parameter(
                label = "Draw shown",
                help = "Which perturbed graph is drawn beside the explanations of an instance that you click.",
                min = "0",
                max = "999999",
                live = true) int sample,
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
    public static RobustFidelityParameters defaults() {
        return new RobustFidelityParameters(
                List.of(ExplainerKind.TRUTH, ExplainerKind.RANDOM, ExplainerKind.OCCLUSION),
                0.1,
                0.9,
                50,
                Estimator.AUTO,
                4096,
                3,
                false,
                false,
                LabelSource.PROVIDED,
                EdgeRemoval.STRUCTURAL,
                0,
                EdgeUnit.AUTO,
                CutRule.AUTO,
                0.2,
                5,
                0.5,
                "0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1",
                "all",
                false,
                NonFinite.ERROR,
                0,
                false,
                0.1,
                0.5,
                0,
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
        NumberList.problem(ratios, 0, 1).ifPresent(p -> problems.add(new ParameterProblem("ratios", p)));
        IndexRanges.problem(instances).ifPresent(p -> problems.add(new ParameterProblem("instances", p)));
        return problems;
    }

    /** How robust scores are estimated. */
    Sampling sampling(long seed) {
        return new Sampling(
                alpha1, alpha2, samples, estimator, enumerationBudget, maxRemoved, controlVariate, stratify, seed);
    }

    /**
     * How scores become a set.
     *
     * @param truth whether the data has a ground truth
     */
    EdgeCut edgeCut(boolean truth) {
        return switch (cut) {
            case AUTO -> truth
                    ? new EdgeCut(EdgeCut.Rule.TRUTH_SIZE, 0)
                    : new EdgeCut(EdgeCut.Rule.RATIO, ratio);
            case TRUTH_SIZE -> new EdgeCut(EdgeCut.Rule.TRUTH_SIZE, 0);
            case RATIO -> new EdgeCut(EdgeCut.Rule.RATIO, ratio);
            case TOP_K -> new EdgeCut(EdgeCut.Rule.TOP, topK);
            case THRESHOLD -> new EdgeCut(EdgeCut.Rule.THRESHOLD, threshold);
        };
    }

    /** Parameters of the explainers. */
    ExplainerSettings explainerSettings() {
        return new ExplainerSettings(
                Target.PROBABILITY, gradientAbsolute, gradientSource == GradientSource.NODES, igSteps,
                gnnEpochs, gnnLearningRate, gnnSize, gnnEntropy, gnnFeatureMask, gnnFeatureSize, gnnFeatureEntropy,
                gnnFixZeroGradient, pgEpochs, pgLearningRate, pgSize, pgEntropy, pgTauStart, pgTauEnd, pgBias,
                pgHidden);
    }
}

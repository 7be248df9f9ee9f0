package dev.assay.analyses.fidelity;

import dev.assay.analysis.Exact;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.compute.EdgeRemoval;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** Parameters of {@link DegradationStudy}; names and defaults are those of the method. */
public record DegradationStudyParameters(
        @Parameter(
                label = "Dropped share beta1",
                help = "Probabilities with which an edge of the ground truth is dropped, one row each.",
                min = "0",
                max = "1") List<Exact> beta1,
        @Parameter(
                label = "Added share beta2",
                help = "Probabilities with which another edge is added, one column each.",
                min = "0",
                max = "1") List<Exact> beta2,
        @Parameter(
                label = "Candidates",
                help = "Degraded explanations per graph and cell.",
                min = "1",
                max = "10000") int candidates,
        @Parameter(
                label = "Alpha sweep",
                help = "none, or values such as 0.1,0.3,0.5,0.7,0.9: repeats the study with alpha1 = a and"
                        + " alpha2 = 1 - a.") String alphaSweep,
        @Parameter(
                label = "Removal probability alpha1",
                help = "Probability with which an edge of the explanation is removed for the plus score; 1 gives the"
                        + " original fidelity.",
                min = "0",
                max = "1") double alpha1,
        @Parameter(
                label = "Keep probability alpha2",
                help = "Probability with which an edge outside the explanation is kept for the minus score; 0 gives the"
                        + " original fidelity.",
                min = "0",
                max = "1") double alpha2,
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
                label = "Instances",
                help = "all, or indices and ranges from 0 such as 0-9,500-509: graphs, or nodes in a node task. There all"
                        + " means nodes with a ground-truth edge within reach, or every node without ground truth.") String instances,
        @Parameter(
                label = "Only correct ones",
                help = "Leaves out instances that the network gets wrong.") boolean onlyCorrect) implements ParameterSet.Checked {

    /** The method's defaults. */
    public static DegradationStudyParameters defaults() {
        List<Exact> betas = Stream.of("0", "0.1", "0.3", "0.5", "0.7", "0.9").map(Exact::parse).toList();
        return new DegradationStudyParameters(
                betas, betas, 10, "none", 0.1, 0.9, 50, Estimator.MONTE_CARLO, LabelSource.PROVIDED,
                EdgeRemoval.STRUCTURAL, 0, EdgeUnit.AUTO, "all", false);
    }

    @Override
    public List<ParameterProblem> problems() {
        List<ParameterProblem> problems = new ArrayList<>();
        NumberList.problem(alphaSweep, 0, 1).ifPresent(p -> problems.add(new ParameterProblem("alphaSweep", p)));
        IndexRanges.problem(instances).ifPresent(p -> problems.add(new ParameterProblem("instances", p)));
        if (new LinkedHashSet<>(beta1).size() < beta1.size()) {
            problems.add(new ParameterProblem("beta1", "a value is there twice"));
        }
        if (new LinkedHashSet<>(beta2).size() < beta2.size()) {
            problems.add(new ParameterProblem("beta2", "a value is there twice"));
        }
        return problems;
    }
}

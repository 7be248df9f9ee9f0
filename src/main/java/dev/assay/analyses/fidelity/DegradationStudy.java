package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.gnn.GnnModel;

/**
 * Degrades the ground truth step by step and asks which scores notice: a score can be trusted when it falls (or rises)
 * with the distance from the ground truth (robust-fidelity, step 9).
 */
public final class DegradationStudy implements Analysis<DegradationStudyParameters> {

    /** Public identifier. */
    public static final String ID = "fidelity-degradation-study";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "Fidelity degradation study",
                "Graph explanations",
                "Which fidelity score notices when a correct explanation gets worse?",
                "Zheng et al.: Towards Robust Fidelity for Evaluating Explainability of Graph Neural Networks. ICLR 2024,"
                        + " arXiv 2310.01820",
                HelpPage.read("fidelity-degradation-study.md"));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(
                        RobustFidelity.MODEL, "Model", GnnModel.class,
                        "A graph neural network that tells classes apart."),
                InputRole.required(
                        RobustFidelity.GRAPHS, "Graphs", GraphDataset.class,
                        "Graphs whose edges say if they belong to the ground-truth explanation."));
    }

    @Override
    public Class<DegradationStudyParameters> parameters() {
        return DegradationStudyParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        if (inputs.find(RobustFidelity.GRAPHS, GraphDataset.class).filter(d -> !d.hasTruth()).isPresent()) {
            return Fit.no("The data has no ground-truth explanations.");
        }
        return GraphFit.of(inputs);
    }

    @Override
    public void run(Inputs inputs, DegradationStudyParameters parameters, RunContext context)
            throws AnalysisException {
        GraphDataset data = inputs.get(RobustFidelity.GRAPHS, GraphDataset.class);
        if (!data.hasTruth()) {
            throw new AnalysisException(
                    "the data has no ground-truth explanations, and there is nothing to degrade", data.name(),
                    "give data whose edges are marked (_edge_gt.txt, edge_gt)");
        }
        InstanceSource source = new InstanceSource(
                inputs.get(RobustFidelity.MODEL, GnnModel.class), data,
                context.kernel(BatchedGraphConvolution.class),
                new InstanceSource.Options(
                        parameters.removal(), parameters.hops(), parameters.edgeUnit() != EdgeUnit.DIRECTED,
                        parameters.labelSource() == LabelSource.PREDICTED));
        source.notes().forEach(context::warn);
        new StudyRun(source, parameters, context).run();
    }
}

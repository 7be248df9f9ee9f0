package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.ExplanationFile;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.gnn.GnnModel;
import java.nio.file.Path;
import java.util.Optional;

/** Explains predictions of a graph neural network by several methods, and compares what they say. */
public final class GnnExplanations implements Analysis<GnnExplanationsParameters> {

    /** Public identifier. */
    public static final String ID = "gnn-explanations";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "GNN explanations",
                "Graph explanations",
                "Which edges does a graph neural network look at, and do the methods agree?",
                "Ying et al.: GNNExplainer. NeurIPS 2019, arXiv 1903.03894; Luo et al.: Parameterized Explainer for Graph"
                        + " Neural Network. NeurIPS 2020, arXiv 2011.04573; Sundararajan et al.: Axiomatic Attribution"
                        + " for Deep Networks. ICML 2017, arXiv 1703.01365",
                HelpPage.read("gnn-explanations.md"));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(
                        RobustFidelity.MODEL, "Model", GnnModel.class,
                        "A graph neural network that tells classes apart."),
                InputRole.required(
                        RobustFidelity.GRAPHS, "Graphs", GraphDataset.class,
                        "Graphs, or one graph whose nodes are classified."),
                new InputRole(
                        RobustFidelity.EXPLANATIONS, "Explanations", ExplanationFile.class, false, true,
                        "Your own edge scores as CSV, graph,u,v,score or node,u,v,score."));
    }

    @Override
    public Class<GnnExplanationsParameters> parameters() {
        return GnnExplanationsParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        return GraphFit.of(inputs);
    }

    @Override
    public void run(Inputs inputs, GnnExplanationsParameters parameters, RunContext context)
            throws AnalysisException {
        InstanceSource source = new InstanceSource(
                inputs.get(RobustFidelity.MODEL, GnnModel.class),
                inputs.get(RobustFidelity.GRAPHS, GraphDataset.class),
                context.kernel(BatchedGraphConvolution.class),
                new InstanceSource.Options(
                        parameters.removal(), parameters.hops(), parameters.edgeUnit() != EdgeUnit.DIRECTED,
                        parameters.labelSource() == LabelSource.PREDICTED));
        source.notes().forEach(context::warn);
        new ExplanationsRun(
                source, inputs.all(RobustFidelity.EXPLANATIONS, ExplanationFile.class), parameters, context).run();
    }

    @Override
    public Optional<Explorer<GnnExplanationsParameters>> explore(
            Inputs inputs, GnnExplanationsParameters parameters, Path artifacts) throws AnalysisException {
        return ExplanationsExplorer.open(inputs, parameters, artifacts);
    }
}

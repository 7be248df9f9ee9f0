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
import java.util.Locale;
import java.util.Optional;

/**
 * Scores explanations of a graph neural network's predictions by robust fidelity: what happens to the prediction when a
 * few random edges of the explanation, or of everything else, are removed.
 */
public final class RobustFidelity implements Analysis<RobustFidelityParameters> {

    /** Public identifier. */
    public static final String ID = "robust-fidelity";

    static final String MODEL = "model";
    static final String GRAPHS = "graphs";
    static final String EXPLANATIONS = "explanations";
    static final String TRAIN = "train";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "Robust fidelity",
                "Graph explanations",
                "Which explainer of a graph neural network can be trusted?",
                "Zheng et al.: Towards Robust Fidelity for Evaluating Explainability of Graph Neural Networks. ICLR 2024,"
                        + " arXiv 2310.01820",
                HelpPage.read("robust-fidelity.md"));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(MODEL, "Model", GnnModel.class, "A graph neural network that tells classes apart."),
                InputRole.required(
                        GRAPHS, "Graphs", GraphDataset.class,
                        "Graphs, or one graph whose nodes are classified, as the network was trained on."),
                new InputRole(
                        EXPLANATIONS, "Explanations", ExplanationFile.class, false, true,
                        "Your own edge scores as CSV, graph,u,v,score or node,u,v,score."),
                InputRole.optional(
                        TRAIN, "Training graphs", GraphDataset.class,
                        "What the copy for F-Fidelity is fine-tuned on; without it the graphs above."));
    }

    @Override
    public Class<RobustFidelityParameters> parameters() {
        return RobustFidelityParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        return GraphFit.of(inputs);
    }

    @Override
    public void run(Inputs inputs, RobustFidelityParameters parameters, RunContext context) throws AnalysisException {
        GnnModel model = inputs.get(MODEL, GnnModel.class);
        GraphDataset graphs = inputs.get(GRAPHS, GraphDataset.class);
        model.notes().forEach(context::log);
        graphs.notes().forEach(context::log);
        context.log("Removal mode: " + parameters.removal().toString().toLowerCase(Locale.ROOT) + ".");
        InstanceSource source = source(inputs, parameters, context.kernel(BatchedGraphConvolution.class));
        source.notes().forEach(context::warn);
        RobustRun run =
                new RobustRun(source, inputs.all(EXPLANATIONS, ExplanationFile.class), parameters, context);
        run.run();
        if (parameters.fFidelity()) {
            new FFidelityRun(source, inputs.find(TRAIN, GraphDataset.class).orElse(source.data()), parameters, context)
                    .run(run.explainers(), run.keys());
        }
    }

    /** The instances of a run. */
    static InstanceSource source(
            Inputs inputs, RobustFidelityParameters parameters, BatchedGraphConvolution kernel)
            throws AnalysisException {
        return new InstanceSource(
                inputs.get(MODEL, GnnModel.class), inputs.get(GRAPHS, GraphDataset.class), kernel,
                new InstanceSource.Options(
                        parameters.removal(), parameters.hops(), parameters.edgeUnit() != EdgeUnit.DIRECTED,
                        parameters.labelSource() == LabelSource.PREDICTED));
    }

    @Override
    public Optional<Explorer<RobustFidelityParameters>> explore(
            Inputs inputs, RobustFidelityParameters parameters, Path artifacts) throws AnalysisException {
        return FidelityExplorer.open(inputs, parameters, artifacts);
    }
}

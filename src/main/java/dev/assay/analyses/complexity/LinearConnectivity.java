package dev.assay.analyses.complexity;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxModel;
import java.util.List;

/**
 * Whether two networks of one structure are the same network up to the order of their features: matches the features by
 * their weights and follows loss and accuracy along the straight line between the two, before and after matching.
 */
public final class LinearConnectivity implements Analysis<ConnectivityParameters> {

    static final String MODEL = "model";
    static final String OTHER = "other";
    static final String TEST = "test";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                "linear-connectivity",
                "Linear connectivity",
                "Redundancy",
                "Are two networks the same up to the order of their features?",
                "Ainsworth, Hayase, Srinivasa: Git Re-Basin: Merging Models modulo Permutation Symmetries. ICLR 2023,"
                        + " arXiv 2209.04836",
                HelpPage.of("linear-connectivity.md"));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(MODEL, "Model", Model.class, "A network whose weights can be read."),
                InputRole.required(
                        OTHER, "Second model", Model.class,
                        "Another network of the same structure, e.g. another seed."),
                InputRole.optional(
                        TEST,
                        "Evaluation data",
                        Dataset.class,
                        "Labelled samples for loss and accuracy along the line; never used to match."));
    }

    @Override
    public Class<ConnectivityParameters> parameters() {
        return ConnectivityParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        for (String role : List.of(MODEL, OTHER)) {
            Model model = inputs.find(role, Model.class).orElse(null);
            if (model != null && !(model instanceof OnnxModel)) {
                return Fit.no("The weights of " + model.name() + ", a " + model.format()
                        + " model, cannot be read by layer; export it as ONNX.");
            }
        }
        return Fit.yes();
    }

    @Override
    public void run(Inputs inputs, ConnectivityParameters parameters, RunContext context) throws AnalysisException {
        Fit fit = fits(inputs);
        if (!fit.fits()) {
            throw new AnalysisException(fit.reason().replaceAll("\\.$", ""), "", "");
        }
        OnnxModel model = (OnnxModel) inputs.get(MODEL, Model.class);
        OnnxModel other = (OnnxModel) inputs.get(OTHER, Model.class);
        NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
        Evaluation evaluation = new Evaluation(
                inputs.find(TEST, Dataset.class).orElse(null), model, context.threads(), context::checkCancelled);
        new ConnectivityRun(network, other, evaluation, parameters, context).run();
    }
}

package dev.assay.analyses.complexity;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.model.ShapeFit;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds how many different features each layer of a network has by merging the copies, and what a network without the
 * copies is worth.
 */
public final class FeatureComplexity implements Analysis<ComplexityParameters> {

    static final String MODEL = "model";
    static final String TEST = "test";
    static final String BATCH = "batch";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                "feature-complexity",
                "Feature complexity",
                "Redundancy",
                "How many different features does each layer have, and how much smaller could the network be?",
                "Chen, Zhou, Yan: Going Beyond Neural Network Feature Similarity: The Network Feature Complexity and Its"
                        + " Interpretation Using Category Theory. ICLR 2024, arXiv 2310.06756",
                HelpPage.of("feature-complexity.md"));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(MODEL, "Model", Model.class, "A network whose weights can be read."),
                InputRole.optional(
                        TEST,
                        "Evaluation data",
                        Dataset.class,
                        "Labelled samples for accuracy before and after; never used to merge."),
                InputRole.optional(
                        BATCH,
                        "Sample batch",
                        Dataset.class,
                        "Samples whose activations are compared; needed by space=activations only."));
    }

    @Override
    public Class<ComplexityParameters> parameters() {
        return ComplexityParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        Optional<Model> model = inputs.find(MODEL, Model.class);
        if (model.isPresent() && !(model.get() instanceof OnnxModel)) {
            return Fit.no("The weights of a " + model.get().format()
                    + " model cannot be read by layer; export it as ONNX.");
        }
        Optional<Dataset> batch = inputs.find(BATCH, Dataset.class);
        return model.isPresent() && batch.isPresent()
                ? ShapeFit.of(batch.get().sampleShape(), model.get().input())
                : Fit.yes();
    }

    @Override
    public List<String> suggestions(String parameter, Inputs inputs) throws AnalysisException {
        Optional<Model> model = inputs.find(MODEL, Model.class);
        return model.isPresent() && model.get() instanceof OnnxModel onnx
                ? NetworkUnderAnalysis.layers(onnx)
                : List.of(NetworkUnderAnalysis.ALL);
    }

    @Override
    public void run(Inputs inputs, ComplexityParameters parameters, RunContext context) throws AnalysisException {
        Fit fit = fits(inputs);
        if (!fit.fits()) {
            throw new AnalysisException(withoutStop(fit.reason()), "", "");
        }
        OnnxModel model = (OnnxModel) inputs.get(MODEL, Model.class);
        Dataset batch = inputs.find(BATCH, Dataset.class).orElse(null);
        if (parameters.space() == Space.ACTIVATIONS && batch == null) {
            throw new AnalysisException(
                    "space=activations compares features on samples, and there are none",
                    "input batch",
                    "give a dataset as batch, or use space=weights");
        }
        NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, parameters.layers());
        Evaluation evaluation = new Evaluation(
                inputs.find(TEST, Dataset.class).orElse(null), model, context.threads(), context::checkCancelled);
        new ComplexityRun(network, batch, evaluation, parameters, context).run();
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    @Override
    public Optional<Explorer<ComplexityParameters>> explore(
            Inputs inputs, ComplexityParameters parameters, Path artifacts) throws AnalysisException {
        if (parameters.profile() == Profile.REFERENCE) {
            return Optional.empty();
        }
        return ComplexityExplorer.open(inputs, parameters, artifacts);
    }
}

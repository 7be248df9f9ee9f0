package dev.assay.analyses.snr;

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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Distances between embeddings and exact retrieval by them: signal to noise with its anchors, Euclid and cosine. */
public final class SnrMetricLearning implements Analysis<SnrParameters> {

    /** Public identifier. */
    public static final String ID = "snr-metric-learning";

    /** Name of the file that keeps what a model made. */
    static final String FILE = "embeddings.npz";

    /** Name of the file that keeps which rows the matrix shows, where it does not show all. */
    static final String PAIRS_FILE = "matrix-rows.npz";

    /** Name of the array in it. */
    static final String PAIRS = "rows";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "SNR retrieval",
                SnrTraining.FAMILY,
                "Which samples does the model think are alike, and how well does it find samples of a class?",
                SnrTraining.CITATION,
                HelpPage.read(ID));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.optional(
                        EmbeddingInputs.EMBEDDINGS,
                        "Embeddings",
                        Dataset.class,
                        "A row per sample from NPY, NPZ or CSV; or leave it empty and give a model and data."),
                InputRole.optional(
                        EmbeddingInputs.MODEL, "Model", Model.class, "The network whose layer gives the embeddings."),
                InputRole.optional(
                        EmbeddingInputs.DATA,
                        "Data",
                        Dataset.class,
                        "The samples to embed; beside embeddings from a file, the samples that their rows stand for."),
                InputRole.optional(
                        EmbeddingInputs.DATABASE,
                        "Database",
                        Dataset.class,
                        "What queries search in, of the same kind as the embeddings or the data; without it they search"
                                + " among themselves."));
    }

    @Override
    public Class<SnrParameters> parameters() {
        return SnrParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        Optional<Model> model = inputs.find(EmbeddingInputs.MODEL, Model.class);
        Optional<Dataset> data = inputs.find(EmbeddingInputs.DATA, Dataset.class);
        if (model.isPresent() && data.isPresent() && inputs.find(EmbeddingInputs.EMBEDDINGS, Dataset.class).isEmpty()) {
            Fit fit = ShapeFit.of(data.get().sampleShape(), model.get().input());
            return fit.fits() ? fit : Fit.no(data.get().name() + ": " + fit.reason());
        }
        return EmbeddingInputs.given(inputs) ? Fit.yes() : EmbeddingInputs.notGiven();
    }

    @Override
    public List<String> suggestions(String parameter, Inputs inputs) {
        return inputs.find(EmbeddingInputs.MODEL, Model.class).map(VectorReader::layers).orElse(List.of());
    }

    @Override
    public void run(Inputs inputs, SnrParameters parameters, RunContext context) throws AnalysisException {
        new SnrRun(inputs, parameters, context).run();
    }

    @Override
    public Optional<Explorer<SnrParameters>> explore(Inputs inputs, SnrParameters parameters, Path artifacts)
            throws AnalysisException {
        return SnrExplorer.open(inputs, parameters, artifacts);
    }
}

package dev.assay.analyses.nap;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.compute.PatternFollowing;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.model.ShapeFit;
import dev.assay.text.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Mines the dominant neural activation pattern of every class: the ReLU units that are (almost) always active and those
 * that are (almost) never active on its samples, how many unseen samples show the pattern, and where two classes'
 * patterns exclude each other.
 */
public final class NapMining implements Analysis<NapParameters> {

    /** Public identifier. */
    public static final String ID = "nap-mining";

    static final String MODEL = "model";
    static final String TRAIN = "train";
    static final String TEST = "test";
    static final String REGION = "region";

    /** What matters most comes first, whichever part of it is there first while a run goes on. */
    private static final List<String> ORDER = List.of(
            "train_accuracy", "test_accuracy", "test_recall", "test_foreign", "constrained", "states", "train_recall",
            "train_foreign", "neurons", "dead_neurons");

    private static final String HELP = "nap-mining.md";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "NAP mining",
                "Activation patterns",
                "Which neurons are (almost) always on or off for a class, and who shows that pattern?",
                "Geng, Le, Xu, Wang, Gurfinkel, Si: Towards Reliable Neural Specifications. ICML 2023,"
                        + " arXiv 2210.16114",
                help());
    }

    private static String help() {
        try (InputStream in = NapMining.class.getResourceAsStream(HELP)) {
            if (in == null) {
                throw new IllegalStateException("the help page " + HELP + " is not installed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(
                        MODEL, "Model", Model.class, "A feed-forward network whose hidden units pass through ReLUs."),
                InputRole.required(
                        TRAIN,
                        "Training data",
                        Dataset.class,
                        "The samples that patterns are mined from; labels are needed unless labelSource=predicted."),
                InputRole.optional(
                        TEST,
                        "Test data",
                        Dataset.class,
                        "Held-out samples that tell how many unseen ones show the patterns."));
    }

    @Override
    public Class<NapParameters> parameters() {
        return NapParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        Optional<Model> model = inputs.find(MODEL, Model.class);
        if (model.isPresent() && model.get().reluLayers().isEmpty()) {
            return Fit.no(model.get().withoutRelus());
        }
        for (String role : List.of(TRAIN, TEST)) {
            Optional<Dataset> data = inputs.find(role, Dataset.class);
            if (model.isPresent() && data.isPresent()) {
                Fit fit = ShapeFit.of(data.get().sampleShape(), model.get().input());
                if (!fit.fits()) {
                    return Fit.no(data.get().name() + ": " + fit.reason());
                }
            }
        }
        return Fit.yes();
    }

    @Override
    public List<String> suggestions(String parameter, Inputs inputs) {
        int count = inputs.find(MODEL, Model.class).map(m -> m.reluLayers().size()).orElse(0);
        return Stream.concat(
                Stream.of(NapParameters.ALL_LAYERS), IntStream.rangeClosed(1, count).mapToObj(String::valueOf))
                .toList();
    }

    @Override
    public void run(Inputs inputs, NapParameters parameters, RunContext context) throws AnalysisException {
        Model model = inputs.get(MODEL, Model.class);
        Dataset train = inputs.get(TRAIN, Dataset.class);
        Dataset test = inputs.find(TEST, Dataset.class).orElse(null);
        Neurons neurons = Neurons.select(model, parameters);
        check(model, train, parameters);
        if (test != null) {
            check(model, test, parameters);
        }
        Classes classes = Classes.of(model, train);
        if (!neurons.exact()) {
            context.warn("The layers " + String.join(", ", neurons.approximated())
                    + " are no ReLUs; the sign of the value that enters them stands in for their state. Patterns are an"
                    + " approximation there and no base for proofs.");
        }
        model.notes().forEach(context::log);
        context.arrange(ORDER);
        Path folder = Artifacts.makeFolder(context.artifacts());
        try (Mined mined =
                new MiningPass(model, neurons, classes, parameters, context).run(train, test, folder)) {
            results(mined, parameters, context, model.sha256());
            mined.save(folder, model.sha256());
        }
    }

    private static void check(Model model, Dataset data, NapParameters parameters) throws AnalysisException {
        Fit fit = ShapeFit.of(data.sampleShape(), model.input());
        if (!fit.fits()) {
            throw new AnalysisException(
                    Neurons.withoutStop(fit.reason()),
                    data.name(),
                    "choose data of the shape that the model was trained on");
        }
        if (data.size() == 0) {
            throw new AnalysisException("there are no samples", data.name(), "choose data with samples");
        }
        if (!data.labelled() && parameters.labelSource() != LabelSource.PREDICTED) {
            throw new AnalysisException(
                    "the samples have no labels",
                    data.name(),
                    "give the labels, or use labelSource=predicted to mine the classes that the network decides on");
        }
    }

    private static void results(Mined mined, NapParameters parameters, RunContext context, String sha256)
            throws AnalysisException {
        RunContext.Progress progress = context.phase("Patterns", 3, "steps");
        PatternFollowing kernel = context.kernel(PatternFollowing.class);
        NapResults results = NapResults.of(mined, parameters);
        results.neurons(context, mined);
        boolean predicted = parameters.labelSource() == LabelSource.PREDICTED;
        List<Exact> slacks = parameters.allSlacks();
        SampleViews views = new SampleViews(mined, slacks, parameters.slack(), predicted, kernel);
        List<SlackScores> all =
                SlackScores.evaluate(
                        mined, slacks, predicted, kernel, context.threads(), context::checkCancelled, views);
        SlackScores chosen = all.get(slacks.indexOf(parameters.slack()));
        progress.advance(1);
        results.totals(context, chosen);
        results.recall(context, all);
        results.curves(context, all);
        results.states(context, chosen);
        results.activity(context, mined.counts());
        results.layers(context, chosen);
        results.conflicts(context, all, chosen);
        views.emit(context);
        progress.advance(1);
        if (!NapResults.drawsNeurons(mined.neurons(), mined.classes())) {
            context.warn("The matrix of neurons and classes has more than " + Numbers.count(NapResults.MOST_CELLS)
                    + " cells and is not drawn; " + Artifacts.PATTERNS + " has all patterns.");
        }
        new PatternWriter(mined, chosen.patterns(), parameters, sha256)
                .write(context.artifacts().resolve(Artifacts.PATTERNS));
        progress.advance(1);
    }

    @Override
    public Optional<Explorer<NapParameters>> explore(Inputs inputs, NapParameters parameters, Path artifacts)
            throws AnalysisException {
        Path folder = Artifacts.folder(artifacts);
        if (!Mined.complete(folder)) {
            return Optional.empty();
        }
        Model model = inputs.get(MODEL, Model.class);
        Mined mined = Mined.load(folder, Neurons.select(model, parameters), model.sha256());
        return Optional.of(new NapExplorer(inputs, parameters, mined));
    }
}

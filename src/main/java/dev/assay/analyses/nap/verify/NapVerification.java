package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.PatternFile;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Workers;
import dev.assay.analyses.nap.verify.search.Monitor;
import dev.assay.analyses.nap.verify.search.Verdict;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves that every input of a region (a ball, an activation pattern's region, both, or a VNN-LIB property's box) is
 * classified as it should be, or shows one that is not.
 */
public final class NapVerification implements Analysis<VerifyParameters> {

    /** Public identifier. */
    public static final String ID = "nap-verification";

    static final String MODEL = "model";
    static final String PROPERTY = "property";
    static final String PATTERNS = "patterns";
    static final String DATA = "data";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "NAP verification",
                "Activation patterns",
                "Is every input that shows this pattern, or lies in this box, classified as it should be?",
                "Geng, Le, Xu, Wang, Gurfinkel, Si: Towards Reliable Neural Specifications. ICML 2023,"
                        + " arXiv 2210.16114. Bounds: CROWN (1811.00866), DeepPoly (POPL 2019), alpha-CROWN"
                        + " (2011.13824), beta-CROWN (2103.06624)",
                HelpPages.read("nap-verification.md"));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(
                        MODEL, "Model", Model.class, "A network of affine layers with ReLUs between them."),
                new InputRole(
                        PROPERTY,
                        "Property",
                        PropertyFile.class,
                        false,
                        true,
                        "VNN-LIB properties, or a list of instances; each takes the place of the question."),
                InputRole.optional(
                        PATTERNS,
                        "Patterns",
                        PatternFile.class,
                        "The patterns.json that NAP mining wrote for this model."),
                InputRole.optional(
                        DATA, "References", Dataset.class, "Labelled samples that hold the references."));
    }

    @Override
    public Class<VerifyParameters> parameters() {
        return VerifyParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        Optional<Model> model = inputs.find(MODEL, Model.class);
        if (model.isPresent() && model.get().reluLayers().stream().anyMatch(l -> !l.exact())) {
            return Fit.no("The network has activations other than ReLU, for which nothing can be proved here.");
        }
        Optional<Dataset> data = inputs.find(DATA, Dataset.class);
        boolean nothing = inputs.find(PROPERTY, PropertyFile.class).isEmpty()
                && inputs.find(PATTERNS, PatternFile.class).isEmpty();
        if (model.isPresent() && data.isEmpty() && nothing) {
            return Fit.no("There is nothing to verify yet: choose references, patterns or a property.");
        }
        return model.isPresent() && data.isPresent()
                ? ShapeFit.of(data.get().sampleShape(), model.get().input())
                : Fit.yes();
    }

    @Override
    public void run(Inputs inputs, VerifyParameters parameters, RunContext context) throws AnalysisException {
        Model model = inputs.get(MODEL, Model.class);
        PatternFile patterns = inputs.find(PATTERNS, PatternFile.class).orElse(null);
        Dataset data = inputs.find(DATA, Dataset.class).orElse(null);
        List<PropertyFile> properties = inputs.all(PROPERTY, PropertyFile.class);
        int threads = parameters.threads() == 0 ? context.threads() : parameters.threads();
        context.phase("Reading the network", -1, "layers");
        try (LoadedNetwork loaded = LoadedNetwork.of(model, parameters.domainLow(), parameters.domainHigh());
                Workers workers = new Workers(threads)) {
            Questions questions =
                    new Questions(model, loaded.net(), patterns, data, parameters, context::warn);
            List<Question> all = properties.isEmpty()
                    ? questions.all()
                    : ofProperties(
                            new PropertyQuestions(questions, parameters, context::warn), properties, model, context);
            Propagation propagation = new Propagation(
                    loaded.net(), workers, parameters.soundness() == Soundness.RIGOROUS, context::checkCancelled);
            Decider decider = new Decider(loaded, propagation, parameters, context.seed());
            boolean rigorous = parameters.soundness() == Soundness.RIGOROUS;
            VerifyResults results =
                    new VerifyResults(context, model, questions.classNames(), rigorous ? "B (rigorous)" : "A (standard)");
            decideAll(all, decider, results, context, new Evidence(model, data, questions.classNames(), parameters));
            results.end();
            results.matrices(properties.isEmpty() ? parameters.query() : null);
            if (parameters.radius() && properties.isEmpty() && parameters.query().local()) {
                new RadiusStudy(questions, decider, parameters, context).run(all);
            }
        }
    }

    private static List<Question> ofProperties(
            PropertyQuestions questions, List<PropertyFile> properties, Model model, RunContext context)
            throws AnalysisException {
        List<Question> all = new ArrayList<>();
        int others = 0;
        for (PropertyFile file : properties) {
            for (PropertyFile.Entry entry : file.entries()) {
                if (!entry.model().isEmpty() && !entry.model().equals(model.name())) {
                    others++;
                    continue;
                }
                all.addAll(questions.of(entry));
            }
        }
        if (others > 0) {
            context.warn(others + (others == 1 ? " instance of the list is" : " instances of the list are")
                    + " meant for other networks and left out.");
        }
        if (all.isEmpty()) {
            throw new AnalysisException(
                    "no instance of the list is meant for this network", model.name(), "open the network it names");
        }
        return all;
    }

    private static void decideAll(
            List<Question> all, Decider decider, VerifyResults results, RunContext context, Evidence evidence)
            throws AnalysisException {
        RunContext.Progress progress = context.phase("Verifying", all.size(), "instances");
        Path folder = context.artifacts();
        for (int n = 0; n < all.size(); n++) {
            context.checkCancelled();
            int number = n;
            long began = System.nanoTime();
            Answered answered = decider.decide(n, all.get(n), new Monitor() {
                @Override
                public void bounds(double lower, double upper) {
                    results.bound(number, (System.nanoTime() - began) / 1e9, lower, upper);
                }

                @Override
                public void nodes(long open, long closed) {
                    results.node(number, (System.nanoTime() - began) / 1e9, open, closed);
                }
            });
            String file = null;
            if (answered.found() != null) {
                file = "counterexamples/instance-" + n + ".npy";
                CounterexampleFiles.npy(folder.resolve(file), answered.found().x());
            }
            results.add(answered, file);
            results.bound(n, answered.seconds(), answered.lower(), answered.upper());
            evidence.save(answered, folder, context);
            progress.advance(1);
        }
        if (all.stream().anyMatch(q -> !q.slack().isEmpty())) {
            context.log("Proofs hold for the closed half-spaces z >= 0 and z <= 0, which contain the mined region.");
        }
    }

    /** Whether a verdict is a proof worth a file. */
    static boolean provable(Answered answered) {
        return answered.verdict() == Verdict.VERIFIED || answered.verdict() == Verdict.EMPTY;
    }

    @Override
    public Optional<Explorer<VerifyParameters>> explore(Inputs inputs, VerifyParameters parameters, Path artifacts) {
        return Optional.of(new VerifyExplorer(inputs, artifacts));
    }
}

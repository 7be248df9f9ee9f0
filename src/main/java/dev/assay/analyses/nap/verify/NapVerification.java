package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.PatternFile;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Spool;
import dev.assay.analyses.nap.verify.bound.Workers;
import dev.assay.analyses.nap.verify.search.Engine;
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
    static final String RESULTS = "results";

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
                new InputRole(
                        MODEL,
                        "Model",
                        Model.class,
                        true,
                        true,
                        "A network of affine layers with ReLUs between them; several for a list of instances that names"
                                + " them."),
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
                        DATA, "References", Dataset.class, "Labelled samples that hold the references."),
                InputRole.optional(
                        RESULTS,
                        "Earlier results",
                        EarlierResults.class,
                        "The results.csv of an earlier batch: properties that it decided are left out."));
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
        List<Model> models = inputs.all(MODEL, Model.class);
        List<PropertyFile> properties = inputs.all(PROPERTY, PropertyFile.class);
        if (models.size() > 1 && properties.isEmpty()) {
            throw new AnalysisException(
                    "a question is about one network, and " + models.size() + " are given",
                    "input model",
                    "give one network, or a list of instances that names them");
        }
        if (inputs.find(RESULTS, EarlierResults.class).isPresent()
                && inputs.find(PATTERNS, PatternFile.class).isPresent()) {
            throw new AnalysisException(
                    "earlier results say nothing about patterns",
                    "input results",
                    "leave out either the results or the patterns");
        }
        checkNames(models, properties, context);
        if (parameters.engine() == Engine.MILP) {
            context.warn(
                    "engine=milp believes its solver, which has been seen to give too high a minimum for about one in 15,000 tiny"
                            + " networks: a verdict 'verified' has no proof that could be replayed. Use ladder or bab for what has to hold.");
        }
        Tally tally = properties.isEmpty() ? null : new Tally(context);
        VerifyResults results = null;
        for (Model model : models) {
            if (properties.isEmpty() || properties.stream().anyMatch(p -> p.isMeantFor(model.name()))) {
                results = one(model, inputs, parameters, context, results, tally);
            }
        }
        results.end();
    }

    /** Says how many instances are meant for networks that are not there. */
    private static void checkNames(List<Model> models, List<PropertyFile> properties, RunContext context)
            throws AnalysisException {
        List<PropertyFile.Entry> all =
                properties.stream().flatMap(p -> p.entries().stream()).toList();
        long others = all.stream()
                .filter(e -> models.stream().noneMatch(m -> e.isMeantFor(m.name())))
                .count();
        if (others > 0 && others == all.size()) {
            throw new AnalysisException(
                    "no instance of the list is meant for this network",
                    models.getFirst().name(),
                    "open the network it names");
        }
        if (others > 0) {
            context.warn(others + (others == 1 ? " instance of the list is" : " instances of the list are")
                    + " meant for other networks and left out.");
        }
    }

    /** All instances of one network; the results go on from those of the networks before it. */
    private static VerifyResults one(
            Model model,
            Inputs inputs,
            VerifyParameters parameters,
            RunContext context,
            VerifyResults before,
            Tally tally)
            throws AnalysisException {
        PatternFile patterns = inputs.find(PATTERNS, PatternFile.class).orElse(null);
        Dataset data = inputs.find(DATA, Dataset.class).orElse(null);
        int threads = parameters.threads() == 0 ? context.threads() : parameters.threads();
        boolean rigorous = parameters.soundness() == Soundness.RIGOROUS;
        boolean several = inputs.all(MODEL, Model.class).size() > 1;
        context.phase("Reading the network", -1, "layers");
        long began = System.nanoTime();
        try (LoadedNetwork loaded = LoadedNetwork.of(model, parameters.domainLow(), parameters.domainHigh());
                Workers workers = new Workers(threads)) {
            double prepared = (System.nanoTime() - began) / 1e9;
            Questions questions = new Questions(model, loaded.net(), patterns, data, parameters, context::warn);
            List<Question> all = new ArrayList<>();
            PropertyQuestions ofProperties = new PropertyQuestions(questions, parameters, context::warn);
            EarlierResults earlier = inputs.find(RESULTS, EarlierResults.class).orElse(null);
            int known = 0;
            for (PropertyFile file : inputs.all(PROPERTY, PropertyFile.class)) {
                for (PropertyFile.Entry entry : file.entries()) {
                    if (earlier != null && earlier.isDecided(model.name(), entry.name())) {
                        known++;
                    } else if (entry.isMeantFor(model.name())) {
                        all.addAll(ofProperties.of(entry));
                    }
                }
            }
            if (known > 0) {
                context.log(known + " of the properties of " + model.name() + " were decided by an earlier run ("
                        + earlier.name() + ") and are left out.");
            }
            if (tally == null) {
                all.addAll(questions.all());
            }
            Propagation propagation = new Propagation(loaded.net(), workers, rigorous, context::checkCancelled);
            Decider decider = new Decider(loaded, propagation, parameters, context.seed());
            VerifyResults results = before != null
                    ? before
                    : new VerifyResults(
                            context,
                            questions.classNames(),
                            rigorous ? "B (rigorous)" : "A (standard)",
                            several);
            Evidence evidence =
                    new Evidence(model, several ? model.name() : "", data, questions.classNames(), parameters);
            decideAll(all, decider, results, context, evidence, a -> {
                if (tally != null) {
                    tally.add(model.name(), prepared, a);
                }
            }, model);
            results.matrices(tally != null ? null : parameters.query());
            if (parameters.radius() && tally == null && parameters.query().local()) {
                new RadiusStudy(questions, decider, parameters, context).run(all);
            }
            return results;
        }
    }

    /** Hears of every decided instance. */
    private interface Decided {
        void add(Answered answered) throws AnalysisException;
    }

    private static void decideAll(
            List<Question> all,
            Decider decider,
            VerifyResults results,
            RunContext context,
            Evidence evidence,
            Decided decided,
            Model model)
            throws AnalysisException {
        RunContext.Progress progress = context.phase("Verifying " + model.name(), all.size(), "instances");
        Path folder = context.artifacts();
        for (Question question : all) {
            context.checkCancelled();
            try (Spool spool = new Spool(folder)) {
                int number = results.count();
                long began = System.nanoTime();
                Answered answered = decider.decide(number, question, spool, new Monitor() {
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
                    file = "counterexamples/instance-" + number + ".npy";
                    CounterexampleFiles.npy(folder.resolve(file), answered.found().x());
                }
                results.add(answered, model, file);
                results.bound(number, answered.seconds(), answered.lower(), answered.upper());
                evidence.save(answered, folder, context);
                decided.add(answered);
            }
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

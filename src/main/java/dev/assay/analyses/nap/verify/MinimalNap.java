package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.Decision;
import dev.assay.analyses.nap.PatternFile;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.bound.Spool;
import dev.assay.analyses.nap.verify.bound.Workers;
import dev.assay.analyses.nap.verify.minimal.Coarsening;
import dev.assay.analyses.nap.verify.minimal.Importance;
import dev.assay.analyses.nap.verify.minimal.Oracle;
import dev.assay.analyses.nap.verify.search.Monitor;
import dev.assay.analyses.nap.verify.search.Verdict;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for the coarsest pattern that still suffices for a proof. */
public final class MinimalNap implements Analysis<MinimalParameters> {

    /** Public identifier. */
    public static final String ID = "minimal-nap";

    /** Calls after which the search for the smallest part of a pattern gives up. */
    private static final long MOST_CALLS = 20_000;

    private static final Monitor SILENT = new Monitor() {
        @Override
        public void bounds(double lower, double upper) {
            // Only the verdict is asked for.
        }

        @Override
        public void nodes(long open, long closed) {
            // Only the verdict is asked for.
        }
    };

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "Minimal NAP",
                "Activation patterns",
                "Which few neurons of a pattern already suffice for the proof?",
                "Geng, Wang, Ye, Si: Learning Minimal Neural Specifications. 2024, arXiv 2404.04662",
                HelpPages.read("minimal-nap.md"));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(
                        NapVerification.MODEL, "Model", Model.class, "A network of affine layers with ReLUs."),
                InputRole.required(
                        NapVerification.PATTERNS,
                        "Patterns",
                        PatternFile.class,
                        "The patterns.json that NAP mining wrote for this model."),
                InputRole.required(
                        NapVerification.DATA, "References", Dataset.class,
                        "Labelled samples that hold the references."));
    }

    @Override
    public Class<MinimalParameters> parameters() {
        return MinimalParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        return new NapVerification().fits(inputs);
    }

    /** What a run works with. */
    private record Job(
            LoadedNetwork loaded,
            Decider decider,
            MinimalParameters parameters,
            RunContext context,
            List<String> classes,
            ResultSink.Rows results,
            ResultSink.Rows neurons,
            ResultSink.Points sizes) {}

    @Override
    public void run(Inputs inputs, MinimalParameters parameters, RunContext context) throws AnalysisException {
        Model model = inputs.get(NapVerification.MODEL, Model.class);
        PatternFile patterns = inputs.get(NapVerification.PATTERNS, PatternFile.class);
        Dataset data = inputs.get(NapVerification.DATA, Dataset.class);
        VerifyParameters verification = parameters.verification(0);
        // A ball is laid around every reference also where the whole domain is asked for: it carries the reference.
        VerifyParameters local = new MinimalParameters(
                parameters.method(),
                parameters.indices(),
                parameters.eps(),
                false,
                parameters.slack(),
                parameters.targetClass(),
                parameters.domainLow(),
                parameters.domainHigh(),
                parameters.decision(),
                parameters.timeout(),
                parameters.engine(),
                parameters.restarts()).verification(0);
        try (LoadedNetwork loaded = LoadedNetwork.of(model, parameters.domainLow(), parameters.domainHigh());
                Workers workers = new Workers(context.threads())) {
            Questions questions = new Questions(model, loaded.net(), patterns, data, local, context::warn);
            List<Question> all = questions.all();
            Propagation propagation = new Propagation(loaded.net(), workers, false, context::checkCancelled);
            Job job = new Job(
                    loaded,
                    new Decider(loaded, propagation, verification, context.seed()),
                    parameters,
                    context,
                    questions.classNames(),
                    context.table("minimal", "Minimal patterns", List.of(
                            Column.text("reference", "Reference"),
                            Column.text("class", "Class"),
                            Column.text("method", "Method"),
                            Column.integer("mined", "Neurons mined"),
                            Column.integer("minimal", "Neurons that suffice"),
                            Column.share("share", "Share"),
                            Column.integer("calls", "Verifier calls"),
                            Column.text("verdict", "Verdict"))),
                    context.table("neurons", "Neurons of the minimal patterns", List.of(
                            Column.text("reference", "Reference"),
                            Column.text("neuron", "Neuron").to(RefKind.neuron(NapVerification.MODEL)),
                            Column.text("state", "Required state"))),
                    context.curve("size", "Neurons left", Axis.of("Verifier calls", ""), Axis.of("Neurons", "")));
            RunContext.Progress progress = context.phase("Coarsening", all.size(), "references");
            long total = 0;
            for (Question q : all) {
                Question asked = parameters.domain()
                        ? new Question(
                                q.query(), q.reference(), q.sample(), Double.NaN, q.slack(), q.targetClass(), "",
                                List.of(new Question.Part(questions.domain(), q.parts().getFirst().targets())),
                                q.signs(), q.starts(), q.seconds())
                        : q;
                total += one(job, asked, propagation);
                progress.advance(1);
            }
            context.emit(new Scalar("calls", "Verifier calls", total, "", ""));
        }
    }

    private static boolean verified(Job job, Question q, Signs signs) throws InputException {
        Question asked = new Question(
                q.query(), q.reference(), q.sample(), q.eps(), q.slack(), q.targetClass(), "", q.parts(), signs,
                q.starts(), q.seconds());
        return job.decider().decide(0, asked, Spool.inHeap(), SILENT).verdict() == Verdict.VERIFIED;
    }

    /** Carries a reader's problem out of an oracle. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient InputException problem;

        Failed(InputException problem) {
            super(problem);
            this.problem = problem;
        }
    }

    private static long one(Job job, Question q, Propagation propagation) throws AnalysisException {
        Oracle oracle = signs -> {
            job.context().checkCancelled();
            try {
                return verified(job, q, signs);
            } catch (InputException e) {
                throw new Failed(e);
            }
        };
        Coarsening coarsening = new Coarsening(
                oracle, (calls, left) -> job.sizes().add("reference " + q.reference(), calls, left));
        try {
            Signs found = null;
            String verdict = "not verified with the whole pattern";
            if (coarsening.holds(q.signs())) {
                found = search(job, q, coarsening, propagation);
                boolean refine = job.parameters().method() == MinimalParameters.Method.REFINE;
                String without = refine
                        ? "no minimum within " + Numbers.count(MOST_CALLS) + " calls"
                        : "what adversaries flip does not suffice";
                verdict = found == null ? without : "verified";
            }
            row(job, q, coarsening.calls(), found, verdict);
            return coarsening.calls();
        } catch (Failed e) {
            throw e.problem;
        }
    }

    private static Signs search(Job job, Question q, Coarsening coarsening, Propagation propagation) {
        MinimalParameters p = job.parameters();
        int ofClass = job.classes().indexOf(q.targetClass());
        Importance importance = new Importance(job.loaded().net());
        double sign = p.decision() == Decision.ARGMAX ? 1 : -1;
        int[] order = Importance.ascending(q.signs(), importance.gradients(q.starts(), ofClass, sign));
        return switch (p.method()) {
            case COARSEN -> coarsening.coarsen(q.signs(), order);
            case STOCHASTIC -> coarsening.stochastic(q.signs(), order, job.context().seed());
            case GRADIENT -> coarsening.prefix(q.signs(), reversed(order));
            case REFINE -> coarsening.refine(q.signs(), reversed(order), MOST_CALLS);
            case OPTIMISTIC -> {
                Signs essential = importance.essential(
                        q.signs(), Adversaries.of(propagation, q, p.restarts(), job.context().seed()));
                yield coarsening.holds(essential) ? essential : null;
            }
        };
    }

    private static int[] reversed(int[] order) {
        int[] reversed = new int[order.length];
        Arrays.setAll(reversed, i -> order[order.length - 1 - i]);
        return reversed;
    }

    private static void row(Job job, Question q, long calls, Signs found, String verdict) {
        int mined = q.signs().size();
        job.results().add(
                q.reference(),
                q.targetClass(),
                job.parameters().method().name().toLowerCase(java.util.Locale.ROOT),
                (long) mined,
                found == null ? null : (Long) (long) found.size(),
                found == null ? null : (Double) (mined == 0 ? 0 : (double) found.size() / mined),
                calls,
                verdict);
        List<Integer> units = new ArrayList<>();
        if (found != null) {
            for (int unit : found.constrained()) {
                units.add(unit);
            }
        }
        for (int unit : units) {
            int k = job.loaded().net().layerOf(unit);
            job.neurons().add(
                    q.reference(),
                    k + ":" + (unit - job.loaded().net().offset(k)),
                    found.sign(unit) > 0 ? "active" : "inactive");
        }
    }
}

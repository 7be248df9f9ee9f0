package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.EdgeCut;
import dev.assay.analyses.fidelity.explain.Explainer;
import dev.assay.analyses.fidelity.explain.Explainers;
import dev.assay.analyses.fidelity.explain.Explanation;
import dev.assay.analyses.fidelity.explain.ExplanationFile;
import dev.assay.analyses.fidelity.explain.FileExplainer;
import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run: explains and scores instances in blocks that fit into memory; within a block samples are drawn in rounds, so
 * that all scores are there early and sharpen.
 */
final class RobustRun {

    private static final long BLOCK_BYTES = 384L << 20;
    private static final int OPENED_AT_ONCE = 64;
    private static final int FIRST_ROUND = 10;
    private static final int CHECKED_INSTANCES = 20;
    private static final double UNCHANGED = 1e-12;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Publishing takes at most this share of the time. */
    private static final int COST_FACTOR = 20;

    private final InstanceSource source;
    private final RobustFidelityParameters parameters;
    private final RunContext context;
    private final Sampling sampling;
    private final EdgeCut cut;
    private final double[] ratios;
    private final int[] schedule;
    private final List<Explainer> explainers;
    private final int[] keys;
    private final FidelityBoard board;
    private long nextPublish = System.nanoTime();
    private boolean early;

    RobustRun(
            InstanceSource source, List<ExplanationFile> files, RobustFidelityParameters parameters,
            RunContext context)
            throws AnalysisException {
        this.source = source;
        this.parameters = parameters;
        this.context = context;
        this.sampling = parameters.sampling(context.seed());
        if (parameters.cut() == CutRule.TRUTH_SIZE && !source.data().hasTruth()) {
            throw new AnalysisException(
                    "cut=truthSize needs a ground truth, and the data has none", source.data().name(),
                    "choose cut=ratio, topK or threshold");
        }
        this.cut = parameters.edgeCut(source.data().hasTruth());
        this.ratios = NumberList.parse(parameters.ratios());
        this.schedule = schedule(parameters.samples());
        this.keys = selected();
        checkThatEdgesMatter();
        this.explainers = Explainers.of(
                parameters.explainers(), parameters.explainerSettings(), files,
                parameters.nonFinite() == NonFinite.LOWEST, source, keys, context);
        this.board = new FidelityBoard(
                explainers.stream().map(Explainer::name).toList(), ratios, schedule, parameters, source);
    }

    /** Numbers of samples after which running scores are kept. */
    static int[] schedule(int samples) {
        List<Integer> at = new ArrayList<>();
        for (int m = 2; m < samples; m = m < 20 ? m + 1 : (int) Math.ceil(m * 1.1)) {
            at.add(m);
        }
        at.add(samples);
        return at.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] selected() throws AnalysisException {
        int[] chosen = InstanceSelection.of(parameters.instances(), source);
        if (parameters.labelSource() == LabelSource.PROVIDED) {
            long missing = 0;
            for (int key : chosen) {
                missing += source.storedLabel(key) < 0 ? 1 : 0;
            }
            if (missing > 0) {
                context.warn(missing + " of " + chosen.length + " instances have no label; there the predicted class"
                        + " is explained.");
            }
        }
        if (parameters.onlyCorrect()) {
            List<Integer> right = new ArrayList<>();
            for (int key : chosen) {
                context.checkCancelled();
                Instance instance = source.open(key);
                if (instance.predicted() == instance.label()) {
                    right.add(key);
                }
            }
            context.log(right.size() + " of " + chosen.length + " instances are predicted correctly and looked at.");
            chosen = right.stream().mapToInt(Integer::intValue).toArray();
        }
        if (chosen.length == 0) {
            throw new AnalysisException(
                    "there is no instance to look at", source.data().name(),
                    "choose other instances, or switch onlyCorrect off");
        }
        if (sampling.alpha1() == 0) {
            context.warn("With alpha1 = 0 nothing is removed and the robust plus score is 0 by construction.");
        }
        if (sampling.alpha2() == 1) {
            context.warn("With alpha2 = 1 everything is kept and the robust minus score is 0 by construction.");
        }
        return chosen;
    }

    /** Refuses a network whose predictions do not depend on edges. */
    private void checkThatEdgesMatter() throws AnalysisException {
        boolean any = false;
        for (int i = 0; i < Math.min(CHECKED_INSTANCES, keys.length); i++) {
            context.checkCancelled();
            Instance instance =
                    source.open(keys[(int) ((long) i * keys.length / Math.min(CHECKED_INSTANCES, keys.length))]);
            int units = instance.units().size();
            if (units == 0) {
                continue;
            }
            any = true;
            double[] none = instance.network().probabilities(
                    instance.weights(new double[units], 1), 1, instance.removal());
            for (int k = 0; k < none.length; k++) {
                if (Math.abs(none[k] - instance.probabilities()[k]) > UNCHANGED) {
                    return;
                }
            }
        }
        if (any) {
            throw new AnalysisException(
                    "removing all edges changes no prediction: the network ignores edges",
                    source.model().name(), "choose a network that uses them, or the other removal mode");
        }
    }

    /** The explainers, trained where they need it. */
    List<Explainer> explainers() {
        return explainers;
    }

    /** Indices of the instances. */
    int[] keys() {
        return keys;
    }

    /** Runs. */
    FidelityBoard run() throws AnalysisException {
        RunContext.Progress progress =
                context.phase("Scoring", (long) keys.length * sampling.samples(), "samples per explanation");
        try (Parallel parallel = new Parallel(context.threads());
                ExplanationCsv csv = new ExplanationCsv(
                        context.artifacts(), explainers.stream().map(Explainer::name).toList(),
                        source.data().task().toString())) {
            for (int from = 0; from < keys.length;) {
                List<Prepared> block = block(from, parallel);
                score(block, parallel, progress);
                for (Prepared p : block) {
                    for (int e = 0; e < explainers.size(); e++) {
                        csv.add(e, p.scoring.instance(), p.scores.get(e));
                    }
                }
                from += block.size();
            }
            csv.finish();
            StoredExplainers.write(
                    context.artifacts(), explainers.stream().map(Explainer::name).toList(), keys, context.seed());
        }
        warnings();
        board.emit(context, true);
        return board;
    }

    /** An instance that is explained and ready to be scored. */
    private record Prepared(InstanceScoring scoring, List<double[]> scores, Explained explained) {}

    private List<Prepared> block(int from, Parallel parallel) throws AnalysisException {
        List<Prepared> block = new ArrayList<>();
        long bytes = 0;
        while (from + block.size() < keys.length && bytes < BLOCK_BYTES) {
            int start = from + block.size();
            int count = Math.min(Math.min(OPENED_AT_ONCE, keys.length - start), block.isEmpty() ? context.threads() * 4
                    : OPENED_AT_ONCE);
            Prepared[] opened = new Prepared[count];
            parallel.run(count, i -> opened[i] = prepare(keys[start + i]), () -> {});
            for (Prepared p : opened) {
                block.add(p);
                bytes += bytes(p.scoring.instance());
            }
        }
        return block;
    }

    private long bytes(Instance instance) {
        long nodes = instance.network().nodes().length;
        long width = (long) source.model().config().inputWidth()
                + source.model().config().layers().stream().mapToInt(l -> l.width()).sum();
        long edges = instance.network().edgeCount();
        long masks = Math.min(5_000L, 2L * sampling.samples() * explainers.size() * (1 + ratios.length));
        return 8 * nodes * width * 3 + 60 * edges + masks * (edges / 8 + 40) + 8L * explainers.size() * edges;
    }

    private Prepared prepare(int key) throws AnalysisException {
        context.checkCancelled();
        Instance instance = source.open(key);
        InstanceScoring scoring = new InstanceScoring(instance, sampling);
        List<double[]> scores = new ArrayList<>();
        List<Explained.Part> parts = new ArrayList<>();
        for (Explainer explainer : explainers) {
            context.checkCancelled();
            long start = System.nanoTime();
            Explanation explanation = explainer.explain(instance, context::checkCancelled);
            double seconds = (System.nanoTime() - start) / 1e9;
            EdgeCut.Cut set = cut.of(explanation.scores(), instance);
            requireBudget(set.size(), instance);
            scoring.add(set.members(), schedule);
            for (double ratio : ratios) {
                scoring.addToCurve(EdgeCut.first(
                        explanation.scores(), EdgeCut.sizeOf(ratio, instance.units().size())).members());
            }
            scores.add(explanation.scores());
            parts.add(Explained.part(instance, explanation, set, seconds));
        }
        Explained explained = new Explained(
                key, instance.label(), instance.predicted(), instance.f(), instance.units().size(), parts);
        return new Prepared(scoring, scores, explained);
    }

    private void requireBudget(int size, Instance instance) throws AnalysisException {
        int largest = Math.max(size, instance.units().size() - size);
        int most = sampling.estimator() == Estimator.EXACT ? largest : sampling.maxRemoved();
        boolean enumerates = sampling.estimator() == Estimator.EXACT || sampling.estimator() == Estimator.TRUNCATED;
        if (enumerates && !Subsets.fits(largest, most, sampling.budget())) {
            throw new AnalysisException(
                    "enumerating the subsets of " + largest + " edges takes " + (largest == most
                            ? "2^" + largest
                            : Subsets.count(largest, most).toString()) + " forward passes",
                    source.data().task() + " " + instance.key(),
                    "raise enumerationBudget (" + sampling.budget() + "), or use estimator=auto or monteCarlo");
        }
    }

    private void score(List<Prepared> block, Parallel parallel, RunContext.Progress progress)
            throws AnalysisException {
        int first = board.size();
        for (Prepared p : block) {
            board.add(p.explained, p.scores, p.scoring.instance());
        }
        long done = 0;
        while (done < sampling.samples()) {
            long from = done;
            long to = Math.min(sampling.samples(), Math.max(from + FIRST_ROUND, from + from / 2));
            parallel.run(block.size(), i -> {
                context.checkCancelled();
                InstanceScoring scoring = block.get(i).scoring;
                scoring.advance(to, context::checkCancelled);
                board.set(first + i, scoring.scores());
                progress.advance(to - from);
            }, this::publish);
            publish();
            done = to;
            if (done < sampling.samples() && parameters.stopWidth() > 0
                    && board.samplingWidth() < parameters.stopWidth()) {
                progress.advance((sampling.samples() - done) * block.size());
                if (!early) {
                    context.log("Sampling ended after " + done + " of " + sampling.samples()
                            + " samples: every interval is narrower than " + parameters.stopWidth() + ".");
                }
                early = true;
                return;
            }
        }
    }

    private void publish() {
        long now = System.nanoTime();
        if (now >= nextPublish) {
            board.emit(context, false);
            long took = System.nanoTime() - now;
            nextPublish = System.nanoTime() + Math.max(PAUSE_NANOS, COST_FACTOR * took);
        }
    }

    private void warnings() {
        for (Explainer explainer : explainers) {
            if (explainer instanceof FileExplainer file) {
                if (file.missing() > 0) {
                    context.warn(file.name() + ": " + file.missing() + " edges have no row and score 0.");
                }
                if (file.outside() > 0) {
                    context.warn(file.name() + ": " + file.outside()
                            + " rows are of edges out of the node's reach and are left out.");
                }
                if (file.joined() > 0) {
                    context.warn(file.name() + ": " + file.joined()
                            + " pairs have one direction in the set; the pair counts as in it.");
                }
            }
        }
        board.warnings(context);
        if (sampling.estimator() == Estimator.TRUNCATED) {
            context.log("Truncated enumeration leaves out at most a probability mass of " + board.leftOut()
                    + "; a score is off by no more than that.");
        }
    }
}

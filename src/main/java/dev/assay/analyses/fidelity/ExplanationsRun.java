package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.EdgeCut;
import dev.assay.analyses.fidelity.explain.Explainer;
import dev.assay.analyses.fidelity.explain.Explainers;
import dev.assay.analyses.fidelity.explain.Explanation;
import dev.assay.analyses.fidelity.explain.ExplanationFile;
import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analyses.fidelity.explain.Ranks;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of explanations. Rows come instance by instance; what compares explainers is renewed while they come. */
final class ExplanationsRun {

    private static final int CHUNK = 64;
    private static final int AUC_BINS = 20;
    private static final double SHOWN_SHARE = 0.2;
    private static final long MOST_POOLED = 20_000_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Publishing takes at most this share of the time. */
    private static final int COST_FACTOR = 20;

    private final InstanceSource source;
    private final RunContext context;
    private final int[] keys;
    private final List<Explainer> explainers;
    private final List<String> names;
    private final List<List<Double>> aucs = new ArrayList<>();
    private final List<List<double[]>> pooledScores = new ArrayList<>();
    private final List<boolean[]> pooledTruth = new ArrayList<>();
    private final double[] seconds;
    private final double[][] correlations;
    private final int[][] correlated;
    private long instances;
    private long pooled;
    private long forwards;
    private long backwards;
    private long nextPublish = System.nanoTime() + PAUSE_NANOS;

    ExplanationsRun(
            InstanceSource source, List<ExplanationFile> files, GnnExplanationsParameters parameters,
            RunContext context)
            throws AnalysisException {
        this.source = source;
        this.context = context;
        this.keys = InstanceSelection.of(parameters.instances(), source);
        this.explainers = Explainers.of(
                parameters.explainers(), parameters.explainerSettings(), files, false, source, keys, context);
        this.names = explainers.stream().map(Explainer::name).toList();
        this.seconds = new double[names.size()];
        this.correlations = new double[names.size()][names.size()];
        this.correlated = new int[names.size()][names.size()];
        names.forEach(n -> {
            aucs.add(new ArrayList<>());
            pooledScores.add(new ArrayList<>());
        });
    }

    /** An instance with all its explanations. */
    private record Answer(Instance instance, List<Explanation> explanations, double[] seconds) {}

    void run() throws AnalysisException {
        ResultSink.Rows edges = context.table(
                "edge_scores", "Scores of the edges",
                List.of(
                        FidelityResults.instanceColumn(source.nodeTask()),
                        Column.text("explainer", "Explainer").to(FidelityResults.EXPLAINER),
                        Column.integer("u", "u"), Column.integer("v", "v"), Column.real("score", "Score", "")));
        ResultSink.Rows rows = context.table(
                "instances", "Instances",
                List.of(
                        FidelityResults.instanceColumn(source.nodeTask()),
                        Column.text("explainer", "Explainer").to(FidelityResults.EXPLAINER),
                        Column.integer("label", "Explained class"), Column.integer("predicted", "Predicted"),
                        Column.real("f", "f(G)", ""), Column.integer("edges", "Edges"),
                        Column.real("edge_auc", "Edge AUC", ""),
                        Column.real("completeness_gap", "Completeness gap", ""), Column.real("seconds", "Time", "s")));
        RunContext.Progress progress =
                context.phase("Explaining", keys.length, source.nodeTask() ? "nodes" : "graphs");
        try (Parallel parallel = new Parallel(context.threads());
                ExplanationCsv csv =
                        new ExplanationCsv(context.artifacts(), names, source.data().task().toString())) {
            for (int from = 0; from < keys.length; from += CHUNK) {
                int start = from;
                Answer[] answers = new Answer[Math.min(CHUNK, keys.length - from)];
                parallel.run(answers.length, i -> {
                    answers[i] = answer(keys[start + i]);
                    progress.advance(1);
                }, () -> {});
                for (Answer answer : answers) {
                    take(answer, edges, rows, csv);
                }
                long now = System.nanoTime();
                if (now >= nextPublish) {
                    emit(false);
                    long took = System.nanoTime() - now;
                    nextPublish = System.nanoTime() + Math.max(PAUSE_NANOS, COST_FACTOR * took);
                }
            }
            csv.finish();
            StoredExplainers.write(context.artifacts(), names, keys, context.seed());
        }
        emit(true);
    }

    private Answer answer(int key) throws AnalysisException {
        Instance instance = source.open(key);
        List<Explanation> explanations = new ArrayList<>();
        double[] took = new double[explainers.size()];
        for (int e = 0; e < took.length; e++) {
            context.checkCancelled();
            long begin = System.nanoTime();
            explanations.add(explainers.get(e).explain(instance, context::checkCancelled));
            took[e] = (System.nanoTime() - begin) / 1e9;
        }
        return new Answer(instance, explanations, took);
    }

    private void take(Answer answer, ResultSink.Rows edges, ResultSink.Rows rows, ExplanationCsv csv)
            throws AnalysisException {
        Instance instance = answer.instance();
        if (instances == 0) {
            new ExplanationPictures(
                    instance, names, answer.explanations().stream().map(Explanation::scores).toList())
                    .emit(context, source.data().hasTruth()
                            ? new EdgeCut(EdgeCut.Rule.TRUTH_SIZE, 0)
                            : new EdgeCut(EdgeCut.Rule.RATIO, SHOWN_SHARE));
        }
        instances++;
        pooled += (long) instance.units().size() * names.size();
        boolean pool = instance.truth() != null && pooled <= MOST_POOLED;
        if (pool) {
            pooledTruth.add(instance.truth());
        }
        List<double[]> ranks =
                answer.explanations().stream().map(x -> Ranks.average(x.scores())).toList();
        for (int e = 0; e < names.size(); e++) {
            context.checkCancelled();
            Explanation explanation = answer.explanations().get(e);
            double auc = instance.truth() == null ? Double.NaN : Ranks.auc(explanation.scores(), instance.truth());
            aucs.get(e).add(auc);
            seconds[e] += answer.seconds()[e];
            forwards += explanation.forwards();
            backwards += explanation.backwards();
            if (pool) {
                pooledScores.get(e).add(explanation.scores());
            }
            for (int u = 0; u < explanation.scores().length; u++) {
                edges.add(
                        instance.key(), names.get(e), instance.units().from(u), instance.units().to(u),
                        explanation.scores()[u]);
            }
            rows.add(
                    instance.key(), names.get(e), instance.label(), instance.predicted(), instance.f(),
                    instance.units().size(), auc, explanation.completenessGap(), answer.seconds()[e]);
            csv.add(e, instance, explanation.scores());
            for (int other = 0; other < names.size(); other++) {
                double rho = Ranks.correlation(ranks.get(e), ranks.get(other));
                if (!Double.isNaN(rho)) {
                    correlations[e][other] += rho;
                    correlated[e][other]++;
                }
            }
        }
    }

    /** @param complete whether all instances are there: only then edges are pooled, which takes time */
    private void emit(boolean complete) {
        context.emit(new Scalar("instances", "Instances", instances, "", source.nodeTask() ? "nodes" : "graphs"));
        context.emit(new Scalar("forwards", "Forward passes", forwards, "", "to explain"));
        context.emit(new Scalar("backwards", "Backward passes", backwards, "", "to explain"));
        context.emit(agreement());
        if (source.data().hasTruth()) {
            context.emit(distribution());
        }
        context.emit(explainerTable(complete));
    }

    private Heatmap agreement() {
        int n = names.size();
        double[][] values = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                values[a][b] = correlated[a][b] == 0 ? Double.NaN : correlations[a][b] / correlated[a][b];
            }
        }
        return new Heatmap(
                "explainer_spearman", "Agreement of the explainers, mean over instances", names, names, values,
                "Explainer", "Explainer", FidelityResults.EXPLAINER, FidelityResults.EXPLAINER,
                Heatmap.Palette.DIVERGING, List.of()).explained(Axis.of("Spearman", ""));
    }

    private Distribution distribution() {
        double[] binEdges = new double[AUC_BINS + 1];
        Arrays.setAll(binEdges, b -> (double) b / AUC_BINS);
        List<Distribution.Series> series = new ArrayList<>();
        for (int e = 0; e < names.size(); e++) {
            long[] counts = new long[AUC_BINS];
            for (double auc : aucs.get(e)) {
                if (!Double.isNaN(auc)) {
                    counts[Math.clamp((int) (auc * AUC_BINS), 0, AUC_BINS - 1)]++;
                }
            }
            series.add(new Distribution.Series(names.get(e), counts));
        }
        return new Distribution(
                "edge_auc", "Edge AUC against the ground truth, by instance",
                Axis.of("Edge AUC", "").from("instances", "edge_auc"), binEdges,
                series);
    }

    private Table explainerTable(boolean complete) {
        Table.Builder table = new Table.Builder(
                "explainers", "Explainers",
                List.of(
                        Column.text("explainer", "Explainer").to(FidelityResults.EXPLAINER),
                        Column.integer("instances", "Instances"), Column.real("edge_auc", "Edge AUC, pooled", ""),
                        Column.real("edge_auc_mean", "Edge AUC, mean", ""),
                        Column.real("edge_auc_median", "Edge AUC, median", ""),
                        Column.real("seconds_per_instance", "Time per instance", "s")));
        boolean[] truth = complete ? joinedTruth() : new boolean[0];
        for (int e = 0; e < names.size(); e++) {
            context.checkCancelled();
            double[] known = aucs.get(e).stream().mapToDouble(Double::doubleValue).filter(a -> !Double.isNaN(a))
                    .sorted().toArray();
            double all = truth.length == 0 || pooled > MOST_POOLED ? Double.NaN
                    : Ranks.auc(pooledScores.get(e).stream().flatMapToDouble(Arrays::stream).toArray(), truth);
            table.add(
                    names.get(e), instances, all, Means.of(known).mean(), median(known), seconds[e] / instances);
        }
        return table.snapshot();
    }

    private boolean[] joinedTruth() {
        boolean[] all = new boolean[pooledTruth.stream().mapToInt(t -> t.length).sum()];
        int at = 0;
        for (boolean[] part : pooledTruth) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}

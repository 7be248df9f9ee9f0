package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analyses.fidelity.explain.Uniforms;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the study. Results grow instance by instance. */
final class StudyRun {

    private static final long ENUMERATION_BUDGET = 4096;
    private static final int MOST_REMOVED = 3;
    private static final int CHUNK = 64;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String EDGE_AUC = "edge_auc";

    private final InstanceSource source;
    private final DegradationStudyParameters parameters;
    private final RunContext context;
    private final double[] beta1;
    private final double[] beta2;
    private final double[] sweep;
    private final List<Sampling> samplings = new ArrayList<>();
    private final List<StudyCells> totals = new ArrayList<>();
    private long forwards;
    private long distinct;
    private long instances;
    private long withoutTruth;
    private long wrong;
    private long nextPublish = System.nanoTime() + PAUSE_NANOS;

    StudyRun(InstanceSource source, DegradationStudyParameters parameters, RunContext context) {
        this.source = source;
        this.parameters = parameters;
        this.context = context;
        this.beta1 = parameters.beta1().stream().mapToDouble(Exact::toDouble).toArray();
        this.beta2 = parameters.beta2().stream().mapToDouble(Exact::toDouble).toArray();
        this.sweep = NumberList.parse(parameters.alphaSweep());
        samplings.add(sampling(parameters.alpha1(), parameters.alpha2()));
        for (double a : sweep) {
            samplings.add(sampling(a, 1 - a));
        }
        samplings.forEach(s -> totals.add(new StudyCells(beta1.length, beta2.length)));
    }

    private Sampling sampling(double alpha1, double alpha2) {
        return new Sampling(
                alpha1, alpha2, parameters.samples(), parameters.estimator(), ENUMERATION_BUDGET, MOST_REMOVED, false,
                false, context.seed());
    }

    /** What one instance adds. */
    private record Added(List<StudyCells> cells, long forwards, long distinct, boolean truth, boolean correct) {}

    void run() throws AnalysisException {
        int[] keys = InstanceSelection.of(parameters.instances(), source);
        RunContext.Progress progress =
                context.phase("Degrading", keys.length, source.nodeTask() ? "nodes" : "graphs");
        try (Parallel parallel = new Parallel(context.threads())) {
            for (int from = 0; from < keys.length; from += CHUNK) {
                int start = from;
                Added[] added = new Added[Math.min(CHUNK, keys.length - from)];
                parallel.run(added.length, i -> {
                    context.checkCancelled();
                    added[i] = instance(keys[start + i]);
                    progress.advance(1);
                }, () -> {});
                for (Added a : added) {
                    take(a);
                }
                if (System.nanoTime() >= nextPublish) {
                    emit(context);
                    nextPublish = System.nanoTime() + PAUSE_NANOS;
                }
            }
        }
        if (instances == 0) {
            throw new AnalysisException(
                    "none of the " + keys.length + " instances has a ground-truth edge"
                            + (parameters.onlyCorrect() ? " and is predicted correctly" : ""),
                    source.data().name(), "choose other instances");
        }
        if (withoutTruth > 0) {
            context.warn(withoutTruth + " of " + keys.length
                    + " instances have no ground-truth edge and are left out.");
        }
        if (wrong > 0) {
            context.log(wrong + " of " + keys.length + " instances are predicted wrongly"
                    + (parameters.onlyCorrect() ? " and left out." : " and counted all the same."));
        }
        if (parameters.alpha1() == 0 || parameters.alpha2() == 1) {
            context.warn("With alpha1 = 0 or alpha2 = 1 a robust score is 0 by construction.");
        }
        emit(context);
    }

    private void take(Added added) {
        withoutTruth += added.truth() ? 0 : 1;
        wrong += added.truth() && !added.correct() ? 1 : 0;
        if (added.cells() == null) {
            return;
        }
        instances++;
        forwards += added.forwards();
        distinct += added.distinct();
        for (int s = 0; s < totals.size(); s++) {
            totals.get(s).add(added.cells().get(s));
        }
    }

    private Added instance(int key) throws AnalysisException {
        Instance instance = source.open(key);
        boolean correct = instance.predicted() == instance.label();
        if (instance.truthSize() == 0 || parameters.onlyCorrect() && !correct) {
            return new Added(null, 0, 0, instance.truthSize() > 0, correct);
        }
        List<boolean[]> candidates = new ArrayList<>();
        for (int r = 0; r < beta1.length; r++) {
            for (int c = 0; c < beta2.length; c++) {
                for (int k = 0; k < parameters.candidates(); k++) {
                    candidates.add(candidate(instance, r, c, k));
                }
            }
        }
        List<StudyCells> cells = new ArrayList<>();
        long asked = 0;
        long run = 0;
        for (Sampling sampling : samplings) {
            context.checkCancelled();
            requireBudget(instance, candidates, sampling);
            InstanceScoring scoring = new InstanceScoring(instance, sampling);
            candidates.forEach(members -> scoring.add(members, new int[0]));
            scoring.advance(sampling.samples(), context::checkCancelled);
            InstanceScores scores = scoring.scores();
            StudyCells own = new StudyCells(beta1.length, beta2.length);
            for (int i = 0; i < candidates.size(); i++) {
                own.add(
                        i / parameters.candidates(), scores.sets().get(i), candidates.get(i), instance.truth());
                asked += scores.sets().get(i).forwards();
            }
            run += scores.forwards();
            cells.add(own);
        }
        return new Added(cells, asked, run, true, correct);
    }

    private void requireBudget(Instance instance, List<boolean[]> candidates, Sampling sampling)
            throws AnalysisException {
        if (sampling.estimator() != Estimator.EXACT && sampling.estimator() != Estimator.TRUNCATED) {
            return;
        }
        int units = instance.units().size();
        int largest = candidates.stream()
                .mapToInt(m -> Bits.count(Bits.of(m)))
                .map(size -> Math.max(size, units - size))
                .max()
                .orElse(0);
        int most = sampling.estimator() == Estimator.EXACT ? largest : sampling.maxRemoved();
        if (!Subsets.fits(largest, most, sampling.budget())) {
            throw new AnalysisException(
                    "enumerating the subsets of " + largest + " edges takes more than " + sampling.budget()
                            + " forward passes (" + Subsets.count(largest, Math.min(most, 64)) + ")",
                    source.data().task() + " " + instance.key(), "use estimator=monteCarlo or auto");
        }
    }

    /** A degraded ground truth; every unit decides on its own, independently in every cell. */
    private boolean[] candidate(Instance instance, int row, int column, int number) {
        long stream = Uniforms.key(Uniforms.mix(context.seed() ^ 0x444547524144L), instance.key());
        stream = Uniforms.key(stream, row, column);
        stream = Uniforms.key(stream, number);
        boolean[] members = new boolean[instance.units().size()];
        for (int u = 0; u < members.length; u++) {
            double uniform = Uniforms.at(
                    Uniforms.key(stream, instance.units().from(u), instance.units().to(u)), 0);
            members[u] = instance.truth()[u] ? uniform >= beta1[row] : uniform < beta2[column];
        }
        return members;
    }

    private void emit(ResultSink sink) {
        StudyCells cells = totals.getFirst();
        for (int s = 0; s < Scores.COUNT / 2; s++) {
            sink.emit(heatmap(cells, s));
            sink.emit(heatmap(cells, s + Scores.COUNT / 2));
        }
        if (sweep.length > 0) {
            sink.emit(sweepCurve());
        }
        int half = Scores.COUNT / 2;
        for (int s = 0; s < half; s++) {
            spearman(sink, cells, s);
            spearman(sink, cells, s + half);
        }
        sink.emit(new Scalar(
                "spearman_edge_auc", "Spearman, edge AUC", cells.meanSpearman(Scores.COUNT), "", "\u22121 is best"));
        sink.emit(new Scalar("forwards", "Forward passes", forwards, "", "that the scores stand for"));
        sink.emit(new Scalar("distinct_forwards", "Different graphs", distinct, "", "that were really run"));
        sink.emit(new Scalar("instances", "Instances", instances, "", "with a ground truth"));
        sink.emit(spearman(cells));
        sink.emit(cellTable(cells));
    }

    private static void spearman(ResultSink sink, StudyCells cells, int score) {
        sink.emit(new Scalar(
                "spearman_" + Scores.NAMES.get(score), "Spearman, " + Scores.LABELS.get(score),
                cells.meanSpearman(score), "", (score % 3 == 1 ? "1" : "\u22121") + " is best"));
    }

    private Heatmap heatmap(StudyCells cells, int score) {
        double[][] values = new double[beta1.length][beta2.length];
        for (int r = 0; r < beta1.length; r++) {
            for (int c = 0; c < beta2.length; c++) {
                values[r][c] = cells.mean(r, c, score);
            }
        }
        long n = cells.count(0, 0);
        return new Heatmap(
                Scores.NAMES.get(score),
                Scores.LABELS.get(score) + ", Spearman " + Numbers.value(cells.meanSpearman(score)) + " (n = "
                        + Numbers.count(n) + ")",
                parameters.beta1().stream().map(Exact::text).toList(),
                parameters.beta2().stream().map(Exact::text).toList(), values, "Share dropped \u03b21",
                "Share added \u03b22", null, null, Heatmap.Palette.SEQUENTIAL, List.of())
                .explained(Axis.of(Scores.LABELS.get(score), ""));
    }

    private Curve sweepCurve() {
        List<Curve.Series> series = new ArrayList<>();
        for (int score = Scores.ROBUST_PLUS; score < Scores.COUNT; score++) {
            double[] y = new double[sweep.length];
            for (int i = 0; i < sweep.length; i++) {
                y[i] = totals.get(i + 1).meanSpearman(score);
            }
            series.add(Curve.Series.of(Scores.NAMES.get(score), sweep, y));
        }
        return new Curve(
                "alpha_sweep", "Spearman with the edit distance over alpha", Axis.of("alpha1 = 1 \u2212 alpha2", ""),
                Axis.of("Spearman", ""), series, null);
    }

    private Table spearman(StudyCells cells) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("score", "Score"), Column.real("mean", "Mean", ""),
                Column.integer("constant_columns", "Constant columns")));
        for (Exact beta : parameters.beta2()) {
            columns.add(Column.real("beta2_" + beta.text(), "\u03b22 = " + beta.text(), ""));
        }
        Table.Builder table = new Table.Builder("spearman", "Spearman with the edit distance", columns);
        for (int s = 0; s <= Scores.COUNT; s++) {
            List<Object> row = new ArrayList<>(List.of(
                    s == Scores.COUNT ? EDGE_AUC : Scores.NAMES.get(s), cells.meanSpearman(s),
                    cells.constantColumns(s)));
            for (int c = 0; c < beta2.length; c++) {
                double rho = cells.spearman(c, s);
                row.add(Double.isNaN(rho) ? 0.0 : rho);
            }
            table.add(row.toArray());
        }
        return table.snapshot();
    }

    private Table cellTable(StudyCells cells) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.real("beta1", "\u03b21", ""), Column.real("beta2", "\u03b22", ""),
                Column.integer("n", "Candidates"), Column.real("edit_distance", "Edit distance", "")));
        for (int s = 0; s < Scores.COUNT; s++) {
            columns.add(Column.real(Scores.NAMES.get(s), Scores.LABELS.get(s), ""));
        }
        Table.Builder table = new Table.Builder("cells", "Cells", columns);
        for (int r = 0; r < beta1.length; r++) {
            for (int c = 0; c < beta2.length; c++) {
                List<Object> row = new ArrayList<>(List.of(
                        beta1[r], beta2[c], cells.count(r, c), cells.editDistance(r, c)));
                for (int s = 0; s < Scores.COUNT; s++) {
                    row.add(cells.mean(r, c, s));
                }
                table.add(row.toArray());
            }
        }
        return table.snapshot();
    }
}

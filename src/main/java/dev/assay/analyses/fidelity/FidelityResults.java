package dev.assay.analyses.fidelity;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.data.graph.GraphTask;
import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The results of robust fidelity under their public names. */
final class FidelityResults {

    /** A column or marker that stands for an explainer. */
    static final RefKind EXPLAINER = new RefKind("explainer", "");
    /** A row that stands for an explained graph or node. */
    static final RefKind INSTANCE = new RefKind("instance", "");

    /** What an instance is called and refers to: a graph of the input, or a node of its one graph. */
    static Column instanceColumn(boolean ofNodes) {
        return Column.integer("instance", ofNodes ? "Node" : "Graph")
                .to(ofNodes ? INSTANCE : RefKind.sample(RobustFidelity.GRAPHS));
    }

    private final FidelitySummary summary;
    private final String unit;

    FidelityResults(FidelitySummary summary, GraphTask task) {
        this.summary = summary;
        this.unit = task == GraphTask.GRAPH ? "graphs" : "nodes";
    }

    /** What is shown while the run goes on. */
    void live(ResultSink sink) {
        scalars(sink);
        sink.emit(plane());
        if (summary.ratios().length > 0) {
            sink.emit(sparsity("sparsity_plus", "Robust fidelity + over size", "Robust +", Scores.ROBUST_PLUS));
            sink.emit(sparsity(
                    "sparsity_minus", "Robust fidelity \u2212 over size", "Robust \u2212", Scores.ROBUST_MINUS));
            sink.emit(sparsity(
                    "sparsity_delta", "Robust fidelity \u0394 over size", "Robust \u0394", Scores.ROBUST_DELTA));
        }
        sink.emit(convergence());
        sink.emit(explainers());
    }

    /** What is there at the end only. */
    void complete(ResultSink sink) {
        sink.emit(perturbed());
        sink.emit(differences());
        sink.emit(scores());
    }

    private void scalars(ResultSink sink) {
        int n = summary.instances().size();
        long correct = summary.instances().stream().filter(Explained::correct).count();
        long flagged = 0;
        long forwards = 0;
        long distinct = 0;
        long curves = 0;
        for (int i = 0; i < n; i++) {
            boolean flag = false;
            for (int e = 0; e < summary.explainers().size(); e++) {
                SetScore s = summary.scores().get(i).sets().get(e);
                flag |= !withoutWrong(summary.instances().get(i).flags(e, s)).isEmpty();
                forwards += s.forwards();
            }
            flagged += flag ? 1 : 0;
            distinct += summary.scores().get(i).forwards();
            curves += summary.scores().get(i).curveForwards();
        }
        deltas(sink);
        String of = "of " + n + " " + unit;
        sink.emit(new Scalar("instances", "Instances", n, "", unit + " explained"));
        sink.emit(new Scalar("instances_correct", "Predicted correctly", correct, "", of));
        sink.emit(new Scalar("instances_flagged", "Flagged", flagged, "", of));
        sink.emit(new Scalar("forwards", "Forward passes", forwards, "", "that the scores stand for"));
        sink.emit(new Scalar("distinct_forwards", "Different graphs", distinct, "", "that were really run for them"));
        if (curves > 0) {
            sink.emit(new Scalar("curve_forwards", "For the curves", curves, "", "forward passes on top"));
        }
    }

    /** The answer in one number for each explainer, which sweeps follow too. */
    private void deltas(ResultSink sink) {
        Set<String> ids = new HashSet<>();
        for (int e = 0; e < summary.explainers().size(); e++) {
            String name = summary.explainers().get(e);
            String plain = "robust_delta_" + name.replaceAll("[^A-Za-z0-9]", "_");
            String id = plain;
            for (int k = 2; !ids.add(id); k++) {
                id = plain + "_" + k;
            }
            Means delta = summary.score(e, Scores.ROBUST_DELTA);
            String note =
                    Double.isNaN(delta.error()) ? "" : "\u00b1 " + Numbers.value(Means.NORMAL * delta.error());
            sink.emit(new Scalar(id, "Robust \u0394, " + name, delta.mean(), "", note));
        }
    }

    private static String withoutWrong(String flags) {
        return flags.replaceAll(",?wrong$", "");
    }

    private Scatter plane() {
        List<Scatter.Series> series = new ArrayList<>();
        for (int e = 0; e < summary.explainers().size(); e++) {
            Means plus = summary.score(e, Scores.ROBUST_PLUS);
            Means minus = summary.score(e, Scores.ROBUST_MINUS);
            if (plus.count() > 0) {
                series.add(new Scatter.Series(
                        summary.explainers().get(e), new double[] {minus.mean()}, new double[] {plus.mean()},
                        new String[] {summary.explainers().get(e)}, new double[] {half(e, minus, 1)},
                        new double[] {half(e, plus, 0)}));
            }
        }
        return new Scatter(
                "fid_plane", "Robust fidelity, upper left is best", Axis.of("Robust \u2212", ""),
                Axis.of("Robust +", ""), series, EXPLAINER, isoLines(series));
    }

    /** Half-width of the cross: over instances; from sampling alone for a single one. */
    private double half(int explainer, Means means, int error) {
        double e = means.count() > 1 ? means.error() : summary.samplingError(explainer, error);
        return Double.isNaN(e) ? 0 : Means.NORMAL * e;
    }

    /** Lines of equal delta through the part of the plane that is used. */
    private static List<Scatter.Guide> isoLines(List<Scatter.Series> series) {
        double[] deltas = series.stream().mapToDouble(s -> s.y()[0] - s.x()[0]).toArray();
        double low = Arrays.stream(deltas).min().orElse(0);
        double high = Arrays.stream(deltas).max().orElse(0);
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(0.01, high - low))));
        step = (high - low) / step > 4 ? 2 * step : (high - low) / step < 2 ? step / 2 : step;
        List<Scatter.Guide> lines = new ArrayList<>();
        for (long k = (long) Math.floor(low / step); k <= (long) Math.ceil(high / step); k++) {
            double delta = Math.rint(k * step * 1e6) / 1e6;
            lines.add(new Scatter.Guide("\u0394 = " + Numbers.value(delta), 1, delta));
        }
        return lines;
    }

    private Curve sparsity(String id, String title, String label, int score) {
        List<Curve.Series> series = new ArrayList<>();
        double[] sorted = summary.ratios().clone();
        Arrays.sort(sorted);
        for (int e = 0; e < summary.explainers().size(); e++) {
            double[] y = new double[sorted.length];
            double[] low = new double[sorted.length];
            double[] high = new double[sorted.length];
            for (int r = 0; r < sorted.length; r++) {
                Means means = summary.curveScore(e, place(sorted[r]), score);
                double error = Double.isNaN(means.error()) ? 0 : means.error();
                y[r] = means.mean();
                low[r] = means.mean() - error;
                high[r] = means.mean() + error;
            }
            series.add(new Curve.Series(summary.explainers().get(e), sorted, y, low, high));
        }
        return new Curve(
                id, title, Axis.of("Size of the explanation, share of the edges", "share"), Axis.of(label, ""), series,
                EXPLAINER);
    }

    private int place(double ratio) {
        for (int r = 0; r < summary.ratios().length; r++) {
            if (summary.ratios()[r] == ratio) {
                return r;
            }
        }
        throw new IllegalArgumentException(String.valueOf(ratio));
    }

    private Curve convergence() {
        List<Curve.Series> series = new ArrayList<>();
        for (int e = 0; e < summary.explainers().size(); e++) {
            List<FidelitySummary.Running> running = summary.running(e);
            int n = running.size();
            double[] x = new double[n];
            double[] y = new double[n];
            double[] low = new double[n];
            double[] high = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = summary.schedule()[i];
                y[i] = running.get(i).mean();
                low[i] = y[i] - running.get(i).half();
                high[i] = y[i] + running.get(i).half();
            }
            series.add(new Curve.Series(summary.explainers().get(e), x, y, low, high));
        }
        return new Curve(
                "convergence", "Robust fidelity \u0394 as samples arrive", Axis.of("Samples per instance and sign", ""),
                Axis.of("Mean robust \u0394, 95 % sampling band", ""), series, EXPLAINER);
    }

    private Distribution perturbed() {
        List<Distribution.Series> series = new ArrayList<>();
        for (int e = 0; e < summary.explainers().size(); e++) {
            Histogram plus = new Histogram();
            Histogram minus = new Histogram();
            for (InstanceScores s : summary.scores()) {
                plus.add(s.plus().get(e));
                minus.add(s.minus().get(e));
            }
            series.add(new Distribution.Series(summary.explainers().get(e) + " +", plus.counts()));
            series.add(new Distribution.Series(summary.explainers().get(e) + " \u2212", minus.counts()));
        }
        Histogram whole = new Histogram();
        summary.instances().forEach(i -> whole.probability(i.f(), 1));
        series.add(new Distribution.Series("whole graph", whole.counts()));
        return new Distribution(
                "perturbed_probability", "Probability of the explained class on perturbed graphs",
                Axis.of("Probability", ""), Histogram.edges(), series);
    }

    private Table explainers() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("explainer", "Explainer").to(EXPLAINER), Column.integer("instances", "Instances"),
                Column.integer("rank", "Rank")));
        for (int s = 0; s < Scores.COUNT; s++) {
            columns.add(Column.real(Scores.NAMES.get(s), Scores.LABELS.get(s), ""));
            columns.add(Column.real(Scores.NAMES.get(s) + "_low", Scores.LABELS.get(s) + ", low", ""));
            columns.add(Column.real(Scores.NAMES.get(s) + "_high", Scores.LABELS.get(s) + ", high", ""));
        }
        columns.addAll(List.of(
                Column.real("size", "Size", ""), Column.real("edge_auc", "Edge AUC, pooled", ""),
                Column.real("edge_auc_mean", "Edge AUC, mean", ""), Column.real("iou", "IoU", ""),
                Column.real("edit_distance", "Edit distance", ""),
                Column.real("phenomenon_plus", "Phenomenon +", ""),
                Column.real("phenomenon_minus", "Phenomenon \u2212", ""), Column.real("model_plus", "Model +", ""),
                Column.real("model_minus", "Model \u2212", ""), Column.real("characterization", "Characterization", ""),
                Column.real("curve_auc", "Area under the curve", ""), Column.real("seconds", "Explaining", "s")));
        Table.Builder table = new Table.Builder("explainers", "Explainers", columns);
        int[] ranks = summary.ranks();
        for (int e = 0; e < ranks.length; e++) {
            List<Object> row = new ArrayList<>();
            row.add(summary.explainers().get(e));
            row.add(summary.counted(e).length);
            row.add(ranks[e] == 0 ? null : (Object) ranks[e]);
            for (int s = 0; s < Scores.COUNT; s++) {
                Means means = summary.score(e, s);
                row.add(means.mean());
                row.add(means.low());
                row.add(means.high());
            }
            int explainer = e;
            row.add(summary.means(e, SetScore::size).mean());
            row.add(summary.pooledAuc()[e]);
            row.add(part(e, Explained.Part::edgeAuc));
            row.add(part(e, Explained.Part::iou));
            row.add(part(e, p -> p.editDistance() < 0 ? Double.NaN : p.editDistance()));
            row.add(summary.phenomenonFidelity(e, true));
            row.add(summary.phenomenonFidelity(e, false));
            double plus = summary.modelFidelity(e, true);
            double minus = summary.modelFidelity(e, false);
            row.add(plus);
            row.add(minus);
            row.add(FidelitySummary.characterization(plus, minus));
            row.add(summary.curveAuc(e));
            row.add(summary.instances().stream().mapToDouble(i -> i.parts().get(explainer).seconds()).sum());
            table.add(row.toArray());
        }
        return table.snapshot();
    }

    private double part(int explainer, ToDoubleFunction<Explained.Part> value) {
        return Means.of(Arrays.stream(summary.counted(explainer))
                .mapToDouble(i -> value.applyAsDouble(summary.instances().get(i).parts().get(explainer)))
                .toArray()).mean();
    }

    private Table differences() {
        Table.Builder table = new Table.Builder(
                "differences", "Differences of robust \u0394 on the same instances",
                List.of(
                        Column.text("explainer_a", "Explainer").to(EXPLAINER),
                        Column.text("explainer_b", "minus").to(EXPLAINER),
                        Column.integer("instances", "Instances"), Column.real("robust_delta", "Robust \u0394", ""),
                        Column.real("robust_delta_se", "Standard error", ""),
                        Column.real("robust_delta_low", "Low", ""), Column.real("robust_delta_high", "High", "")));
        for (int a = 0; a < summary.explainers().size(); a++) {
            for (int b = a + 1; b < summary.explainers().size(); b++) {
                Means d = summary.difference(a, b);
                table.add(
                        summary.explainers().get(a), summary.explainers().get(b), d.count(), d.mean(), d.error(),
                        d.low(), d.high());
            }
        }
        return table.snapshot();
    }

    private Table scores() {
        List<Column> columns = new ArrayList<>(List.of(
                instanceColumn(!unit.equals("graphs")),
                Column.text("explainer", "Explainer").to(EXPLAINER),
                Column.integer("label", "Label"), Column.integer("predicted", "Predicted"),
                Column.real("f", "f(G)", ""),
                Column.integer("edges", "Edges"), Column.integer("size", "Size"),
                Column.real("sparsity", "Sparsity", "")));
        for (int s = 0; s < Scores.COUNT; s++) {
            columns.add(Column.real(Scores.NAMES.get(s), Scores.LABELS.get(s), ""));
        }
        for (int s = Scores.ROBUST_PLUS; s < Scores.COUNT; s++) {
            columns.add(Column.real(Scores.NAMES.get(s) + "_se", Scores.LABELS.get(s) + ", standard error", ""));
        }
        columns.addAll(List.of(
                Column.real("edge_auc", "Edge AUC", ""), Column.real("iou", "IoU", ""),
                Column.integer("edit_distance", "Edit distance"),
                Column.real("unfaithfulness_pq", "Unfaithfulness KL(p|q)", ""),
                Column.real("unfaithfulness_qp", "Unfaithfulness KL(q|p)", ""),
                Column.integer("forwards", "Forward passes"), Column.integer("distinct_forwards", "Different graphs"),
                Column.text("flags", "Flags")));
        Table.Builder table = new Table.Builder("scores", "Scores by instance", columns);
        for (int i = 0; i < summary.instances().size(); i++) {
            Explained instance = summary.instances().get(i);
            for (int e = 0; e < summary.explainers().size(); e++) {
                SetScore s = summary.scores().get(i).sets().get(e);
                Explained.Part part = instance.parts().get(e);
                List<Object> row = new ArrayList<>(List.of(
                        instance.key(), summary.explainers().get(e), instance.label(), instance.predicted(),
                        instance.f(), s.units(), s.size(),
                        s.units() == 0 ? Double.NaN : 1 - (double) s.size() / s.units()));
                Arrays.stream(s.values()).forEach(row::add);
                Arrays.stream(s.errors()).forEach(row::add);
                row.add(part.edgeAuc());
                row.add(part.iou());
                row.add(part.editDistance() < 0 ? null : (Object) part.editDistance());
                row.add(s.unfaithfulness()[0]);
                row.add(s.unfaithfulness()[1]);
                row.add(s.forwards());
                row.add(s.distinct());
                row.add(instance.flags(e, s));
                table.add(row.toArray());
            }
        }
        return table.snapshot();
    }
}

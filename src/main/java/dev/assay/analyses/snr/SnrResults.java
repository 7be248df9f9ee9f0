package dev.assay.analyses.snr;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tables, figures and curves of retrieval. */
final class SnrResults {

    private final EmbeddingInputs inputs;
    private final SnrParameters parameters;
    private final String sampleRole;
    private final String databaseRole;

    SnrResults(EmbeddingInputs inputs, SnrParameters parameters, String sampleRole, String databaseRole) {
        this.inputs = inputs;
        this.parameters = parameters;
        this.sampleRole = sampleRole;
        this.databaseRole = databaseRole;
    }

    /** The figures above the charts. */
    void scalars(ResultSink sink, List<DistanceRun> runs, PreparedRows centred, long classes, double auc) {
        DistanceRun first = runs.getFirst();
        boolean scored = inputs.labelled();
        int[] ks = first.means().ks();
        double recall = scored && ks.length > 0 && ks[0] == 1
                ? first.means().recallAt(1, parameters.ties())
                : Double.NaN;
        sink.emit(new Scalar("recall_at_1", "Recall@1", recall, "share", first.distance().id()));
        sink.emit(new Scalar("queries", "Queries", inputs.queries().rows(), "", ""));
        sink.emit(new Scalar("database", "Database", inputs.databaseRows(), "", ""));
        sink.emit(new Scalar("dimension", "Dimension", inputs.queries().columns(), "", ""));
        sink.emit(new Scalar("classes", "Classes", classes, "", ""));
        long constant = 0;
        for (boolean usable : centred.usable()) {
            constant += usable ? 0 : 1;
        }
        sink.emit(new Scalar("constant_rows", "Constant rows", constant, "", ""));
        sink.emit(new Scalar("singleton_queries", "Singleton queries",
                scored ? first.means().singletons() : Double.NaN, "", ""));
        double sum = 0;
        for (int r = 0; r < inputs.queries().rows(); r++) {
            sum += Math.abs(inputs.queries().mean(r));
        }
        sink.emit(new Scalar(
                "mean_abs_row_mean", "Mean |row mean|", sum / inputs.queries().rows(), "", ""));
        sink.emit(new Scalar("same_class_auc", "Same-class AUC", auc, "", first.distance().id()));
    }

    void recall(ResultSink sink, List<DistanceRun> runs) {
        Table.Builder table = new Table.Builder("recall", "Recall@K with its tie interval" + caution(), List.of(
                Column.text("distance", "Distance"),
                Column.integer("k", "K"),
                Column.share("value", "Recall"),
                Column.share("index", "By index"),
                Column.share("expected", "Expected"),
                Column.share("best", "Best"),
                Column.share("worst", "Worst"),
                Column.integer("queries", "Queries")));
        List<Curve.Series> series = new ArrayList<>();
        for (DistanceRun run : runs) {
            RetrievalMeans means = run.means();
            int count = means.ks().length;
            double[] x = new double[count];
            double[] y = new double[count];
            double[] low = new double[count];
            double[] high = new double[count];
            for (int i = 0; i < count; i++) {
                double[] r = means.recall()[i];
                x[i] = means.ks()[i];
                y[i] = r[parameters.ties().ordinal()];
                low[i] = r[TieRule.WORST.ordinal()];
                high[i] = r[TieRule.BEST.ordinal()];
                table.add(
                        run.distance().id(), means.ks()[i], y[i], r[TieRule.INDEX.ordinal()],
                        r[TieRule.EXPECTED.ordinal()], high[i], low[i], means.queries());
            }
            series.add(new Curve.Series(run.distance().id(), x, y, low, high));
        }
        sink.emit(table.snapshot());
        sink.emit(new Curve("recall_at_k", "Recall@K", Axis.log("K", ""), Axis.of("Recall", "share"), series, null));
    }

    /** What a table that sets SNR beside Euclid must say. */
    private String caution() {
        List<Distance> scored = parameters.scored();
        return scored.contains(Distance.SNR_QUERY) && scored.contains(Distance.EUCLID)
                ? " (snr:query ranks as euclid of rows without their means)"
                : "";
    }

    void retrieval(ResultSink sink, List<DistanceRun> runs) {
        Table.Builder table = new Table.Builder("retrieval", "Retrieval and clustering" + caution(), List.of(
                Column.text("distance", "Distance"),
                Column.share("map_at_r", "MAP@R"),
                Column.share("map", "MAP"),
                Column.share("r_precision", "R-precision"),
                Column.real("nmi", "NMI", ""),
                Column.real("nmi_geometric", "NMI, geometric", ""),
                Column.share("pair_precision", "Pair precision"),
                Column.share("pair_recall", "Pair recall"),
                Column.share("f1", "F1")));
        Table.Builder maps = new Table.Builder("map_at_k", "MAP@K by its denominator", List.of(
                Column.text("distance", "Distance"),
                Column.integer("k", "K"),
                Column.share("found", "Over those found"),
                Column.share("relevant", "Over all relevant"),
                Column.share("min", "Over min(K, R)")));
        List<Curve.Series> series = new ArrayList<>();
        for (DistanceRun run : runs) {
            RetrievalMeans means = run.means();
            ClusterScores c = run.clusters();
            double[] shown = Arrays.stream(means.mapAtK())
                    .mapToDouble(m -> m[parameters.mapDenominator().ordinal()])
                    .toArray();
            series.add(Curve.Series.of(
                    run.distance().id(), Arrays.stream(means.ks()).asDoubleStream().toArray(), shown));
            table.add(
                    run.distance().id(),
                    means.mapAtR(),
                    means.map(),
                    means.rPrecision(),
                    c == null ? null : c.nmi(),
                    c == null ? null : c.nmiGeometric(),
                    c == null ? null : c.precision(),
                    c == null ? null : c.recall(),
                    c == null ? null : c.f1());
            for (int i = 0; i < means.ks().length; i++) {
                double[] m = means.mapAtK()[i];
                maps.add(run.distance().id(), means.ks()[i], m[0], m[1], m[2]);
            }
        }
        sink.emit(table.snapshot());
        sink.emit(maps.snapshot());
        String over = switch (parameters.mapDenominator()) {
            case FOUND -> "those found";
            case RELEVANT -> "all relevant";
            case MIN -> "min(K, R)";
        };
        sink.emit(new Curve(
                "map_at_k", "MAP@K over " + over, Axis.log("K", ""), Axis.of("MAP@K", "share"), series, null));
    }

    void perClass(ResultSink sink, List<DistanceRun> runs) {
        Table.Builder table = new Table.Builder("per_class", "Retrieval by class", List.of(
                Column.text("distance", "Distance"),
                Column.text("class", "Class").to(RefKind.ofClass()),
                Column.integer("queries", "Queries"),
                Column.share("recall_at_1", "Recall@1"),
                Column.share("map_at_r", "MAP@R"),
                Column.share("r_precision", "R-precision")));
        for (DistanceRun run : runs) {
            QueryScores[][] byClass = byClass(run.scores());
            for (int c = 0; c < byClass.length; c++) {
                RetrievalMeans means = RetrievalMeans.of(byClass[c], run.means().ks(), parameters.singletons());
                if (means.queries() > 0 || means.singletons() > 0) {
                    table.add(
                            run.distance().id(),
                            inputs.className(c),
                            means.queries(),
                            means.ks().length > 0 && means.ks()[0] == 1
                                    ? means.recallAt(1, parameters.ties())
                                    : Double.NaN,
                            means.mapAtR(),
                            means.rPrecision());
                }
            }
        }
        sink.emit(table.snapshot());
    }

    private QueryScores[][] byClass(QueryScores[] scores) {
        List<List<QueryScores>> byClass = new ArrayList<>();
        inputs.queries().classes().forEach(name -> byClass.add(new ArrayList<>()));
        int[] labels = inputs.queryLabels();
        for (int q = 0; q < scores.length; q++) {
            if (scores[q] != null && labels[q] >= 0) {
                byClass.get(labels[q]).add(scores[q]);
            }
        }
        return byClass.stream().map(of -> of.toArray(QueryScores[]::new)).toArray(QueryScores[][]::new);
    }

    void rows(ResultSink sink, PreparedRows centred) {
        Table.Builder table = new Table.Builder("rows", "Rows", List.of(
                Column.integer("row", "Row").to(RefKind.sample(sampleRole)),
                Column.text("label", "Label"),
                Column.real("mean", "Mean", ""),
                Column.real("variance", "Variance", ""),
                Column.bool("constant", "Constant")));
        for (int r = 0; r < centred.rows(); r++) {
            table.add(
                    r, inputs.className(inputs.queryLabels()[r]), inputs.queries().mean(r),
                    inputs.queries().variance(r), !centred.usable()[r]);
        }
        sink.emit(table.snapshot());
    }

    /** The table of neighbours, to be filled distance by distance. */
    ResultSink.Rows neighbours(ResultSink sink) {
        return sink.table("neighbours", "Neighbours", List.of(
                Column.text("distance", "Distance"),
                Column.integer("query", "Query").to(RefKind.sample(sampleRole)),
                Column.integer("rank", "Rank"),
                Column.integer("neighbour", "Neighbour").to(RefKind.sample(databaseRole)),
                Column.real("value", "Value", ""),
                Column.bool("same_class", "Same class")));
    }
}

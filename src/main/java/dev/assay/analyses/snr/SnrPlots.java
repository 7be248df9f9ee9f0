package dev.assay.analyses.snr;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** The pictures of distances and rows. */
final class SnrPlots {

    /** Pairs in the asymmetry plot. */
    private static final int MOST_PAIRS = 4_000;
    /** Points in a scatter; a seeded sample of rows beyond. */
    private static final int MOST_POINTS = 50_000;
    /** Classes with a colour of their own. */
    private static final int MOST_SERIES = 12;

    private final EmbeddingInputs inputs;
    private final RefKind sample;

    SnrPlots(EmbeddingInputs inputs, String sampleRole) {
        this.inputs = inputs;
        this.sample = RefKind.sample(sampleRole);
    }

    void matrix(ResultSink sink, Distance distance, PairSample pairs, Runnable check) {
        List<String> names = Arrays.stream(pairs.rows()).mapToObj(String::valueOf).toList();
        List<Heatmap.Group> groups = new ArrayList<>();
        for (int i = 0; i < pairs.rows().length;) {
            int end = i;
            while (end < pairs.labels().length && pairs.labels()[end] == pairs.labels()[i]) {
                end++;
            }
            String name = inputs.className(pairs.labels()[i]);
            groups.add(new Heatmap.Group(name == null ? "no class" : name, end - i));
            i = end;
        }
        double[][] shown = new double[names.size()][names.size()];
        for (int i = 0; i < shown.length; i++) {
            check.run();
            for (int j = 0; j < shown.length; j++) {
                // Seven digits are more than a colour can tell, and keep the stored matrix small.
                shown[i][j] = Double.parseDouble(Float.toString((float) pairs.values()[i][j]));
            }
        }
        sink.emit(new Heatmap(
                "distance_matrix",
                "Distances by " + distance.id() + ", ordered by class",
                names,
                names,
                shown,
                "Query",
                inputs.same() ? "Database" : "Query",
                sample,
                sample,
                Heatmap.Palette.SEQUENTIAL,
                groups)
                .explained(Axis.of("Distance", "")));
    }

    void histograms(ResultSink sink, Distance distance, PairSample pairs, double[] edges) {
        Distribution.Series same = new Distribution.Series("same class", pairs.histogram(true, edges));
        Distribution.Series other = new Distribution.Series("other class", pairs.histogram(false, edges));
        Axis axis = Axis.of("Distance (" + distance.id() + ")", "");
        sink.emit(new Distribution("pair_distances", "Distances of pairs (last bin: and above)", axis, edges,
                List.of(same, other)));
        long all = Arrays.stream(same.counts()).sum();
        long others = Arrays.stream(other.counts()).sum();
        double shared = 0;
        for (int b = 0; b < same.counts().length; b++) {
            shared += Math.min(
                    (double) same.counts()[b] / Math.max(1, all), (double) other.counts()[b] / Math.max(1, others));
        }
        sink.emit(new Scalar(
                "pair_overlap",
                "Pair overlap",
                all == 0 || others == 0 ? Double.NaN : shared,
                "share",
                distance.id()));
    }

    /** Both histograms each on its own scale. */
    void sides(ResultSink sink, Distance distance, PairSample pairs, double[] edges) {
        Axis axis = Axis.of("Distance (" + distance.id() + ")", "");
        sink.emit(new Distribution("same_class", "Distances of same-class pairs", axis, edges,
                List.of(new Distribution.Series("same class", pairs.histogram(true, edges)))));
        sink.emit(new Distribution("other_class", "Distances of other-class pairs", axis, edges,
                List.of(new Distribution.Series("other class", pairs.histogram(false, edges)))));
    }

    /** What calling all pairs nearer than the threshold alike would get right. */
    static void threshold(ResultSink sink, Distance distance, PairSample pairs, double threshold) {
        long[][] counts = new long[2][2];
        pairs.forEach((same, value) -> counts[same ? 1 : 0][value < threshold ? 1 : 0]++);
        long hits = counts[1][1];
        double precision = (double) hits / (hits + counts[0][1]);
        double recall = (double) hits / (hits + counts[1][0]);
        String at = distance.id() + " below " + threshold;
        sink.emit(new Scalar("threshold_precision", "Precision of alike pairs", precision, "share", at));
        sink.emit(new Scalar("threshold_recall", "Recall of alike pairs", recall, "share", at));
        Table.Builder table = new Table.Builder("threshold", "Pairs by the threshold, " + at, List.of(
                Column.text("pairs", "Pairs"),
                Column.integer("nearer", "Nearer"),
                Column.integer("farther", "Not nearer"),
                Column.share("share_nearer", "Share nearer")));
        for (int side : new int[] {1, 0}) {
            long[] c = counts[side];
            table.add(side == 1 ? "same class" : "other class", c[1], c[0], (double) c[1] / (c[0] + c[1]));
        }
        sink.emit(table.snapshot());
    }

    void asymmetry(ResultSink sink, PairSample snr, long seed) {
        int rows = snr.rows().length;
        SplittableRandom random = new SplittableRandom(seed);
        long possible = (long) rows * (rows - 1) / 2;
        int wanted = (int) Math.min(possible, MOST_PAIRS);
        Points same = new Points();
        Points other = new Points();
        for (long p = 0; p < wanted; p++) {
            int i = random.nextInt(rows);
            int j = random.nextInt(rows);
            double x = snr.values()[i][j];
            double y = snr.values()[j][i];
            if (x > 0 && y > 0) {
                (snr.sameClass(i, j) ? same : other).add(x, y, String.valueOf(snr.rows()[i]));
            }
        }
        Points diagonal = new Points();
        double low = Math.min(same.least(), other.least());
        double high = Math.max(same.greatest(), other.greatest());
        for (int i = 0; i <= 60 && low <= high; i++) {
            double at = low * Math.pow(high / low, i / 60.0);
            diagonal.add(at, at, null);
        }
        sink.emit(new Scatter(
                "asymmetry",
                "Asymmetry of the SNR distance",
                Axis.log("d(i, j), i as anchor", ""),
                Axis.log("d(j, i), j as anchor", ""),
                List.of(other.series("other class"), same.series("same class"), diagonal.series("equal")),
                sample));
    }

    /** Of the rows as they were given, since the zero-mean term is taken of these whatever the distance does to them. */
    void rowStatistics(ResultSink sink) {
        double[] mean = new double[inputs.queries().rows()];
        double[] deviation = new double[mean.length];
        for (int r = 0; r < mean.length; r++) {
            mean[r] = inputs.queries().mean(r);
            deviation[r] = Math.sqrt(inputs.queries().variance(r));
        }
        byClass(sink, "row_statistics", "Row mean and standard deviation", "Row mean", "Standard deviation", mean,
                deviation, r -> r);
    }

    void map(ResultSink sink, long seed, Runnable check) {
        Vectors rows = inputs.queries();
        double[][] plane = PrincipalAxes.project(rows.values(), rows.rows(), rows.columns(), seed, check);
        byClass(sink, "embedding_map", "Embedding map (principal components)", "First component",
                "Second component", plane[0], plane[1], r -> r);
    }

    /**
     * The map by UMAP.
     *
     * @param prepared the rows as the distance takes them
     * @param chosen which of them are shown
     */
    void umap(ResultSink sink, Distance distance, PreparedRows prepared, int[] chosen, long seed, Runnable check) {
        int n = prepared.columns();
        float[][] values = new float[chosen.length][n];
        for (int i = 0; i < chosen.length; i++) {
            for (int c = 0; c < n; c++) {
                values[i][c] = (float) prepared.values()[chosen[i] * n + c];
            }
        }
        double[][] plane = UmapPlane.project(values, seed, check);
        byClass(sink, "embedding_map", "Embedding map (UMAP, rows as " + distance.id() + " compares them)", "UMAP 1",
                "UMAP 2", plane[0], plane[1], i -> chosen[i]);
    }

    /** @param rowOf the row behind each point */
    private void byClass(
            ResultSink sink, String id, String title, String x, String y, double[] xs, double[] ys,
            IntUnaryOperator rowOf) {
        int[] labels = inputs.queryLabels();
        int classes = inputs.queries().labelled() ? inputs.queries().classes().size() : 0;
        List<Scatter.Series> series = new ArrayList<>();
        if (classes == 0 || classes > MOST_SERIES) {
            series.add(points(classes == 0 ? "rows" : "rows of " + classes + " classes", xs, ys, rowOf, r -> true));
        } else {
            for (int c = 0; c < classes; c++) {
                int of = c;
                Scatter.Series points = points(inputs.className(c), xs, ys, rowOf, r -> labels[r] == of);
                if (points.x().length > 0) {
                    series.add(points);
                }
            }
        }
        sink.emit(new Scatter(id, title, Axis.of(x, ""), Axis.of(y, ""), series, sample));
    }

    private static Scatter.Series points(
            String name, double[] xs, double[] ys, IntUnaryOperator rowOf, IntPredicate in) {
        Points points = new Points();
        int step = Math.max(1, xs.length / MOST_POINTS);
        for (int i = 0; i < xs.length; i += step) {
            int row = rowOf.applyAsInt(i);
            if (in.test(row)) {
                points.add(xs[i], ys[i], String.valueOf(row));
            }
        }
        return points.series(name);
    }

    /** Points as they come in. */
    private static final class Points {

        private final List<double[]> at = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();

        void add(double x, double y, String key) {
            at.add(new double[] {x, y});
            keys.add(key);
        }

        double least() {
            return at.stream().mapToDouble(p -> Math.min(p[0], p[1])).min().orElse(Double.POSITIVE_INFINITY);
        }

        double greatest() {
            return at.stream().mapToDouble(p -> Math.max(p[0], p[1])).max().orElse(Double.NEGATIVE_INFINITY);
        }

        Scatter.Series series(String name) {
            boolean keyed = keys.stream().noneMatch(k -> k == null);
            return Scatter.Series.of(
                    name,
                    at.stream().mapToDouble(p -> p[0]).toArray(),
                    at.stream().mapToDouble(p -> p[1]).toArray(),
                    keyed ? keys.toArray(String[]::new) : null);
        }
    }
}

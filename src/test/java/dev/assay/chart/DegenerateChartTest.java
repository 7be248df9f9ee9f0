package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every kind of chart is fed what an analysis may yield on its worst day, in rooms from far too small to large. */
class DegenerateChartTest {

    private static final int[][] SIZES = {{1, 1}, {30, 20}, {220, 150}, {900, 600}};
    private static final double NAN = Double.NaN;

    private static Map<String, double[]> numbers() {
        Map<String, double[]> numbers = new LinkedHashMap<>();
        numbers.put("none", new double[0]);
        numbers.put("one", new double[] {3});
        numbers.put("one zero", new double[] {0});
        numbers.put("one absent", new double[] {NAN});
        numbers.put("all absent", new double[] {NAN, NAN, NAN});
        numbers.put("constant", new double[] {0.25, 0.25, 0.25, 0.25});
        numbers.put("infinite", new double[] {1, Double.POSITIVE_INFINITY, 2, Double.NEGATIVE_INFINITY});
        numbers.put("only infinite", new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
        numbers.put("huge", new double[] {-Double.MAX_VALUE, 0, Double.MAX_VALUE});
        numbers.put("tiny", new double[] {Double.MIN_VALUE, 2 * Double.MIN_VALUE});
        numbers.put("neighbours", new double[] {1, Math.nextUp(1.0)});
        numbers.put("mixed scales", new double[] {1e-300, 1, 1e300});
        numbers.put("with gaps", new double[] {1, NAN, 3, NAN, 5});
        numbers.put("negative", new double[] {-5, -3, -1});
        return numbers;
    }

    private static List<Result> results(double[] v) {
        List<Result> results = new ArrayList<>();
        double[] index = new double[v.length];
        Arrays.setAll(index, i -> i);
        String[] keys = new String[v.length];
        Arrays.setAll(keys, String::valueOf);
        for (Axis.Scale scale : Axis.Scale.values()) {
            Axis axis = new Axis("Value", "share", scale);
            results.add(new Curve("y", "Values up", Axis.of("Step", ""), axis,
                    List.of(new Curve.Series("a", index, v, v, v), Curve.Series.of("b", index, v)), null));
            results.add(new Curve("x", "Values along", axis, Axis.of("Step", ""),
                    List.of(Curve.Series.of("a", v, index)), RefKind.ofClass()));
            results.add(new Scatter("s", "Scatter", axis, axis,
                    List.of(new Scatter.Series("a", v, v, keys, v, v), Scatter.Series.of("b", index, v, null)),
                    RefKind.sample("test")));
            results.add(new Scatter("lines", "Scatter with lines", axis, axis,
                    List.of(Scatter.Series.of("a", v, v, keys)), RefKind.sample("test"),
                    List.of(new Scatter.Guide("a line with a name", 1, 0), new Scatter.Guide("flat", 0, 1))));
            List<Ranking.Entry> entries = new ArrayList<>();
            for (double score : v) {
                entries.add(new Ranking.Entry("entry", score, score, null));
            }
            results.add(new Ranking("r", "Ranking", axis, entries));
        }
        for (Heatmap.Palette palette : Heatmap.Palette.values()) {
            List<String> names = Stream.of(keys).toList();
            double[][] row = {v};
            double[][] column = new double[v.length][];
            Arrays.setAll(column, i -> new double[] {v[i]});
            results.add(new Heatmap("row", "Row", List.of("0"), names, row, "Row", "Column", null,
                    RefKind.ofClass(), palette, List.of()));
            results.add(new Heatmap("column", "Column", names, List.of("0"), column, "Row", "Column",
                    RefKind.sample("test"), null, palette, List.of(new Heatmap.Group("g", v.length))));
        }
        double[] edges = v.length < 2 ? new double[] {0} : index;
        results.add(new Distribution("d", "Distribution", Axis.of("Value", ""), edges, List.of(
                new Distribution.Series("a", new long[edges.length - 1]),
                new Distribution.Series("b", new long[edges.length - 1]))));
        List<GraphPicture.Node> nodes = new ArrayList<>();
        List<GraphPicture.Edge> graphEdges = new ArrayList<>();
        for (int i = 0; i < v.length; i++) {
            nodes.add(new GraphPicture.Node("n", i % 2 == 0 ? "" : "g", v[i]));
            graphEdges.add(new GraphPicture.Edge(0, i, v[i], i % 2 == 0));
        }
        results.add(new GraphPicture("g", "Graph", nodes, graphEdges, true));
        int[] first = new int[v.length];
        int[] second = new int[v.length];
        for (int i = 0; i < v.length; i++) {
            first[i] = i == 0 ? 0 : v.length + i;
            second[i] = i + 1;
        }
        List<String> leaves = new ArrayList<>(List.of(keys));
        leaves.add("last");
        results.add(new Dendrogram("tree", "Tree", leaves, first, second, v, "Leaf",
                Axis.of("Height", "").marking(v.length == 0 ? 1 : v[0]), RefKind.sample("test")));
        results.add(new Dendrogram("log", "Tree", leaves, first, second, v, "Leaf",
                Axis.log("Height", "").following("cut", 0), null));
        return results;
    }

    @TestFactory
    Stream<DynamicTest> everyKindStandsEverything() {
        List<Result> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        numbers().forEach((name, values) -> results(values).forEach(r -> {
            all.add(r);
            names.add(r.getClass().getSimpleName() + " " + r.id() + " of " + name);
        }));
        all.add(new Curve("none", "No series", Axis.of("", ""), Axis.of("", ""), List.of(), null));
        names.add("Curve without series");
        all.add(new Scatter("none", "No series", Axis.of("", ""), Axis.of("", ""), List.of(), null));
        names.add("Scatter without series");
        all.add(new Distribution("none", "No series", Axis.of("", ""), new double[] {0, 1}, List.of()));
        names.add("Distribution without series");
        all.add(new Heatmap("none", "", List.of("a"), List.of(), new double[][] {{}}, "", "", null, null,
                Heatmap.Palette.SEQUENTIAL, List.of()));
        names.add("Heatmap without columns");
        all.add(new Dendrogram("none", "No leaves", List.of(), new int[0], new int[0], new double[0], "",
                Axis.of("", ""), null));
        names.add("Dendrogram without leaves");
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Result result = all.get(i);
            tests.add(DynamicTest.dynamicTest(names.get(i), () -> stands(result)));
        }
        return tests.stream();
    }

    private static void stands(Result result) {
        for (int[] size : SIZES) {
            ChartTheme theme = size[0] % 20 == 0 ? ChartTheme.DARK : ChartTheme.LIGHT;
            ChartView view = ChartView.of(theme, "setting").withLive(size[0] == 30, null, null);
            Chart chart = ResultCharts.chart(result, view, size[0], size[1]);
            BufferedImage picture = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_ARGB);
            Graphics2D g2 = Chart.graphics(picture, 1);
            Drawn drawn = chart.draw(g2);
            g2.dispose();

            assertThat(chart.finding()).startsWith(result.title()).doesNotContain("NaN");
            Hit hit = null;
            for (int step = 0; step < 3; step++) {
                hit = drawn.hits().step(hit, step % 2, step > 0 ? 1 : 0).orElse(null);
            }
            assertThat(drawn.hits().at(size[0] / 2.0, size[1] / 2.0)).isNotNull();
            assertThat(Double.isFinite(drawn.x().length()) && Double.isFinite(drawn.y().length())).isTrue();
        }
    }

    @Test
    void onALogarithmicAxisOnlyZerosMayBeLeftToShow() {
        double[] x = {1, 2};
        Curve curve = new Curve("c", "Curve", Axis.of("Step", ""), Axis.log("Value", ""), List.of(
                Curve.Series.of("zero", x, new double[] {0, 0}),
                Curve.Series.of("some", x, new double[] {0.01, 1})), null);
        stands(curve, ChartView.of(ChartTheme.LIGHT, "").withHidden(Set.of("some")));
        Scatter scatter = new Scatter("s", "Scatter", Axis.log("x", ""), Axis.log("y", ""), List.of(
                Scatter.Series.of("zero", new double[2], new double[2], null),
                Scatter.Series.of("some", x, x, null)), null);
        stands(scatter, ChartView.of(ChartTheme.LIGHT, "").withHidden(Set.of("some")));
        Ranking ranking = new Ranking("r", "Ranking", Axis.log("Score", ""), List.of(
                new Ranking.Entry("best", 3, 0, null), new Ranking.Entry("zero", 0, 0, null)));
        stands(ranking, ChartView.of(ChartTheme.LIGHT, "").withRanges(null, new Span(0.5, 1.5)));
    }

    @Test
    void aBandMayReachZeroOnALogarithmicAxis() {
        double[] x = {1, 2, 3};
        Curve curve = new Curve("c", "Curve", Axis.of("Step", ""), Axis.log("Value", ""), List.of(
                new Curve.Series("a", x, new double[] {0.1, 0.2, 0.3}, new double[] {0, 0.1, 0},
                        new double[] {0.3, 0.4, 0.5})),
                null);
        Chart chart = ResultCharts.chart(curve, ChartView.of(ChartTheme.LIGHT, ""), 300, 200);

        assertThat(chart.isYLog()).isTrue();
        assertThat(draw(chart).y().contains(chart.yAt(0))).isTrue();
    }

    private static void stands(Result result, ChartView view) {
        Drawn drawn = draw(ResultCharts.chart(result, view, 300, 200));
        Hit zero = drawn.hits().step(null, 0, 1).orElseThrow();
        assertThat(drawn.plot().contains(zero.area().getCenterX(), zero.area().getCenterY())).isTrue();
        assertThat(zero.lines().toString()).contains("0");
    }

    private static Drawn draw(Chart chart) {
        Graphics2D g2 = Chart.graphics(
                new BufferedImage(chart.width(), chart.height(), BufferedImage.TYPE_INT_ARGB), 1);
        Drawn drawn = chart.draw(g2);
        g2.dispose();
        return drawn;
    }
}

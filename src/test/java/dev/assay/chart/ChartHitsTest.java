package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import dev.assay.text.Numbers;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is found under the mouse, and said of it. */
class ChartHitsTest {

    private static Drawn draw(Result result, ChartView view) {
        BufferedImage image = new BufferedImage(480, 320, BufferedImage.TYPE_INT_ARGB);
        return ResultCharts.chart(result, view, 480, 320).draw(Chart.graphics(image, 1));
    }

    private static ChartView view() {
        return ChartView.of(ChartTheme.LIGHT, "");
    }

    @Test
    void cellLargerThanThePlotIsFoundAnywhereInIt() {
        Heatmap map = new Heatmap("m", "M", List.of("a", "b"), List.of("x", "y"), new double[][] {{1, 2}, {3, 4}},
                "Row", "Column", null, null, Heatmap.Palette.SEQUENTIAL, List.of());
        Drawn drawn = draw(map, view().withRanges(new Span(0.1, 0.4), new Span(0.6, 1.4)));

        assertThat(drawn.hits().at(drawn.plot().getCenterX(), drawn.plot().getCenterY()))
                .hasValueSatisfying(hit -> assertThat(hit.lines()).containsExactly("3"));
    }

    @Test
    void placeSeenInPartIsFound() {
        Ranking ranking = new Ranking("r", "R", Axis.of("Score", ""),
                List.of(new Ranking.Entry("first", 2, Double.NaN, null),
                        new Ranking.Entry("second", 1, Double.NaN, null)));
        Drawn drawn = draw(ranking, view().withRanges(null, new Span(0.2, 1.5)));

        assertThat(drawn.hits().at(drawn.plot().getCenterX(), drawn.plot().getMinY() + 2))
                .hasValueSatisfying(hit -> assertThat(hit.title()).isEqualTo("first"));
    }

    @Test
    void uncertaintyOfAShareIsAShare() {
        Scatter scatter = new Scatter("s", "S", Axis.of("Recall", "share"), Axis.of("Loss", "nats"),
                List.of(new Scatter.Series("a", new double[] {0.5}, new double[] {2}, null, new double[] {0.0125},
                        new double[] {0.5})),
                null);

        assertThat(draw(scatter, view()).hits().find(0)).hasValueSatisfying(hit -> assertThat(hit.lines())
                .containsExactly(
                        "Recall " + Numbers.percent(0.5) + " \u00b1 " + Numbers.percent(0.0125),
                        "Loss " + Numbers.value(2, "nats") + " \u00b1 " + Numbers.value(0.5, "nats")));
    }

    @Test
    void rootOfATallTreeHoldsAllLeavesAndCountsThemAsPeopleRead() {
        int leaves = 1_500;
        int[] first = IntStream.range(0, leaves - 1).map(i -> i == 0 ? 0 : leaves + i - 1).toArray();
        int[] second = IntStream.range(1, leaves).toArray();
        double[] heights = IntStream.range(1, leaves).asDoubleStream().toArray();
        Dendrogram tree = new Dendrogram("d", "D", IntStream.range(0, leaves).mapToObj(i -> "u" + i).toList(), first,
                second, heights, "Unit", Axis.of("Distance", ""), null);

        assertThat(draw(tree, view()).hits().find(2L * leaves - 2)).hasValueSatisfying(hit -> {
            assertThat(hit.title()).isEqualTo(Numbers.count(leaves) + " merged here");
            assertThat(hit.lines().getLast()).endsWith("u7 and " + Numbers.count(leaves - 8) + " more");
        });
    }

    @Test
    void plusAndMinusOfFourThingsAndAllAreInColour() {
        List<String> names =
                List.of("a +", "a \u2212", "b +", "b \u2212", "c +", "c \u2212", "d +", "d \u2212", "whole");
        Distribution nine = new Distribution("d", "D", Axis.of("P", ""), new double[] {0, 1},
                names.stream().map(n -> new Distribution.Series(n, new long[] {3})).toList());

        assertThat(ResultCharts.chart(nine, view(), 480, 320).isCrowded()).isFalse();
    }

    @Test
    void largeGraphsAreLaidOutInTheUnitSquareTheSameEachTime() {
        int nodes = 400;
        int[] from = IntStream.range(0, nodes - 1).toArray();
        int[] to = IntStream.range(1, nodes).toArray();
        double[][] places = ForceLayout.places(nodes, from, to, 0.22, 100, 1);

        assertThat(ForceLayout.places(nodes, from, to, 0.22, 100, 1)).isDeepEqualTo(places);
        assertThat(Arrays.stream(places).flatMapToDouble(Arrays::stream)).allMatch(Double::isFinite);
        double edges = IntStream.range(0, nodes - 1)
                .mapToDouble(i -> Math.hypot(places[0][i] - places[0][i + 1], places[1][i] - places[1][i + 1]))
                .average()
                .orElseThrow();
        double others = IntStream.range(0, nodes / 2)
                .mapToDouble(i -> Math.hypot(
                        places[0][i] - places[0][i + nodes / 2], places[1][i] - places[1][i + nodes / 2]))
                .average()
                .orElseThrow();
        assertThat(edges).isLessThan(others / 4);
    }

    @Test
    void nodesInOnePlaceOfTheTreeDoNotStopTheLayout() {
        assertThat(ForceLayout.places(1, new int[0], new int[0], 0.22, 3, 1)[0]).hasSize(1);
        assertThat(ForceLayout.places(0, new int[0], new int[0], 0.22, 3, 1)[0]).isEmpty();
    }
}

package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DendrogramChartTest {

    private static final RefKind FEATURE = new RefKind("feature", "model");

    /** Leaves a, b, c, d: a and b merge at 1, c joins them at 3; d stays alone. */
    private static Dendrogram tree(Axis height) {
        return new Dendrogram(
                "tree", "Tree", List.of("a", "b", "c", "d"), new int[] {0, 4}, new int[] {1, 2}, new double[] {1, 3},
                "Feature", height, FEATURE);
    }

    private static Chart chart(Dendrogram tree) {
        return ResultCharts.chart(tree, ChartView.of(ChartTheme.LIGHT, ""), 400, 300);
    }

    private static Drawn draw(Chart chart) {
        Graphics2D g2 = Chart.graphics(new BufferedImage(400, 300, BufferedImage.TYPE_INT_ARGB), 1);
        Drawn drawn = chart.draw(g2);
        g2.dispose();
        return drawn;
    }

    @Test
    void aCutLeavesTheTopmostMergesBelowIt() {
        Dendrogram tree = tree(Axis.of("Cost", ""));
        DendrogramLayout layout = DendrogramLayout.of(tree);

        assertThat(layout.at()).containsExactly(0, 1, 2, 3, 0.5, 1.25);
        assertThat(layout.clusters(tree, 0.5)).containsExactly(0, 1, 2, 3, -1, -1);
        assertThat(layout.clusters(tree, 1)).containsExactly(4, 4, 2, 3, 4, -1);
        assertThat(layout.clusters(tree, 5)).containsExactly(5, 5, 5, 3, 5, 5);
        assertThat(layout.clusters(tree, Double.NaN)).containsExactly(0, 1, 2, 3, -1, -1);
    }

    @Test
    void aMergeBelowAnotherThatIsAboveTheCutIsNotPartOfACluster() {
        Dendrogram tree = new Dendrogram(
                "t", "T", List.of("a", "b", "c"), new int[] {0, 3}, new int[] {1, 2}, new double[] {4, 2}, "", Axis.of(
                        "", ""),
                null);

        assertThat(DendrogramLayout.of(tree).clusters(tree, 3)).containsExactly(0, 1, 2, -1, -1);
    }

    @Test
    void whatIsClickedAreAllLeavesBelow() {
        Drawn drawn = draw(chart(tree(Axis.of("Cost", ""))));

        Hit top = drawn.hits().find(5).orElseThrow();
        assertThat(top.refs()).extracting(Ref::key).containsExactly("a", "b", "c");
        assertThat(top.lines()).contains("Cost 3", "Feature a, b, c");
        Hit lower = drawn.hits().step(top, 0, 1).orElseThrow();
        assertThat(lower.refs()).extracting(Ref::key).containsExactly("a", "b");
        Hit leaf = drawn.hits().step(lower, 0, 1).orElseThrow();
        assertThat(leaf.title()).isEqualTo("Feature a");
        assertThat(drawn.hits().step(leaf, 1, 0).orElseThrow().title()).isEqualTo("Feature b");
        assertThat(drawn.hits().step(leaf, 0, -1)).map(Hit::place).contains(4L);
        double x = drawn.plot().getMinX() + drawn.plot().getWidth() * 1.75 / 4;
        assertThat(drawn.hits().at(x, top.area().getMinY())).map(Hit::place).contains(5L);
    }

    @Test
    void theLineIsAtItsValueAndMovesBetweenTheEdges() {
        Chart chart = chart(tree(Axis.log("Cost", "").following("beta", 2)));
        Drawn drawn = draw(chart);

        assertThat(chart.cursor().isMovable()).isTrue();
        assertThat(chart.cursor().onX()).isFalse();
        assertThat(chart.cursor().label(2)).isEqualTo("beta 2");
        double at = chart.cursorPixel(2, drawn);
        assertThat(chart.cursorValue(at, drawn)).isCloseTo(2, within(1e-9));
        assertThat(chart.cursorPixel(0, drawn)).isEqualTo(drawn.plot().getMaxY());
        assertThat(chart.cursorPixel(1e9, drawn)).isEqualTo(drawn.plot().getMinY());
        assertThat(chart.finding()).isEqualTo("Tree, 4 leaves, 3 clusters at 2");
    }

    @Test
    void filesHaveTheLine() {
        BufferedImage with = chart(tree(Axis.of("Cost", "").marking(2))).image(1);
        BufferedImage without = chart(tree(Axis.of("Cost", ""))).image(1);

        assertThat(Arrays.equals(pixels(with), pixels(without))).isFalse();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void sidesThatAreNotThereOrAlreadyMergedAreRefused() {
        for (int second : new int[] {0, 5, -1}) {
            assertThatThrownBy(() -> new Dendrogram(
                    "t", "T", List.of("a", "b", "c"), new int[] {0, 1}, new int[] {1, second}, new double[] {1, 2}, "",
                    Axis.of("", ""), null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("merge 1");
        }
    }
}

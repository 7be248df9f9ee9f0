package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.GraphPicture;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphLayoutTest {

    /** A tree whose nodes hang on one of the few before them, so that many are leaves of one node. */
    private static GraphPicture tree(int nodes, int parents) {
        Random random = new Random(nodes);
        List<GraphPicture.Node> all =
                IntStream.range(0, nodes).mapToObj(i -> new GraphPicture.Node(String.valueOf(i), "", 1)).toList();
        List<GraphPicture.Edge> edges = IntStream.range(1, nodes)
                .mapToObj(i -> new GraphPicture.Edge(random.nextInt(Math.min(i, parents)), i, 1, false))
                .toList();
        return new GraphPicture("tree", "Tree", all, edges, false);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "9, 1", "25, 1", "25, 4", "60, 3", "100, 100"})
    void noNodeOfASmallGraphLiesOnAnother(int nodes, int parents) {
        double[][] at = GraphLayout.places(tree(nodes, parents));
        for (int i = 0; i < nodes; i++) {
            assertThat(at[0][i]).isBetween(0.0, 1.0);
            assertThat(at[1][i]).isBetween(0.0, 1.0);
            for (int j = 0; j < i; j++) {
                assertThat(Math.hypot(at[0][i] - at[0][j], at[1][i] - at[1][j]))
                        .as("%d and %d", j, i)
                        .isGreaterThan(0.42 / Math.sqrt(nodes));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"25", "300"})
    void theSameGraphIsAlwaysLaidOutAlike(int nodes) {
        assertThat(GraphLayout.places(tree(nodes, 5))).isDeepEqualTo(GraphLayout.places(tree(nodes, 5)));
    }
}

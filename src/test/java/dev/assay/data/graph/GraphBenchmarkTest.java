package dev.assay.data.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of the method file, gnn-models-and-explainers, benchmark generators. */
class GraphBenchmarkTest {

    @Test
    void twoMotifsHave25NodesAndTheMotifAsTruth() {
        GraphList data = GraphBenchmark.BA_2MOTIFS.generate(5);
        assertThat(data.size()).isEqualTo(1000);
        assertThat(data.nodes()).isEqualTo(25_000);
        assertThat(data.edges()).isEqualTo(51_000);
        assertThat(data.classCounts()).containsExactly(500, 500);
        for (int g : new int[] {0, 1, 499, 500, 999}) {
            GraphSample graph = data.graph(g);
            assertThat(graph.edges()).isEqualTo(graph.label() == 0 ? 50 : 52);
            assertThat(truth(graph)).isEqualTo(graph.label() == 0 ? 10 : 12);
            assertThat(connected(graph)).isTrue();
            for (int e = 0; e < graph.edges(); e++) {
                assertThat(graph.truth()[e]).isEqualTo(graph.from()[e] >= 20 && graph.to()[e] >= 20);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BA_SHAPES, 700, 2055, 960", "TREE_GRID, 1231, 1565, 1920"})
    void oneGraphHasItsCounts(GraphBenchmark benchmark, int nodes, int edges, int truth) {
        GraphSample graph = benchmark.generate(9).graph(0);
        assertThat(graph.nodes()).isEqualTo(nodes);
        assertThat(graph.edges()).isEqualTo(2 * edges);
        assertThat(truth(graph)).isEqualTo(truth);
        assertThat(connected(graph)).isTrue();
        assertThat(EdgeUnits.symmetric(graph)).isTrue();
        assertThat(EdgeUnits.pairs(graph).size()).isEqualTo(edges);
    }

    @Test
    void treeCyclesHasAbout970Edges() {
        GraphSample graph = GraphBenchmark.TREE_CYCLES.generate(2).graph(0);
        assertThat(graph.nodes()).isEqualTo(871);
        // 510 of the tree, 360 in rings, 60 links, about 30 second links, one in a hundred more.
        assertThat(graph.edges() / 2).isBetween(950, 990);
        assertThat(truth(graph)).isEqualTo(720);
        assertThat(connected(graph)).isTrue();
    }

    @Test
    void classesAreAsPublished() {
        assertThat(GraphBenchmark.BA_SHAPES.generate(1).classCounts()).containsExactly(300, 160, 160, 80);
        assertThat(GraphBenchmark.TREE_CYCLES.generate(1).classCounts()).containsExactly(511, 360);
        assertThat(GraphBenchmark.TREE_GRID.generate(1).classCounts()).containsExactly(511, 720);
    }

    @Test
    void preferentialAttachmentHasItsDegreeSum() {
        GraphGrowth growth = new GraphGrowth(new java.util.SplittableRandom(3));
        growth.preferential(300, 5);
        assertThat(growth.edges()).isEqualTo(295 * 5);
        GraphSample graph = growth.build().build();
        int[] start = graph.incoming().start();
        assertThat(start[300]).isEqualTo(2 * 1475);
        // Rich nodes get richer: the greatest degree is far above the mean of 10.
        int greatest = 0;
        for (int v = 0; v < 300; v++) {
            greatest = Math.max(greatest, start[v + 1] - start[v]);
        }
        assertThat(greatest).isGreaterThan(30);
    }

    @Test
    void theSameSeedMakesTheSameGraphs() {
        GraphSample a = GraphBenchmark.BA_SHAPES.generate(4).graph(0);
        GraphSample b = GraphBenchmark.BA_SHAPES.generate(4).graph(0);
        GraphSample c = GraphBenchmark.BA_SHAPES.generate(5).graph(0);
        assertThat(a.from()).isEqualTo(b.from());
        assertThat(a.to()).isEqualTo(b.to());
        assertThat(Arrays.equals(a.to(), c.to())).isFalse();
    }

    @Test
    void whatIsWrittenReadsBack(@TempDir Path folder) throws IOException, InputException {
        for (GraphBenchmark benchmark : GraphBenchmark.values()) {
            GraphList made = benchmark == GraphBenchmark.BA_2MOTIFS
                    ? GraphBenchmark.twoMotifs(6, 1)
                    : benchmark.generate(1);
            Path own = folder.resolve(benchmark.toString());
            TuFolderWriter.write(made, own, benchmark.prefix());
            GraphDataset read = new TuFolderKind().open(Location.of(own));
            assertThat(read.task()).isEqualTo(made.task());
            assertThat(read.classes()).isEqualTo(made.classes());
            assertThat(read.notes()).isEmpty();
            for (int g = 0; g < made.size(); g++) {
                assertThat(read.graph(g).from()).isEqualTo(made.graph(g).from());
                assertThat(read.graph(g).to()).isEqualTo(made.graph(g).to());
                assertThat(read.graph(g).truth()).isEqualTo(made.graph(g).truth());
                assertThat(read.graph(g).label()).isEqualTo(made.graph(g).label());
                assertThat(read.graph(g).nodeClasses()).isEqualTo(made.graph(g).nodeClasses());
            }
        }
    }

    @Test
    void theSampleIsWhatTheGeneratorMakes() throws InputException {
        GraphDataset shipped = new TuFolderKind().open(Location.of(Path.of("sample-data/ba2motifs")));
        GraphList made = GraphBenchmark.twoMotifs(200, 3);
        assertThat(shipped.size()).isEqualTo(200);
        for (int g = 0; g < 200; g++) {
            assertThat(shipped.graph(g).from()).isEqualTo(made.graph(g).from());
            assertThat(shipped.graph(g).to()).isEqualTo(made.graph(g).to());
            assertThat(shipped.graph(g).truth()).isEqualTo(made.graph(g).truth());
            assertThat(shipped.graph(g).label()).isEqualTo(made.graph(g).label());
        }
    }

    private static int truth(GraphSample graph) {
        int count = 0;
        for (boolean marked : graph.truth()) {
            count += marked ? 1 : 0;
        }
        return count;
    }

    private static boolean connected(GraphSample graph) {
        return GraphPictures.around(graph, 0, graph.nodes(), graph.nodes()).length == graph.nodes();
    }
}

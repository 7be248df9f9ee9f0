package dev.assay.data.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuFolderTest {

    @TempDir
    Path folder;

    private void write(String part, String text) throws IOException {
        Files.writeString(folder.resolve("T_" + part + ".txt"), text);
    }

    /** Two graphs: a path of three nodes and a pair. */
    private void twoGraphs() throws IOException {
        write("A", "1, 2\n2, 1\n2, 3\n3, 2\n4, 5\n5, 4\n");
        write("graph_indicator", "1\n1\n1\n2\n2\n");
        write("graph_labels", "1\n-1\n");
    }

    private GraphDataset open() throws InputException {
        return open(Map.of());
    }

    private GraphDataset open(Map<String, String> options) throws InputException {
        Location location = new Location(folder, options);
        assertThat(new TuFolderKind().recognises(location)).isTrue();
        return new TuFolderKind().open(location);
    }

    @Test
    void graphsAreCutOutAndLabelsMappedInAscendingOrder() throws Exception {
        twoGraphs();
        write("node_labels", "3\n0\n3\n7\n0\n");
        write("node_attributes", "0.5, 1\n0.25,2\n-1, 3\n1e3, 4\n0, 5\n");
        write("edge_labels", "0\n0\n1\n1\n2\n2\n");
        write("edge_gt", "0\n0\n1\n1\n0\n0\n");
        GraphDataset data = open();
        assertThat(data.task()).isEqualTo(GraphTask.GRAPH);
        assertThat(data.classes()).containsExactly("-1", "1");
        assertThat(data.nodeLabels()).containsExactly("0", "3", "7");
        assertThat(data.featureWidth()).isEqualTo(2);
        GraphSample first = data.graph(0);
        assertThat(first.label()).isEqualTo(1);
        assertThat(first.nodeLabels()).containsExactly(1, 0, 1);
        assertThat(first.features()).containsExactly(0.5, 1, 0.25, 2, -1, 3);
        assertThat(first.truth()).containsExactly(false, false, true, true);
        GraphSample second = data.graph(1);
        assertThat(second.label()).isZero();
        assertThat(second.from()).containsExactly(0, 1);
        assertThat(second.to()).containsExactly(1, 0);
        assertThat(second.edgeLabels()).containsExactly(2, 2);
        assertThat(second.features()).containsExactly(1000, 4, 0, 5);
    }

    @Test
    void oneGraphWithoutGraphLabelsIsANodeTask() throws Exception {
        write("A", "1, 2\n2, 1\n");
        write("graph_indicator", "1\n1\n");
        write("node_labels", "4\n2\n");
        GraphDataset data = open();
        assertThat(data.task()).isEqualTo(GraphTask.NODE);
        assertThat(data.classes()).containsExactly("2", "4");
        assertThat(data.graph(0).nodeClasses()).containsExactly(1, 0);
        assertThat(data.nodeLabels()).isEmpty();
    }

    @Test
    void edgesThatAreThereTwiceAreMergedAndCounted() throws Exception {
        write("A", "1, 2\n2, 1\n1, 2\n1, 2\n");
        write("graph_indicator", "1\n1\n");
        write("edge_gt", "0\n0\n1\n0\n");
        GraphDataset data = open();
        assertThat(data.graph(0).from()).containsExactly(0, 1);
        assertThat(data.graph(0).truth()).containsExactly(true, false);
        assertThat(data.notes()).hasSize(1).first().asString().contains("2 edges").contains("merged");
        assertThat(data.labelled()).isFalse();
    }

    @Test
    void oneDirectionStaysOneUnlessTheOptionAddsTheOther() throws Exception {
        write("A", "1, 2\n3, 2\n2, 3\n1, 1\n");
        write("graph_indicator", "1\n1\n1\n");
        assertThat(open().graph(0).edges()).isEqualTo(4);
        assertThat(EdgeUnits.symmetric(open().graph(0))).isFalse();
        GraphSample both = open(Map.of("undirected", "true")).graph(0);
        assertThat(both.edges()).isEqualTo(5);
        assertThat(EdgeUnits.symmetric(both)).isTrue();
        EdgeUnits units = EdgeUnits.pairs(both);
        assertThat(units.size()).isEqualTo(2);
        assertThat(units.unitOf(3)).as("a self-loop is no unit").isEqualTo(-1);
        assertThat(units.from(0)).isZero();
        assertThat(units.to(0)).isEqualTo(1);
        assertThat(EdgeUnits.directions(both).size()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "A|1, 2\\n2, 6\\n|T_A.txt|line 2 has node 6, outside 1..5",
        "A|1, 2\\n0, 2\\n|T_A.txt|line 2 has node 0, outside 1..5",
        "A|1, 2\\n3, 4\\n|T_A.txt, line 2|an edge leads from graph 1 to graph 2",
        "A|1, 2\\n3\\n|T_A.txt|line 2 has 1 number, expected 2",
        "A|1, 2\\na, b\\n|T_A.txt|line 2 holds 'a', which is no whole number",
        "A|1, 2\\n\\n2, 1\\n|T_A.txt|line 2 is empty",
        "graph_indicator|1\\n1\\n1\\n3\\n3\\n|T_graph_indicator.txt|line 4 has graph 3 after graph 1",
        "graph_indicator|1\\n2\\n1\\n2\\n2\\n|T_graph_indicator.txt|line 3 has graph 1 after graph 2",
        "graph_indicator|0\\n1\\n1\\n2\\n2\\n|T_graph_indicator.txt|line 1 has graph 0",
        "graph_labels|1\\n|T_graph_labels.txt|the file has 1 lines for 2 graphs",
        "graph_labels|1.5\\n2\\n|T_graph_labels.txt|'1.5', which is no whole number",
        "node_labels|1\\n1\\n|T_node_labels.txt|the file has 2 lines for 5 nodes",
        "edge_labels|1\\n1\\n1\\n1\\n1\\n1\\n1\\n|T_edge_labels.txt|line 7 has no edge",
        "edge_gt|1\\n1\\n1\\n1\\n1\\n2\\n|T_edge_gt.txt|line 6 has 2",
        "node_attributes|1, 2\\n1\\n1, 2\\n1, 2\\n1, 2\\n|T_node_attributes.txt|line 2 has 1 numbers, expected 2",
        "node_attributes|1\\nnan\\n1\\n1\\n1\\n|T_node_attributes.txt|line 2 holds",
        "node_attributes|1\\n1\\n|T_node_attributes.txt|the file has 2 lines for 5 nodes"})
    void badFilesNameFileAndLine(String part, String text, String where, String what) throws Exception {
        twoGraphs();
        write(part, text.replace("\\n", "\n"));
        assertThatThrownBy(this::open).isInstanceOf(InputException.class).hasMessageContaining(where)
                .hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource({"A", "graph_indicator"})
    void aMissingFileIsNamed(String part) throws Exception {
        twoGraphs();
        Files.delete(folder.resolve("T_" + part + ".txt"));
        assertThatThrownBy(this::open).isInstanceOf(InputException.class)
                .hasMessageContaining("T_" + part + ".txt is missing");
    }

    @Test
    void twoSetsInOneFolderAreRefused() throws Exception {
        twoGraphs();
        Files.writeString(folder.resolve("U_A.txt"), "1, 2\n");
        assertThatThrownBy(this::open).isInstanceOf(InputException.class).hasMessageContaining("several sets");
    }

    @ParameterizedTest
    @CsvSource({"ba2motifs, GRAPH, 1000, 25000, 51000, 11000", "ba-shapes, NODE, 1, 700, 4110, 960",
        "tree-cycles, NODE, 1, 871, 1934, 720", "tree-grid, NODE, 1, 1231, 3130, 1920",
        "mutag, GRAPH, 188, 3371, 7442, 1088"})
    void realFoldersHaveTheirCounts(String name, GraphTask task, int graphs, int nodes, int edges, int truth)
            throws Exception {
        Path real = Path.of("../shared/data", name);
        assumeTrue(Files.exists(real), "the data set " + name + " is not here");
        GraphDataset data = new TuFolderKind().open(Location.of(real));
        assertThat(data.task()).isEqualTo(task);
        assertThat(data.size()).isEqualTo(graphs);
        assertThat(data.nodes()).isEqualTo(nodes);
        assertThat(data.edges()).isEqualTo(edges);
        int marked = 0;
        for (int g = 0; g < data.size(); g++) {
            for (boolean m : data.graph(g).truth()) {
                marked += m ? 1 : 0;
            }
        }
        assertThat(marked).isEqualTo(truth);
    }
}

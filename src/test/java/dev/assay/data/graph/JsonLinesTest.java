package dev.assay.data.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {

    @TempDir
    Path folder;

    private GraphDataset open(String text) throws IOException, InputException {
        Path file = folder.resolve("graphs.jsonl");
        Files.writeString(file, text);
        assertThat(new JsonLinesKind().recognises(Location.of(file))).isTrue();
        return new JsonLinesKind().open(Location.of(file));
    }

    @Test
    void everyLineIsAGraph() throws Exception {
        GraphDataset data =
                open("""
                        {"nodes": 3, "edges": [[0,1],[1,0],[1,2]], "label": 5, "x": [[0.1,1],[0.2,2],[0.3,3]], "edge_gt": [1,1,0]}
                        {"nodes": 2, "edges": [], "label": 3, "x": [[1,1],[2,2]], "edge_gt": []}
                        """);
        assertThat(data.task()).isEqualTo(GraphTask.GRAPH);
        assertThat(data.classes()).containsExactly("3", "5");
        assertThat(data.graph(0).label()).isEqualTo(1);
        assertThat(data.graph(0).to()).containsExactly(1, 0, 2);
        assertThat(data.graph(0).truth()).containsExactly(true, true, false);
        assertThat(data.graph(1).edges()).isZero();
        assertThat(data.graph(1).features()).containsExactly(1, 1, 2, 2);
    }

    @Test
    void oneLineWithNodeLabelsAndNoLabelIsANodeTask() throws Exception {
        GraphDataset data = open("{\"nodes\": 2, \"edges\": [[0,1]], \"node_labels\": [1, 0]}\n");
        assertThat(data.task()).isEqualTo(GraphTask.NODE);
        assertThat(data.graph(0).nodeClasses()).containsExactly(1, 0);
    }

    @Test
    void graphsWithoutLabelAreCounted() throws Exception {
        GraphDataset data = open("{\"nodes\":1,\"edges\":[]}\n{\"nodes\":1,\"edges\":[],\"label\":0}\n");
        assertThat(data.graph(0).label()).isEqualTo(-1);
        assertThat(data.notes()).containsExactly("1 of 2 graphs have no label.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{\"nodes\":2,\"edges\":[[0,2]]}|edge 0 has node 2, outside 0..1",
        "{\"nodes\":2,\"edges\":[[0]]}|edge 0 is no pair",
        "{\"nodes\":-1,\"edges\":[]}|'nodes' is missing or no count",
        "{\"nodes\":9999999999,\"edges\":[]}|'nodes' is missing or no count",
        "{\"nodes\":2}|the 'edges' are missing",
        "{\"nodes\":2,\"edges\":[],\"label\":0.5}|the label 0.5 is no whole number",
        "{\"nodes\":2,\"edges\":[],\"x\":[[1]]}|'x' has 1 entries for 2 nodes",
        "{\"nodes\":2,\"edges\":[],\"x\":[[1],[1,2]]}|node 1 has 2 features",
        "{\"nodes\":1,\"edges\":[],\"x\":[[1,2]]}|the nodes have 2 features, those of the graphs before 1",
        "{\"nodes\":2,\"edges\":[[0,1]],\"edge_gt\":[2]}|'edge_gt' holds 2",
        "{\"nodes\":2,\"edges\":[[0,1]],\"edge_gt\":[]}|'edge_gt' has 0 entries for 1 edges",
        "{\"nodes\":2,\"edges\":[[0,1]]|this is no JSON object",
        "[1]|this is no JSON object"})
    void badLinesAreNamed(String line, String what) {
        String first = line.contains("\"x\"") ? "{\"nodes\":1,\"edges\":[],\"x\":[[1]]}" : "{\"nodes\":1,\"edges\":[]}";
        assertThatThrownBy(() -> open(first + "\n" + line + "\n")).isInstanceOf(InputException.class)
                .hasMessageContaining("line 2").hasMessageContaining(what);
    }

    @Test
    void truthInSomeLinesOnlyIsRefused() {
        assertThatThrownBy(() -> open("{\"nodes\":1,\"edges\":[],\"edge_gt\":[]}\n{\"nodes\":1,\"edges\":[]}\n"))
                .isInstanceOf(InputException.class).hasMessageContaining("1 of 2 graphs have 'edge_gt'");
    }

    /** A graph without nodes has no features that others could differ from, wherever it stands. */
    @Test
    void anEmptyGraphSaysNothingOfTheFeatures() throws Exception {
        String empty = "{\"nodes\": 0, \"edges\": []}\n";
        GraphDataset data = open(empty + "{\"nodes\": 1, \"edges\": [], \"x\": [[1, 2]]}\n" + empty);
        assertThat(data.size()).isEqualTo(3);
        assertThat(data.graph(1).features()).containsExactly(1, 2);
    }
}

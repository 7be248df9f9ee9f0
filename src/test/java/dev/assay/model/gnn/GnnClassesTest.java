package dev.assay.model.gnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphList;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GnnClassesTest {

    /** A network of that many classes. */
    private static GnnModel model(int classes, String... names) throws InputException {
        GnnConfig c = ExampleA.config(GnnConfig.Architecture.GCN, GraphTask.GRAPH, false, true);
        GnnConfig config = new GnnConfig(
                c.architecture(), c.task(), 3, classes, c.layers(), c.readout(), false, true, 0.1, true, 1e-5,
                c.features(), List.of(names), Map.of());
        Map<String, GnnWeights.Tensor> tensors =
                new java.util.LinkedHashMap<>(ExampleA.gcnWeights().tensors());
        tensors.put("lin.weight", GnnWeights.Tensor.matrix(classes, 6, new double[6 * classes]));
        tensors.put("lin.bias", GnnWeights.Tensor.vector(new double[classes]));
        return GnnModel.of("net", config, new GnnWeights(tensors));
    }

    /** A graph of each class. */
    private static GraphDataset graphs(String... classes) {
        List<GraphSample> graphs = IntStream.range(0, classes.length)
                .mapToObj(c -> GraphSample.of(1).index(c).label(c).build())
                .toList();
        return GraphList.of("graphs", GraphTask.GRAPH, graphs, List.of(classes));
    }

    private static int[] labels(GraphDataset data) throws InputException {
        int[] labels = new int[data.size()];
        for (int g = 0; g < labels.length; g++) {
            labels[g] = data.graph(g).label();
        }
        return labels;
    }

    @Test
    void labelsAreTheNetworksClassesOfTheirName() throws Exception {
        GnnClasses found = GnnClasses.of(model(3, "-1", "0", "1"), graphs("-1", "1"));
        assertThat(labels(found.data())).containsExactly(0, 2);
        assertThat(found.data().classes()).containsExactly("-1", "0", "1");
        assertThat(found.data().classCounts()).containsExactly(1, 0, 1);
        assertThat(found.notes()).singleElement().asString().contains("by name");
    }

    @Test
    void equalLabelsChangeNothing() throws Exception {
        GraphDataset graphs = graphs("1", "2");
        assertThat(GnnClasses.of(model(2, "1", "2"), graphs).data()).isSameAs(graphs);
        assertThat(GnnClasses.of(model(2), graphs)).isEqualTo(new GnnClasses(graphs, List.of()));
        assertThat(GnnClasses.of(model(2, "active", "inactive"), graphs)).isEqualTo(new GnnClasses(graphs, List.of()));
    }

    @Test
    void aLabelThatTheNetworkDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> GnnClasses.of(model(2, "0", "1"), graphs("0", "2")))
                .isInstanceOf(InputException.class)
                .hasMessage("graphs: the class '2' is not among the classes 0, 1 of net; use data with the classes that"
                        + " the network was trained on, or mend classNames in its config.json.");
        assertThatThrownBy(() -> GnnClasses.of(model(2), graphs("0", "1", "2")))
                .hasMessageContaining("the labels hold 3 classes and the network knows 2");
    }

    @Test
    void withoutNamesLabelsThatAreOutputsAreTheseAndTheUserIsTold() throws Exception {
        GnnClasses found = GnnClasses.of(model(3), graphs("0", "2"));
        assertThat(labels(found.data())).containsExactly(0, 2);
        assertThat(found.notes()).singleElement().asString().contains("labels 0, 2").contains("outputs 0, 2");
        assertThat(GnnClasses.of(model(3), graphs("0", "1")).notes()).isEmpty();
        assertThat(GnnClasses.of(model(3), graphs("5", "9")).notes()).singleElement().asString()
                .contains("outputs 0, 1");
    }

    @Test
    void classesOfNodesAreMovedToo() throws Exception {
        GraphSample graph = GraphSample.of(3).nodeClasses(new int[] {1, -1, 0}).build();
        assertThat(graph.withClasses(new int[] {2, 0}).nodeClasses()).containsExactly(0, -1, 2);
        assertThat(graph.withClasses(new int[] {2, 0}).label()).isEqualTo(-1);
    }
}

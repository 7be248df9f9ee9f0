package dev.assay.model.gnn;

import dev.assay.analysis.InputException;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import java.util.Arrays;

/** The node features that a network takes. */
final class NodeFeatures {

    private NodeFeatures() {}

    static double[] of(GnnConfig config, GraphDataset data, GraphSample graph) throws InputException {
        int width = config.inputWidth();
        return switch (config.features().kind()) {
            case CONSTANT -> {
                double[] values = new double[Math.multiplyExact(graph.nodes(), width)];
                Arrays.fill(values, config.features().value());
                yield values;
            }
            case STORED -> {
                if (data.featureWidth() == 0) {
                    throw new InputException(
                            "the network takes the node features of the data, and the data holds none",
                            data.location().toString(),
                            "use data with node attributes, or a network trained on constant features or node labels");
                }
                requireWidth(data, data.featureWidth(), width, "node features");
                yield graph.features();
            }
            case LABELS -> {
                if (graph.nodeLabels() == null) {
                    throw new InputException(
                            "the network takes one-hot node labels, and the nodes of the data have none",
                            data.location().toString(),
                            "use data with node labels, or a network trained on constant features");
                }
                requireWidth(data, data.nodeLabels().size(), width, "different node labels");
                double[] values = new double[Math.multiplyExact(graph.nodes(), width)];
                for (int v = 0; v < graph.nodes(); v++) {
                    values[v * width + graph.nodeLabels()[v]] = 1;
                }
                yield values;
            }
        };
    }

    private static void requireWidth(GraphDataset data, int found, int expected, String what) throws InputException {
        if (found != expected) {
            throw new InputException(
                    "the data has " + found + " " + what + " and the network takes " + expected,
                    data.location().toString(),
                    "use the data that the network was trained on, or train a network on this data");
        }
    }
}

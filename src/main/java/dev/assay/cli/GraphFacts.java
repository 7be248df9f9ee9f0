package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.analysis.InputException;
import dev.assay.data.graph.EdgeUnits;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.GnnWeights;
import dev.assay.text.Numbers;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What graphs and graph neural networks are, as JSON and as text. */
final class GraphFacts {

    private GraphFacts() {}

    static void describe(GraphDataset data, ObjectNode node) throws InputException {
        node.put("type", "graphs");
        node.put("task", data.task().toString());
        node.put("graphs", data.size());
        node.put("nodes", data.nodes());
        node.put("directedEdges", data.edges());
        node.put("undirected", undirected(data));
        node.put("featureWidth", data.featureWidth());
        node.put("groundTruth", data.hasTruth());
        if (data.hasTruth()) {
            node.put("groundTruthEdges", truthEdges(data));
        }
        data.nodeLabels().forEach(node.putArray("nodeLabels")::add);
        ArrayNode classes = node.putArray("classes");
        long[] counts = data.classCounts();
        for (int k = 0; k < counts.length; k++) {
            ObjectNode one = classes.addObject();
            one.put("name", data.classes().get(k));
            one.put(data.task() == GraphTask.GRAPH ? "graphs" : "nodes", counts[k]);
        }
        data.notes().forEach(node.putArray("notes")::add);
        data.files().forEach(f -> node.withArray("files").add(f.toString()));
    }

    static void print(GraphDataset data, PrintWriter out) throws InputException {
        out.println("  task    " + data.task() + (data.task() == GraphTask.GRAPH
                ? ": a class for each graph"
                : ": a class for each node of one graph"));
        out.println("  edges   " + Numbers.count(data.edges()) + " directed, "
                + (undirected(data) ? "both directions of every pair" : "some without their opposite"));
        out.println("  nodes   " + Numbers.count(data.nodes()) + sizes(data) + ", "
                + (data.featureWidth() == 0 ? "no stored features" : data.featureWidth() + " features")
                + (data.nodeLabels().isEmpty() ? ""
                        : ", labels " + String.join(", ", data.nodeLabels().stream().limit(20).toList())));
        out.println("  truth   " + (data.hasTruth()
                ? Numbers.count(truthEdges(data)) + " of the edges belong to the ground truth"
                : "not known"));
        long[] counts = data.classCounts();
        out.println(counts.length == 0 ? "  no classes"
                : "  " + counts.length + " classes: " + IntStream.range(0, Math.min(counts.length, 100))
                        .mapToObj(k -> data.classes().get(k) + " (" + Numbers.count(counts[k]) + ")")
                        .collect(Collectors.joining(", ")));
        data.notes().forEach(n -> out.println("  " + n));
    }

    private static String sizes(GraphDataset data) throws InputException {
        if (data.size() < 2) {
            return "";
        }
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int g = 0; g < data.size(); g++) {
            least = Math.min(least, data.graph(g).nodes());
            most = Math.max(most, data.graph(g).nodes());
        }
        return least == most ? ", " + most + " in each graph" : ", " + least + " to " + most + " in a graph";
    }

    private static boolean undirected(GraphDataset data) throws InputException {
        for (int g = 0; g < data.size(); g++) {
            if (!EdgeUnits.symmetric(data.graph(g))) {
                return false;
            }
        }
        return true;
    }

    private static long truthEdges(GraphDataset data) throws InputException {
        long count = 0;
        for (int g = 0; g < data.size(); g++) {
            GraphSample graph = data.graph(g);
            for (int e = 0; graph.truth() != null && e < graph.edges(); e++) {
                count += graph.truth()[e] ? 1 : 0;
            }
        }
        return count;
    }

    static void describe(GnnModel model, ObjectNode node) {
        GnnConfig config = model.config();
        node.put("type", "gnn");
        node.put("architecture", config.architecture().toString());
        node.put("task", config.task().toString());
        node.put("inputWidth", config.inputWidth());
        node.put("classes", config.classes());
        node.put("features", features(config));
        node.put("parameters", model.parameterCount());
        ArrayNode layers = node.putArray("layers");
        for (GnnConfig.GnnLayer layer : config.layers()) {
            ObjectNode one = layers.addObject();
            one.put("width", layer.width());
            layer.steps().forEach(s -> one.withArray("steps").add(s.toString()));
        }
        config.readout().forEach(r -> node.withArray("readout").add(r.toString()));
        node.put("concatLayers", config.concatLayers());
        for (Map.Entry<String, GnnWeights.Tensor> e : model.weights().tensors().entrySet()) {
            ObjectNode tensor = node.withArray("tensors").addObject();
            tensor.put("name", e.getKey());
            Arrays.stream(e.getValue().shape()).forEach(tensor.putArray("shape")::add);
        }
        model.notes().forEach(node.putArray("notes")::add);
        model.files().forEach(f -> node.withArray("files").add(f.toString()));
    }

    static void print(GnnModel model, PrintWriter out) {
        GnnConfig config = model.config();
        out.println("  input   " + config.inputWidth() + " columns, " + features(config));
        for (int i = 0; i < config.layers().size(); i++) {
            out.println("  layer " + i + " " + config.layers().get(i).steps().stream()
                    .map(s -> s == GnnConfig.Step.CONV ? config.architecture().toString() : s.toString())
                    .collect(Collectors.joining(", ")) + "  " + config.layerInput(i) + " to "
                    + config.layers().get(i).width());
        }
        out.println("  head    " + (config.task() == GraphTask.NODE ? "each node's row"
                : config.readout().stream().map(Object::toString).collect(Collectors.joining(" and "))
                        + " over the nodes")
                + (config.concatLayers() ? " of all layers" : "") + "  " + config.headInput() + " to "
                + config.classes() + " classes");
        model.weights().tensors().forEach(
                (name, t) -> out.println("    " + name + "  " + Arrays.toString(t.shape())));
        model.notes().forEach(n -> out.println("  " + n));
    }

    private static String features(GnnConfig config) {
        return switch (config.features().kind()) {
            case STORED -> "features of the data";
            case LABELS -> "one-hot node labels";
            case CONSTANT -> "constant " + Numbers.value(config.features().value());
        };
    }
}

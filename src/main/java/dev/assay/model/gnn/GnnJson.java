package dev.assay.model.gnn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.analysis.InputException;
import dev.assay.data.graph.GraphTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The small JSON form: {@code state} with {@code W.i} (in x out), {@code b.i}, {@code lin.weight} (out x in) and {@code
 * lin.bias}. It always means a graph classifier of GCN layers with row normalisation, then ReLU, maximum and mean readout,
 * and constant features of 0.1.
 */
final class GnnJson {

    static final double FEATURE = 0.1;

    private static final int MOST_LAYERS = 64;

    private final GnnConfig config;
    private final GnnWeights weights;
    private final String where;

    GnnJson(JsonNode node, String where) throws InputException {
        this.where = where;
        if (!node.path("kind").asText("").equals("gcn")) {
            throw problem(
                    "the kind is " + (node.has("kind") ? node.get("kind") : "missing"),
                    "this form holds \"gcn\" only; save other networks as a folder with config.json");
        }
        JsonNode state = node.path("state");
        if (!state.isObject()) {
            throw problem("the weights 'state' are missing", "write them as nested lists");
        }
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>();
        List<GnnConfig.GnnLayer> layers = new ArrayList<>();
        int inputWidth = 0;
        int used = 2;
        for (int i = 0; i < MOST_LAYERS && state.has("W." + i); i++) {
            GnnWeights.Tensor w = matrix(state, "W." + i);
            int in = w.shape()[0];
            int out = w.shape()[1];
            if (i == 0) {
                inputWidth = in;
            }
            double[] turned = new double[in * out];
            for (int a = 0; a < in; a++) {
                for (int b = 0; b < out; b++) {
                    turned[b * in + a] = w.values()[a * out + b];
                }
            }
            tensors.put("convs." + i + ".lin.weight", GnnWeights.Tensor.matrix(out, in, turned));
            tensors.put("convs." + i + ".bias", vector(state, "b." + i));
            layers.add(new GnnConfig.GnnLayer(
                    out, List.of(GnnConfig.Step.CONV, GnnConfig.Step.L2, GnnConfig.Step.RELU)));
            used += 2;
        }
        if (layers.isEmpty()) {
            throw problem("the weights 'W.0' are missing", "write the layers as W.0, b.0, W.1, b.1 and so on");
        }
        GnnWeights.Tensor head = matrix(state, "lin.weight");
        tensors.put("lin.weight", head);
        tensors.put("lin.bias", vector(state, "lin.bias"));
        if (state.size() != used) {
            String name = state.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(k -> !k.matches("(W|b)\\.\\d+|lin\\.(weight|bias)"))
                    .findFirst()
                    .orElse("of a layer without its neighbour");
            throw problem(
                    "the weights hold the tensor " + name + ", which this form has no place for",
                    "save other networks as a folder with config.json");
        }
        this.weights = new GnnWeights(tensors);
        this.config = new GnnConfig(
                GnnConfig.Architecture.GCN, GraphTask.GRAPH, inputWidth, head.shape()[0], layers,
                List.of(GnnConfig.Readout.MAX, GnnConfig.Readout.MEAN), false, true, 0, true, 1e-5,
                GnnConfig.FeatureSource.constant(FEATURE), List.of(), Map.of());
    }

    GnnConfig config() {
        return config;
    }

    GnnWeights weights() {
        return weights;
    }

    private InputException problem(String what, String mend) {
        return new InputException(what, where, mend);
    }

    private GnnWeights.Tensor matrix(JsonNode state, String name) throws InputException {
        JsonNode rows = state.path(name);
        if (!rows.isArray() || rows.isEmpty() || !rows.get(0).isArray() || rows.get(0).isEmpty()) {
            throw problem("the tensor " + name + " is missing or no matrix", "write it as a list of rows");
        }
        int columns = rows.get(0).size();
        double[] values = new double[Math.multiplyExact(rows.size(), columns)];
        for (int r = 0; r < rows.size(); r++) {
            JsonNode row = rows.get(r);
            if (!row.isArray() || row.size() != columns) {
                throw problem(
                        "the tensor " + name + " has " + row.size() + " numbers in row " + r + " and " + columns
                                + " in row 0",
                        "all rows have the same length");
            }
            for (int c = 0; c < columns; c++) {
                values[r * columns + c] = number(row.get(c), name);
            }
        }
        return GnnWeights.Tensor.matrix(rows.size(), columns, values);
    }

    private GnnWeights.Tensor vector(JsonNode state, String name) throws InputException {
        JsonNode row = state.path(name);
        if (!row.isArray()) {
            throw problem("the tensor " + name + " is missing or no list", "write it as a list of numbers");
        }
        double[] values = new double[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(row.get(i), name);
        }
        return GnnWeights.Tensor.vector(values);
    }

    private double number(JsonNode value, String name) throws InputException {
        if (!value.isNumber()) {
            throw problem("the tensor " + name + " holds " + value, "write numbers");
        }
        return value.asDouble();
    }
}

package dev.assay.model.gnn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.analysis.InputException;
import dev.assay.data.graph.GraphTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code config.json} of a GNN folder (gnn-models-and-explainers, file formats). */
final class GnnConfigJson {

    static final String FORMAT = "assay.gnn/1";

    private static final int MOST_LAYERS = 64;
    private static final int MOST_WIDTH = 1 << 16;
    private static final Set<String> KEYS = Set.of(
            "format", "architecture", "task", "inputWidth", "classes", "layers", "readout", "concatLayers", "selfTerm",
            "epsilon", "mlpFinalRelu", "batchNormEps", "features", "classNames", "training");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode node;
    private final String where;
    private final List<String> notes = new ArrayList<>();

    GnnConfigJson(JsonNode node, String where) {
        this.node = node;
        this.where = where;
    }

    /** What the user should know of the file. */
    List<String> notes() {
        return notes;
    }

    GnnConfig read() throws InputException {
        if (!node.isObject() || !node.path("format").asText("").equals(FORMAT)) {
            throw problem(
                    "the format is " + (node.has("format") ? node.get("format") : "missing"),
                    "it is \"" + FORMAT + "\" for a graph neural network");
        }
        Set<String> unknown = new TreeSet<>(node.properties().stream().map(Map.Entry::getKey).toList());
        unknown.removeAll(KEYS);
        for (String key : unknown) {
            notes.add("config.json has the key '" + key + "', which is not known and is passed over.");
        }
        GnnConfig.Architecture architecture =
                choice(required("architecture"), "architecture", GnnConfig.Architecture.values());
        GraphTask task = choice(required("task"), "task", GraphTask.values());
        int inputWidth = whole(required("inputWidth"), "inputWidth", 1, MOST_WIDTH);
        int classes = whole(required("classes"), "classes", 1, MOST_WIDTH);
        List<GnnConfig.GnnLayer> layers = layers(required("layers"));
        List<GnnConfig.Readout> readout = new ArrayList<>();
        if (task == GraphTask.GRAPH || node.has("readout")) {
            for (JsonNode one : list(required("readout"), "readout")) {
                readout.add(choice(one, "readout", GnnConfig.Readout.values()));
            }
        }
        if (task == GraphTask.GRAPH && readout.isEmpty()) {
            throw problem("'readout' is empty", "name at least one of max, mean, sum");
        }
        List<String> names = new ArrayList<>();
        if (node.has("classNames")) {
            for (JsonNode one : list(node.get("classNames"), "classNames")) {
                names.add(one.asText());
            }
            if (!names.isEmpty() && names.size() != classes) {
                throw problem(
                        "'classNames' has " + names.size() + " names for " + classes + " classes",
                        "name every class or none");
            }
        }
        return new GnnConfig(
                architecture, task, inputWidth, classes, layers, readout, flag("concatLayers", false),
                flag("selfTerm", true), real("epsilon", 0), flag("mlpFinalRelu", true),
                real("batchNormEps", 1e-5), features(), names, training());
    }

    private InputException problem(String what, String mend) {
        return new InputException(what, where, mend);
    }

    private JsonNode required(String key) throws InputException {
        JsonNode found = node.get(key);
        if (found == null || found.isNull()) {
            throw problem("the key '" + key + "' is missing", "a configuration needs format, architecture, task,"
                    + " inputWidth, classes, layers, and readout for graphs");
        }
        return found;
    }

    private JsonNode list(JsonNode value, String key) throws InputException {
        if (!value.isArray()) {
            throw problem("'" + key + "' is no list", "write it in brackets");
        }
        return value;
    }

    private int whole(JsonNode value, String key, int min, int max) throws InputException {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < min || value.asInt() > max) {
            throw problem("'" + key + "' is " + value, "use a whole number from " + min + " to " + max);
        }
        return value.asInt();
    }

    private boolean flag(String key, boolean otherwise) throws InputException {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw problem("'" + key + "' is " + value, "use true or false");
        }
        return value.asBoolean();
    }

    private double real(String key, double otherwise) throws InputException {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw problem("'" + key + "' is " + value, "use a number");
        }
        return value.asDouble();
    }

    private <E extends Enum<E>> E choice(JsonNode value, String key, E[] values) throws InputException {
        for (E one : values) {
            if (value.isTextual() && one.toString().equals(value.asText())) {
                return one;
            }
        }
        throw problem(
                "'" + key + "' is " + value,
                "use " + Arrays.stream(values).map(Object::toString).collect(Collectors.joining(" or ")));
    }

    private List<GnnConfig.GnnLayer> layers(JsonNode value) throws InputException {
        List<GnnConfig.GnnLayer> layers = new ArrayList<>();
        list(value, "layers");
        if (value.isEmpty() || value.size() > MOST_LAYERS) {
            throw problem("'layers' has " + value.size() + " entries", "give 1 to " + MOST_LAYERS + " layers");
        }
        for (JsonNode layer : value) {
            String name = "layers[" + layers.size() + "]";
            List<GnnConfig.Step> steps = new ArrayList<>();
            for (JsonNode step : list(layer.path("steps"), name + ".steps")) {
                steps.add(choice(step, name + ".steps", GnnConfig.Step.values()));
            }
            if (steps.stream().filter(s -> s == GnnConfig.Step.CONV).count() != 1
                    || steps.getFirst() != GnnConfig.Step.CONV
                    || steps.stream().filter(s -> s == GnnConfig.Step.BATCHNORM).count() > 1) {
                throw problem(
                        "'" + name + ".steps' is " + layer.path("steps"),
                        "a layer begins with its one \"conv\" and has at most one \"batchnorm\"");
            }
            layers.add(new GnnConfig.GnnLayer(whole(layer.path("width"), name + ".width", 1, MOST_WIDTH), steps));
        }
        return layers;
    }

    private GnnConfig.FeatureSource features() throws InputException {
        JsonNode value = node.get("features");
        if (value == null || value.isNull()) {
            return GnnConfig.FeatureSource.stored();
        }
        GnnConfig.FeatureSource.Kind kind =
                choice(value.path("source"), "features.source", GnnConfig.FeatureSource.Kind.values());
        if (kind == GnnConfig.FeatureSource.Kind.CONSTANT && !value.path("value").isNumber()) {
            throw problem("'features.value' is missing", "constant features need a number");
        }
        return new GnnConfig.FeatureSource(kind, value.path("value").asDouble(0));
    }

    private Map<String, Object> training() {
        JsonNode value = node.get("training");
        if (value == null || !value.isObject()) {
            return Map.of();
        }
        Map<String, Object> facts = new java.util.LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> e : value.properties()) {
            if (!e.getValue().isNull()) {
                facts.put(e.getKey(), JSON.convertValue(e.getValue(), Object.class));
            }
        }
        return facts;
    }

    /** The configuration as JSON. */
    static ObjectNode write(GnnConfig config) {
        ObjectNode node = JSON.createObjectNode();
        node.put("format", FORMAT);
        node.put("architecture", config.architecture().toString());
        node.put("task", config.task().toString());
        node.put("inputWidth", config.inputWidth());
        node.put("classes", config.classes());
        ArrayNode layers = node.putArray("layers");
        for (GnnConfig.GnnLayer layer : config.layers()) {
            ObjectNode one = layers.addObject();
            one.put("width", layer.width());
            layer.steps().forEach(s -> one.withArray("steps").add(s.toString()));
        }
        ArrayNode readout = node.putArray("readout");
        config.readout().forEach(r -> readout.add(r.toString()));
        node.put("concatLayers", config.concatLayers());
        node.put("selfTerm", config.selfTerm());
        node.put("epsilon", config.epsilon());
        node.put("mlpFinalRelu", config.mlpFinalRelu());
        node.put("batchNormEps", config.batchNormEps());
        ObjectNode features = node.putObject("features");
        features.put("source", config.features().kind().toString());
        if (config.features().kind() == GnnConfig.FeatureSource.Kind.CONSTANT) {
            features.put("value", config.features().value());
        }
        ArrayNode names = node.putArray("classNames");
        config.classNames().forEach(names::add);
        node.set("training", JSON.valueToTree(new java.util.TreeMap<>(config.training())));
        return node;
    }
}

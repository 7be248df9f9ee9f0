package dev.assay.data.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.OptionReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** Reads graphs line by line into arrays that count through all graphs. */
final class JsonLines {

    private static final int MOST_NODES = 1 << 28;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Location location;
    private final Ints graphOf = new Ints();
    private final Ints from = new Ints();
    private final Ints to = new Ints();
    private final Ints edgeLine = new Ints();
    private final Longs labels = new Longs();
    private final Ints labelled = new Ints();
    private final Longs nodeLabels = new Longs();
    private final Ints truth = new Ints();
    private double[] features = new double[1024];
    private int featureCount;
    private int featureWidth = -1;
    private int graphs;
    private int graphsWithNodeLabels;
    private int graphsWithTruth;
    private int number;

    JsonLines(Location location) {
        this.location = location;
    }

    GraphList read() throws InputException {
        OptionReader options = new OptionReader(location, GraphOptions.ALL);
        FileStamp.of(location.path());
        try (BufferedReader reader = Files.newBufferedReader(location.path(), StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    graph(parse(line));
                }
            }
        } catch (CharacterCodingException e) {
            throw problem("this is no text", "save it in UTF-8", e);
        } catch (IOException e) {
            throw FileStamp.unreadable(location.path(), e);
        }
        int[] lines = edgeLine.toArray();
        GraphAssembler assembler = new GraphAssembler(
                location, List.of(location.path()), graphOf.toArray(), graphs, from.toArray(), to.toArray(),
                e -> location.path() + ", line " + lines[e]);
        assembler.undirected(options.flag(GraphOptions.UNDIRECTED, false));
        if (featureWidth > 0) {
            assembler.features(featureWidth, Arrays.copyOf(features, featureCount));
        }
        boolean[] known = new boolean[graphs];
        boolean any = false;
        for (int g = 0; g < graphs; g++) {
            known[g] = labelled.get(g) == 1;
            any |= known[g];
        }
        if (any) {
            assembler.graphLabels(labels.toArray(), known);
        }
        if (graphsWithNodeLabels > 0) {
            requireAll(graphsWithNodeLabels, "node_labels");
            if (!any && graphs == 1) {
                assembler.nodeClasses(nodeLabels.toArray());
            } else {
                assembler.nodeLabels(nodeLabels.toArray());
            }
        }
        if (graphsWithTruth > 0) {
            requireAll(graphsWithTruth, "edge_gt");
            boolean[] marked = new boolean[truth.size()];
            for (int e = 0; e < marked.length; e++) {
                marked[e] = truth.get(e) == 1;
            }
            assembler.truth(marked);
        }
        return assembler.build();
    }

    private void requireAll(int having, String key) throws InputException {
        if (having < graphs) {
            throw new InputException(
                    having + " of " + graphs + " graphs have '" + key + "'", location.path().toString(),
                    "give it in every line or in none");
        }
    }

    private InputException problem(String what, String mend, Throwable cause) {
        return new InputException(what, location.path() + ", line " + number, mend, cause);
    }

    private InputException problem(String what, String mend) {
        return problem(what, mend, null);
    }

    private JsonNode parse(String line) throws InputException {
        try {
            JsonNode node = JSON.readTree(line);
            if (node == null || !node.isObject()) {
                throw problem("this is no JSON object", "write a graph as an object in every line");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw problem("this is no JSON object (" + e.getOriginalMessage() + ")", "write a graph in every line", e);
        }
    }

    private void graph(JsonNode node) throws InputException {
        JsonNode count = node.get("nodes");
        if (count == null || !count.isIntegralNumber() || count.asLong() < 0 || count.asLong() > MOST_NODES) {
            throw problem("the number of 'nodes' is missing or no count", "write for example \"nodes\": 25");
        }
        int nodes = count.asInt();
        if (graphOf.size() + (long) nodes > MOST_NODES) {
            throw problem("the graphs have more than " + MOST_NODES + " nodes in all", "split the file");
        }
        JsonNode edges = array(node, "edges", -1, "");
        if (edges == null) {
            throw problem("the 'edges' are missing", "write for example \"edges\": [[0,1],[1,0]]");
        }
        features(node, nodes);
        int first = graphOf.size();
        for (int v = 0; v < nodes; v++) {
            graphOf.add(graphs);
        }
        for (int e = 0; e < edges.size(); e++) {
            JsonNode edge = edges.get(e);
            if (!edge.isArray() || edge.size() != 2) {
                throw problem("edge " + e + " is no pair of nodes", "write for example [0,1]");
            }
            from.add(first + end(edge.get(0), nodes, e));
            to.add(first + end(edge.get(1), nodes, e));
            edgeLine.add(number);
        }
        JsonNode label = node.get("label");
        boolean has = label != null && !label.isNull();
        if (has && !label.isIntegralNumber()) {
            throw problem(
                    "the label " + label + " is no whole number",
                    "classes are whole numbers; values to be estimated (regression) cannot be used");
        }
        labels.add(has ? label.asLong() : 0);
        labelled.add(has ? 1 : 0);
        JsonNode own = array(node, "node_labels", nodes, "nodes");
        if (own != null) {
            graphsWithNodeLabels++;
            for (JsonNode one : own) {
                if (!one.isIntegralNumber()) {
                    throw problem("the node label " + one + " is no whole number", "write whole numbers");
                }
                nodeLabels.add(one.asLong());
            }
        }
        JsonNode marks = array(node, "edge_gt", edges.size(), "edges");
        if (marks != null) {
            graphsWithTruth++;
            for (JsonNode one : marks) {
                boolean yes = one.isBoolean() ? one.asBoolean() : one.asInt(-1) == 1;
                if (!one.isBoolean() && one.asInt(-1) != 0 && !yes) {
                    throw problem("'edge_gt' holds " + one, "write 1 or 0 for each edge");
                }
                truth.add(yes ? 1 : 0);
            }
        }
        graphs++;
    }

    private int end(JsonNode value, int nodes, int edge) throws InputException {
        if (!value.isIntegralNumber() || value.asLong() < 0 || value.asLong() >= nodes) {
            throw problem(
                    "edge " + edge + " has node " + value + ", outside 0.." + (nodes - 1),
                    "nodes are numbered from 0 within their graph");
        }
        return value.asInt();
    }

    private JsonNode array(JsonNode node, String key, int expected, String nouns) throws InputException {
        JsonNode found = node.get(key);
        if (found == null || found.isNull()) {
            return null;
        }
        if (!found.isArray()) {
            throw problem("'" + key + "' is no list", "write it in brackets");
        }
        if (expected >= 0 && found.size() != expected) {
            throw problem(
                    "'" + key + "' has " + found.size() + " entries for " + expected + " " + nouns,
                    "give one for each");
        }
        return found;
    }

    private void features(JsonNode node, int nodes) throws InputException {
        JsonNode rows = array(node, "x", nodes, "nodes");
        int width = rows == null || rows.isEmpty() ? 0 : rows.get(0).size();
        if (nodes == 0) {
            return;
        }
        if (featureWidth >= 0 && width != featureWidth) {
            throw problem(
                    "the nodes have " + width + " features, those of the graphs before " + featureWidth,
                    "give all nodes the same number");
        }
        featureWidth = width;
        for (int v = 0; v < nodes && width > 0; v++) {
            JsonNode row = rows.get(v);
            if (!row.isArray() || row.size() != width) {
                throw problem(
                        "node " + v + " has " + row.size() + " features, node 0 has " + width,
                        "give all nodes the same number");
            }
            for (JsonNode value : row) {
                if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
                    throw problem("node " + v + " has the feature " + value, "write finite numbers");
                }
                if (featureCount == features.length) {
                    features = Arrays.copyOf(features, Math.multiplyExact(featureCount, 2));
                }
                features[featureCount++] = value.asDouble();
            }
        }
    }
}

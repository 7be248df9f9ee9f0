package dev.assay.model.gnn;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.analysis.InputException;
import dev.assay.data.graph.GraphTask;
import dev.assay.data.source.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes networks: the folder of configuration and weights, or the small JSON form where the network fits it. */
public final class GnnFiles {

    /** Name of the configuration in a folder. */
    public static final String CONFIG = "config.json";

    /** Name of the weights in a folder. */
    public static final String WEIGHTS = "model.safetensors";

    private static final long MOST_BYTES = 1L << 28;
    private static final List<GnnConfig.Step> JSON_STEPS =
            List.of(GnnConfig.Step.CONV, GnnConfig.Step.L2, GnnConfig.Step.RELU);
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private GnnFiles() {}

    /** Reads a JSON file of moderate size. */
    static JsonNode read(Path path) throws InputException {
        FileStamp stamp = FileStamp.of(path);
        if (stamp.size() > MOST_BYTES) {
            throw new InputException(
                    "the file has " + stamp.size() + " bytes", path.toString(), "choose a graph neural network");
        }
        try {
            JsonNode node = JSON.readTree(path.toFile());
            if (node == null || !node.isObject()) {
                throw new InputException("this is no JSON object", path.toString(), "choose another file");
            }
            return node;
        } catch (JacksonException e) {
            throw new InputException(
                    "this is no readable JSON (" + e.getOriginalMessage() + ", line "
                            + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + ")",
                    path.toString(), "save it again", e);
        } catch (IOException e) {
            throw FileStamp.unreadable(path, e);
        }
    }

    /**
     * Writes the folder's two files; a crash leaves no half-written file under a final name.
     *
     * @param folder made when it is not there
     */
    public static void writeFolder(GnnModel model, Path folder) throws IOException {
        Files.createDirectories(folder);
        write(folder.resolve(WEIGHTS), Safetensors.bytes(model.weights()));
        write(folder.resolve(CONFIG), JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(GnnConfigJson.write(model.config())));
    }

    private static void write(Path path, byte[] bytes) throws IOException {
        Path staged = path.resolveSibling(path.getFileName() + ".part");
        try {
            Files.write(staged, bytes);
            Files.move(staged, path, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    /** Why the JSON form cannot hold the network, one sentence; empty when it can. */
    public static Optional<String> whyNotJson(GnnModel model) {
        GnnConfig c = model.config();
        boolean fits = c.architecture() == GnnConfig.Architecture.GCN
                && c.task() == GraphTask.GRAPH
                && !c.concatLayers()
                && c.readout().equals(List.of(GnnConfig.Readout.MAX, GnnConfig.Readout.MEAN))
                && c.layers().stream().allMatch(l -> l.steps().equals(JSON_STEPS))
                && c.features().equals(GnnConfig.FeatureSource.constant(GnnJson.FEATURE))
                && IntStream.range(0, c.layers().size())
                        .allMatch(i -> model.weights().get("convs." + i + ".bias") != null);
        return fits ? Optional.empty()
                : Optional.of("The JSON form holds only graph classifiers of GCN layers with row normalisation, maximum"
                        + " and mean readout and constant features of 0.1; save the folder instead.");
    }

    /**
     * Writes the JSON form.
     *
     * @throws IllegalArgumentException when the network does not fit it, see {@link #whyNotJson}
     */
    public static void writeJson(GnnModel model, Path path) throws IOException {
        whyNotJson(model).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        ObjectNode node = JSON.createObjectNode();
        node.put("kind", "gcn");
        ObjectNode state = node.putObject("state");
        GnnConfig config = model.config();
        for (int i = 0; i < config.layers().size(); i++) {
            int in = config.layerInput(i);
            int out = config.layers().get(i).width();
            double[] stored = model.weights().get("convs." + i + ".lin.weight").values();
            ArrayNode rows = state.putArray("W." + i);
            for (int a = 0; a < in; a++) {
                ArrayNode row = rows.addArray();
                for (int b = 0; b < out; b++) {
                    row.add(stored[b * in + a]);
                }
            }
            ArrayNode bias = state.putArray("b." + i);
            for (double v : model.weights().get("convs." + i + ".bias").values()) {
                bias.add(v);
            }
        }
        double[] head = model.weights().get("lin.weight").values();
        ArrayNode rows = state.putArray("lin.weight");
        for (int k = 0; k < config.classes(); k++) {
            ArrayNode row = rows.addArray();
            for (int j = 0; j < config.headInput(); j++) {
                row.add(head[k * config.headInput() + j]);
            }
        }
        ArrayNode bias = state.putArray("lin.bias");
        for (double v : model.weights().get("lin.bias").values()) {
            bias.add(v);
        }
        write(path, JSON.writeValueAsBytes(node));
    }
}

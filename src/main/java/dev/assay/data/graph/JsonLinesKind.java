package dev.assay.data.graph;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** A text file with a graph as a JSON object in every line. */
public final class JsonLinesKind implements InputKind {

    private static final int HEAD = 4096;

    @Override
    public String id() {
        return "jsonl-graphs";
    }

    @Override
    public String title() {
        return "JSON lines of graphs";
    }

    @Override
    public Class<? extends Input> type() {
        return GraphDataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("jsonl", "ndjson");
    }

    @Override
    public List<InputOption> options() {
        return GraphOptions.ALL;
    }

    @Override
    public boolean recognises(Location location) {
        String name = location.fileName().toLowerCase(Locale.ROOT);
        if (extensions().stream().noneMatch(e -> name.endsWith("." + e))) {
            return false;
        }
        try (InputStream in = Files.newInputStream(location.path())) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return head.stripLeading().startsWith("{") && (head.contains("\"nodes\"") || head.contains("\"edges\""));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public GraphDataset open(Location location) throws InputException {
        return new JsonLines(location).read();
    }
}

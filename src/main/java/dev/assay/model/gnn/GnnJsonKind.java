package dev.assay.model.gnn;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One JSON file with the weights of a graph classifier of GCN layers as nested lists. */
public final class GnnJsonKind implements InputKind {

    private static final int HEAD = 4096;
    private static final Pattern MARK = Pattern.compile("^\\s*\\{[\\s\\S]*\"(kind\"\\s*:\\s*\"g|state\"\\s*:\\s*\\{)");

    @Override
    public String id() {
        return "gnn-json";
    }

    @Override
    public String title() {
        return "GNN in JSON";
    }

    @Override
    public Class<? extends Input> type() {
        return GnnModel.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("json");
    }

    @Override
    public boolean recognises(Location location) {
        if (!location.fileName().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return false;
        }
        try (InputStream in = Files.newInputStream(location.path())) {
            return MARK.matcher(new String(in.readNBytes(HEAD), StandardCharsets.UTF_8)).find();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public GnnModel open(Location location) throws InputException {
        GnnJson json = new GnnJson(GnnFiles.read(location.path()), location.path().toString());
        return GnnModel.opened(
                location.fileName(), location, List.of(location.path()), json.config(), json.weights(), List.of());
    }
}

package dev.assay.model.gnn;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with {@code config.json} and {@code model.safetensors}, named by itself or by its configuration. */
public final class GnnFolderKind implements InputKind {

    /** Keys may stand in any order; names of many classes are the longest that may come first. */
    private static final int HEAD = 1 << 16;

    @Override
    public String id() {
        return "gnn-folder";
    }

    @Override
    public String title() {
        return "GNN folder";
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
        Path config = config(location.path());
        if (!config.endsWith(GnnFiles.CONFIG) || !Files.isRegularFile(config)) {
            return false;
        }
        if (Files.isRegularFile(config.resolveSibling(GnnFiles.WEIGHTS))) {
            return true; // a damaged configuration is told when it is opened
        }
        try (InputStream in = Files.newInputStream(config)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains("\"assay.gnn/");
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** The configuration of a folder, of the weights beside it, or the file itself. */
    private static Path config(Path path) {
        if (path.endsWith(GnnFiles.WEIGHTS)) {
            return path.resolveSibling(GnnFiles.CONFIG);
        }
        return Files.isDirectory(path) ? path.resolve(GnnFiles.CONFIG) : path;
    }

    @Override
    public GnnModel open(Location location) throws InputException {
        Path config = config(location.path());
        Path weights = config.resolveSibling(GnnFiles.WEIGHTS);
        GnnConfigJson json = new GnnConfigJson(GnnFiles.read(config), config.toString());
        GnnConfig read = json.read();
        if (!Files.exists(weights)) {
            throw new InputException(
                    "the file " + GnnFiles.WEIGHTS + " is missing beside the configuration", config.toString(),
                    "put the weights there");
        }
        Path folder = config.toAbsolutePath().normalize().getParent();
        String name = folder == null || folder.getFileName() == null ? location.fileName()
                : folder.getFileName().toString();
        return GnnModel.opened(
                name, location, List.of(config, weights), read, Safetensors.read(weights), json.notes());
    }
}

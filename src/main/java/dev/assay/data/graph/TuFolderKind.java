package dev.assay.data.graph;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of text files as the TU collection of graph data has them: {@code NAME_A.txt}, {@code
 * NAME_graph_indicator.txt} and optional others, {@code NAME_edge_gt.txt} with the ground truth among them.
 */
public final class TuFolderKind implements InputKind {

    private static final String EDGES = "_A.txt";
    private static final String INDICATOR = "_graph_indicator.txt";

    @Override
    public String id() {
        return "tu-graphs";
    }

    @Override
    public String title() {
        return "TU graph folder";
    }

    @Override
    public Class<? extends Input> type() {
        return GraphDataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of();
    }

    @Override
    public List<InputOption> options() {
        return GraphOptions.ALL;
    }

    @Override
    public boolean recognises(Location location) {
        try {
            return !names(location.path(), EDGES).isEmpty() || !names(location.path(), INDICATOR).isEmpty();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** The names in a folder before an ending, sorted. */
    private static List<String> names(Path folder, String ending) throws IOException {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ending)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - ending.length()));
            }
        }
        names.sort(null);
        return names;
    }

    @Override
    public GraphDataset open(Location location) throws InputException {
        return new TuFolder(location, name(location.path())).read();
    }

    private static String name(Path folder) throws InputException {
        List<String> names;
        List<String> indicators;
        try {
            names = names(folder, EDGES);
            indicators = names(folder, INDICATOR);
        } catch (IOException e) {
            throw new InputException(
                    "the folder cannot be read", folder.toString(), "check that it is still there", e);
        }
        if (names.size() > 1) {
            throw new InputException(
                    "the folder holds several sets of graphs: " + String.join(", ", names), folder.toString(),
                    "put each into a folder of its own");
        }
        Optional<String> name = names.stream().findFirst().or(() -> indicators.stream().findFirst());
        return name.orElseThrow(() -> new InputException(
                "the folder has no file NAME" + EDGES, folder.toString(), "choose a folder of the TU collection"));
    }
}

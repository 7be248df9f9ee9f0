package dev.assay.data.graph;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.data.npy.NpzArrays;
import java.util.List;
import java.util.Locale;

/** An NPZ archive with the edges of graphs: {@code edge_index} and optional others. */
public final class NpzGraphKind implements InputKind {

    static final String EDGES = "edge_index";

    @Override
    public String id() {
        return "npz-graphs";
    }

    @Override
    public String title() {
        return "NPZ graphs";
    }

    @Override
    public Class<? extends Input> type() {
        return GraphDataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("npz");
    }

    @Override
    public List<InputOption> options() {
        return GraphOptions.ALL;
    }

    @Override
    public boolean recognises(Location location) {
        return location.fileName().toLowerCase(Locale.ROOT).endsWith(".npz")
                && NpzArrays.holds(location.path(), EDGES);
    }

    @Override
    public GraphDataset open(Location location) throws InputException {
        try (NpzArrays arrays = NpzArrays.open(location.path())) {
            return new NpzGraphs(location, arrays).read();
        }
    }
}

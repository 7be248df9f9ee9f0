package dev.assay.data.graph;

import dev.assay.analysis.InputOption;
import java.util.List;

/** The reading option of every graph format. */
final class GraphOptions {

    static final String UNDIRECTED = "undirected";

    static final List<InputOption> ALL = List.of(new InputOption(
            UNDIRECTED,
            "Undirected",
            "true adds the opposite direction of every edge that has none; otherwise edges are as they are stored",
            "false"));

    private GraphOptions() {}
}

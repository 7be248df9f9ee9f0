package dev.assay.data.graph;

import dev.assay.analysis.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes graphs as a TU folder, ground truth included. */
public final class TuFolderWriter {

    private final GraphDataset data;
    private final Path folder;
    private final String prefix;

    private TuFolderWriter(GraphDataset data, Path folder, String prefix) {
        this.data = data;
        this.folder = folder;
        this.prefix = prefix;
    }

    /**
     * Writes the files.
     *
     * @param folder made when it is not there
     * @param prefix what their names begin with
     */
    public static void write(GraphDataset data, Path folder, String prefix) throws IOException, InputException {
        Files.createDirectories(folder);
        new TuFolderWriter(data, folder, prefix).write();
    }

    private interface Lines {
        void write(GraphSample graph, int firstNode, PrintWriter out);
    }

    private void write() throws IOException, InputException {
        file("A", (g, first, out) -> {
            for (int e = 0; e < g.edges(); e++) {
                out.print((first + g.from()[e] + 1) + ", " + (first + g.to()[e] + 1) + "\n");
            }
        });
        file("graph_indicator", (g, first, out) -> {
            for (int v = 0; v < g.nodes(); v++) {
                out.print(g.index() + 1 + "\n");
            }
        });
        if (data.task() == GraphTask.GRAPH && data.labelled()) {
            file("graph_labels", (g, first, out) -> out.print(data.classes().get(g.label()) + "\n"));
        }
        if (data.task() == GraphTask.NODE) {
            file("node_labels", (g, first, out) -> {
                for (int label : g.nodeClasses()) {
                    out.print(data.classes().get(label) + "\n");
                }
            });
        } else if (!data.nodeLabels().isEmpty()) {
            file("node_labels", (g, first, out) -> {
                for (int label : g.nodeLabels()) {
                    out.print(data.nodeLabels().get(label) + "\n");
                }
            });
        }
        if (data.hasTruth()) {
            file("edge_gt", (g, first, out) -> {
                for (boolean marked : g.truth()) {
                    out.print(marked ? "1\n" : "0\n");
                }
            });
        }
    }

    private void file(String part, Lines lines) throws IOException, InputException {
        Path path = folder.resolve(prefix + "_" + part + ".txt");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8))) {
            int first = 0;
            for (int g = 0; g < data.size(); g++) {
                GraphSample graph = data.graph(g);
                lines.write(graph, first, out);
                first += graph.nodes();
            }
            if (out.checkError()) {
                throw new IOException("the file " + path.getFileName() + " cannot be written");
            }
        }
    }
}

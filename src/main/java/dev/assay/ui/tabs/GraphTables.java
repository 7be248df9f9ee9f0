package dev.assay.ui.tabs;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Nodes and edges of a graph with their attributes as tables. */
final class GraphTables {

    /** So many features of a node have a column. */
    static final int MOST_FEATURES = 32;

    private GraphTables() {}

    /** The row of an edge by its key {@code graph:from-to}, in either direction; -1 when it is another graph's. */
    static int edgeRow(Table edges, int graph, String key) {
        String prefix = graph + ":";
        int hyphen = key.indexOf('-');
        if (!key.startsWith(prefix) || hyphen < 0) {
            return -1;
        }
        double from;
        double to;
        try {
            from = Integer.parseInt(key.substring(prefix.length(), hyphen));
            to = Integer.parseInt(key.substring(hyphen + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
        for (int row = 0; row < edges.rowCount(); row++) {
            double a = edges.number(row, 0);
            double b = edges.number(row, 1);
            if (a == from && b == to || a == to && b == from) {
                return row;
            }
        }
        return -1;
    }

    /** Keys of edges in both directions: a drawing has one line for both. */
    static Set<String> bothWays(Set<String> keys) {
        Set<String> both = new HashSet<>(keys);
        for (String key : keys) {
            int colon = key.indexOf(':');
            int hyphen = key.indexOf('-', colon);
            if (colon >= 0 && hyphen > colon) {
                both.add(key.substring(0, colon + 1) + key.substring(hyphen + 1) + "-"
                        + key.substring(colon + 1, hyphen));
            }
        }
        return both;
    }

    static Table nodes(GraphDataset data, GraphSample graph) {
        int features = Math.min(MOST_FEATURES, graph.featureWidth());
        List<Column> columns = new ArrayList<>(List.of(
                Column.integer("node", Texts.of("graphs.node")), Column.integer("degree", Texts.of("graphs.degree"))));
        if (graph.nodeClasses() != null) {
            columns.add(Column.text("class", Texts.of("samples.class")));
        }
        if (graph.nodeLabels() != null) {
            columns.add(Column.text("label", Texts.of("samples.label")));
        }
        for (int j = 0; j < features; j++) {
            columns.add(Column.real("x" + j, Texts.of("graphs.feature", j), ""));
        }
        Table.Builder table = new Table.Builder("nodes", Texts.of("graphs.nodes.of", graph.index()), columns);
        int[] start = graph.incoming().start();
        for (int v = 0; v < graph.nodes(); v++) {
            List<Object> row = new ArrayList<>(List.of(v, start[v + 1] - start[v]));
            if (graph.nodeClasses() != null) {
                int label = graph.nodeClasses()[v];
                row.add(label < 0 ? null : data.classes().get(label));
            }
            if (graph.nodeLabels() != null) {
                row.add(data.nodeLabels().get(graph.nodeLabels()[v]));
            }
            for (int j = 0; j < features; j++) {
                row.add(graph.features()[v * graph.featureWidth() + j]);
            }
            table.add(row.toArray());
        }
        return table.snapshot();
    }

    static Table edges(GraphSample graph) {
        List<Column> columns =
                new ArrayList<>(List.of(Column.integer("from", Texts.of("graphs.from")),
                        Column.integer("to", Texts.of("graphs.to"))));
        if (graph.edgeLabels() != null) {
            columns.add(Column.integer("label", Texts.of("samples.label")));
        }
        if (graph.truth() != null) {
            columns.add(Column.bool("ground_truth", Texts.of("graphs.truth")));
        }
        Table.Builder table = new Table.Builder("edges", Texts.of("graphs.edges.of", graph.index()), columns);
        for (int e = 0; e < graph.edges(); e++) {
            List<Object> row = new ArrayList<>(List.of(graph.from()[e], graph.to()[e]));
            if (graph.edgeLabels() != null) {
                row.add(graph.edgeLabels()[e]);
            }
            if (graph.truth() != null) {
                row.add(graph.truth()[e]);
            }
            table.add(row.toArray());
        }
        return table.snapshot();
    }
}

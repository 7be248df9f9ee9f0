package dev.assay.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.assay.analysis.WholeFile;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import dev.assay.text.Numbers;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of a chart as comma separated values, all digits, every point with the key of what is behind it. Not for the
 * window's thread.
 */
public final class ChartCsv {

    private ChartCsv() {}

    /**
     * Writes the data of a result that has a chart.
     *
     * @throws IOException when the file cannot be written; what was there before then stays
     */
    public static void write(Result result, Path file) throws IOException {
        WholeFile.write(file, out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            write(result, text);
            text.flush();
        });
    }

    /** Writes the data of a result that has a chart; the writer stays open. */
    public static void write(Result result, Writer to) throws IOException {
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(to);
        try {
            switch (result) {
                case Curve r -> curve(r, csv);
                case Distribution r -> distribution(r, csv);
                case Heatmap r -> heatmap(r, csv);
                case Scatter r -> scatter(r, csv);
                case Ranking r -> ranking(r, csv);
                case GraphPicture r -> graph(r, csv);
                case Dendrogram r -> dendrogram(r, csv);
                default -> throw new IllegalArgumentException(
                        "no chart for a " + result.getClass().getSimpleName());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String number(double value) {
        return Numbers.full(value);
    }

    private static String name(Axis axis, String otherwise) {
        return axis.label().isEmpty() ? otherwise : ChartFrame.title(axis);
    }

    private static String name(RefKind kind, String otherwise) {
        return kind == null ? otherwise : kind.kind();
    }

    private static void curve(Curve curve, CsvWriter csv) {
        csv.writeRecord(
                name(curve.ref(), "series"), name(curve.x(), "x"), name(curve.y(), "y"), "low", "high");
        for (Curve.Series s : curve.series()) {
            for (int i = 0; i < s.size(); i++) {
                csv.writeRecord(
                        s.name(), number(s.x()[i]), number(s.y()[i]), at(s.low(), i), at(s.high(), i));
            }
        }
    }

    private static String at(double[] values, int i) {
        return values == null ? "" : number(values[i]);
    }

    private static void distribution(Distribution distribution, CsvWriter csv) {
        csv.writeRecord("series", "from", "to", "count");
        double[] edges = distribution.edges();
        for (Distribution.Series s : distribution.series()) {
            for (int b = 0; b < s.counts().length; b++) {
                csv.writeRecord(
                        s.name(), number(edges[b]), number(edges[b + 1]), String.valueOf(s.counts()[b]));
            }
        }
    }

    private static void heatmap(Heatmap map, CsvWriter csv) {
        boolean grouped = !map.groups().isEmpty();
        List<String> record = new ArrayList<>();
        if (grouped) {
            record.add("group");
        }
        record.add(name(map.rowRef(), map.rowTitle().isEmpty() ? "row" : map.rowTitle()));
        record.addAll(map.columns());
        csv.writeRecord(record);
        int group = 0;
        int left = grouped ? map.groups().getFirst().size() : 0;
        for (int r = 0; r < map.rows().size(); r++) {
            while (grouped && left == 0 && group < map.groups().size() - 1) {
                left = map.groups().get(++group).size();
            }
            left--;
            record.clear();
            if (grouped) {
                record.add(map.groups().get(group).name());
            }
            record.add(map.rows().get(r));
            for (double v : map.values()[r]) {
                record.add(number(v));
            }
            csv.writeRecord(record);
        }
    }

    private static void scatter(Scatter scatter, CsvWriter csv) {
        csv.writeRecord(
                "series", name(scatter.ref(), "key"), name(scatter.x(), "x"), name(scatter.y(), "y"), "x error",
                "y error");
        for (Scatter.Series s : scatter.series()) {
            for (int i = 0; i < s.x().length; i++) {
                csv.writeRecord(
                        s.name(), s.keys() == null || s.keys()[i] == null ? "" : s.keys()[i], number(s.x()[i]),
                        number(s.y()[i]), at(s.xError(), i), at(s.yError(), i));
            }
        }
    }

    private static void ranking(Ranking ranking, CsvWriter csv) {
        csv.writeRecord("place", "name", name(ranking.score(), "score"), "error", "kind", "key");
        int place = 1;
        for (Ranking.Entry e : ranking.entries()) {
            Ref ref = e.ref();
            csv.writeRecord(
                    String.valueOf(place++), e.name(), number(e.score()), number(e.error()),
                    ref == null ? "" : ref.kind().kind(), ref == null ? "" : ref.key());
        }
    }

    private static void graph(GraphPicture graph, CsvWriter csv) {
        csv.writeRecord("part", "index", "name", "group", "from", "to", "value", "marked");
        int index = 0;
        for (GraphPicture.Node n : graph.nodes()) {
            csv.writeRecord(
                    "node", String.valueOf(index++), n.name(), n.group(), "", "", number(n.value()), "");
        }
        index = 0;
        for (GraphPicture.Edge e : graph.edges()) {
            csv.writeRecord(
                    "edge", String.valueOf(index++), "", "", String.valueOf(e.from()), String.valueOf(e.to()),
                    number(e.value()), String.valueOf(e.marked()));
        }
    }

    private static void dendrogram(Dendrogram tree, CsvWriter csv) {
        csv.writeRecord("node", name(tree.leafRef(), "leaf"), "first", "second", name(tree.height(), "height"));
        for (int node = 0; node < tree.nodes(); node++) {
            if (tree.isLeaf(node)) {
                csv.writeRecord(String.valueOf(node), tree.leaves().get(node), "", "", "");
            } else {
                int m = tree.merge(node);
                csv.writeRecord(
                        String.valueOf(node), "", String.valueOf(tree.first()[m]), String.valueOf(tree.second()[m]),
                        number(tree.heights()[m]));
            }
        }
    }
}

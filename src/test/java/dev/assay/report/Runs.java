package dev.assay.report;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.run.InputStamp;
import dev.assay.run.LogLine;
import dev.assay.run.Provenance;
import dev.assay.run.RunFailure;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs made up for tests: every kind of result, with numbers that follow from one value. */
final class Runs {

    /** A kind of result that nothing but its analysis knows. */
    record Odd(String id, String title, String secret) implements Result {}

    private Runs() {}

    static RunRecord run(String id, double value, Path folder, Result... more) {
        List<Result> results = new ArrayList<>(all(value));
        results.addAll(List.of(more));
        return record(id, value, folder, RunState.DONE, results);
    }

    static RunRecord record(String id, double value, Path folder, RunState state, List<Result> results) {
        Location model = Location.of(Path.of("/gone/net <1>.onnx"));
        Instant start = Instant.parse("2026-11-20T10:00:00Z");
        return new RunRecord(
                id, "probe", new RunRequest("probe", Map.of("model", List.of(model)),
                        Map.of("slack", String.valueOf(value)), 7, "cpu", 2),
                state, RunProgress.NONE, results, List.of(new LogLine(start, true, "A <b>warning</b> & more")),
                state == RunState.FAILED
                        ? Optional.of(new RunFailure("the labels are missing", true, ""))
                        : Optional.empty(),
                "CPU, 2 threads", start, Optional.of(start), Duration.ofSeconds(83), folder,
                Optional.of(new Provenance(
                        "0.1.0", "25", "Linux", "a processor", Map.of("onnxruntime", "1.21.1"),
                        List.of(new InputStamp("model", model, 1234, "ab".repeat(32), List.of())), "cpu", start,
                        Optional.of(start.plusSeconds(83)), Map.of("total", 83.0))));
    }

    static List<Result> all(double v) {
        double[] x = {1, 2, 3};
        return List.of(
                new Scalar("recall", "Recall", v, "share", "of 100 images"),
                new Scalar("neurons", "Neurons", 100 * v, "", ""),
                new Curve(
                        "growth", "Growth", Axis.of("Slack", ""), Axis.of("Recall", "share"),
                        List.of(Curve.Series.of("all", x, new double[] {v, v / 2, v / 4})), null),
                new Distribution(
                        "spread", "Spread", Axis.of("Score", ""), new double[] {0, 1, 2},
                        List.of(new Distribution.Series("all", new long[] {3, Math.round(10 * v)}))),
                new Heatmap(
                        "confusion", "Confusion", List.of("a", "b"), List.of("a", "b"),
                        new double[][] {{v, 1}, {2, 3}}, "is", "seems", null, null, Heatmap.Palette.SEQUENTIAL,
                        List.of()),
                new Scatter(
                        "cloud", "Cloud", Axis.of("u", ""), Axis.of("v", ""),
                        List.of(Scatter.Series.of("all", x, new double[] {v, 1, 2}, null)), null),
                new Ranking(
                        "best", "Best units", Axis.of("Score", ""), v > 0.5
                                ? List.of(entry("first", 3), entry("second", 2), entry("third", 1))
                                : List.of(entry("third", 3), entry("first", 2), entry("new", 1))),
                new GraphPicture(
                        "net", "Net", List.of(new GraphPicture.Node("n1", "", 1), new GraphPicture.Node("n2", "", 0)),
                        List.of(new GraphPicture.Edge(0, 1, 1, false)), true),
                new ImageGrid(
                        "looks", "Looks", List.of(
                                new ImageGrid.Item(new Picture(2, 2, 1, new byte[] {0, 50, 100, (byte) 255}), "a 2",
                                        null))),
                table(v, 3));
    }

    private static Ranking.Entry entry(String name, double score) {
        return new Ranking.Entry(name, score, Double.NaN, null);
    }

    static Table table(double v, int rows) {
        Table.Builder table = new Table.Builder(
                "layers", "Layers", List.of(
                        Column.text("layer", "Layer"), Column.integer("units", "Units"),
                        Column.share("dead", "Dead"), Column.bool("last", "Last")));
        for (int r = 0; r < rows; r++) {
            table.add("relu" + r, 256L, v * r / rows, r == rows - 1);
        }
        return table.snapshot();
    }
}

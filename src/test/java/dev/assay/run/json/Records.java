package dev.assay.run.json;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.run.InputStamp;
import dev.assay.run.LogLine;
import dev.assay.run.Provenance;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs for tests. */
final class Records {

    static final Instant THEN = Instant.parse("2026-11-23T10:15:30.123456789Z");

    private Records() {}

    static RunRecord of(Result... results) {
        Location train = new Location(Path.of("/data/train.csv"), Map.of("label", "last"));
        Location model = Location.of(Path.of("/data/net.onnx"));
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        inputs.put("model", List.of(model));
        inputs.put("train", List.of(train, Location.of(Path.of("/data/more.csv"))));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("slack", "1/6");
        parameters.put("labelSource", "provided");
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("total", 1.5);
        seconds.put("Mining", 1.25);
        Provenance from = new Provenance(
                "0.1.0",
                "25.0.3",
                "Linux 6",
                "EPYC, 2 threads",
                Map.of("onnxruntime", "1.21.1"),
                List.of(
                        new InputStamp("model", model, 100, "ab".repeat(32), List.of()),
                        new InputStamp(
                                "train",
                                train,
                                300,
                                "cd".repeat(32),
                                List.of(
                                        new InputStamp.FileStamp("/data/train.csv", 200, "01".repeat(32)),
                                        new InputStamp.FileStamp("/data/labels.csv", 100, "02".repeat(32))))),
                "cpu",
                THEN,
                Optional.of(THEN.plusSeconds(2)),
                seconds);
        return new RunRecord(
                "nap-mining-1",
                "My run",
                new RunRequest("nap-mining", inputs, parameters, 42, "auto", 2),
                RunState.DONE,
                RunProgress.NONE,
                List.of(results),
                List.of(new LogLine(THEN, false, "begun"), new LogLine(THEN, true, "careful")),
                Optional.empty(),
                "CPU, 2 threads",
                THEN,
                Optional.of(THEN),
                Duration.ofMillis(1500),
                Path.of("/runs/nap-mining-1"),
                Optional.of(from));
    }

    static Table table(int rows) {
        Table.Builder table = new Table.Builder(
                "samples",
                "Samples",
                List.of(
                        Column.text("class", "Class").to(RefKind.ofClass()),
                        Column.integer("sample", "Sample").to(RefKind.sample("test")),
                        Column.share("recall", "Recall"),
                        Column.bool("right", "Right")));
        for (int i = 0; i < rows; i++) {
            table.add(i % 7 == 0 ? null : "class, \"" + i % 3 + "\"", (long) i, i % 5 == 0 ? Double.NaN : i / 7.0,
                    i % 2 == 0);
        }
        return table.snapshot();
    }

    /** One result of every kind, with absent and infinite numbers. */
    static List<Result> everyKind() {
        return List.of(
                new Scalar("train_recall", "Recall", 0.75, "share", "of 10 images"),
                new Scalar("precision", "Precision", Double.NaN, "share", ""),
                table(8),
                new Curve(
                        "train_recall",
                        "Recall against slack",
                        Axis.log("Slack", ""),
                        Axis.of("Recall", "share"),
                        List.of(new Curve.Series(
                                "all",
                                new double[] {0, 0.1, 1e-300},
                                new double[] {1, Double.NaN, Double.NEGATIVE_INFINITY},
                                new double[] {0.9, 0.8, 0.7},
                                new double[] {1, 1, Double.POSITIVE_INFINITY})),
                        RefKind.ofClass()),
                new Distribution(
                        "weights",
                        "Weights",
                        Axis.of("Weight", ""),
                        new double[] {-1, 0, 1},
                        List.of(new Distribution.Series("layer 1", new long[] {3, Long.MAX_VALUE}))),
                new Heatmap(
                        "states",
                        "States",
                        List.of("1:0", "1:1"),
                        List.of("cat"),
                        new double[][] {{1}, {Double.NaN}},
                        "Neuron",
                        "Class",
                        RefKind.neuron("model"),
                        RefKind.ofClass(),
                        Heatmap.Palette.DIVERGING,
                        List.of(new Heatmap.Group("layer 1", 2))),
                new Scatter(
                        "points",
                        "Points",
                        Axis.of("x", "m"),
                        Axis.of("y", ""),
                        List.of(new Scatter.Series(
                                "a", new double[] {1}, new double[] {2}, new String[] {"7"}, null, new double[] {0.5})),
                        RefKind.sample("test")),
                new Dendrogram(
                        "tree",
                        "Merges",
                        List.of("7", "3"),
                        new int[] {0},
                        new int[] {1},
                        new double[] {0.25},
                        "Feature",
                        Axis.log("Cost", "").following("beta", 0.1),
                        new RefKind("feature", "model")),
                new GraphPicture(
                        "graph",
                        "Graph",
                        List.of(new GraphPicture.Node("C", "atom", 0.5), new GraphPicture.Node("H", "", Double.NaN)),
                        List.of(new GraphPicture.Edge(0, 1, Double.NaN, true)),
                        true, "0:", new RefKind("edge", ""),
                        new GraphPicture.EdgeNames("ground truth", "explanation", "other edges")),
                new Ranking(
                        "best",
                        "Best",
                        Axis.of("Score", ""),
                        List.of(new Ranking.Entry(
                                "net", 0.9, Double.NaN, RefKind.layer("model").at("fc1")))),
                new ImageGrid(
                        "images",
                        "Images",
                        List.of(new ImageGrid.Item(
                                new Picture(2, 1, 3, new byte[] {0, 1, 2, -1, -2, 127}),
                                "a seven",
                                RefKind.sample("test").at(3)))));
    }
}

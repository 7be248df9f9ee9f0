package dev.assay.ui.tabs;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** An analysis with one live parameter whose results follow from simple formulas. */
final class FakeMining implements Analysis<FakeMining.Settings> {

    /** Parameters. */
    public record Settings(
            @Parameter(
                    label = "Relaxation slack s",
                    help = "Share of a class's samples that may disagree with a neuron's state.",
                    min = "0",
                    max = "0.5",
                    maxExclusive = true,
                    live = true) Exact slack,
            @Parameter(label = "Slacks", help = "Slacks of the curves.", min = "0", max = "0.5") List<Exact> slacks) {

        /** Defaults. */
        public static Settings defaults() {
            return new Settings(
                    Exact.parse("0.01"),
                    List.of(Exact.parse("0"), Exact.parse("0.005"), Exact.parse("0.01"), Exact.parse("0.05")));
        }
    }

    static final RefKind TEST_SAMPLE = RefKind.sample("test");
    static final int NEURONS = 64;

    final AtomicInteger updates = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    /** An update waits for it. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                "fake-mining",
                "NAP mining",
                "Activation patterns",
                "Which neurons are almost always on, and which almost always off, for each class?",
                "Geng et al., Towards Reliable Neural Specifications, ICML 2023, arXiv 2210.16114",
                "");
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required("model", "Model", dev.assay.analysis.Input.class, ""),
                InputRole.required("train", "Training set", Dataset.class, ""),
                InputRole.optional("test", "Test set", Dataset.class, ""));
    }

    @Override
    public Class<Settings> parameters() {
        return Settings.class;
    }

    @Override
    public void run(Inputs inputs, Settings parameters, RunContext context) {
        throw new UnsupportedOperationException("never run in these tests");
    }

    @Override
    public Optional<Explorer<Settings>> explore(Inputs inputs, Settings parameters, Path artifacts) {
        Dataset test = inputs.get("test", Dataset.class);
        return Optional.of(new Explorer<>() {

            @Override
            public void update(Settings now, ResultSink sink) throws AnalysisException {
                updates.incrementAndGet();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                results(now).forEach(sink::emit);
            }

            @Override
            public List<Result> details(Selection selection, Settings now) throws AnalysisException {
                List<ImageGrid.Item> items = new ArrayList<>();
                for (int i = 0; i < 24; i++) {
                    Sample sample = test.sample(i * 10L + 3);
                    items.add(new ImageGrid.Item(
                            sample.picture().orElseThrow(), "sample " + sample.index(),
                            TEST_SAMPLE.at(sample.index())));
                }
                Table.Builder neurons = new Table.Builder(
                        "neurons",
                        "Neurons that disagree",
                        List.of(
                                Column.text("neuron", "Neuron").to(RefKind.neuron("model")),
                                Column.share("rate", "Active")));
                IntStream.range(0, 5).forEach(i -> neurons.add("2:" + i, 0.1 * i));
                return List.of(
                        new ImageGrid("violations", "Where the pattern is violated", items), neurons.snapshot());
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        });
    }

    /** All results at a slack. */
    static List<Result> results(Settings settings) {
        double s = settings.slack().toDouble();
        List<Result> results = new ArrayList<>();
        double recall = Math.exp(-24 * s);
        results.add(new Scalar("train_recall", "Recall, train", recall, "share", "of 60,000 images"));
        results.add(new Scalar("test_recall", "Recall, test", recall * 0.994, "share", "of 10,000 images"));
        results.add(new Scalar("test_foreign", "Foreign followers, test", Math.round(30 * (1 - s)), "", ""));
        results.add(new Scalar("neurons", "Neurons", 1024, "", "in 4 layers"));
        results.add(new Scalar("dead_neurons", "Dead neurons", 17, "", "never active"));
        results.add(curve("test_recall", "Recall against slack, test split", 0.98));
        results.add(states(s));
        results.add(curve("constrained", "Constrained neurons against slack", 0.9));
        results.add(conflicts());
        results.add(recallTable(settings));
        results.add(samples(400));
        return results;
    }

    private static Curve curve(String id, String title, double start) {
        Curve.Builder curve = new Curve.Builder(id, title, Axis.log("Slack", ""), Axis.of("Recall", "share"));
        for (int c = 0; c < 4; c++) {
            for (double s : new double[] {0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2}) {
                curve.add(String.valueOf(c), s, start * Math.exp(-(14 + 3 * c) * s));
            }
        }
        return curve.snapshot();
    }

    private static Heatmap states(double s) {
        double[][] values = new double[NEURONS][10];
        for (int n = 0; n < NEURONS; n++) {
            for (int c = 0; c < 10; c++) {
                double v = Math.sin(n * 1.7 + c * 2.3);
                values[n][c] = Math.abs(v) > 0.9 - 2 * s ? Math.signum(v) : 0;
            }
        }
        return new Heatmap(
                "states",
                "Neuron states by class",
                IntStream.range(0, NEURONS).mapToObj(n -> 1 + n / 16 + ":" + n % 16).toList(),
                IntStream.range(0, 10).mapToObj(String::valueOf).toList(),
                values,
                "Neuron",
                "Class",
                RefKind.neuron("model"),
                RefKind.ofClass(),
                Heatmap.Palette.DIVERGING,
                List.of(
                        new Heatmap.Group("1", 16),
                        new Heatmap.Group("2", 16),
                        new Heatmap.Group("3", 16),
                        new Heatmap.Group("4", 16)));
    }

    private static Heatmap conflicts() {
        double[][] values = new double[10][10];
        for (int a = 0; a < 10; a++) {
            for (int b = 0; b < 10; b++) {
                values[a][b] = a == b ? Double.NaN : (a * 7 + b * 3) % 19;
            }
        }
        List<String> classes = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
        return new Heatmap(
                "conflicts",
                "Opposing neurons between classes",
                classes,
                classes,
                values,
                "Class",
                "Class",
                RefKind.ofClass(),
                RefKind.ofClass(),
                Heatmap.Palette.SEQUENTIAL,
                List.of());
    }

    private static Table recallTable(Settings settings) {
        Table.Builder table = new Table.Builder(
                "recall",
                "Recall per class",
                List.of(
                        Column.text("slack", "Slack"),
                        Column.text("class", "Class").to(RefKind.ofClass()),
                        Column.integer("support", "Support"),
                        Column.integer("active", "Active"),
                        Column.integer("inactive", "Inactive"),
                        Column.integer("free", "Free"),
                        Column.share("train_recall", "Recall, train"),
                        Column.share("test_recall", "Recall, test"),
                        Column.real("region_share", "Region share", "")));
        for (Exact slack : settings.slacks()) {
            double s = slack.toDouble();
            for (int c = 0; c < 10; c++) {
                table.add(
                        slack.text(),
                        String.valueOf(c),
                        5400 + 137 * c,
                        7 + c,
                        600 + 3 * c,
                        417 - 4 * c,
                        Math.exp(-(20 + c) * s),
                        0.99 * Math.exp(-(20 + c) * s),
                        Math.exp(-200 * s - c));
            }
            table.add(slack.text(), "all", 60_000, null, null, null, Math.exp(-24 * s), 0.99 * Math.exp(-24 * s), null);
        }
        return table.snapshot();
    }

    /** A table with one row for each sample. */
    static Table samples(int rows) {
        Table.Builder table = new Table.Builder(
                "samples",
                "Samples",
                List.of(
                        Column.integer("sample", "Sample").to(TEST_SAMPLE),
                        Column.text("label", "Label"),
                        Column.text("predicted", "Predicted"),
                        Column.bool("correct", "Correct"),
                        Column.real("margin", "Margin", ""),
                        Column.integer("violations", "Violations")));
        for (int i = 0; i < rows; i++) {
            boolean wrong = i % 37 == 5;
            table.add(
                    i,
                    String.valueOf(i % 10),
                    String.valueOf(wrong ? (i + 4) % 10 : i % 10),
                    !wrong,
                    Math.cos(i * 0.37) * 12.3456789,
                    (long) (i * 7919L % 23));
        }
        return table.snapshot();
    }
}

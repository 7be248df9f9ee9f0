package dev.assay.ui.tabs;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.run.RunState;
import dev.assay.ui.chart.ResultChart;
import dev.assay.ui.network.NetworkPane;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.shell.jobs.PulseMonitor;
import dev.assay.ui.shell.jobs.PulseSteps;
import dev.assay.ui.view.Look;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.TileGrid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.slf4j.LoggerFactory;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Measures how long the window's thread is held up while a million points, a hundred thousand thumbnails and a graph of
 * five thousand nodes are looked at. Prints for each step the longest time that the thread computed between two pulses and
 * the longest time between two pulses; the first round has everything to load and nothing compiled.
 */
public final class ExplorationPulses {

    private static final int POINTS = 1_000_000;
    private static final int THUMBNAILS = 100_000;
    private static final int NODES = 5_000;

    private final FxRobot robot = new FxRobot();
    private final Stage stage;
    private final PulseMonitor pulses = new PulseMonitor(block -> {});
    private final PulseSteps steps =
            new PulseSteps(pulses, robot::interact, () -> WaitForAsyncUtils.waitForFxEvents(2), 44);

    private ExplorationPulses(Stage stage) {
        this.stage = stage;
    }

    /**
     * Measures.
     *
     * @param arguments the number of rounds, 2 unless given
     */
    public static void main(String[] arguments) throws Exception {
        PulseSteps.headless();
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        // The program has its log before its window.
        LoggerFactory.getLogger(ExplorationPulses.class);
        ExplorationPulses bench = new ExplorationPulses(FxToolkit.registerPrimaryStage());
        bench.robot.interact(() -> {
            Look.show(bench.stage, new StackPane(), 1440, 900, ChartTheme.LIGHT);
            bench.pulses.start();
        });
        bench.steps.round(0);
        // As the program does when its window has been painted.
        bench.steps.step("nothing to do yet", () -> {
            bench.robot.interact(
                    () -> WarmUp.begin(new FakeWorkbench(), bench.stage.getScene().getStylesheets(), List.of()));
            LockSupport.parkNanos(2_000_000_000L);
        });
        Path file = Files.createTempFile("deep", ".onnx");
        DeepNetworks.ofNodes(NODES).write(file);
        for (int round = 1; round <= rounds; round++) {
            bench.steps.round(round);
            bench.points();
            bench.thumbnails();
            bench.graph(file);
        }
        Files.delete(file);
        // Engines leave threads behind that would keep the process.
        System.exit(0);
    }

    private void points() throws InterruptedException {
        FakeWorkbench workbench = new FakeWorkbench();
        FakeRun run = new FakeRun();
        run.emit(cloud());
        run.emit(rows());
        run.state(RunState.DONE);
        RunTab[] tab = new RunTab[1];
        steps.step("1,000,000 points: open the run", () -> {
            robot.interact(() -> {
                tab[0] = new RunTab(workbench, run, Optional.empty());
                show(tab[0]);
            });
            await(() -> chart(tab[0]) != null && chart(tab[0]).isUpToDate());
        });
        Scope samples = new Scope(
                Scope.SAMPLE, workbench.selection().origin(run.inputs.get("test").getFirst()));
        steps.step("select one sample elsewhere", () -> {
            robot.interact(() -> workbench.selection().select(this, samples, "4711"));
            await(() -> chart(tab[0]).isUpToDate());
        });
        steps.step("lasso around most of them", () -> {
            robot.interact(() -> chart(tab[0]).setLasso(true));
            drag(tab[0], 0.3, 0.35, 0.6, 0.35, 0.6, 0.7, 0.3, 0.7);
            await(() -> workbench.selection().selected().isBrush() && chart(tab[0]).isUpToDate());
        });
        System.out.printf("  %,d samples selected%n", workbench.selection().selected().of(samples).size());
        steps.step("their rows in the table of 1,000,000", () -> {
            robot.interact(() -> ((ToggleButton) tab[0].node().lookup("#page-tables")).fire());
            await(() -> tab[0].node().lookup("#result-table-samples .table-view") != null);
        });
        steps.step("show all rows", () -> robot.interact(() -> workbench.selection().clear()));
        robot.interact(tab[0]::close);
    }

    /** In the pulse after it was made, as the window does. */
    private void show(TabContent tab) {
        Stages.run(() -> {}, () -> ((StackPane) stage.getScene().getRoot()).getChildren().setAll(tab.node()));
    }

    private static Scatter cloud() {
        Random random = new Random(1);
        double[] x = new double[POINTS];
        double[] y = new double[POINTS];
        String[] keys = new String[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = random.nextGaussian();
            y[i] = random.nextGaussian();
            keys[i] = String.valueOf(i);
        }
        return new Scatter(
                "embedding_map", "Embedding map", Axis.of("First component", ""), Axis.of("Second component", ""),
                List.of(Scatter.Series.of("all", x, y, keys)), RefKind.sample("test"));
    }

    private static Table rows() {
        Table.Builder table = new Table.Builder(
                "samples", "Samples",
                List.of(Column.integer("sample", "Sample").to(RefKind.sample("test")),
                        Column.real("score", "Score", "")));
        for (int i = 0; i < POINTS; i++) {
            table.add(i, Math.sin(i));
        }
        return table.snapshot();
    }

    private static ResultChart chart(RunTab tab) {
        return (ResultChart) tab.node().lookup(".result-chart");
    }

    private void drag(RunTab tab, double... corners) {
        var on = chart(tab).localToScreen(chart(tab).getLayoutBounds());
        for (int i = 0; i < corners.length; i += 2) {
            robot.moveTo(on.getMinX() + corners[i] * on.getWidth(), on.getMinY() + corners[i + 1] * on.getHeight());
            if (i == 0) {
                robot.press(MouseButton.PRIMARY);
            }
        }
        robot.release(MouseButton.PRIMARY);
    }

    private void thumbnails() throws InterruptedException {
        FakeWorkbench workbench = new FakeWorkbench();
        FakeDataset dataset = FakeDataset.images("train", THUMBNAILS);
        FakeRun run = new FakeRun();
        run.inputs.put("test", List.of(dataset.location()));
        run.emit(FakeMining.samples(THUMBNAILS));
        run.state(RunState.DONE);
        workbench.runs.add(run);
        DatasetTab[] tab = new DatasetTab[1];
        steps.step("100,000 thumbnails: open the dataset", () -> {
            robot.interact(() -> {
                tab[0] = new DatasetTab(workbench, dataset);
                show(tab[0]);
            });
            await(() -> tab[0].node().lookup("#thumbnails .list-view") != null);
        });
        steps.step("scroll through them in 60 jumps", () -> {
            for (int jump = 1; jump <= 60; jump++) {
                int row = jump * 95;
                robot.interact(() -> ((ListView<?>) tab[0].node().lookup("#thumbnails .list-view")).scrollTo(row));
                WaitForAsyncUtils.waitForFxEvents(1);
            }
        });
        steps.step("one class", () -> {
            robot.interact(() -> box(tab[0], "class-filter").getSelectionModel().select(4));
            await(() -> grid(tab[0]).count() < THUMBNAILS);
        });
        steps.step("sorted by what a run found", () -> {
            robot.interact(() -> box(tab[0], "run-filter").getOnShowing().handle(null));
            await(() -> box(tab[0], "run-filter").getItems().size() > 1);
            robot.interact(() -> box(tab[0], "run-filter").getSelectionModel().select(1));
            await(() -> box(tab[0], "order").getItems().size() > 5);
            robot.interact(() -> {
                box(tab[0], "class-filter").getSelectionModel().select(0);
                box(tab[0], "order").getSelectionModel().selectLast();
            });
            await(() -> grid(tab[0]).count() == THUMBNAILS);
        });
        Scope samples = new Scope(Scope.SAMPLE, workbench.selection().origin(dataset.location()));
        Set<String> half = IntStream.range(0, THUMBNAILS / 2).mapToObj(i -> String.valueOf(2 * i))
                .collect(Collectors.toCollection(HashSet::new));
        steps.step("50,000 selected elsewhere", () -> robot.interact(
                () -> workbench.selection().brush(this, Map.of(samples, half), "Embedding map")));
        robot.interact(tab[0]::close);
    }

    private static TileGrid grid(DatasetTab tab) {
        return (TileGrid) tab.node().lookup("#thumbnails");
    }

    private static ComboBox<?> box(DatasetTab tab, String id) {
        return (ComboBox<?>) tab.node().lookup("#" + id);
    }

    private void graph(Path file) throws Exception {
        FakeWorkbench workbench = new FakeWorkbench();
        ModelTab[] tab = new ModelTab[1];
        try (Model model = (Model) new OnnxKind().open(Location.of(file))) {
            steps.step("5,000 nodes: open the model", () -> robot.interact(() -> {
                tab[0] = new ModelTab(workbench, model);
                show(tab[0]);
            }));
            long start = System.nanoTime();
            steps.step("lay the graph out, repeats folded", () -> {
                robot.interact(() -> ((ToggleButton) tab[0].node().lookup("#page-graph")).fire());
                await(() -> pane(tab[0]) != null && pane(tab[0]).graph() != null && pane(tab[0]).view().isUpToDate());
            });
            System.out.printf("  %,d nodes in %.1f s%n", pane(tab[0]).graph().nodes().size(),
                    (System.nanoTime() - start) / 1e9);
            long again = System.nanoTime();
            steps.step("lay out every layer", () -> {
                robot.interact(() -> ((ToggleButton) tab[0].node().lookup("#network-fold")).fire());
                await(() -> pane(tab[0]).graph() != null && pane(tab[0]).graph().nodes().size() > NODES * 9 / 10
                        && pane(tab[0]).view().isUpToDate());
            });
            System.out.printf("  %,d nodes in %.1f s%n", pane(tab[0]).graph().nodes().size(),
                    (System.nanoTime() - again) / 1e9);
            steps.step("move the whole in 120 steps",
                    () -> repeat(120, i -> pane(tab[0]).view().pan(i % 2 == 0 ? 9 : -7, 3)));
            steps.step("zoom from all to one node in 80 steps", () -> repeat(80, i -> pane(tab[0]).view().zoom(1.06)));
            steps.step("move near in 120 steps", () -> repeat(120, i -> pane(tab[0]).view().pan(-12, -8)));
            steps.step("zoom back in 80 steps", () -> repeat(80, i -> pane(tab[0]).view().zoom(1 / 1.06)));
            steps.step("find all convolutions", () -> {
                robot.interact(() -> ((TextField) tab[0].node().lookup("#network-search")).setText("conv"));
                await(() -> pane(tab[0]).view().isUpToDate());
            });
            steps.step("select a layer elsewhere", () -> {
                robot.interact(() -> workbench.selection().select(
                        this, new Scope(Scope.LAYER, workbench.selection().origin(model.location())),
                        model.layers().get(2500).name()));
                await(() -> pane(tab[0]).view().isUpToDate());
            });
            robot.interact(tab[0]::close);
        }
    }

    private static NetworkPane pane(ModelTab tab) {
        return (NetworkPane) tab.node().lookup(".network-pane");
    }

    private interface Step {
        void at(int i);
    }

    /** As a hand does it: a step every 16 ms. */
    private void repeat(int times, Step step) {
        for (int i = 0; i < times; i++) {
            int at = i;
            robot.interact(() -> step.at(at));
            WaitForAsyncUtils.sleep(16, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }

    private void await(BooleanSupplier condition) {
        Look.until(condition);
    }
}

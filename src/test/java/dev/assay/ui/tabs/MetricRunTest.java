package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.fake.MemoryStore;
import dev.assay.ui.view.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Slider;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The tab on a real run of SNR retrieval over the sample data: charts, the threshold, and a picture's neighbours. */
@ExtendWith(ApplicationExtension.class)
class MetricRunTest {

    private static final Path SAMPLE = Path.of("sample-data");

    @TempDir
    Path folder;

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Catalogue catalogue = Catalogue.load();
    private Stage stage;
    private RunTab tab;
    private Scene scene;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> {
            if (tab != null) {
                tab.close();
            }
        });
        workbench.inputs.values().forEach(Input::close);
    }

    @Test
    void theThresholdFollowsItsSliderAndAPictureLeadsToItsNeighbours(FxRobot robot) throws Exception {
        assumeTrue(Files.exists(SAMPLE), SAMPLE + " is not there");
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        inputs.put("model", List.of(Location.of(SAMPLE.resolve("models/digits-cnn.onnx"))));
        inputs.put("data", List.of(Location.of(SAMPLE.resolve("digits/test-images-idx3-ubyte.gz"))));
        try (RunQueue queue = new RunQueue(catalogue, new MemoryStore(folder))) {
            Run run = queue.submit(new RunRequest(
                    "snr-metric-learning",
                    inputs,
                    Map.of("threshold", "0.5", "anchor", "query,database", "matrixLimit", "300", "kmeansStarts", "2"),
                    0,
                    "cpu",
                    2));
            for (List<Location> locations : run.request().inputs().values()) {
                workbench.inputs.put(locations.getFirst(), catalogue.open(locations.getFirst()));
            }
            Look.until(() -> run.state() == RunState.DONE);
            for (ChartTheme theme : ChartTheme.values()) {
                show(robot, run, theme, 1440, 900);
                slide(robot, theme);
            }
            Node tile = tab.node().lookup("#card-retrieval_wall").lookup(".tile");
            robot.clickOn(tile);
            Look.until(() -> !workbench.asked.isEmpty()
                    || !tab.node().lookupAll(".details-content .tile .image-view").isEmpty());
            Look.picture(scene, "snr-retrieval-neighbours");
            assertThat(workbench.problems).isEmpty();
        }
    }

    private void show(FxRobot robot, Run run, ChartTheme theme, int width, int height) {
        robot.interact(() -> {
            if (tab != null) {
                tab.close();
            }
            workbench.theme.set(theme);
            Look.theme(theme);
            tab = new RunTab(workbench, run.record(), catalogue.find(run.request().analysis()));
            scene = Look.show(stage, (Parent) tab.node(), width, height, theme);
        });
        Look.built(scene);
    }

    private void slide(FxRobot robot, ChartTheme theme) {
        Look.until(() -> tab.node().lookup("#slide-threshold") != null
                && !tab.node().lookup("#slide-threshold").isDisabled());
        String name = "snr-retrieval-" + theme.name().toLowerCase(Locale.ROOT);
        Look.picture(scene, name);
        Slider slider = (Slider) tab.node().lookup("#slide-threshold");
        robot.interact(() -> slider.setValue(slider.getMax()));
        Look.until(() -> tab.node().lookup("#scalar-threshold_recall") == null
                || tab.node().lookup("#scalar-threshold_recall").getAccessibleText().contains("4"));
        Look.picture(scene, name + "-threshold");
    }

    @Test
    void trainingAndHashingShowTheirCharts(FxRobot robot) throws Exception {
        assumeTrue(Files.exists(SAMPLE), SAMPLE + " is not there");
        Location digits = Location.of(SAMPLE.resolve("digits/test-images-idx3-ubyte.gz"));
        Map<String, String> quick = Map.of("encoder", "mlp", "steps", "30", "evaluateEvery", "15");
        try (RunQueue queue = new RunQueue(catalogue, new MemoryStore(folder))) {
            for (String id : List.of("snr-metric-learning-training", "snr-metric-learning-hashing")) {
                Map<String, String> parameters = new HashMap<>(quick);
                parameters.put(id.endsWith("training") ? "distances" : "bits",
                        id.endsWith("training") ? "snr,euclid" : "8,16");
                Run run = queue.submit(
                        new RunRequest(id, Map.of("train", List.of(digits)), parameters, 0, "cpu", 2));
                run.request().inputs().values()
                        .forEach(of -> workbench.inputs.computeIfAbsent(of.getFirst(), this::opened));
                Look.until(() -> run.state() == RunState.DONE);
                ChartTheme theme = id.endsWith("training") ? ChartTheme.LIGHT : ChartTheme.DARK;
                show(robot, run, theme, 1280, 800);
                String card = id.endsWith("training") ? "#card-loss_total" : "#card-map_by_bits";
                Look.until(() -> tab.node().lookup(card) != null);
                Look.picture(scene, id);
            }
            assertThat(workbench.problems).isEmpty();
        }
    }

    private Input opened(Location location) {
        try {
            return catalogue.open(location);
        } catch (InputException e) {
            throw new IllegalStateException(e);
        }
    }
}

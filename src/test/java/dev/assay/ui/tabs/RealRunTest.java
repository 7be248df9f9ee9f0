package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.RunStore;
import dev.assay.run.RunView;
import dev.assay.ui.view.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Slider;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The tab on a real run of NAP mining over the sample data: live, looked into, and read back. */
@ExtendWith(ApplicationExtension.class)
class RealRunTest {

    private static final Path SAMPLE = Path.of("sample-data");

    @TempDir
    Path folder;

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Catalogue catalogue = Catalogue.load();
    private RunQueue queue;
    private Stage stage;
    private RunTab tab;
    private Scene scene;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @BeforeEach
    void openQueue() {
        assumeTrue(Files.exists(SAMPLE), SAMPLE + " is not there");
        queue = new RunQueue(catalogue, new RunStore() {
            @Override
            public Path folder(String runId) {
                return folder.resolve(runId);
            }

            @Override
            public void created(RunRecord run) throws IOException {
                Files.createDirectories(run.folder());
            }

            @Override
            public void progressed(RunRecord run) {}

            @Override
            public void ended(RunRecord run) {}

            @Override
            public void couldNotKeep(RunRecord run) {}
        });
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> {
            if (tab != null) {
                tab.close();
            }
        });
        queue.close();
        workbench.inputs.values().forEach(Input::close);
    }

    private Run submit() throws Exception {
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        inputs.put("model", List.of(Location.of(SAMPLE.resolve("models/digits-784-256x4-10.onnx"))));
        inputs.put("train", List.of(Location.of(SAMPLE.resolve("digits/train-images-idx3-ubyte.gz"))));
        inputs.put("test", List.of(Location.of(SAMPLE.resolve("digits/test-images-idx3-ubyte.gz"))));
        RunRequest request = new RunRequest("nap-mining", inputs, Map.of("slack", "0.01"), 0, "cpu", 2);
        Run run = queue.submit(request);
        for (List<Location> locations : run.request().inputs().values()) {
            workbench.inputs.put(locations.getFirst(), catalogue.open(locations.getFirst()));
        }
        return run;
    }

    private void open(FxRobot robot, RunView run) {
        robot.interact(() -> {
            tab = new RunTab(workbench, run, catalogue.find("nap-mining"));
            scene = Look.show(stage, (Parent) tab.node(), 990, 900, ChartTheme.LIGHT);
        });
    }

    private boolean explorable() {
        Node slider = tab.node().lookup("#slide-slack");
        return slider != null && !slider.isDisabled();
    }

    private void lookInto(FxRobot robot) {
        Look.until(this::explorable);
        String before = tab.node().lookup("#card-states").getAccessibleText();
        assertThat(before).contains("slack 0.01,");
        Slider slider = (Slider) tab.node().lookup("#slide-slack");
        robot.interact(() -> slider.setValue(slider.getMax()));
        Look.until(() -> tab.node().lookup("#card-states").getAccessibleText().contains("slack 0.2,"));
        robot.interact(() -> tab.node().lookup("#reset-live").fireEvent(new ActionEvent()));
        Look.until(() -> tab.node().lookup("#card-states").getAccessibleText().equals(before));
    }

    @Test
    void aLiveRunEndsAndItsCellsLeadToSamples(FxRobot robot) throws Exception {
        Run run = submit();
        open(robot, run);
        Look.until(() -> run.state() == RunState.DONE);
        lookInto(robot);
        Look.picture(scene, "real-run-done");
        Node card = tab.node().lookup("#card-states");
        robot.interact(() -> ((Button) card.lookupAll(".button").stream()
                .filter(b -> "Expand to the full tab".equals(b.getAccessibleText()))
                .findFirst()
                .orElseThrow())
                .fire());
        Look.picture(scene, "real-run-states");
        robot.clickOn(card);
        Look.until(() -> tab.node().lookup("#details-title") != null
                && !tab.node().lookupAll(".details-content .tile .image-view").isEmpty());
        Look.picture(scene, "real-run-details");
        robot.clickOn(tab.node().lookup(".details-content .tile"));
        Look.until(() -> workbench.asked.stream().anyMatch(a -> a.startsWith("sample ")));
        assertThat(workbench.problems).isEmpty();
    }

    @Test
    void aRunReadBackIsLookedIntoTheSameWay(FxRobot robot) throws Exception {
        Run run = submit();
        Look.until(() -> run.state() == RunState.DONE);
        open(robot, run.record());
        lookInto(robot);
        robot.interact(() -> tab.node().lookup("#page-tables").fireEvent(new ActionEvent()));
        assertThat(workbench.problems).isEmpty();
    }
}

package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.run.Run;
import dev.assay.run.RunState;
import dev.assay.ui.view.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Slider;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The tab on a real run of NAP mining over the sample data: live, looked into, and read back. */
@ExtendWith(ApplicationExtension.class)
class RealRunTest extends RealRuns {

    @Start
    void start(Stage first) {
        stage = first;
    }

    private Run submit() throws Exception {
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        inputs.put("model", List.of(Location.of(SAMPLE.resolve("models/digits-784-256x4-10.onnx"))));
        inputs.put("train", List.of(Location.of(SAMPLE.resolve("digits/train-images-idx3-ubyte.gz"))));
        inputs.put("test", List.of(Location.of(SAMPLE.resolve("digits/test-images-idx3-ubyte.gz"))));
        return submit("nap-mining", inputs, Map.of("slack", "0.01"));
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
        toggle(robot, card, "Expand to the full tab");
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

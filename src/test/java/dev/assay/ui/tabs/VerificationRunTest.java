package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.run.Run;
import dev.assay.run.RunState;
import dev.assay.ui.view.Look;
import dev.assay.ui.view.ResultTable;
import java.util.List;
import java.util.Map;
import javafx.scene.Parent;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The tab on a real verification of the sample network, and the evidence behind a verdict. */
@ExtendWith(ApplicationExtension.class)
class VerificationRunTest extends RealRuns {

    @Start
    void start(Stage first) {
        stage = first;
    }

    @Test
    void aVerdictLeadsToItsEvidence(FxRobot robot) throws Exception {
        Run run = submit(
                "nap-verification",
                Map.of(
                        "model", List.of(Location.of(SAMPLE.resolve("models/digits-784-256x4-10.onnx"))),
                        "data", List.of(Location.of(SAMPLE.resolve("digits/test-images-idx3-ubyte.gz")))),
                Map.of("indices", "0", "eps", "0.001,0.2", "timeout", "20", "restarts", "4", "steps", "20"));
        robot.interact(() -> {
            tab = new RunTab(workbench, run, catalogue.find("nap-verification"));
            scene = Look.show(stage, (Parent) tab.node(), 1440, 900, ChartTheme.LIGHT);
        });
        Look.built(scene);
        Look.until(() -> run.state() == RunState.DONE || run.state() == RunState.FAILED);
        assertThat(run.state()).isEqualTo(RunState.DONE);
        Look.until(() -> tab.node().lookup("#card-bounds") != null);
        Look.picture(scene, "verification-charts");
        robot.clickOn("#page-tables");
        robot.interact(() -> ((ToggleButton) tab.node().lookup("#table-verdicts")).fire());
        ResultTable table = (ResultTable) tab.node().lookup("#result-table-verdicts");
        TableView<?> view = (TableView<?>) table.lookup(".table-view");
        // The explorer opens a moment after the run has ended; a row chosen before leads nowhere yet.
        for (int i = 0; i < 60 && !pictured(); i++) {
            robot.interact(() -> view.getSelectionModel().clearAndSelect(0));
            robot.interact(() -> view.getSelectionModel().clearAndSelect(1));
            robot.sleep(1_000);
        }
        assertThat(pictured()).isTrue();
        Look.picture(scene, "verification-evidence");
        assertThat(workbench.problems).isEmpty();
    }

    private boolean pictured() {
        return tab.node().lookup("#details-evidence_images .tile .image-view") != null;
    }
}

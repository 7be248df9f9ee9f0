package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chart.ChartTheme;
import dev.assay.ui.view.Look;
import dev.assay.run.RunProgress;
import dev.assay.run.RunState;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import dev.assay.analysis.Location;

@ExtendWith(ApplicationExtension.class)
class RunTabTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final FakeRun run = new FakeRun();
    private final FakeMining mining = new FakeMining();
    private Stage stage;
    private RunTab tab;
    private Scene scene;

    @Start
    void start(Stage first) {
        stage = first;
        workbench.inputs.put(run.inputs.get("model").getFirst(), FakeDataset.rows("model", 1));
        workbench.inputs.put(run.inputs.get("train").getFirst(), FakeDataset.images("train", 60_000));
        workbench.inputs.put(run.inputs.get("test").getFirst(), FakeDataset.images("test", 10_000));
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> tab.close());
    }

    private void open(FxRobot robot, ChartTheme theme, double width, double height) {
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = new RunTab(workbench, run, Optional.of(mining));
            scene = Look.show(stage, (Parent) tab.node(), width, height, theme);
        });
    }

    private void done() {
        FakeMining.results(FakeMining.Settings.defaults()).forEach(run::emit);
        run.progress(new RunProgress("Following", 10_000, 10_000, "images", 0, 0));
        run.state(RunState.DONE);
    }

    @Test
    void doneRunShowsFiguresChartsAndTables(FxRobot robot) {
        done();
        open(robot, ChartTheme.LIGHT, 1440, 900);
        Look.until(() -> !robot.lookup("#slide-slack").queryAll().isEmpty());
        Look.picture(scene, "run-tab-done-light");
        robot.clickOn("#page-tables");
        Look.picture(scene, "run-tab-tables-light");
        robot.clickOn("#table-samples");
        Look.picture(scene, "run-tab-samples-light");
        robot.clickOn("#page-provenance");
        Look.picture(scene, "run-tab-provenance-light");
    }
}

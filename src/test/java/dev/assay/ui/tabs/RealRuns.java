package dev.assay.ui.tabs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunStore;
import dev.assay.run.RunView;
import dev.assay.ui.view.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** Runs analyses over the sample data and opens their tabs, as the window does. */
abstract class RealRuns {

    static final Path SAMPLE = Path.of("sample-data");

    @TempDir
    Path folder;

    final FakeWorkbench workbench = new FakeWorkbench();
    final Catalogue catalogue = Catalogue.load();
    RunQueue queue;
    Stage stage;
    RunTab tab;
    Scene scene;

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

    Run submit(String analysis, Map<String, List<Location>> inputs, Map<String, String> parameters)
            throws Exception {
        Run run = queue.submit(new RunRequest(analysis, inputs, parameters, 0, "cpu", 2));
        for (List<Location> locations : run.request().inputs().values()) {
            workbench.inputs.put(locations.getFirst(), catalogue.open(locations.getFirst()));
        }
        return run;
    }

    void open(FxRobot robot, RunView run) {
        robot.interact(() -> {
            tab = new RunTab(workbench, run, catalogue.find(run.request().analysis()));
            scene = Look.show(stage, (Parent) tab.node(), 990, 900, ChartTheme.LIGHT);
        });
        Look.built(scene);
    }

    /** Fills the tab with a card, or puts it back. */
    void toggle(FxRobot robot, Node card, String button) {
        robot.interact(() -> ((Button) card.lookupAll(".button").stream()
                .filter(b -> button.equals(b.getAccessibleText()))
                .findFirst()
                .orElseThrow())
                .fire());
    }
}

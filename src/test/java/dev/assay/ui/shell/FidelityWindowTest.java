package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.SharedData;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnFiles;
import dev.assay.model.gnn.GnnInit;
import dev.assay.model.gnn.GnnModel;
import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Robust fidelity in the real window: BA-2motifs from opening to looking into an instance, MUTAG, the study. */
class FidelityWindowTest {

    private static final int ATOMS = 7;

    @TempDir
    Path folder;

    private void open(ShellDriver window, Path model, Path graphs) {
        window.fx(() -> {
            window.shell().open(Location.of(model));
            window.shell().open(Location.of(graphs));
            return null;
        });
        window.await("both open",
                () -> window.shell().parts().open().items().stream().filter(i -> i.isReady()).count() == 2);
    }

    private void run(ShellDriver window, String analysis, String... parameters) {
        window.choose(analysis);
        for (int i = 0; i < parameters.length; i += 2) {
            String field = "#param-" + parameters[i];
            if (window.node(field) instanceof MenuButton) {
                window.tick(field, List.of(parameters[i + 1].split(",")));
            } else {
                window.type(field, parameters[i + 1]);
            }
        }
        int before = window.runs().size();
        window.press("#run-button");
        window.await("a run", () -> window.shell().parts().runs().session().size() > before);
        window.await("run ended", () -> window.shell().parts().runs().session().getFirst().state().isFinal());
        assertThat(window.runs().getFirst().state()).isEqualTo(RunState.DONE);
        window.settle();
        window.atRest();
    }

    @Test
    void explanationsAreScoredStudiedAndLookedInto() throws Exception {
        Path model = SharedData.file("ba2motifs/ba2motifs-gcn3.json");
        Path graphs = SharedData.file("ba2motifs");
        Path mutag = SharedData.file("mutag");
        try (ShellDriver window = new ShellDriver(folder, Catalogue::load, 1440, 900)) {
            open(window, model, graphs);
            run(window, "robust-fidelity", "instances", "0-19,500-519", "explainers",
                    "truth,occlusion,gradient,random");
            window.screenshot("run-done-robust-fidelity");
            clickMarker(window);
            window.awaitText("by instance, best first");
            window.atRest();
            window.screenshot("robust-fidelity-explainer");
            String instance = clickFirstInstance(window);
            window.awaitText("\nGraph " + instance + "\n");
            window.awaitText(instance + ":0-");
            window.atRest();
            window.screenshot("robust-fidelity-instance");
            clickEdge(window, "Graph " + instance + " explained by truth");
            window.awaitText("Drop when it is removed");
            window.screenshot("robust-fidelity-edge");
            window.act("toggle-theme");
            window.atRest();
            window.screenshot("run-done-robust-fidelity-dark");
            window.act("toggle-theme");
            run(window, "fidelity-degradation-study", "instances", "0-4,500-504", "candidates", "1", "alphaSweep",
                    "0.1,0.9");
            window.screenshot("run-done-fidelity-degradation-study");
            run(window, "gnn-explanations", "instances", "0-4,500-504", "explainers",
                    "truth,occlusion,gradient,integratedGradients,random");
            window.screenshot("run-done-gnn-explanations");
            window.tidy();
            open(window, ginOverAtoms(), mutag);
            run(window, "robust-fidelity", "instances", "0-4", "explainers", "truth,random,occlusion");
            window.screenshot("robust-fidelity-mutag");
            assertThat(window.texts()).contains("of 5 graphs");
        }
    }

    /** Clicks into the chart of the plane along its middle until an explainer is met. */
    private static void clickMarker(ShellDriver window) {
        Node card = window.node("#card-fid_plane");
        Bounds at = window.fx(() -> card.localToScreen(card.getBoundsInLocal()));
        for (double y = at.getMinY() + 60; y < at.getMaxY() - 60; y += 12) {
            for (double x = at.getMinX() + 60; x < at.getMaxX() - 40; x += 20) {
                double px = x;
                double py = y;
                window.robot.clickOn(px, py);
                if (window.texts().contains("by instance, best first")) {
                    return;
                }
            }
        }
    }

    /** Clicks the first cell of the first row in the list of an explainer's instances. */
    private static String clickFirstInstance(ShellDriver window) {
        TableCell<?, ?> cell = window.fx(() -> window.stage().getScene().getRoot().lookupAll(".table-cell").stream()
                .filter(n -> n instanceof TableCell<?, ?> c && c.getText() != null && c.getText().matches("\\d+")
                        && c.getTableView().getColumns().indexOf(c.getTableColumn()) == 0 && c.getIndex() == 0)
                .map(n -> (TableCell<?, ?>) n)
                .findFirst()
                .orElseThrow());
        String instance = window.fx(cell::getText);
        window.robot.clickOn(cell);
        return instance;
    }

    /** Clicks into the drawing of the instance until an edge is met. */
    private static void clickEdge(ShellDriver window, String title) {
        Node chart = window.fx(() -> window.stage().getScene().getRoot().lookupAll("*").stream()
                .filter(n -> n.getAccessibleText() != null && n.getAccessibleText().startsWith(title))
                .findFirst()
                .orElseThrow());
        Bounds at = window.fx(() -> chart.localToScreen(chart.getBoundsInLocal()));
        for (double y = at.getMinY() + 60; y < Math.min(at.getMaxY(), 690); y += 25) {
            for (double x = at.getMinX() + 30; x < at.getMaxX() - 30; x += 25) {
                double px = x;
                double py = y;
                window.robot.clickOn(px, py);
                if (window.texts().contains("Drop when it is removed")) {
                    return;
                }
            }
        }
    }

    /** A small GIN over MUTAG's seven atoms; what it predicts does not matter here. */
    private Path ginOverAtoms() throws Exception {
        List<GnnConfig.Step> steps = List.of(GnnConfig.Step.CONV, GnnConfig.Step.RELU);
        GnnConfig config = new GnnConfig(
                GnnConfig.Architecture.GIN, GraphTask.GRAPH, ATOMS, 2,
                List.of(new GnnConfig.GnnLayer(8, steps), new GnnConfig.GnnLayer(8, steps)),
                List.of(GnnConfig.Readout.MEAN), false, true, 0, true, 1e-5, GnnConfig.FeatureSource.labels(),
                List.of(), Map.of());
        Path model = folder.resolve("gin");
        GnnFiles.writeFolder(GnnModel.of("gin", config, GnnInit.random(config, 1)), model);
        return model;
    }
}

package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.model.Model;
import dev.assay.run.Run;
import dev.assay.run.RunState;
import dev.assay.ui.chart.ResultChart;
import dev.assay.ui.network.NetworkPane;
import dev.assay.ui.view.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.shape.Line;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The tab on a real run of feature complexity: the threshold is dragged in the charts, clusters lead to their filters. */
@ExtendWith(ApplicationExtension.class)
class ComplexityTabTest extends RealRuns {

    @Start
    void start(Stage first) {
        stage = first;
    }

    private ModelTab graph;

    private Run submit() throws Exception {
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        inputs.put("model", List.of(Location.of(SAMPLE.resolve("models/digits-784-256x4-10.onnx"))));
        inputs.put("test", List.of(Location.of(SAMPLE.resolve("digits/test-images-idx3-ubyte.gz"))));
        return submit("feature-complexity", inputs, Map.of("beta", "0.7", "betas", "0.3,0.5,0.7"));
    }

    private ResultChart chart(String card) {
        return (ResultChart) tab.node().lookup("#card-" + card).lookup(".result-chart");
    }

    private boolean canBeMoved() {
        Node line = chart("complexity").lookup(".plot-cursor");
        return line.isVisible()
                && line.getPseudoClassStates().stream().anyMatch(p -> p.getPseudoClassName().equals("movable"));
    }

    @Test
    void theThresholdIsDraggedAndEverythingFollows(FxRobot robot) throws Exception {
        Run run = submit();
        open(robot, run);
        Look.until(() -> run.state() == RunState.DONE);
        assertThat(run.failure()).isEmpty();
        Look.until(this::canBeMoved);
        Look.picture(scene, "complexity-run-done");
        Line line = (Line) chart("complexity").lookup(".plot-cursor");
        TextField field = (TextField) tab.node().lookup("#live-beta");
        String before = field.getText();

        robot.drag(line.localToScreen(line.getStartX(), (line.getStartY() + line.getEndY()) / 2), MouseButton.PRIMARY)
                .moveBy(40, 0)
                .drop();

        Look.until(() -> !field.getText().equals(before));
        double beta = Double.parseDouble(field.getText());
        assertThat(beta).isGreaterThan(0.7);
        Look.until(() -> tab.node().lookup("#card-depth").getAccessibleText().contains("beta " + field.getText()));
        Look.picture(scene, "complexity-run-dragged");
        assertThat(workbench.problems).isEmpty();
    }

    @Test
    void theModelsGraphIsColouredByTheComplexityOfItsLayers(FxRobot robot) throws Exception {
        Run run = submit();
        Look.until(() -> run.state() == RunState.DONE);
        Model model = (Model) workbench.inputs.get(run.request().inputs().get("model").getFirst());
        robot.interact(() -> {
            workbench.runs.add(run);
            graph = new ModelTab(workbench, model);
            scene = Look.show(stage, (Parent) graph.node(), 1280, 800, ChartTheme.LIGHT);
        });
        Look.built(scene);
        robot.clickOn("#page-graph");
        ComboBox<?> colours = (ComboBox<?>) graph.node().lookup("#network-colours");
        Look.until(() -> colours.getItems().stream().anyMatch(i -> i.toString().startsWith("Complexity, ")));
        NetworkPane pane = (NetworkPane) graph.node().lookup(".network-pane");
        Look.until(() -> pane.graph() != null);
        robot.interact(() -> {
            for (int i = 0; i < colours.getItems().size(); i++) {
                if (colours.getItems().get(i).toString().startsWith("Complexity, ")) {
                    colours.getSelectionModel().select(i);
                }
            }
        });
        Look.until(() -> pane.view().isUpToDate());
        Look.picture(scene, "model-graph-complexity");
        robot.interact(graph::close);
        assertThat(workbench.problems).isEmpty();
    }

    @Test
    void aClusterOfTheTreeLeadsToItsFiltersAndDistances(FxRobot robot) throws Exception {
        Run run = submit();
        Look.until(() -> run.state() == RunState.DONE);
        open(robot, run);
        Look.until(this::canBeMoved);
        Node card = tab.node().lookupAll(".result-card").stream()
                .filter(c -> c.getId() != null && c.getId().startsWith("card-dendrogram_"))
                .findFirst()
                .orElseThrow();
        toggle(robot, card, "Expand to the full tab");
        Look.picture(scene, "complexity-tree");
        ResultChart chart = (ResultChart) card.lookup(".result-chart");
        robot.interact(chart::requestFocus);
        // From the top merge down to a cluster, and into it.
        robot.type(KeyCode.RIGHT, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.ENTER);
        Look.until(() -> tab.node().lookup("#details-members") != null);
        Look.picture(scene, "complexity-cluster");
        assertThat(tab.node().lookupAll(".details-content .tile .image-view")).isNotEmpty();
        assertThat(workbench.problems).isEmpty();
    }
}

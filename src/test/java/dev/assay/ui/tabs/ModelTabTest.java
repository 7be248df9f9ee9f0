package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.text.Numbers;
import dev.assay.ui.Strip;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.view.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ModelTabTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private Stage stage;
    private ModelTab tab;
    private Scene scene;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> tab.close());
    }

    private void open(FxRobot robot, Model model, ChartTheme theme, double width) {
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = new ModelTab(workbench, model);
            scene = Look.show(stage, (Parent) tab.node(), width, 800, theme);
        });
        Look.built(scene);
    }

    private boolean says(String text) {
        return tab.node().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(n -> ((Label) n).getText())
                .anyMatch(t -> t != null && t.replace(Numbers.THIN_SPACE, " ").equals(text));
    }

    private boolean warns(String text) {
        return tab.node().lookupAll(".strip").stream().anyMatch(n -> ((Strip) n).getText().contains(text));
    }

    @Test
    void factsAndLayersAreThereAtOnceAndTheHashFollows(FxRobot robot) {
        open(robot, new FakeModel(3, true), ChartTheme.LIGHT, 1440);
        assertThat(says("1x8x8 float32")).isTrue();
        assertThat(says("1 584")).isTrue();
        assertThat(says("48 in 3 layers")).isTrue();
        TableView<?> layers = (TableView<?>) tab.node().lookup("#layers .table-view");
        assertThat(layers.getItems()).hasSize(6);
        Look.until(() -> says("01234567…89abcdef"));
    }

    @Test
    void theFirstLayerWithWeightsIsSelectedAndItsFiltersArePictures(FxRobot robot) {
        open(robot, new FakeModel(2, true), ChartTheme.DARK, 1440);
        Look.until(() -> says("Weights of each unit as pictures, dense_0.weight"));
        assertThat(says("dense_0.weight")).isTrue();
        Look.picture(scene, "model-tab-dark");
    }

    @Test
    void whatIsSelectedInTheWindowStaysSoWhenATabOpens(FxRobot robot) {
        Scope samples = new Scope(Scope.SAMPLE, "elsewhere");
        robot.interact(() -> workbench.selection.select(this, samples, "7"));
        open(robot, new FakeModel(2, true), ChartTheme.LIGHT, 1280);
        Look.until(() -> says("dense_0.weight"));
        assertThat(workbench.selection.selected().of(samples)).containsExactly("7");
    }

    @Test
    void selectingALayerShowsItsTensors(FxRobot robot) {
        open(robot, new FakeModel(2, true), ChartTheme.LIGHT, 1280);
        robot.interact(() -> tab.selectLayer("dense_1"));
        Look.until(() -> says("dense_1.bias") && tab.node().lookupAll(".result-card").size() == 3);
        assertThat(says("16x16")).isTrue();
        robot.interact(() -> tab.selectLayer("relu_1"));
        assertThat(says("This layer stores no weights.")).isTrue();
    }

    @Test
    void aNetworkWithoutReluUnitsSaysWhy(FxRobot robot) {
        open(robot, new FakeModel(1, false), ChartTheme.LIGHT, 1280);
        assertThat(warns("This network has Tanh units")).isTrue();
    }

    @Test
    void whatToKnowOfANetworkIsSaid(FxRobot robot) {
        open(robot, new FakeModel(1, true), ChartTheme.LIGHT, 1280);
        assertThat(warns("The softmax at the end is left out.")).isTrue();
    }

    @Test
    void weightsThatAreNotNumbersAreWarnedOf(FxRobot robot) {
        FakeModel model = new FakeModel(1, true);
        model.fill = Float.NEGATIVE_INFINITY;
        open(robot, model, ChartTheme.LIGHT, 1280);
        Look.until(() -> warns("holds no finite value"));
        assertThat(says("100.0 %")).isTrue();
        Look.picture(scene, "model-tab-nan");
    }

    @Test
    void constantWeightsHaveAHistogramToo(FxRobot robot) {
        FakeModel model = new FakeModel(1, true);
        model.fill = 0.5f;
        open(robot, model, ChartTheme.LIGHT, 1280);
        Look.until(() -> tab.node().lookupAll(".result-card").size() >= 2);
        Look.picture(scene, "model-tab-constant");
    }

    @Test
    void weightsThatCannotBeReadAreAProblemOfTheirOwn(FxRobot robot) {
        FakeModel model = new FakeModel(1, true);
        model.broken = true;
        open(robot, model, ChartTheme.LIGHT, 1280);
        Look.until(() -> warns("the file ends before the weights do"));
        assertThat(((TableView<?>) tab.node().lookup("#layers .table-view")).getItems()).hasSize(2);
    }

    @Test
    void aRealNetwork(FxRobot robot) throws Exception {
        Path file = Path.of("../shared/data/mnistfc/mnist-net_256x4.onnx");
        assumeTrue(Files.exists(file), file + " is not there");
        try (Model model = (Model) new OnnxKind().open(Location.of(file))) {
            open(robot, model, ChartTheme.LIGHT, 1440);
            robot.interact(() -> stage.setHeight(900));
            Look.until(() -> tab.node().lookupAll(".tile .image-view").size() > 3);
            assertThat(says("1 024 in 4 layers")).isTrue();
            Look.picture(scene, "model");
        }
    }

    @Test
    void nothingIsReadAfterTheTabIsClosed(FxRobot robot) {
        open(robot, new FakeModel(1, true), ChartTheme.LIGHT, 1280);
        Node node = tab.node();
        robot.interact(() -> tab.close());
        robot.interact(() -> tab.selectLayer("dense_0"));
        assertThat(node.lookup(".tensor")).isNotNull();
        assertThat(workbench.problems).isEmpty();
    }
}

package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.run.RunState;
import dev.assay.ui.network.LayerGraph;
import dev.assay.ui.network.NetworkPane;
import dev.assay.ui.network.RepeatedBlocks;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** A model as a graph: folding, details, search, selection, scores of runs, export, and a layout that can be cancelled. */
@ExtendWith(ApplicationExtension.class)
class ModelGraphTest {

    @TempDir
    Path folder;

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final FileAsker files = new FileAsker() {
        @Override
        public Optional<Path> save(String suggestedName, String kind) {
            return Optional.of(folder.resolve(suggestedName));
        }

        @Override
        public Optional<Path> open(String title, boolean folder) {
            return Optional.empty();
        }
    };
    private Stage stage;
    private Model model;
    private ModelTab tab;
    private Scene scene;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> tab.close());
        model.close();
    }

    private void open(FxRobot robot, OnnxGraphBuilder graph, ChartTheme theme) throws Exception {
        Path file = folder.resolve("deep.onnx");
        if (!Files.exists(file)) {
            graph.write(file);
        }
        model = (Model) new OnnxKind().open(Location.of(file));
        show(robot, theme);
    }

    private void show(FxRobot robot, ChartTheme theme) {
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = new ModelTab(workbench, model, files);
            scene = Look.show(stage, (Parent) tab.node(), 1440, 900, theme);
        });
        Look.built(scene);
        robot.clickOn("#page-graph");
    }

    private NetworkPane pane() {
        return (NetworkPane) tab.node().lookup(".network-pane");
    }

    private void settled() {
        Look.until(() -> pane() != null && pane().graph() != null && pane().view().isUpToDate());
    }

    private boolean says(String text) {
        return tab.node().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .anyMatch(l -> text.equals(((Label) l).getText()));
    }

    private Point2D on(int node) {
        return pane().view().localToScreen(pane().view().at(node));
    }

    private int node(String operator) {
        return IntStream.range(0, pane().graph().nodes().size())
                .filter(i -> pane().graph().nodes().get(i).title().equals(operator))
                .findFirst()
                .orElseThrow();
    }

    /** A run on the model that names layers beside numbers, as any analysis may. */
    private FakeRun scored() {
        FakeRun run = new FakeRun();
        run.inputs.put("model", List.of(model.location()));
        Table.Builder table = new Table.Builder(
                "layers", "Units by layer",
                List.of(
                        Column.text("name", "Name").to(RefKind.layer("model")),
                        Column.real("stable", "Stable neurons", "share")));
        List<Layer> layers = model.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).operator().equals("Relu")) {
                table.add(layers.get(i).name(), (double) i / layers.size());
            }
        }
        run.emit(table.snapshot());
        run.state(RunState.DONE);
        return run;
    }

    @Test
    void repeatedBlocksAreOneNodeUntilTheyAreUnfolded(FxRobot robot) throws Exception {
        open(robot, DeepNetworks.residual(4, 3), ChartTheme.LIGHT);
        settled();
        assertThat(RepeatedBlocks.find(model.layers()))
                .extracting(RepeatedBlocks.Block::period, RepeatedBlocks.Block::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(7, 4), org.assertj.core.groups.Tuple.tuple(7, 3));
        int before = pane().graph().nodes().size();
        Look.picture(scene, "model-graph-folded");
        int block = IntStream.range(0, before)
                .filter(i -> pane().graph().nodes().get(i).kind() == LayerGraph.Kind.BLOCK)
                .findFirst()
                .orElseThrow();
        robot.doubleClickOn(on(block));
        Look.until(() -> pane().graph() != null && pane().graph().nodes().size() == before + 27);
        settled();
        Look.picture(scene, "model-graph");
    }

    @Test
    void aClickShowsTheLayerAndTheSelectionGoesBothWays(FxRobot robot) throws Exception {
        open(robot, DeepNetworks.residual(2), ChartTheme.DARK);
        robot.interact(() -> workbench.runs.add(scored()));
        robot.clickOn("#page-layers").clickOn("#page-graph");
        settled();
        Scope layers = new Scope(Scope.LAYER, workbench.selection().origin(model.location()));
        robot.clickOn(on(node("Gemm")));
        assertThat(workbench.selection().selected().one(layers)).contains("classifier");
        Look.until(() -> says("classifier.weight") && says("transB"));
        robot.interact(() -> workbench.selection().select(this, layers, "conv_1"));
        Look.until(() -> says("pads") && says("1, 1, 1, 1"));
        Look.until(() -> tab.node().lookupAll(".tensor .result-card").size() >= 2);
        TextField search = (TextField) tab.node().lookup("#network-search");
        robot.interact(() -> search.setText("conv_4"));
        robot.clickOn("#network-search").type(KeyCode.ENTER);
        assertThat(((Label) search.getParent().getChildrenUnmodifiable().get(1)).getText()).isEqualTo("1 of 1");
        ComboBox<?> colours = (ComboBox<?>) tab.node().lookup("#network-colours");
        Look.until(() -> colours.getItems().size() == 2);
        robot.interact(() -> {
            search.clear();
            colours.getSelectionModel().select(1);
            pane().view().fit();
        });
        settled();
        Look.picture(scene, "model-graph-scores-dark");
    }

    @Test
    void theGraphIsExported(FxRobot robot) throws Exception {
        open(robot, DeepNetworks.residual(2), ChartTheme.LIGHT);
        settled();
        MenuButton export = (MenuButton) tab.node().lookup("#network-export");
        robot.interact(() -> export.getItems().forEach(i -> i.fire()));
        Path png = folder.resolve("deep.onnx.png");
        Path svg = folder.resolve("deep.onnx.svg");
        Look.until(() -> Files.exists(png) && Files.exists(svg));
        assertThat(Files.readString(svg)).contains(">classifier<").contains("Graph of deep.onnx");
        assertThat(javax.imageio.ImageIO.read(png.toFile()).getWidth()).isGreaterThan(400);
        assertThat(workbench.problems).isEmpty();
    }

    @Test
    void fiveThousandNodesCanBeCancelledAndLaidOut(FxRobot robot) throws Exception {
        open(robot, DeepNetworks.ofNodes(5000), ChartTheme.LIGHT);
        assertThat(model.layers()).hasSizeBetween(4900, 5000);
        Look.until(() -> tab.node().lookup("#network-cancel") != null);
        robot.interact(() -> ((Button) tab.node().lookup("#network-cancel")).fire());
        Look.until(() -> says("The graph is not laid out."));
        robot.interact(() -> tab.node().lookupAll(".network-pane .accent").stream()
                .map(Button.class::cast)
                .forEach(Button::fire));
        settled();
        assertThat(pane().graph().nodes().size()).isLessThan(model.layers().size());
        robot.clickOn("#network-fold");
        Look.until(() -> pane().graph() != null && pane().graph().nodes().size() == model.layers().size() + 2);
        settled();
        Look.picture(scene, "model-graph-5000");
        robot.interact(() -> pane().view().reveal(2500));
        settled();
        Look.picture(scene, "model-graph-5000-near");
    }

    @Test
    void aFormatThatDoesNotSayHowLayersAreJoinedHasNoGraph(FxRobot robot) {
        model = new FakeModel(3, true);
        show(robot, ChartTheme.LIGHT);
        Look.until(() -> tab.node().lookup(".network-pane .empty-state") != null);
        for (ChartTheme theme : ChartTheme.values()) {
            robot.interact(() -> workbench.theme.set(theme));
        }
        Look.picture(scene, "model-graph-unknown-" + ChartTheme.LIGHT.name().toLowerCase(Locale.ROOT));
    }
}

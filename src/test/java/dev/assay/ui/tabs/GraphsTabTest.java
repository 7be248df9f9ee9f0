package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.data.graph.GraphBenchmark;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.TuFolderKind;
import dev.assay.model.gnn.GnnFolderKind;
import dev.assay.model.gnn.GnnJsonKind;
import dev.assay.model.gnn.GnnModel;
import dev.assay.run.RunState;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import javafx.event.ActionEvent;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class GraphsTabTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    @TempDir
    Path folder;

    private Stage stage;
    private TabContent tab;
    private Scene scene;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> tab.close());
    }

    private void open(FxRobot robot, GraphDataset data, ChartTheme theme) {
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = new GraphsTab(workbench, data);
            scene = Look.show(stage, (Parent) tab.node(), 1120, 720, theme);
        });
        Look.built(scene);
    }

    private boolean tilesDrawn() {
        var pictures = tab.node().lookupAll("#graph-tiles .image-view");
        return !pictures.isEmpty() && pictures.stream()
                .filter(n -> n.getParent().getParent().getParent().isVisible())
                .allMatch(n -> ((ImageView) n).getImage() != null);
    }

    private int rows(String id) {
        Node table = tab.node().lookup("#" + id + " .table-view");
        return table == null ? -1 : ((TableView<?>) table).getItems().size();
    }

    private boolean says(String part) {
        return tab.node().lookupAll(".label").stream()
                .anyMatch(n -> n instanceof Label l && l.getText() != null && l.getText().contains(part));
    }

    @Test
    void aGalleryLeadsToTheGraphDrawnWithItsTables(FxRobot robot) throws Exception {
        GraphDataset data = new TuFolderKind().open(Location.of(Path.of("sample-data/ba2motifs")));
        open(robot, data, ChartTheme.LIGHT);
        Look.until(() -> tilesDrawn() && rows("graph-nodes") == 25);
        Look.picture(scene, "graphs-tab");
        robot.interact(() -> ((GraphsTab) tab).show(150));
        Look.until(() -> card().contains("Graph 150"));
        assertThat(card()).contains("class 1").contains("52 directed edges");
        robot.interact(() -> {
            ComboBox<?> filter = (ComboBox<?>) tab.node().lookup("#graph-class-filter");
            filter.getSelectionModel().select(2);
        });
        Look.until(() -> says("100 of 200 graphs"));
    }

    @Test
    void whatIsNoGraphOfTheDataIsNotShownAsOne(FxRobot robot) throws Exception {
        GraphDataset data = new TuFolderKind().open(Location.of(Path.of("sample-data/ba2motifs")));
        open(robot, data, ChartTheme.LIGHT);
        Look.until(() -> tilesDrawn() && rows("graph-nodes") == 25);
        Scope graphs = new Scope(Scope.SAMPLE, workbench.selection().origin(data.location()));
        robot.interact(() -> workbench.selection().select(this, graphs, "200"));
        robot.interact(() -> workbench.selection().select(this, graphs, "none"));
        robot.interact(() -> workbench.selection().select(this, graphs, "3"));
        Look.until(() -> card().contains("Graph 3"));
        assertThat(workbench.problems).isEmpty();
    }

    @Test
    void whatARunFoundAboutGraphsSortsThemAndStandsOnTheirPage(FxRobot robot) throws Exception {
        GraphDataset data = new TuFolderKind().open(Location.of(Path.of("sample-data/ba2motifs")));
        FakeRun run = new FakeRun();
        run.inputs.put("graphs", List.of(data.location()));
        Table.Builder scores = new Table.Builder(
                "scores", "Scores by graph",
                List.of(
                        Column.integer("instance", "Graph").to(RefKind.sample("graphs")),
                        Column.real("robust_delta", "Robust delta", "")));
        for (int g = 0; g < data.size(); g++) {
            scores.add(g, g * 37 % 200 / 200.0);
        }
        run.emit(scores.snapshot());
        run.state(RunState.DONE);
        workbench.runs.add(run);
        open(robot, data, ChartTheme.DARK);
        robot.interact(() -> stage.setWidth(1440));
        Look.until(() -> tilesDrawn() && rows("graph-nodes") == 25);
        ComboBox<?> runs = (ComboBox<?>) tab.node().lookup("#graph-run-filter");
        robot.interact(() -> runs.getOnShowing().handle(null));
        Look.until(() -> runs.getItems().size() == 2);
        robot.interact(() -> runs.getSelectionModel().select(1));
        ComboBox<?> order = (ComboBox<?>) tab.node().lookup("#graph-order");
        Look.until(() -> order.getItems().size() == 4);
        robot.interact(() -> order.getSelectionModel().select(3));
        Look.until(() -> says("#27, 0.995"));
        Scope graphs = new Scope(Scope.SAMPLE, workbench.selection().origin(data.location()));
        robot.interact(() -> workbench.selection().select(this, graphs, "27"));
        Look.until(() -> card().contains("Graph 27"));
        robot.clickOn("#page-findings");
        Look.until(() -> rows("findings") == 1);
        Scope edges = new Scope("edge", workbench.selection().origin(data.location()));
        robot.clickOn("#page-edges");
        robot.interact(() -> ((TableView<?>) tab.node().lookup("#graph-edges .table-view")).getSelectionModel()
                .clearAndSelect(3));
        assertThat(workbench.selection().selected().one(edges))
                .hasValueSatisfying(k -> assertThat(k).startsWith("27:"));
        Look.until(this::tilesDrawn);
        Look.picture(scene, "graphs-tab-sorted-dark");
    }

    @Test
    void whatANetworkPredictsFiltersGraphsAndTheNearestStandBeside(FxRobot robot) throws Exception {
        GraphDataset data = new TuFolderKind().open(Location.of(Path.of("sample-data/ba2motifs")));
        GnnModel model = new GnnFolderKind().open(Location.of(Path.of("sample-data/models/ba2motifs-gcn")));
        workbench.inputs.put(model.location(), model);
        open(robot, data, ChartTheme.LIGHT);
        robot.interact(() -> stage.setWidth(1440));
        Look.until(() -> tilesDrawn() && rows("graph-nodes") == 25);
        ComboBox<?> networks = (ComboBox<?>) tab.node().lookup("#graph-model-filter");
        robot.interact(() -> networks.getOnShowing().handle(null));
        assertThat(networks.getItems()).hasSize(2);
        robot.interact(() -> networks.getSelectionModel().select(1));
        ComboBox<?> right = (ComboBox<?>) tab.node().lookup("#graph-correct-filter");
        Look.until(() -> !right.isDisabled() && says("200 of 200 graphs"));
        Predictions predictions = new GraphSamples(data).predict(model, n -> {}, () -> false);
        long wrong = IntStream.range(0, data.size())
                .filter(g -> predictions.classes()[g] != predictions.labels()[g])
                .count();
        robot.interact(() -> right.getSelectionModel().select(2));
        Look.until(() -> says(wrong + " of 200 graphs"));
        robot.interact(() -> right.getSelectionModel().select(1));
        Look.until(() -> says((200 - wrong) + " of 200 graphs"));
        robot.clickOn("#page-scores");
        Look.until(() -> tab.node().lookup("#card-scores") != null);
        Node scores = tab.node().lookup("#card-scores");
        Look.until(() -> scores.getAccessibleText() != null && scores.getAccessibleText().contains("predicted"));
        robot.clickOn("#page-neighbours");
        Look.until(() -> says("24 nearest graphs"));
        Look.until(this::tilesDrawn);
        Look.picture(scene, "graphs-tab-neighbours");
        // A network for other features is not offered.
        assertThat(new GraphSamples(GraphBenchmark.TREE_CYCLES.generate(1)).networks(List.of(model))).isEmpty();
    }

    private String card() {
        Node card = tab.node().lookup("#graph-card");
        return card == null || card.getAccessibleText() == null ? "" : card.getAccessibleText();
    }

    @Test
    void oneGraphIsDrawnWholeOrAroundANode(FxRobot robot) throws Exception {
        open(robot, GraphBenchmark.TREE_CYCLES.generate(1), ChartTheme.DARK);
        Look.until(() -> rows("graph-nodes") == 871);
        Look.picture(scene, "graphs-tab-dark");
        robot.interact(() -> {
            TextField node = (TextField) tab.node().lookup("#around-node");
            node.setText("515");
            node.getOnAction().handle(null);
        });
        Look.until(() -> card().contains("node 515"));
        Look.picture(scene, "graphs-tab-around");
    }

    @Test
    void aNodeThatIsNoNumberIsMarkedAndChangesNothing(FxRobot robot) throws Exception {
        Path file = Path.of("../shared/data/ba-shapes");
        assumeTrue(Files.exists(file), file + " is not there");
        open(robot, new TuFolderKind().open(Location.of(file)), ChartTheme.LIGHT);
        Look.until(() -> card().contains("700 nodes"));
        TextInputControl around = (TextInputControl) tab.node().lookup("#around-node");
        robot.interact(() -> {
            around.setText("twelve");
            around.fireEvent(new ActionEvent());
        });
        assertThat(around.getPseudoClassStates().toString()).contains("error");
        robot.interact(() -> {
            around.setText("12");
            around.fireEvent(new ActionEvent());
        });
        assertThat(around.getPseudoClassStates().toString()).doesNotContain("error");
        Look.until(() -> card().contains("node 12 and"));
    }

    @Test
    void aNetworkShowsItsLayersAndTensors(FxRobot robot) throws Exception {
        GnnModel model = new GnnFolderKind().open(Location.of(Path.of("sample-data/models/ba2motifs-gcn")));
        robot.interact(() -> {
            workbench.theme.set(ChartTheme.LIGHT);
            tab = new GnnTab(workbench, model, new FileAsker() {
                @Override
                public Optional<Path> save(String suggestedName, String kind) {
                    return Optional.of(folder.resolve(suggestedName));
                }

                @Override
                public Optional<Path> open(String title, boolean wantsFolder) {
                    return Optional.of(folder);
                }
            });
            scene = Look.show(stage, (Parent) tab.node(), 1120, 720, ChartTheme.LIGHT);
        });
        Look.built(scene);
        Look.until(() -> rows("gnn-layers") == 4);
        assertThat(tab.node().lookup("#export-gnn-json").isDisabled()).isFalse();
        Look.picture(scene, "gnn-tab");
        robot.interact(() -> {
            ((Button) tab.node().lookup("#export-gnn-json")).fire();
            ((Button) tab.node().lookup("#save-gnn-folder")).fire();
        });
        Path saved = folder.resolve("ba2motifs-gcn");
        Look.until(() -> Files.exists(saved.resolve("config.json")));
        assertThat(new GnnFolderKind().open(Location.of(saved)).config()).isEqualTo(model.config());
        assertThat(new GnnJsonKind().open(Location.of(folder.resolve("ba2motifs-gcn.json"))).parameterCount())
                .isEqualTo(model.parameterCount());
    }
}

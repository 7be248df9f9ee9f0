package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import dev.assay.text.Numbers;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.view.Look;
import dev.assay.ui.view.TileGrid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The samples of a dataset by what networks and runs say of them, and the page of one of them; on the sample data. */
@ExtendWith(ApplicationExtension.class)
class ExplorerTest {

    private static final Path SAMPLE = Path.of("sample-data");
    private static final Location TEST = Location.of(SAMPLE.resolve("digits/test-images-idx3-ubyte.gz"));

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final FakeRun run = new FakeRun();
    private Stage stage;
    private Dataset dataset;
    private TabContent tab;
    private Scene scene;

    @Start
    void start(Stage first) throws Exception {
        stage = first;
        if (Files.exists(SAMPLE)) {
            Catalogue catalogue = Catalogue.load();
            dataset = (Dataset) catalogue.open(TEST);
            Model model = (Model) catalogue.open(Location.of(SAMPLE.resolve("models/digits-cnn.onnx")));
            workbench.inputs.put(TEST, dataset);
            workbench.inputs.put(model.location(), model);
            run.inputs.put("test", List.of(TEST));
            run.emit(violations());
            run.emit(neighbours());
            run.state(RunState.DONE);
            workbench.runs.add(run);
        }
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> {
            if (tab != null) {
                tab.close();
            }
        });
        workbench.inputs.values().forEach(Input::close);
    }

    private Table violations() {
        Table.Builder table = new Table.Builder(
                "samples", "Samples and the patterns they follow",
                List.of(
                        Column.integer("sample", "Sample").to(RefKind.sample("test")),
                        Column.text("followed", "Followed"), Column.integer("violations", "Violations")));
        for (int i = 0; i < dataset.size(); i++) {
            table.add(i, String.valueOf(i % 3), i * 37L % 101);
        }
        return table.snapshot();
    }

    private static Table neighbours() {
        Table.Builder table = new Table.Builder(
                "neighbours", "Neighbours",
                List.of(
                        Column.integer("query", "Query").to(RefKind.sample("test")),
                        Column.integer("neighbour", "Neighbour").to(RefKind.sample("test")),
                        Column.real("value", "Value", "")));
        for (int n = 0; n < 5; n++) {
            table.add(12, 20 + n, 0.1 * n);
        }
        return table.snapshot();
    }

    private void show(FxRobot robot, TabContent content, ChartTheme theme) {
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = content;
            scene = Look.show(stage, (Parent) tab.node(), 1440, 900, theme);
        });
        Look.built(scene);
    }

    private boolean says(String text) {
        return tab.node().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(n -> ((Label) n).getText())
                .anyMatch(t -> t != null && t.replace(Numbers.THIN_SPACE, " ").contains(text));
    }

    private ComboBox<?> box(String id) {
        return (ComboBox<?>) tab.node().lookup("#" + id);
    }

    /** Opens and closes a box, as a person does who looks at what there is, and chooses. */
    private void choose(FxRobot robot, String id, String begins) {
        robot.interact(() -> box(id).getOnShowing());
        robot.interact(() -> {
            if (box(id).getOnShowing() != null) {
                box(id).getOnShowing().handle(null);
            }
        });
        Look.until(() -> box(id).getItems().stream().anyMatch(i -> i.toString().startsWith(begins)));
        robot.interact(() -> {
            for (int i = 0; i < box(id).getItems().size(); i++) {
                if (box(id).getItems().get(i).toString().startsWith(begins)) {
                    box(id).getSelectionModel().select(i);
                    return;
                }
            }
        });
    }

    private TileGrid grid() {
        return (TileGrid) tab.node().lookup("#thumbnails");
    }

    private List<String> captions() {
        return tab.node().lookupAll("#thumbnails .tile .caption").stream()
                .map(n -> ((Label) n).getText())
                .toList();
    }

    @Test
    void samplesAreFilteredByPredictionAndSortedByWhatARunFound(FxRobot robot) {
        assumeTrue(dataset != null, SAMPLE + " is not there");
        show(robot, new DatasetTab(workbench, dataset), ChartTheme.LIGHT);
        Look.until(() -> grid() != null);
        choose(robot, "model-filter", "Predicted by digits-cnn");
        Look.until(() -> !box("correct-filter").isDisabled() && says(" of "));
        choose(robot, "correct-filter", "Wrong");
        Look.until(() -> grid().count() < dataset.size() / 4);
        int wrong = grid().count();
        assertThat(wrong).isPositive();
        Look.until(() -> captions().stream().anyMatch(c -> c.contains(" \u2192 ")));
        Look.picture(scene, "explorer-wrong");
        choose(robot, "correct-filter", "Right or wrong");
        choose(robot, "run-filter", "fake-mining: Samples");
        Look.until(() -> box("order").getItems().contains("Order by violations"));
        choose(robot, "order", "Order by violations");
        Look.until(() -> captions().contains("100"));
        TextField filter = (TextField) tab.node().lookup("#sample-filter");
        robot.interact(() -> filter.setText("violations > 90"));
        long expected = java.util.stream.LongStream.range(0, dataset.size()).filter(i -> i * 37 % 101 > 90).count();
        Look.until(() -> grid().count() == expected);
        robot.interact(() -> filter.setText("violations >"));
        Look.until(() -> says("what is 'violations' to be compared with?"));
        robot.interact(() -> filter.setText("violations > 90"));
        Look.until(() -> says(" of "));
        Look.picture(scene, "explorer-sorted");
    }

    @Test
    void onlyWhatIsSelectedElsewhereIsShown(FxRobot robot) {
        assumeTrue(dataset != null, SAMPLE + " is not there");
        show(robot, new DatasetTab(workbench, dataset), ChartTheme.DARK);
        Look.until(() -> grid() != null);
        Scope samples = new Scope(Scope.SAMPLE, workbench.selection().origin(TEST));
        robot.interact(() -> workbench.selection().brush(
                this, Map.of(samples, Set.of("3", "4", "90", "91", "92")), "Embedding map"));
        robot.interact(() -> ((ToggleButton) tab.node().lookup("#selected-only")).fire());
        Look.until(() -> grid().count() == 5);
        robot.interact(() -> ((ToggleButton) tab.node().lookup("#selected-only")).fire());
        Look.until(() -> grid().count() == dataset.size());
        Look.until(() -> tab.node().lookupAll("#thumbnails .tile:marked").size() >= 2);
        Look.picture(scene, "explorer-selected-dark");
    }

    @Test
    void theSamplePageHasScoresFindingsAndNeighbours(FxRobot robot) {
        assumeTrue(dataset != null, SAMPLE + " is not there");
        show(robot, new SampleTab(workbench, dataset, 12), ChartTheme.LIGHT);
        robot.clickOn("#page-scores");
        Look.until(() -> tab.node().lookup("#card-scores") != null);
        assertThat(((Label) tab.node().lookup(".page-title")).getText()).isEqualTo("Sample 12");
        Look.picture(scene, "sample-scores");
        robot.clickOn("#page-findings");
        Look.until(() -> tab.node().lookup("#findings .table-view") != null
                && ((TableView<?>) tab.node().lookup("#findings .table-view")).getItems().size() == 6);
        Look.picture(scene, "sample-findings");
        robot.clickOn("#page-neighbours");
        Look.until(() -> tab.node().lookupAll("#neighbours .tile .image-view").size() >= 5);
        assertThat(says("5 nearest samples")).isTrue();
        Look.picture(scene, "sample-neighbours");
        robot.interact(() -> box("neighbours-source").getSelectionModel().selectLast());
        Look.until(() -> says("24 nearest samples"));
        Look.picture(scene, "sample-neighbours-values");
        Scope samples = new Scope(Scope.SAMPLE, workbench.selection().origin(TEST));
        robot.interact(() -> workbench.selection().select(this, samples, "40"));
        Look.until(() -> says("Sample 40"));
        Node first = tab.node().lookup("#neighbours .tile");
        assertThat(first).isNotNull();
    }
}

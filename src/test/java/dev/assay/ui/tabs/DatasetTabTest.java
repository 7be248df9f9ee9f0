package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.idx.IdxKind;
import dev.assay.text.Numbers;
import dev.assay.ui.Strip;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.view.Look;
import dev.assay.ui.view.TileGrid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class DatasetTabTest {

    private static final int MANY = 100_000;

    private final FakeWorkbench workbench = new FakeWorkbench();
    private Stage stage;
    private DatasetTab tab;
    private Scene scene;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> tab.close());
    }

    private void open(FxRobot robot, Dataset dataset, ChartTheme theme) {
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = new DatasetTab(workbench, dataset);
            scene = Look.show(stage, (Parent) tab.node(), 1440, 900, theme);
        });
        Look.built(scene);
    }

    private boolean says(String text) {
        return tab.node().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .anyMatch(n -> ((Label) n).getText() != null
                        && ((Label) n).getText().replace(Numbers.THIN_SPACE, " ").equals(text));
    }

    private Set<Node> thumbnails() {
        return tab.node().lookupAll(".thumbnail .image-view");
    }

    private boolean allLoaded() {
        Set<Node> shown = thumbnails();
        return !shown.isEmpty()
                && shown.stream()
                        .filter(n -> n.getParent().getParent().getParent().isVisible())
                        .allMatch(n -> ((ImageView) n).getImage() != null);
    }

    private ListView<?> list() {
        return (ListView<?>) tab.node().lookup("#thumbnails .list-view");
    }

    @Test
    void aHundredThousandThumbnailsKeepFewTilesAndLoadWhatIsInView(FxRobot robot) {
        FakeDataset dataset = FakeDataset.images("train", MANY);
        open(robot, dataset, ChartTheme.LIGHT);
        Look.until(() -> list() != null && allLoaded());
        Look.until(() -> says("100 000 samples"));
        for (int step = 1; step <= 40; step++) {
            int row = step * 140;
            robot.interact(() -> list().scrollTo(row));
        }
        Look.until(this::allLoaded);
        assertThat(thumbnails()).hasSizeLessThan(400);
        assertThat(dataset.samplesRead.get()).isLessThan(10_000);
        Look.picture(scene, "dataset-tab-scrolled");
    }

    @Test
    void aClickSelectsASampleADoubleClickOpensItAndTheKeyboardMoves(FxRobot robot) {
        open(robot, FakeDataset.images("train", 500), ChartTheme.LIGHT);
        Look.until(() -> list() != null && allLoaded());
        Scope samples =
                new Scope(Scope.SAMPLE, workbench.selection().origin(FakeDataset.images("train", 1).location()));
        robot.clickOn("#thumbnails .tile");
        assertThat(workbench.asked).isEmpty();
        assertThat(workbench.selection().selected().one(samples)).contains("0");
        robot.doubleClickOn("#thumbnails .tile");
        assertThat(workbench.asked).containsExactly("sample train 0");
        robot.interact(() -> list().requestFocus());
        robot.type(KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.ENTER);
        assertThat(workbench.asked.getLast()).isEqualTo("sample train 2");
        robot.type(KeyCode.END, KeyCode.ENTER);
        assertThat(workbench.asked.getLast()).isEqualTo("sample train 499");
        assertThat(((TileGrid) tab.node().lookup("#thumbnails")).selectedProperty().get()).isEqualTo(499);
    }

    @Test
    void theClassFilterShowsOneClass(FxRobot robot) {
        open(robot, FakeDataset.images("train", 500), ChartTheme.DARK);
        Look.until(() -> list() != null && allLoaded());
        ComboBox<?> filter = (ComboBox<?>) tab.node().lookup("#class-filter");
        robot.interact(() -> filter.getSelectionModel().select(4));
        Look.until(() -> says("50 of 500 samples"));
        // The tiles of all samples are given up at the next layout only; sample 493 is in view in the class alone.
        Look.until(() -> allLoaded() && tab.node().lookupAll("#thumbnails .tile").stream()
                .anyMatch(n -> "Sample 493, 3".equals(n.getAccessibleText())));
        Node first = tab.node().lookupAll("#thumbnails .tile").stream()
                .filter(n -> "Sample 3, 3".equals(n.getAccessibleText()))
                .findFirst()
                .orElseThrow();
        robot.doubleClickOn(first);
        assertThat(workbench.asked).containsExactly("sample train 3");
        Look.picture(scene, "dataset-tab-class-dark");
        robot.interact(() -> filter.getSelectionModel().select(0));
        Look.until(() -> says("500 samples"));
    }

    @Test
    void statisticsAreReadWhenTheyAreLookedAt(FxRobot robot) {
        open(robot, FakeDataset.images("train", 3000), ChartTheme.LIGHT);
        Look.until(() -> list() != null);
        robot.clickOn("#page-statistics");
        Look.until(() -> tab.node().lookup("#card-values") != null && tab.node().lookup("#card-class_balance") != null);
        assertThat(says("2 352 000")).isTrue();
        Look.picture(scene, "dataset-tab-statistics");
    }

    @Test
    void aDatasetThatIsReadAfterAllHasOneClassBalance(FxRobot robot) {
        FakeDataset dataset = FakeDataset.failing("train", 500);
        open(robot, dataset, ChartTheme.LIGHT);
        Look.until(() -> tab.node().lookup(".strip-button") != null);
        dataset.failing = false;
        robot.clickOn(".strip-button");
        Look.until(() -> list() != null && allLoaded());
        robot.clickOn("#page-statistics");
        Look.until(() -> tab.node().lookup("#card-values") != null);
        assertThat(tab.node().lookupAll("#card-class_balance")).hasSize(1);
        assertThat(tab.node().lookupAll(".result-card")).hasSize(2);
    }

    @Test
    void rowsOfNumbersAreATable(FxRobot robot) {
        FakeDataset dataset = FakeDataset.rows("table.csv", MANY);
        open(robot, dataset, ChartTheme.LIGHT);
        Look.until(() -> tab.node().lookup("#sample-rows") != null);
        TableView<?> rows = (TableView<?>) tab.node().lookup("#sample-rows");
        assertThat(rows.getItems()).hasSize(MANY);
        assertThat(rows.getColumns()).hasSize(32);
        Look.until(() -> !String.valueOf(rows.getColumns().get(31).getCellData(0)).isEmpty());
        robot.interact(() -> rows.scrollTo(70_000));
        Look.until(() -> !String.valueOf(rows.getColumns().get(2).getCellData(70_000)).isEmpty());
        assertThat(dataset.samplesRead.get()).isLessThan(500);
        Look.picture(scene, "dataset-tab-rows");
    }

    @Test
    void aDatasetWithoutSamplesIsAnEmptyState(FxRobot robot) {
        open(robot, FakeDataset.images("none", 0), ChartTheme.LIGHT);
        assertThat(says("This dataset has no samples.")).isTrue();
        Look.picture(scene, "dataset-tab-empty");
    }

    @Test
    void aDatasetThatCannotBeReadSaysSoAndKeepsItsFacts(FxRobot robot) {
        open(robot, FakeDataset.failing("train", 10), ChartTheme.LIGHT);
        Look.until(() -> tab.node().lookup(".strip") != null);
        assertThat(((Strip) tab.node().lookup(".strip")).getText()).contains("the file was deleted");
        assertThat(says("1x28x28")).isTrue();
        Look.picture(scene, "dataset-tab-error");
    }

    @Test
    void mnist(FxRobot robot) throws Exception {
        Path file = Path.of("../shared/data/mnist/t10k-images-idx3-ubyte.gz");
        assumeTrue(Files.exists(file), file + " is not there");
        try (Dataset dataset = (Dataset) new IdxKind().open(Location.of(file))) {
            open(robot, dataset, ChartTheme.LIGHT);
            Look.until(() -> list() != null && allLoaded());
            Look.picture(scene, "dataset");
            robot.clickOn("#page-statistics");
            Look.until(() -> tab.node().lookup("#card-values") != null);
            assertThat(says("7 840 000")).isTrue();
            assertThat(says("0.1325")).isTrue();
            Look.picture(scene, "dataset-statistics");
        }
    }

    /** Numbers of the samples whose tiles look selected. */
    private List<String> highlighted() {
        return tab.node().lookupAll("#thumbnails .tile").stream()
                .filter(n -> n.isVisible() && n.getPseudoClassStates().contains(PseudoClass.getPseudoClass("selected")))
                .map(Node::getAccessibleText)
                .toList();
    }

    @Test
    void inAnotherOrderTheSelectedSampleIsStillTheOneThatIsHighlighted(FxRobot robot) {
        open(robot, FakeDataset.images("train", 500), ChartTheme.LIGHT);
        Look.until(() -> list() != null && allLoaded());
        robot.interact(() -> ((TextInputControl) tab.node().lookup("#sample-filter")).setText("sample < 400"));
        Look.until(() -> says("400 of 500 samples"));
        Look.until(this::allLoaded);
        robot.clickOn("#thumbnails .tile");
        String chosen = highlighted().getFirst();
        ComboBox<?> order = (ComboBox<?>) tab.node().lookup("#order");
        robot.interact(() -> order.getSelectionModel().select(1));
        Look.until(() -> tab.node().lookupAll("#thumbnails .tile").stream()
                .anyMatch(n -> n.isVisible() && String.valueOf(n.getAccessibleText()).startsWith("Sample 399")));
        Look.until(this::allLoaded);
        assertThat(highlighted()).allMatch(chosen::equals);
        robot.interact(() -> list().requestFocus());
        robot.type(KeyCode.ENTER);
        assertThat(workbench.asked).singleElement().asString()
                .isEqualTo("sample train " + chosen.replaceAll("Sample (\\d+).*", "$1"));
    }

    @Test
    void rowsInAnotherOrderKeepTheSelectedSampleToo(FxRobot robot) {
        open(robot, FakeDataset.rows("table.csv", 500), ChartTheme.LIGHT);
        Look.until(() -> tab.node().lookup("#sample-rows") != null);
        TableView<?> rows = (TableView<?>) tab.node().lookup("#sample-rows");
        robot.interact(() -> rows.getSelectionModel().clearAndSelect(2));
        robot.interact(() -> ((TextInputControl) tab.node().lookup("#sample-filter")).setText("sample > 0"));
        Look.until(() -> says("499 of 500 samples"));
        ComboBox<?> order = (ComboBox<?>) tab.node().lookup("#order");
        robot.interact(() -> order.getSelectionModel().select(1));
        Look.until(() -> "499".equals(rows.getColumns().getFirst().getCellData(0)));
        assertThat(rows.getSelectionModel().getSelectedIndices().stream()
                .map(i -> String.valueOf(rows.getColumns().getFirst().getCellData((int) i))))
                .allMatch("2"::equals);
    }
}

package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.run.RunFailure;
import dev.assay.run.RunProgress;
import dev.assay.run.RunState;
import dev.assay.text.Numbers;
import dev.assay.ui.Strip;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.Look;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class RunTabTest {

    private static final Path MOVED = Path.of("/elsewhere/t10k-images-idx3-ubyte.gz");

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final FakeRun run = new FakeRun();
    private final FakeMining mining = new FakeMining();
    private final FileAsker files = new FileAsker() {
        @Override
        public Optional<Path> save(String suggestedName, String kind) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> open(String title, boolean folder) {
            return Optional.of(MOVED);
        }
    };
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
        open(robot, theme, width, height, Optional.of(mining));
    }

    private void open(FxRobot robot, ChartTheme theme, double width, double height, Optional<Analysis<?>> analysis) {
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = new RunTab(workbench, run, analysis, files);
            scene = Look.show(stage, (Parent) tab.node(), width, height, theme);
        });
        Look.built(scene);
    }

    private void found() {
        FakeMining.results(FakeMining.Settings.defaults()).forEach(run::emit);
    }

    private void done() {
        found();
        run.progress(new RunProgress("Following", 10_000, 10_000, "images", 0, 0));
        run.state(RunState.DONE);
    }

    private void openDone(FxRobot robot, ChartTheme theme) {
        done();
        open(robot, theme, 1440, 900);
        Look.until(this::explorable);
    }

    private boolean explorable() {
        Node slider = tab.node().lookup("#slide-slack");
        return slider != null && !slider.isDisabled();
    }

    private String figure(String title) {
        for (Node figure : tab.node().lookupAll(".figure")) {
            List<Label> labels = figure.lookupAll(".label").stream().map(Label.class::cast).toList();
            if (labels.stream().anyMatch(l -> l.getText().equals(title))) {
                return figure.lookupAll(".figure-value").stream()
                        .map(n -> ((Label) n).getText().replace(Numbers.THIN_SPACE, " "))
                        .findFirst()
                        .orElseThrow();
            }
        }
        return "";
    }

    private String strips() {
        return tab.node().lookupAll(".strip").stream()
                .map(n -> ((Strip) n).getText().replace(Numbers.THIN_SPACE, " "))
                .reduce("", (a, b) -> a + b + "\n");
    }

    private String pill() {
        return ((Label) tab.node().lookup(".state-pill")).getText();
    }

    private void select(FxRobot robot, Selection selection) {
        robot.interact(() -> tab.select(selection));
    }

    private static Selection cell() {
        return new Selection(
                "states",
                List.of(
                        RefKind.neuron("model").at("2:3"),
                        RefKind.ofClass().at("3")));
    }

    // --- states

    @Test
    void aDoneRunShowsItsFiguresChartsTablesAndProvenance(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        assertThat(pill()).isEqualTo("Done");
        assertThat(figure("Recall, test")).isEqualTo("78.2 %");
        assertThat(strips()).isEmpty();
        Look.picture(scene, "run-tab-done-light");
        robot.clickOn("#page-tables");
        Look.picture(scene, "run-tab-tables-light");
        robot.clickOn("#page-provenance");
        assertThat(robot.lookup("Geng et al., Towards Reliable Neural Specifications, ICML 2023, arXiv 2210.16114")
                .tryQuery())
                .isPresent();
        Look.picture(scene, "run-tab-provenance-light");
    }

    @Test
    void aDoneRunInTheDarkTheme(FxRobot robot) {
        openDone(robot, ChartTheme.DARK);
        Look.picture(scene, "run-tab-done-dark");
        robot.clickOn("#page-tables");
        robot.clickOn("#table-samples");
        Look.picture(scene, "run-tab-tables-dark");
    }

    @Test
    void aRunBeforeItsFirstResultHasQuietPlaceholders(FxRobot robot) {
        run.progress(new RunProgress("Reading", 900, 60_000, "images", Double.NaN, Double.NaN));
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(tab.node().lookupAll(".placeholder")).isNotEmpty();
        Look.picture(scene, "run-tab-loading");
    }

    @Test
    void aLiveRunFillsInPlaceAndEndsByItself(FxRobot robot) {
        run.progress(new RunProgress("Mining", 31_000, 60_000, "images", 84_000, 0.35));
        run.emit(new Scalar("train_accuracy", "Accuracy, train", 0.9908, "share", "of 31,000 images"));
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(pill()).isEqualTo("Running");
        found();
        Look.until(() -> figure("Recall, train").equals("78.7 %"));
        assertThat(((Label) tab.node().lookup(".run-status")).getText().replace(Numbers.THIN_SPACE, " "))
                .startsWith("Mining: 31 000 / 60 000 images, 84k/s, 0:01 left");
        assertThat(tab.node().lookup(".live-dot").isVisible()).isTrue();
        Look.picture(scene, "run-tab-live");
        run.state(RunState.DONE);
        Look.until(() -> pill().equals("Done") && !tab.node().lookup(".live-dot").isVisible());
    }

    @Test
    void pauseResumeAndStopReachTheRun(FxRobot robot) {
        open(robot, ChartTheme.LIGHT, 1000, 800);
        Button pause = (Button) tab.node().lookup("#pause-run");
        robot.interact(pause::fire);
        Look.until(() -> pill().equals("Paused") && pause.getText().equals("Resume"));
        Look.picture(scene, "run-tab-paused");
        robot.interact(pause::fire);
        robot.interact(((Button) tab.node().lookup("#stop-run"))::fire);
        assertThat(run.asked).containsExactly("pause", "resume", "cancel");
        Look.until(() -> pill().equals("Cancelled"));
    }

    @Test
    void aCancelledRunKeepsWhatItFoundAndSaysHowMuch(FxRobot robot) {
        found();
        run.progress(new RunProgress("Mining", 31_000, 60_000, "images", 0, 0));
        run.state(RunState.CANCELLED);
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(strips()).contains("partial: 31 000 of 60 000 images");
        assertThat(figure("Recall, test")).isEqualTo("78.2 %");
        Look.picture(scene, "run-tab-cancelled");
        robot.clickOn("Run again");
        assertThat(workbench.asked).contains("again r1");
    }

    @Test
    void anInterruptedRunSaysSo(FxRobot robot) {
        found();
        run.progress(new RunProgress("Mining", 31_000, 60_000, "images", 0, 0));
        run.state(RunState.INTERRUPTED);
        open(robot, ChartTheme.DARK, 1440, 900);
        assertThat(strips()).contains("The program ended before this run did, partial: 31 000 of 60 000 images.");
        Look.picture(scene, "run-tab-interrupted-dark");
    }

    @Test
    void aFailedRunSaysWhatWhereAndHowToMendAndCopiesDetails(FxRobot robot) {
        run.emit(new Scalar("train_accuracy", "Accuracy, train", 0.9908, "share", "of 12,000 images"));
        run.progress(new RunProgress("Mining", 12_000, 60_000, "images", 0, 0));
        run.fail(new RunFailure(
                "train-images-idx3-ubyte.gz: the file ends after 13 of 784 bytes of image 12,000; get it again.",
                true,
                "dev.assay.analysis.InputException: the file ends"));
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(strips()).contains("the file ends after 13 of 784 bytes").contains("partial: 12 000 of 60 000");
        Look.picture(scene, "run-tab-failed");
        robot.clickOn("Copy details");
        String[] copied = new String[1];
        robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertThat(copied[0]).contains("InputException").contains("get it again");
    }

    @Test
    void warningsAreShownAndTheRestIsInTheLog(FxRobot robot) {
        for (int i = 0; i < 5; i++) {
            run.log(true, "class " + i + " has fewer than 1/s samples, so s acts as 0");
        }
        run.log(false, "Opened the model");
        done();
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(strips()).contains("class 0").contains("2 more warnings");
        Look.picture(scene, "run-tab-warnings");
        robot.clickOn("Show the log");
        Look.until(() -> robot.lookup("Opened the model").tryQuery().isPresent());
        Look.picture(scene, "run-tab-log");
    }

    @Test
    void aRunWithoutResultsIsAnEmptyState(FxRobot robot) {
        run.state(RunState.DONE);
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(robot.lookup("This run has no charts.").tryQuery()).isPresent();
        Look.picture(scene, "run-tab-empty");
    }

    @Test
    void degenerateResultsAreShownWithoutHarm(FxRobot robot) {
        run.emit(new Scalar("recall", "Recall", Double.NaN, "share", ""));
        run.emit(new Table.Builder("none", "No rows", FakeMining.samples(0).columns()).snapshot());
        run.emit(new ImageGrid("pictures", "No pictures", List.of()));
        run.state(RunState.DONE);
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(figure("Recall")).isEqualTo(Numbers.ABSENT);
        Look.picture(scene, "run-tab-degenerate");
    }

    @Test
    void aRunOfAnAnalysisThatIsNotInstalledStillShowsItsResults(FxRobot robot) {
        done();
        open(robot, ChartTheme.LIGHT, 1440, 900, Optional.empty());
        assertThat(figure("Recall, test")).isEqualTo("78.2 %");
        assertThat(tab.title().get()).isEqualTo("fake-mining");
    }

    @Test
    void aRunWithTablesOnlyOpensOnThem(FxRobot robot) {
        run.emit(FakeMining.samples(12));
        run.state(RunState.DONE);
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(tab.node().lookup("#result-table-samples")).isInstanceOf(ResultTable.class);
    }

    @Test
    void theCommandLineIsCopiedAndTheFolderShown(FxRobot robot) {
        done();
        open(robot, ChartTheme.LIGHT, 1000, 800);
        robot.interact(() -> button("Copy as command").fire());
        robot.interact(() -> button("Open the run's folder").fire());
        String[] copied = new String[1];
        robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertThat(copied[0]).startsWith("assay run fake-mining model=").contains("slack=0.01");
        assertThat(workbench.asked).contains("folder " + Path.of("/workspace/runs/r1"));
    }

    private Button button(String accessibleText) {
        return tab.node().lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(b -> accessibleText.equals(b.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCardFillsTheTabAndGoesBackWithEscape(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        ResultCard card = (ResultCard) tab.node().lookup("#card-states");
        robot.interact(() -> ((Button) card.lookupAll(".button").stream()
                .filter(b -> "Expand to the full tab".equals(b.getAccessibleText()))
                .findFirst()
                .orElseThrow())
                .fire());
        assertThat(card.isExpanded()).isTrue();
        Look.picture(scene, "run-tab-expanded");
        robot.type(KeyCode.ESCAPE);
        Look.until(() -> !card.isExpanded() && tab.node().lookup("#card-conflicts") != null);
    }

    // --- live parameters

    @Test
    void movingTheSliderComputesAnewAndResetGoesBack(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        Slider slider = (Slider) tab.node().lookup("#slide-slack");
        robot.interact(() -> slider.setValue(3));
        Look.until(() -> figure("Recall, train").equals("30.1 %"));
        assertThat(((TextField) tab.node().lookup("#live-slack")).getText()).isEqualTo("0.05");
        assertThat(tab.node().lookup("#card-states").getAccessibleText()).contains("slack 0.05,");
        assertThat(tab.node().lookupAll(".figure").stream().map(Node::getAccessibleText))
                .anyMatch(t -> t.contains("run: 78.7"));
        Look.picture(scene, "run-tab-slider");
        robot.clickOn("#reset-live");
        Look.until(() -> figure("Recall, train").equals("78.7 %"));
        assertThat(slider.getValue()).isEqualTo(2);
        assertThat(tab.node().lookup("#card-states").getAccessibleText()).contains("slack 0.01,");
    }

    @Test
    void theFieldTakesFractionsExactly(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        TextField field = (TextField) tab.node().lookup("#live-slack");
        robot.interact(() -> {
            field.setText("1/6");
            field.fireEvent(new ActionEvent());
        });
        Look.until(() -> tab.node().lookup("#card-states").getAccessibleText().contains("slack 1/6,"));
    }

    @Test
    void aValueOutOfRangeIsRefusedWithTheRange(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        TextField field = (TextField) tab.node().lookup("#live-slack");
        robot.interact(() -> {
            field.setText("0.7");
            field.fireEvent(new ActionEvent());
        });
        assertThat(robot.lookup("Relaxation slack s: 0.7 is out of range; 0 <= slack < 0.5 is needed").tryQuery())
                .isPresent();
        assertThat(mining.updates.get()).isZero();
        Look.picture(scene, "run-tab-slack-refused");
    }

    @Test
    void whileOneUpdateWorksOnlyTheNewestOfTheOthersFollows(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        mining.gate = new CountDownLatch(1);
        Slider slider = (Slider) tab.node().lookup("#slide-slack");
        for (double at : new double[] {0, 0.4, 0.5, 0.6, 1, 1.5, 3}) {
            robot.interact(() -> slider.setValue(at));
        }
        mining.gate.countDown();
        Look.until(() -> figure("Recall, train").equals("30.1 %"));
        assertThat(mining.updates.get()).isEqualTo(2);
    }

    @Test
    void anUpdateThatEndsAfterResetIsDropped(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        mining.gate = new CountDownLatch(1);
        robot.interact(() -> ((Slider) tab.node().lookup("#slide-slack")).setValue(3));
        robot.interact(() -> ((Button) tab.node().lookup("#reset-live")).fire());
        mining.gate.countDown();
        Look.until(() -> tab.node().lookup(".live-parameters .progress-indicator") != null
                && !tab.node().lookup(".live-parameters .progress-indicator").isVisible());
        assertThat(figure("Recall, train")).isEqualTo("78.7 %");
        assertThat(tab.node().lookup("#card-states").getAccessibleText()).contains("slack 0.01,");
    }

    @Test
    void aCancelledRunHasNoSlider(FxRobot robot) {
        found();
        run.state(RunState.CANCELLED);
        open(robot, ChartTheme.LIGHT, 1440, 900);
        assertThat(explorable()).isFalse();
        assertThat(workbench.problems).isEmpty();
    }

    @Test
    void closingTheTabClosesTheExplorer(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        robot.interact(() -> tab.close());
        Look.until(() -> mining.closed.get() == 1);
    }

    // --- linked selection

    @Test
    void aCellLeadsToItsPicturesAndAPictureToItsSample(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        select(robot, cell());
        Look.until(() -> tab.node().lookup("#details-violations") != null);
        assertThat(((Label) tab.node().lookup("#details-title")).getText()).isEqualTo("Neuron 2:3, class 3");
        Look.until(() -> tab.node().lookup("#details-violations .tile .image-view") != null);
        Look.picture(scene, "run-tab-details");
        robot.clickOn("#details-violations .tile");
        Look.until(() -> workbench.asked.contains("sample test 3"));
    }

    @Test
    void detailsInTheDarkAtTheSmallestWindow(FxRobot robot) {
        done();
        open(robot, ChartTheme.DARK, 860, 640);
        Look.until(this::explorable);
        select(robot, cell());
        Look.until(() -> tab.node().lookup("#details-violations .tile .image-view") != null);
        Look.picture(scene, "run-tab-details-small-dark");
    }

    @Test
    void aDoubleClickOnARowOpensItsSample(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        robot.clickOn("#page-tables");
        robot.interact(() -> ((ToggleButton) tab.node().lookup("#table-samples")).fire());
        ResultTable table = (ResultTable) tab.node().lookup("#result-table-samples");
        robot.interact(() -> table.select(5));
        Look.until(() -> tab.node().lookup("#open-sample") != null);
        TableView<?> view = (TableView<?>) table.lookup(".table-view");
        robot.interact(view::requestFocus);
        robot.type(KeyCode.ENTER);
        Look.until(() -> workbench.asked.contains("sample test 5"));
    }

    @Test
    void theDetailsOfALiveRunSayWhenTheyCanBeLookedInto(FxRobot robot) {
        found();
        open(robot, ChartTheme.LIGHT, 1440, 900);
        select(robot, cell());
        assertThat(robot.lookup("The evidence behind it can be looked into when the run has ended.").tryQuery())
                .isPresent();
    }

    @Test
    void detailsFollowTheSlider(FxRobot robot) {
        openDone(robot, ChartTheme.LIGHT);
        select(robot, cell());
        Look.until(() -> tab.node().lookup("#details-violations") != null);
        robot.interact(() -> ((Slider) tab.node().lookup("#slide-slack")).setValue(3));
        Look.until(() -> tab.node().lookup("#details-violations") instanceof ResultCard c
                && c.getAccessibleText().endsWith("slack 0.05"));
    }

    // --- moved inputs

    @Test
    void aMovedInputIsAskedForAndTheRestStaysUsable(FxRobot robot) {
        workbench.inputs.remove(run.inputs.get("test").getFirst());
        done();
        open(robot, ChartTheme.LIGHT, 1440, 900);
        Look.until(() -> strips().contains("The input 'test'"));
        assertThat(figure("Recall, test")).isEqualTo("78.2 %");
        Look.picture(scene, "run-tab-moved");
        workbench.inputs.put(Location.of(MOVED), FakeDataset.images("found", 10_000));
        robot.clickOn("Locate it");
        Look.until(() -> explorable() && strips().isEmpty());
        select(robot, cell());
        Look.until(() -> tab.node().lookup("#details-violations .tile .image-view") != null);
        robot.clickOn("#details-violations .tile");
        Look.until(() -> workbench.asked.contains("sample found 3"));
    }
}

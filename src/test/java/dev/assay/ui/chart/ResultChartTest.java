package dev.assay.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Drawn;
import dev.assay.chart.Hit;
import dev.assay.chart.Samples;
import java.util.ArrayList;
import java.util.List;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ResultChartTest {

    private final List<Selection> selections = new ArrayList<>();
    private Stage stage;
    private ChartHarness harness;
    private ResultChart chart;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @BeforeEach
    void open(FxRobot robot) {
        harness = new ChartHarness(robot, stage);
    }

    private void show(FxRobot robot, Result result) {
        chart = harness.show(result, ChartTheme.LIGHT, 640, 400);
        robot.interact(() -> chart.setOnSelection(selections::add));
    }

    private List<String> tip(FxRobot robot) {
        return robot.from(chart).lookup(".chart-tip .label").queryAllAs(Label.class).stream()
                .map(Label::getText)
                .toList();
    }

    private Hit at(int right, int down) {
        Hit hit = harness.first();
        for (int i = 0; i < right; i++) {
            hit = chart.seen().drawn().hits().step(hit, 1, 0).orElseThrow();
        }
        for (int i = 0; i < down; i++) {
            hit = chart.seen().drawn().hits().step(hit, 0, 1).orElseThrow();
        }
        return hit;
    }

    @Test
    void hoverNamesTheNearestPointAndItsValues(FxRobot robot) {
        show(robot, Samples.banded());
        Point2D point = harness.screen(at(10, 0));
        robot.moveTo(point.add(3, -4));

        assertThat(tip(robot)).containsExactly("Occlusion", "Sparsity |S|/|E| 0.5", "Fidelity F₊ 0.4 (0.37 to 0.43)");
        assertThat(robot.from(chart).lookup(".hover-point").query().isVisible()).isTrue();
    }

    @Test
    void hoverFarFromEveryPointShowsNothing(FxRobot robot) {
        show(robot, Samples.banded());
        robot.moveTo(harness.screen(at(10, 0)));
        robot.moveTo(harness.inPlot(0.1, 0.1));

        assertThat(robot.from(chart).lookup(".chart-tip").query().isVisible()).isFalse();
    }

    @Test
    void clickOnALineSelectsItsSeries(FxRobot robot) {
        show(robot, Samples.recall());
        robot.clickOn(harness.screen(at(4, 0)));

        assertThat(selections).containsExactly(
                new Selection("train_recall", List.of(RefKind.ofClass().at("0"))));
        assertThat(chart.view().highlighted()).isEqualTo("0");
    }

    @Test
    void clickOnACellSelectsItsRowThenItsColumn(FxRobot robot) {
        show(robot, Samples.states());
        robot.clickOn(harness.inPlot(0.75, 0.5));

        List<Ref> refs = selections.getFirst().refs();
        assertThat(refs).extracting(r -> r.kind().kind()).containsExactly("neuron", "class");
        assertThat(refs.get(0).key()).matches("[23]:\\d+");
        assertThat(refs.get(1).key()).isEqualTo("7");
    }

    @Test
    void clickOnAPointSelectsWhatIsBehindIt(FxRobot robot) {
        show(robot, Samples.plane());
        robot.clickOn(harness.screen(harness.first()));

        assertThat(selections.getFirst().refs()).extracting(Ref::key).hasSize(1).first().isIn(
                "Occlusion", "Gradient", "Integrated gradients", "GNNExplainer", "Random");
        assertThat(robot.from(chart).lookup(".selected-point").query().isVisible()).isTrue();
    }

    @Test
    void clickOnABarOfARankingSelectsItsEntry(FxRobot robot) {
        show(robot, Samples.ranking(8));
        robot.clickOn(harness.screen(at(0, 2)));

        assertThat(selections.getFirst().refs()).containsExactly(RefKind.neuron("model").at("3:74"));
    }

    @Test
    void clickOnAHistogramSelectsNothing(FxRobot robot) {
        show(robot, Samples.distribution(1));
        robot.clickOn(harness.screen(at(10, 0)));

        assertThat(selections).isEmpty();
        assertThat(robot.from(chart).lookup(".selected-area").query().isVisible()).isTrue();
    }

    @Test
    void dragZoomsBothAxesAndDoubleClickResetsBoth(FxRobot robot) {
        show(robot, Samples.banded());
        Drawn whole = chart.seen().drawn();
        robot.drag(harness.inPlot(0.25, 0.25)).dropTo(harness.inPlot(0.75, 0.75));
        harness.settle();

        Drawn zoomed = chart.seen().drawn();
        assertThat(zoomed.x().length()).isBetween(whole.x().length() * 0.45, whole.x().length() * 0.55);
        assertThat(zoomed.y().length()).isBetween(whole.y().length() * 0.45, whole.y().length() * 0.55);

        robot.doubleClickOn(harness.inPlot(0.5, 0.05), MouseButton.PRIMARY);
        harness.settle();
        assertThat(chart.seen().drawn().x()).isEqualTo(whole.x());
        assertThat(chart.seen().drawn().y()).isEqualTo(whole.y());
    }

    @Test
    void dragAlongOneAxisLeavesTheOther(FxRobot robot) {
        show(robot, Samples.banded());
        robot.drag(harness.inPlot(0.25, 0.5)).dropTo(harness.inPlot(0.75, 0.5));
        harness.settle();

        assertThat(chart.view().x()).isNotNull();
        assertThat(chart.view().y()).isNull();
    }

    @Test
    void draggedRowsOfAMatrixAreTheOnesThatWereMarked(FxRobot robot) {
        show(robot, Samples.conflicts());
        robot.drag(harness.inPlot(0.005, 0.005)).dropTo(harness.inPlot(0.995, 0.3));
        harness.settle();

        assertThat(chart.seen().drawn().y().lower()).isBetween(-0.6, -0.4);
        assertThat(chart.seen().drawn().y().upper()).isBetween(2.4, 2.6);
    }

    @Test
    void shiftDragMovesTheRange(FxRobot robot) {
        show(robot, Samples.banded());
        double before = chart.seen().drawn().x().lower();
        robot.press(KeyCode.SHIFT);
        robot.drag(harness.inPlot(0.75, 0.5)).dropTo(harness.inPlot(0.5, 0.5));
        robot.release(KeyCode.SHIFT);
        harness.settle();

        assertThat(chart.seen().drawn().x().lower()).isGreaterThan(before + 0.2);
    }

    /** JavaFX's headless platform has no wheel, so its event is made by hand. */
    private void wheel(FxRobot robot, Point2D at, double notches) {
        robot.interact(() -> {
            Point2D local = chart.screenToLocal(at);
            Event.fireEvent(
                    chart,
                    new ScrollEvent(
                            ScrollEvent.SCROLL, local.getX(), local.getY(), at.getX(), at.getY(), false, false, false,
                            false, false, false, 0, 40 * notches, 0, 40 * notches,
                            ScrollEvent.HorizontalTextScrollUnits.NONE, 0, ScrollEvent.VerticalTextScrollUnits.NONE, 0,
                            0, null));
        });
        harness.settle();
    }

    @Test
    void wheelZoomsOnlyAChartThatHasTheFocus(FxRobot robot) {
        show(robot, Samples.banded());
        Button elsewhere = new Button("elsewhere");
        robot.interact(() -> {
            ((Pane) chart.getParent()).getChildren().addFirst(elsewhere);
            elsewhere.requestFocus();
        });
        double whole = chart.seen().drawn().x().length();
        wheel(robot, harness.inPlot(0.5, 0.5), 2);
        assertThat(chart.seen().drawn().x().length()).isEqualTo(whole);

        robot.interact(chart::requestFocus);
        wheel(robot, harness.inPlot(0.5, 0.5), 2);
        assertThat(chart.seen().drawn().x().length()).isCloseTo(whole / 1.44, Offset.offset(1e-9));
    }

    @Test
    void wheelKeepsTheValueUnderTheMouse(FxRobot robot) {
        show(robot, Samples.conflicts());
        robot.interact(chart::requestFocus);
        Point2D point = harness.inPlot(0.25, 0.25);
        Hit before = hitAt(point);
        wheel(robot, point, 3);

        assertThat(hitAt(point).place()).isEqualTo(before.place());
        assertThat(chart.view().x()).isNotNull();
    }

    private Hit hitAt(Point2D screen) {
        Point2D local = chart.screenToLocal(screen);
        return chart.hitAt(local.getX(), local.getY()).orElseThrow();
    }

    @Test
    void wheelOutShowsAllAgain(FxRobot robot) {
        show(robot, Samples.banded());
        robot.interact(chart::requestFocus);
        wheel(robot, harness.inPlot(0.5, 0.5), 2);
        wheel(robot, harness.inPlot(0.5, 0.5), -5);

        assertThat(chart.view().x()).isNull();
        assertThat(chart.view().y()).isNull();
    }

    @Test
    void wheelScrollsALongRankingToItsEndAndNoFarther(FxRobot robot) {
        show(robot, Samples.ranking(200));
        robot.interact(chart::requestFocus);
        for (int i = 0; i < 20; i++) {
            wheel(robot, harness.inPlot(0.5, 0.5), -10);
        }

        assertThat(chart.seen().drawn().y().upper()).isCloseTo(199.5, Offset.offset(1e-6));
    }

    @Test
    void nameOfASeriesHidesIt(FxRobot robot) {
        show(robot, Samples.banded());
        var label = chart.seen().drawn().labels().getFirst();
        robot.clickOn(harness.screen(label.area().getCenterX(), label.area().getCenterY()));
        harness.settle();

        assertThat(chart.view().hidden()).containsExactly(label.series());
        assertThat(chart.seen().chart().jfree().getXYPlot().getDataset().getSeriesCount()).isEqualTo(2);
    }

    @Test
    void mouseOnALineOfManyBringsItForward(FxRobot robot) {
        show(robot, Samples.recall());
        robot.moveTo(harness.screen(at(4, 0)));
        harness.settle();

        assertThat(chart.seen().wanted().view().highlighted()).isEqualTo("0");
    }

    @Test
    void arrowKeysWalkThePointsAndEnterSelects(FxRobot robot) {
        show(robot, Samples.conflicts());
        robot.interact(chart::requestFocus);
        robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT).push(KeyCode.DOWN).push(KeyCode.ENTER);

        assertThat(chart.getAccessibleText()).isEqualTo("Class 1, Class 1, Opposing neurons –");
        assertThat(selections.getFirst().refs()).extracting(Ref::key).containsExactly("1", "1");
    }

    @Test
    void accessibleTextStatesTheFinding(FxRobot robot) {
        show(robot, Samples.recall());

        assertThat(chart.getAccessibleRole()).isEqualTo(AccessibleRole.IMAGE_VIEW);
        assertThat(chart.getAccessibleText())
                .isEqualTo("Recall against slack, train split, 11 series, all: 24.8\u202f% at 0, 94.1\u202f% at 0.5");
        assertThat(chart.isFocusTraversable()).isTrue();
    }

    @Test
    void keysZoomAndShowAllAgain(FxRobot robot) {
        show(robot, Samples.banded());
        Drawn whole = chart.seen().drawn();
        robot.interact(chart::requestFocus);
        robot.push(KeyCode.PLUS);
        harness.settle();
        assertThat(chart.seen().drawn().x().length()).isLessThan(whole.x().length());

        robot.push(KeyCode.DIGIT0);
        harness.settle();
        assertThat(chart.seen().drawn().x()).isEqualTo(whole.x());
        assertThat(chart.seen().drawn().y()).isEqualTo(whole.y());
    }

    @Test
    void newThemeIsPaintedAtOnce(FxRobot robot) {
        show(robot, Samples.banded());
        robot.interact(() -> chart.setTheme(ChartTheme.DARK));
        harness.settle();

        assertThat(chart.seen().wanted().view().theme()).isEqualTo(ChartTheme.DARK);
    }

    @Test
    void zoomOutlivesANewSnapshotOfTheSameResultButNotAnotherResult(FxRobot robot) {
        show(robot, Samples.banded());
        robot.drag(harness.inPlot(0.25, 0.25)).dropTo(harness.inPlot(0.75, 0.75));
        harness.settle();
        var zoomed = chart.seen().drawn().x();
        robot.interact(() -> chart.show(Samples.banded(), "later"));
        harness.settle();
        assertThat(chart.seen().drawn().x()).isEqualTo(zoomed);

        robot.interact(() -> chart.show(Samples.recall(), "later"));
        harness.settle();
        assertThat(chart.view().x()).isNull();
    }

    @Test
    void nothingIsPaintedWhenNothingChanged(FxRobot robot) {
        Result result = Samples.banded();
        show(robot, result);
        int before = chart.paintCount();
        robot.interact(() -> {
            chart.show(result, chart.view().subtitle());
            chart.setTheme(ChartTheme.LIGHT);
            chart.setLive(false);
            chart.requestLayout();
        });
        harness.settle();

        assertThat(chart.paintCount()).isEqualTo(before);
    }

    @Test
    void burstOfSnapshotsIsPaintedAtMostTwice(FxRobot robot) {
        show(robot, Samples.banded());
        int before = chart.paintCount();
        robot.interact(() -> {
            for (int i = 1; i <= 200; i++) {
                chart.show(Samples.million(i), "step " + i);
            }
        });
        harness.settle();

        assertThat(chart.paintCount() - before).isBetween(1, 2);
        assertThat(chart.seen().chart().jfree().getXYPlot().getDataset().getItemCount(0)).isEqualTo(200);
    }

    @Test
    void resizeOfBothSidesIsPaintedOnce(FxRobot robot) {
        show(robot, Samples.banded());
        int before = chart.paintCount();
        robot.interact(() -> {
            chart.setMaxSize(500, 300);
        });
        ChartHarness.until(() -> chart.getWidth() == 500 && chart.getHeight() == 300);
        harness.settle();

        assertThat(chart.paintCount() - before).isEqualTo(1);
        assertThat(chart.seen().wanted().width()).isEqualTo(500);
    }

    @Test
    void chartOutOfSightIsPaintedWhenItComesIntoSight(FxRobot robot) {
        show(robot, Samples.banded());
        ScrollPane page = new ScrollPane();
        robot.interact(() -> {
            Region above = new Region();
            above.setMinHeight(2_000);
            ((Pane) chart.getParent()).getChildren().setAll(page);
            page.setContent(new VBox(above, chart));
            page.setFitToWidth(true);
            page.applyCss();
            page.layout();
        });
        ChartHarness.until(chart::isUpToDate);
        int before = chart.paintCount();
        robot.interact(() -> chart.show(Samples.banded(), "out of sight"));
        ChartHarness.until(chart::isUpToDate);
        assertThat(chart.paintCount()).isEqualTo(before);

        robot.interact(() -> page.setVvalue(1));
        ChartHarness.until(() -> chart.paintCount() > before);
        assertThat(chart.seen().wanted().view().subtitle()).isEqualTo("out of sight");
    }

    @Test
    void liveLineOfAMillionPointsIsThinnedToThePixels(FxRobot robot) {
        show(robot, Samples.million(10));
        robot.interact(() -> {
            chart.setLive(true);
            chart.show(Samples.million(1_000_000), "live");
        });
        harness.settle();

        int drawn = chart.seen().chart().jfree().getXYPlot().getDataset().getItemCount(0);
        assertThat(drawn).isBetween(500, 5 * (int) chart.getWidth());
        assertThat(robot.from(chart).lookup(".live-dot").query().isVisible()).isTrue();
    }

    @Test
    void axesOfALiveChartMoveInSteps(FxRobot robot) {
        show(robot, line(99));
        robot.interact(() -> chart.setLive(true));
        List<Double> ends = new ArrayList<>();
        for (int n = 100; n < 140; n += 2) {
            int points = n;
            robot.interact(() -> chart.show(line(points), "live"));
            ChartHarness.until(chart::isUpToDate);
            ends.add(chart.seen().drawn().x().upper());
        }

        assertThat(ends).isSorted();
        // Forty in a hundred more points are a step of a quarter of the axis or two, however many pictures were drawn.
        assertThat(ends.stream().distinct().count()).isLessThanOrEqualTo(3);
    }

    private static Curve line(int points) {
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = i;
            y[i] = Math.sqrt(i);
        }
        return new Curve(
                "line", "Line", Axis.of("Step", ""), Axis.of("Value", ""), List.of(Curve.Series.of("a", x, y)), null);
    }

    @Test
    void aThemeThatChangesWhileATabIsHiddenIsSeenWhenItIsShown(FxRobot robot) {
        show(robot, Samples.banded());
        int before = chart.paintCount();
        Pane place = (Pane) chart.getParent();
        robot.interact(() -> {
            place.setVisible(false);
            chart.setTheme(ChartTheme.DARK);
        });
        harness.settle();
        robot.interact(() -> place.setVisible(true));
        harness.settle();
        assertThat(chart.paintCount()).isGreaterThan(before);
    }
}

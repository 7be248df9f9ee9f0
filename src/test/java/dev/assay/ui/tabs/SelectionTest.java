package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.run.RunState;
import dev.assay.ui.chart.ResultChart;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.Selected;
import dev.assay.ui.view.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** One selection: what is clicked or brushed in one view is seen in the others. */
@ExtendWith(ApplicationExtension.class)
class SelectionTest {

    private static final int ROWS = 400;

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final FakeRun run = new FakeRun();
    private Stage stage;
    private RunTab tab;
    private Scene scene;
    private Scope samples;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> tab.close());
    }

    private void open(FxRobot robot, ChartTheme theme) {
        Table table = FakeMining.samples(ROWS);
        run.emit(map());
        run.emit(violations(table));
        run.emit(hardest());
        run.emit(table);
        run.state(RunState.DONE);
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = new RunTab(workbench, run, Optional.empty());
            scene = Look.show(stage, (Parent) tab.node(), 1440, 900, theme);
            samples = new Scope(
                    Scope.SAMPLE, workbench.selection().origin(run.inputs.get("test").getFirst()));
        });
        Look.built(scene);
        Look.until(() -> chart("embedding_map").isUpToDate());
    }

    private static Scatter map() {
        List<Scatter.Series> series = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            double[] x = new double[ROWS / 2];
            double[] y = new double[ROWS / 2];
            String[] keys = new String[ROWS / 2];
            for (int i = 0; i < x.length; i++) {
                int sample = 2 * i + c;
                x[i] = (c == 0 ? -2 : 2) + Math.cos(sample * 1.3) * (sample % 11) / 11.0;
                y[i] = Math.sin(sample * 1.3) * (sample % 11) / 11.0;
                keys[i] = String.valueOf(sample);
            }
            series.add(Scatter.Series.of(c == 0 ? "even" : "odd", x, y, keys));
        }
        return new Scatter(
                "embedding_map", "Embedding map", Axis.of("First component", ""), Axis.of("Second component", ""),
                series, FakeMining.TEST_SAMPLE);
    }

    private static Distribution violations(Table table) {
        double[] edges = new double[24];
        long[] counts = new long[23];
        for (int e = 0; e < edges.length; e++) {
            edges[e] = e - 0.5;
        }
        for (int r = 0; r < table.rowCount(); r++) {
            counts[(int) table.number(r, table.columnIndex("violations"))]++;
        }
        return new Distribution(
                "violations", "Violations by sample", Axis.of("Violations", "").from("samples", "violations"), edges,
                List.of(new Distribution.Series("test", counts)));
    }

    private static Ranking hardest() {
        List<Ranking.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            entries.add(new Ranking.Entry(
                    "sample " + (7 * i + 3), 22 - i, Double.NaN, FakeMining.TEST_SAMPLE.at(7 * i + 3)));
        }
        return new Ranking("hardest", "Hardest samples", Axis.of("Violations", ""), entries);
    }

    private ResultChart chart(String id) {
        return (ResultChart) tab.node().lookup("#card-" + id).lookup(".result-chart");
    }

    private TableView<?> table(FxRobot robot) {
        robot.clickOn("#page-tables");
        // Rankings are tables, too, and may come first.
        Look.until(() -> tab.node().lookup("#table-samples") != null);
        robot.clickOn("#table-samples");
        Look.until(() -> tab.node().lookup("#result-table-samples .table-view") != null);
        return (TableView<?>) tab.node().lookup("#result-table-samples .table-view");
    }

    private void drag(FxRobot robot, Node node, double... corners) {
        Bounds on = node.localToScreen(node.getLayoutBounds());
        for (int i = 0; i < corners.length; i += 2) {
            double x = on.getMinX() + corners[i] * on.getWidth();
            double y = on.getMinY() + corners[i + 1] * on.getHeight();
            robot.moveTo(x, y);
            if (i == 0) {
                robot.press(MouseButton.PRIMARY);
            }
        }
        robot.release(MouseButton.PRIMARY);
    }

    /** The headless platform's robot presses no keys together with the mouse, so the events are made here. */
    private static void dragWithAlt(FxRobot robot, Node node, double... corners) {
        Bounds on = node.localToScene(node.getLayoutBounds());
        int last = corners.length - 2;
        for (int i = 0; i <= last; i += 2) {
            double x = on.getMinX() + corners[i] * on.getWidth();
            double y = on.getMinY() + corners[i + 1] * on.getHeight();
            EventType<MouseEvent> type = i == 0 ? MouseEvent.MOUSE_PRESSED : MouseEvent.MOUSE_DRAGGED;
            robot.interact(() -> node.fireEvent(withAlt(type, x, y)));
            if (i == last) {
                robot.interact(() -> node.fireEvent(withAlt(MouseEvent.MOUSE_RELEASED, x, y)));
            }
        }
    }

    private static MouseEvent withAlt(EventType<MouseEvent> type, double x, double y) {
        return new MouseEvent(
                type, x, y, x, y, MouseButton.PRIMARY, 1, false, false, true, false, true, false, false, false, false,
                false, null);
    }

    private void lasso(FxRobot robot, String card, double... corners) {
        Button lasso = (Button) tab.node().lookup("#card-" + card).lookupAll(".button").stream()
                .filter(b -> b.getAccessibleText() != null && b.getAccessibleText().startsWith("Select with a lasso"))
                .findFirst()
                .orElseThrow();
        robot.interact(lasso::fire);
        drag(robot, chart(card), corners);
        Look.until(() -> workbench.selection().selected().isBrush());
    }

    @Test
    void aLassoShowsTheRowsOfItsPointsOnly(FxRobot robot) {
        for (ChartTheme theme : ChartTheme.values()) {
            if (tab != null) {
                close(robot);
            }
            open(robot, theme);
            lasso(robot, "embedding_map", 0.14, 0.25, 0.45, 0.25, 0.45, 0.8, 0.3, 0.82, 0.14, 0.8);
            Set<String> chosen = workbench.selection().selected().of(samples);
            assertThat(chosen).hasSizeBetween(150, 200).allMatch(k -> Integer.parseInt(k) % 2 == 0);
            Look.until(() -> chart("embedding_map").isUpToDate() && chart("hardest").isUpToDate());
            Look.picture(scene, "selection-lasso-" + theme.name().toLowerCase(Locale.ROOT));
            TableView<?> rows = table(robot);
            Look.until(() -> rows.getItems().size() == chosen.size());
            Look.picture(scene, "selection-lasso-table-" + theme.name().toLowerCase(Locale.ROOT));
            robot.interact(() -> ((Button) tab.node().lookup(".strip-button")).fire());
            Look.until(() -> rows.getItems().size() == ROWS);
            assertThat(workbench.selection().selected()).isSameAs(Selected.NONE);
        }
    }

    @Test
    void draggingWithAltIsALassoOnceAndZoomsAfterwards(FxRobot robot) {
        open(robot, ChartTheme.LIGHT);
        double[] corners = {0.14, 0.25, 0.45, 0.25, 0.45, 0.8, 0.3, 0.82, 0.14, 0.8};
        dragWithAlt(robot, chart("embedding_map"), corners);
        Look.until(() -> workbench.selection().selected().isBrush());
        Set<String> chosen = workbench.selection().selected().of(samples);
        assertThat(chosen).hasSizeBetween(150, 200).allMatch(k -> Integer.parseInt(k) % 2 == 0);
        robot.interact(workbench.selection()::clear);
        // Without the key the mouse does what it did before.
        drag(robot, chart("embedding_map"), corners);
        Look.until(() -> chart("embedding_map").isUpToDate());
        assertThat(workbench.selection().selected()).isSameAs(Selected.NONE);
    }

    @Test
    void aBrushOnAHistogramShowsTheRowsInItsBins(FxRobot robot) {
        open(robot, ChartTheme.LIGHT);
        lasso(robot, "violations", 0.5, 0.4, 0.75, 0.4, 0.75, 0.6, 0.5, 0.6);
        Set<String> chosen = workbench.selection().selected().of(samples);
        Table table = FakeMining.samples(ROWS);
        int column = table.columnIndex("violations");
        assertThat(chosen).isNotEmpty().hasSizeLessThan(ROWS / 2);
        double low = chosen.stream().mapToDouble(k -> table.number(Integer.parseInt(k), column)).min().orElseThrow();
        double high = chosen.stream().mapToDouble(k -> table.number(Integer.parseInt(k), column)).max().orElseThrow();
        assertThat(low).isGreaterThan(5);
        assertThat(high).isLessThan(20);
        for (int r = 0; r < ROWS; r++) {
            double value = table.number(r, column);
            assertThat(chosen.contains(String.valueOf(r))).isEqualTo(value >= low && value <= high);
        }
        TableView<?> rows = table(robot);
        Look.until(() -> rows.getItems().size() == chosen.size());
        Look.picture(scene, "selection-histogram");
    }

    @Test
    void aSampleSelectedElsewhereIsSelectedInTheTable(FxRobot robot) {
        open(robot, ChartTheme.LIGHT);
        TableView<?> rows = table(robot);
        robot.interact(() -> workbench.selection().select(this, samples, "271"));
        Look.until(() -> Integer.valueOf(271).equals(rows.getSelectionModel().getSelectedItem()));
        assertThat(workbench.selection().selected().one(samples)).contains("271");
        robot.clickOn("#page-charts");
        Look.picture(scene, "selection-single");
    }

    @Test
    void aClickOnARowIsTheWindowsSelection(FxRobot robot) {
        open(robot, ChartTheme.LIGHT);
        TableView<?> rows = table(robot);
        robot.interact(() -> rows.getSelectionModel().clearAndSelect(5));
        assertThat(workbench.selection().selected().one(samples)).contains("5");
    }

    @Test
    void filesOfOneContentAreOneOrigin(FxRobot robot) {
        open(robot, ChartTheme.LIGHT);
        var here = FakeDataset.images("here", 10).location();
        var there = FakeDataset.images("there", 10).location();
        robot.interact(() -> {
            assertThat(workbench.selection().origin(here)).isNotEqualTo(workbench.selection().origin(there));
            workbench.selection().learn(here, "ab");
            workbench.selection().learn(there, "ab");
            assertThat(workbench.selection().origin(here)).isEqualTo(workbench.selection().origin(there));
            workbench.selection().select(this, Map.of());
            assertThat(workbench.selection().selected().isEmpty()).isTrue();
        });
    }
}

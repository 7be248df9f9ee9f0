package dev.assay.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Result;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.MatrixOrder;
import dev.assay.chart.Samples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ChartMenuTest {

    @TempDir
    private Path folder;

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

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> List.copyOf(Window.getWindows()).stream().filter(w -> w != stage).forEach(Window::hide));
    }

    private void show(FxRobot robot, Result result) {
        chart = harness.show(result, ChartTheme.LIGHT, 640, 400);
        robot.interact(() -> chart.setSave((owner, name, kind) -> Optional.of(folder.resolve(name))));
    }

    private MenuItem item(FxRobot robot, String id) {
        robot.rightClickOn(harness.inPlot(0.65, 0.1));
        ContextMenu menu = Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .map(ContextMenu.class::cast)
                .filter(ContextMenu::isShowing)
                .findFirst()
                .orElseThrow();
        return menu.getItems().stream().filter(i -> id.equals(i.getId())).findFirst().orElseThrow();
    }

    private void choose(FxRobot robot, String id) {
        MenuItem item = item(robot, id);
        robot.interact(() -> {
            if (item instanceof CheckMenuItem check) {
                // A click does both; fire() alone leaves the tick as it is.
                check.setSelected(!check.isSelected());
            }
            item.fire();
            chart.menu().hide();
        });
    }

    private Path export(FxRobot robot, String id, String ending) {
        choose(robot, id);
        ChartHarness.until(() -> !chart.overlay().noteText().isEmpty());
        return folder.resolve(chart.result().id() + ending);
    }

    @Test
    void pngIsTwiceAsFineAsTheScreen(FxRobot robot) throws IOException {
        show(robot, Samples.banded());
        BufferedImage image = ImageIO.read(export(robot, "chart-png", ".png").toFile());

        assertThat(image.getWidth()).isEqualTo(2 * (int) chart.getWidth());
        assertThat(chart.overlay().noteText()).isEqualTo("Saved sparsity_plus.png");
    }

    @Test
    void svgKeepsTextsAsTexts(FxRobot robot) throws IOException {
        show(robot, Samples.banded());
        String svg = Files.readString(export(robot, "chart-svg", ".svg"));

        assertThat(svg).startsWith("<svg").contains(">Fidelity against sparsity<", ">GNNExplainer<", "<path");
    }

    @Test
    void pdfKeepsTextsAsTexts(FxRobot robot) throws IOException {
        show(robot, Samples.banded());
        try (PDDocument document = Loader.loadPDF(export(robot, "chart-pdf", ".pdf").toFile())) {
            assertThat(new PDFTextStripper().getText(document)).contains("Fidelity against sparsity", "Occlusion");
        }
    }

    @Test
    void csvHoldsTheKeysOfThePoints(FxRobot robot) throws IOException {
        show(robot, Samples.cloud(30, 3));
        List<String> lines = Files.readAllLines(export(robot, "chart-csv", ".csv"));

        assertThat(lines).hasSize(31);
        assertThat(lines.getFirst()).isEqualTo("series,sample,Component 1,Component 2,x error,y error");
        assertThat(lines.get(1)).startsWith("class 0,0,");
    }

    @Test
    void fileThatCannotBeWrittenIsSaidAndNothingIsLeft(FxRobot robot) throws IOException {
        show(robot, Samples.banded());
        Path gone = folder.resolve("gone");
        robot.interact(() -> chart.setSave((owner, name, kind) -> Optional.of(gone.resolve(name))));
        export(robot, "chart-svg", ".svg");

        assertThat(chart.overlay().noteText())
                .isEqualTo("sparsity_plus.svg cannot be written: the folder is not there");
        assertThat(gone).doesNotExist();
    }

    @Test
    void userWhoChangesTheirMindGetsNoFile(FxRobot robot) throws IOException {
        show(robot, Samples.banded());
        robot.interact(() -> chart.setSave((owner, name, kind) -> Optional.empty()));
        choose(robot, "chart-png");

        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void imageIsCopiedToTheClipboard(FxRobot robot) {
        show(robot, Samples.conflicts());
        choose(robot, "chart-copy");
        ChartHarness.until(() -> Clipboard.getSystemClipboard().hasImage());

        robot.interact(() -> assertThat(Clipboard.getSystemClipboard().getImage().getWidth())
                .isEqualTo(2 * (int) chart.getWidth()));
    }

    @Test
    void resetZoomShowsAllOfBothAxes(FxRobot robot) {
        show(robot, Samples.banded());
        var whole = chart.seen().drawn();
        robot.drag(harness.inPlot(0.25, 0.25)).dropTo(harness.inPlot(0.75, 0.75));
        harness.settle();
        choose(robot, "chart-reset-zoom");
        harness.settle();

        assertThat(chart.seen().drawn().x()).isEqualTo(whole.x());
        assertThat(chart.seen().drawn().y()).isEqualTo(whole.y());
    }

    @Test
    void axisIsSwitchedBetweenLogarithmicAndLinear(FxRobot robot) {
        show(robot, Samples.recall());
        assertThat(chart.seen().chart().isXLog()).isTrue();
        choose(robot, "chart-x-log");
        harness.settle();

        assertThat(chart.seen().chart().isXLog()).isFalse();
        assertThat(chart.seen().drawn().x().upper()).isBetween(0.5, 0.55);
    }

    @Test
    void whatMakesNoSenseIsDisabled(FxRobot robot) {
        show(robot, Samples.conflicts());

        assertThat(item(robot, "chart-x-log").isDisable()).isTrue();
        assertThat(item(robot, "chart-axis-range").isDisable()).isTrue();
        assertThat(item(robot, "chart-reset-zoom").isDisable()).isTrue();
    }

    @Test
    void rowsAreOrderedByTheColumnUnderTheMouse(FxRobot robot) {
        show(robot, Samples.conflicts());
        Menu order = (Menu) item(robot, "chart-order");
        MenuItem byColumn = order.getItems().stream()
                .filter(i -> "chart-rows-by-column".equals(i.getId()))
                .findFirst()
                .orElseThrow();
        robot.interact(() -> {
            byColumn.fire();
            chart.menu().hide();
        });
        harness.settle();

        // The mouse is over column 6, in which class 0 conflicts most, then class 8.
        assertThat(chart.view().order()).isEqualTo(MatrixOrder.GIVEN.withRows(MatrixOrder.By.line("6")));
        assertThat(harness.first().title()).isEqualTo("Class 0, Class 0");
        assertThat(chart.seen().drawn().hits().step(harness.first(), 0, 1).orElseThrow().title())
                .isEqualTo("Class 8, Class 0");
    }

    @Test
    void rangesAreTypedInNumbers(FxRobot robot) {
        show(robot, Samples.recall());
        choose(robot, "chart-axis-range");
        robot.interact(() -> {
            robot.lookup("#axis-x-from").queryAs(TextField.class).setText("1e-3");
            robot.lookup("#axis-x-to").queryAs(TextField.class).setText("0.1");
            robot.lookup("#axis-y-from").queryAs(TextField.class).setText("0.5");
            robot.lookup("#axis-y-to").queryAs(TextField.class).setText("1");
        });
        robot.clickOn("#axis-apply");
        harness.settle();

        assertThat(chart.seen().drawn().x().lower()).isCloseTo(-3, Offset.offset(1e-6));
        assertThat(chart.seen().drawn().x().upper()).isCloseTo(-1, Offset.offset(1e-6));
        assertThat(chart.seen().drawn().y().lower()).isCloseTo(0.5, Offset.offset(1e-6));
    }

    @Test
    void endsOfARangeFarFromZeroStayApart() {
        assertThat(AxisRangeDialog.text(1e9 + 0.25, 0.5)).isEqualTo("1.00000000025E9");
        assertThat(AxisRangeDialog.text(1e9 + 0.75, 0.5)).isEqualTo("1.00000000075E9");
        assertThat(AxisRangeDialog.text(1 / 3.0, 1)).isEqualTo("0.333333");
        assertThat(AxisRangeDialog.text(-1e-17, 1)).isEqualTo("0");
        assertThat(AxisRangeDialog.text(1e-5, 1e5)).isEqualTo("1.0E-5");
    }

    @Test
    void rangeThatIsNoneIsExplained(FxRobot robot) {
        show(robot, Samples.banded());
        choose(robot, "chart-axis-range");
        robot.interact(() -> robot.lookup("#axis-x-to").queryAs(TextField.class).setText("wide"));
        robot.clickOn("#axis-apply");

        assertThat(robot.lookup("#axis-problem").queryLabeled().getText()).contains("'wide' is not a number");
        assertThat(chart.view().x()).isNull();
    }
}

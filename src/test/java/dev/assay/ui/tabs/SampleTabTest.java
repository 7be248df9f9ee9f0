package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.ui.Strip;
import dev.assay.ui.view.Look;
import java.util.HashSet;
import java.util.Set;
import javafx.event.ActionEvent;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class SampleTabTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private Stage stage;
    private SampleTab tab;
    private Scene scene;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> tab.close());
    }

    private void open(FxRobot robot, Dataset dataset, long index, ChartTheme theme) {
        robot.interact(() -> {
            workbench.theme.set(theme);
            tab = new SampleTab(workbench, dataset, index);
            scene = Look.show(stage, (Parent) tab.node(), 1440, 900, theme);
        });
        Look.built(scene);
    }

    private boolean says(String text) {
        return tab.node().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .anyMatch(n -> text.equals(((Label) n).getText()));
    }

    private ImageView picture() {
        return (ImageView) tab.node().lookup(".sample-picture .image-view");
    }

    @Test
    void showsPictureLabelAndValues(FxRobot robot) {
        open(robot, FakeDataset.images("train", 100), 13, ChartTheme.LIGHT);
        Look.until(() -> picture() != null && picture().getImage() != null);
        assertThat(says("Sample 13")).isTrue();
        assertThat(tab.title().get()).isEqualTo("train #13");
        assertThat(tab.node().lookup(".sample-picture").getAccessibleText()).endsWith("label 3");
        Look.picture(scene, "sample-tab-light");
    }

    @Test
    void thePictureKeepsItsPixels(FxRobot robot) {
        open(robot, FakeDataset.images("train", 100), 13, ChartTheme.LIGHT);
        Look.until(() -> picture() != null && picture().getImage() != null);
        assertThat(picture().getImage().getWidth()).isEqualTo(448);
        Set<Integer> block = new HashSet<>();
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                block.add(picture().getImage().getPixelReader().getArgb(16 * 14 + x, 16 * 14 + y));
            }
        }
        assertThat(block).hasSize(1);
    }

    @Test
    void stepsToThePreviousAndTheNextSample(FxRobot robot) {
        open(robot, FakeDataset.images("train", 100), 13, ChartTheme.DARK);
        robot.interact(((Button) tab.node().lookup("#next-sample"))::fire);
        assertThat(tab.title().get()).isEqualTo("train #14");
        robot.interact(((Button) tab.node().lookup("#previous-sample"))::fire);
        robot.interact(((Button) tab.node().lookup("#previous-sample"))::fire);
        Look.until(
                () -> "Picture of sample 12, label 2".equals(tab.node().lookup(".sample-picture").getAccessibleText()));
        Look.picture(scene, "sample-tab-dark");
    }

    @Test
    void theEndsOfTheDatasetAreTheEnds(FxRobot robot) {
        open(robot, FakeDataset.images("train", 2), 0, ChartTheme.LIGHT);
        assertThat(tab.node().lookup("#previous-sample").isDisabled()).isTrue();
        TextField number = (TextField) tab.node().lookup("#sample-number");
        robot.interact(() -> {
            number.setText("500");
            number.fireEvent(new ActionEvent());
        });
        assertThat(tab.title().get()).isEqualTo("train #1");
        assertThat(tab.node().lookup("#next-sample").isDisabled()).isTrue();
    }

    @Test
    void whatIsNoNumberLeavesTheSample(FxRobot robot) {
        open(robot, FakeDataset.images("train", 2), 1, ChartTheme.LIGHT);
        TextField number = (TextField) tab.node().lookup("#sample-number");
        robot.interact(() -> {
            number.setText("one");
            number.fireEvent(new ActionEvent());
        });
        assertThat(number.getText()).isEqualTo("1");
    }

    @Test
    void aRowOfNumbersHasNoPicture(FxRobot robot) {
        open(robot, FakeDataset.rows("table.csv", 50), 7, ChartTheme.LIGHT);
        Look.until(() -> says("30 rows"));
        assertThat(picture()).isNull();
        Look.picture(scene, "sample-tab-row");
    }

    @Test
    void aSampleThatCannotBeReadSaysSo(FxRobot robot) {
        open(robot, FakeDataset.failing("train", 10), 3, ChartTheme.LIGHT);
        Look.until(() -> tab.node().lookup(".strip") != null);
        assertThat(((Strip) tab.node().lookup(".strip")).getText()).contains("the file was deleted");
        Look.picture(scene, "sample-tab-error");
    }
}

package dev.assay.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Result;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Samples;
import java.util.List;
import java.util.Locale;
import javafx.stage.Stage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Takes a picture of every kind of chart, with the tooltip of its first thing, in both themes. */
@ExtendWith(ApplicationExtension.class)
class ChartScreenshotTest {

    private Stage stage;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @ParameterizedTest
    @EnumSource(ChartTheme.class)
    void everyKindIsDrawnInTheWindow(ChartTheme theme, FxRobot robot) {
        ChartHarness harness = new ChartHarness(robot, stage);
        List<Result> results = Samples.all();
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            ResultChart chart = harness.show(result, theme, 640, 400);
            robot.interact(() -> chart.hover(harness.first()));
            harness.picture("chart-" + (i + 1) + "-" + result.id() + "-" + theme.name().toLowerCase(Locale.ROOT));

            assertThat(chart.paintCount()).isPositive();
            assertThat(chart.hovered()).as(result.id()).isNotNull();
        }
    }
}

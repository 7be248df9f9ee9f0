package dev.assay.ui.shell.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chart.ChartTheme;
import dev.assay.run.LogLine;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.view.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.ListView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class LogPaneTest {

    private LogPane pane;
    private ListView<?> list;

    @Start
    void start(Stage stage) {
        pane = new LogPane();
        Look.show(stage, pane, 500, 300, ChartTheme.LIGHT);
        list = (ListView<?>) pane.lookup("#log-list");
    }

    private static RunView run(String... lines) {
        List<LogLine> log = new ArrayList<>();
        for (String line : lines) {
            log.add(new LogLine(Instant.EPOCH, false, line));
        }
        return new RunRecord(
                "run", "Run", new RunRequest("steps", Map.of(), Map.of(), 0, "cpu", 1), RunState.RUNNING,
                RunProgress.NONE, List.of(), log, Optional.empty(), "cpu", Instant.EPOCH, Optional.empty(),
                Duration.ZERO, Path.of("."), Optional.empty());
    }

    private static String[] numbered(int count) {
        String[] lines = new String[count];
        for (int i = 0; i < count; i++) {
            lines[i] = "line " + i;
        }
        return lines;
    }

    @Test
    void theCountOfWhatIsLeftOutIsTheNewest(FxRobot robot) {
        robot.interact(() -> {
            pane.read(run("begun", "1 further log lines are left out"));
            pane.read(run("begun", "7 further log lines are left out"));
        });
        assertThat(pane.text()).contains("begun", "7 further").doesNotContain("1 further");
    }

    @Test
    void ofVeryManyLinesTheNewestAreShown(FxRobot robot) {
        robot.interact(() -> {
            pane.read(run(numbered(4_000)));
            pane.read(run(numbered(10_000)));
        });
        assertThat(list.getItems()).hasSize(5_000);
        assertThat(pane.text()).endsWith("line 9999").contains("line 5000\n").doesNotContain("line 4999\n");
    }

    @Test
    void whoHasScrolledUpStaysThere(FxRobot robot) {
        robot.interact(() -> pane.read(run(numbered(100))));
        Look.until(() -> ListEnd.isSeen(list));
        robot.interact(() -> list.scrollTo(0));
        Look.until(() -> !ListEnd.isSeen(list));
        robot.interact(() -> pane.read(run(numbered(120))));
        robot.interact(() -> {
            pane.applyCss();
            pane.layout();
        });
        assertThat(ListEnd.isSeen(list)).isFalse();
        robot.interact(() -> list.scrollTo(119));
        Look.until(() -> ListEnd.isSeen(list));
        robot.interact(() -> pane.read(run(numbered(140))));
        Look.until(() -> ListEnd.isSeen(list));
    }
}

package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.report.Block;
import dev.assay.report.ReportJson;
import dev.assay.report.Templates;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.ui.report.ReportTab;
import dev.assay.ui.tabs.CompareTab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.TransferMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @TempDir
    Path folder;

    @Test
    void runsAreComparedReportedCapturedExportedAndRunAgain() throws Exception {
        SampleData sample = TestData.sample();
        try (ShellDriver window = new ShellDriver(folder, Catalogue::load, 1440, 900)) {
            Shell shell = window.shell();
            List<Run> runs = new ArrayList<>();
            for (String slack : List.of("0.01", "0.05")) {
                Map<String, List<Location>> inputs = new LinkedHashMap<>();
                inputs.put("model", List.of(sample.model()));
                inputs.put("train", List.of(sample.train()));
                inputs.put("test", List.of(sample.test()));
                runs.add(shell.session()
                        .backend()
                        .queue()
                        .submit(new RunRequest("nap-mining", inputs, Map.of("slack", slack), 0, "cpu", 2)));
            }
            window.await("both runs ended", () -> runs.stream().allMatch(r -> r.state().isFinal()));
            assertThat(runs).allMatch(r -> r.state() == RunState.DONE);
            window.await("both are listed", () -> shell.parts().runs().all().size() == 2);

            window.act("compare");
            window.await("the runs can be ticked", () -> window.robot.lookup("#run-chooser").tryQuery().isPresent());
            window.fx(() -> {
                shell.parts().overlay().hideNow();
                shell.reports().compare(List.copyOf(runs));
                return null;
            });
            String key = CompareTab.key(List.copyOf(runs));
            window.await("compared",
                    () -> shell.tabs().content(key).orElseThrow().node().lookup("#compare-summary") != null);
            window.settle();
            window.atRest();
            window.screenshot("compare");

            window.fx(() -> {
                shell.reports().create(Templates.COMPARISON, List.copyOf(runs));
                return null;
            });
            ReportTab tab = report(window, "Comparison of 2 runs");
            int before = tab.document().report().get().blocks().size();
            window.fx(() -> {
                tab.document().insert(0, new Block.Note("A larger **slack** lets patterns bind more neurons, and fewer"
                        + " images follow them.\n\n- seen on the training images\n- and on the test images"));
                return null;
            });
            window.fx(() -> {
                shell.tabs().show(key, "", "fth-columns", () -> null);
                return null;
            });
            window.settle();
            window.act("capture-tab");
            window.await("the picture is in the report",
                    () -> tab.document().report().get().blocks().size() == before + 2);
            assertThat(tab.document().report().get().blocks().getLast()).isInstanceOf(Block.Screenshot.class);
            int blocks = tab.document().report().get().blocks().size();
            window.act("capture-window");
            window.await("so is the window", () -> tab.document().report().get().blocks().size() == blocks + 1);
            window.fx(() -> {
                window.node("#inspector .button").requestFocus();
                return null;
            });
            window.act("capture-panel");
            window.await("so is the panel", () -> tab.document().report().get().blocks().size() == blocks + 2);
            List<Block> all = tab.document().report().get().blocks();
            Block.Screenshot whole = (Block.Screenshot) all.get(blocks);
            Block.Screenshot panel = (Block.Screenshot) all.get(blocks + 1);
            assertThat(whole.caption()).startsWith("The window with Comp");
            assertThat(width(whole)).isEqualTo(2 * 1440);
            assertThat(width(panel)).isLessThan(1440);

            window.fx(() -> {
                shell.reports().show(shell.session().backend().workspace().reports().all().getFirst());
                return null;
            });
            window.await("pages painted", tab::isPainted);
            window.settle();
            window.atRest();
            window.screenshot("report");

            double width = window.fx(() -> {
                double narrow = window.stage().getWidth();
                window.stage().setWidth(narrow + 160);
                return narrow;
            });
            window.settle();
            window.await("pages painted for another width", tab::isPainted);
            window.fx(() -> {
                window.stage().setWidth(width);
                return null;
            });

            for (String ending : List.of("html", "pdf")) {
                Path file = folder.resolve("Bericht ä." + ending);
                window.answers.next.add(file);
                window.press("#report-export");
                window.await(ending + " exported", () -> Files.exists(file));
                assertThat(Files.size(file)).isBetween(50_000L, 10_000_000L);
            }
            String page = Files.readString(folder.resolve("Bericht ä.html"));
            assertThat(page)
                    .contains("<strong>slack</strong>", "data:image/png;base64,", "Training recall against slack")
                    .doesNotContain("<script src", "http-equiv");

            window.press("#report-again");
            window.await("inputs can be exchanged", () -> window.robot.lookup("#again-go").tryQuery().isPresent());
            window.press("#again-go");
            ReportTab again = report(window, "Comparison of 2 runs, run again");
            assertThat(again.document().report().get().runs()).hasSize(4);
            assertThat(again.document().report().get().blocks().getFirst())
                    .isEqualTo(new Block.Heading("What has changed", 1));

            assertThat(shell.tabs().selectedKey()).isNotEqualTo(Optional.of(key));
            window.fx(() -> {
                Node title = window.node(".tab");
                // The made-up event carries nothing that others could look at.
                window.node("#tabs").addEventHandler(DragEvent.DRAG_OVER, Event::consume);
                Event.fireEvent(title, new DragEvent(title, title, DragEvent.DRAG_OVER, null, 0, 0, 0, 0,
                        TransferMode.COPY, title, title, new PickResult(title, 0, 0)));
                return null;
            });
            assertThat(shell.tabs().selectedKey())
                    .as("what is dragged over a tab's title brings it to the front")
                    .isEqualTo(Optional.of(key));

            window.await("saved", () -> shell.session().backend().workspace().reports().all().size() == 2);
            String body = shell.session().backend().workspace().reports().all().stream()
                    .filter(r -> r.id().equals(tab.document().id()))
                    .findFirst()
                    .orElseThrow()
                    .body();
            assertThat(new ReportJson().read(body, "test")).isEqualTo(tab.document().report().get());
        }
    }

    private int width(Block.Screenshot picture) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path file = files.filter(f -> f.endsWith(picture.file())).findFirst().orElseThrow();
            return ImageIO.read(file.toFile()).getWidth();
        }
    }

    private static ReportTab report(ShellDriver window, String title) {
        window.await("the report " + title, () -> shown(window, title) != null);
        return window.fx(() -> shown(window, title));
    }

    private static ReportTab shown(ShellDriver window, String title) {
        return window.shell().tabs().keys().stream()
                .flatMap(k -> window.shell().tabs().content(k).stream())
                .filter(c -> c instanceof ReportTab && c.title().get().equals(title))
                .map(c -> (ReportTab) c)
                .findFirst()
                .orElse(null);
    }
}

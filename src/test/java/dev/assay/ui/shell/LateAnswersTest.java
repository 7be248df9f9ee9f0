package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.report.Block;
import dev.assay.report.Templates;
import dev.assay.run.Catalogue;
import dev.assay.run.InputHashing;
import dev.assay.run.InputStamp;
import dev.assay.run.Provenance;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.report.ReportTab;
import dev.assay.ui.tabs.HistoryTab;
import dev.assay.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TreeView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What comes late, twice or in another order than it was asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateAnswersTest {

    private final StepAnalysis steps = new StepAnalysis();
    private ShellDriver window;
    private Shell shell;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        Catalogue real = Catalogue.load();
        window = new ShellDriver(
                folder, () -> new Catalogue(List.of(steps, real.find("nap-mining").orElseThrow()), real.kinds()), 1280,
                800);
        shell = window.shell();
    }

    @BeforeEach
    void tidy() {
        window.tidy();
    }

    @AfterAll
    void close() throws Exception {
        window.close();
    }

    private void run() {
        int before = window.runs().size();
        window.choose("steps");
        window.press("#reset-parameters");
        steps.allow(10);
        window.press("#run-button");
        window.await("done", () -> window.runs().size() > before
                && window.runs().getFirst().state() == RunState.DONE);
    }

    @Test
    void aTabThatIsClosedWhileItsFileIsReadStaysClosed() {
        window.fx(() -> {
            shell.open(TestData.sample().model());
            shell.tabs().closeSelected();
            return null;
        });
        window.await("read", () -> shell.parts().open().items().getFirst().isReady());
        window.settle();
        assertThat(window.fx(() -> shell.tabs().keys())).isEmpty();
    }

    @Test
    void twoThingsPutIntoAReportAtOnceAreInOneReport() {
        window.fx(() -> {
            shell.reports().addToReport(new Block.Note("The first note"));
            shell.reports().addToReport(new Block.Note("The second note"));
            return null;
        });
        window.await("kept", () -> shell.session().backend().workspace().reports().all().stream()
                .anyMatch(r -> r.body().contains("The first note") && r.body().contains("The second note")));
        assertThat(shell.session().backend().workspace().reports().all())
                .filteredOn(r -> r.body().contains("The first note") || r.body().contains("The second note"))
                .hasSize(1);
    }

    @Test
    void whatIsKeptIsKeptInTheOrderInWhichItWasAskedFor() {
        CountDownLatch slow = new CountDownLatch(1);
        StringBuffer done = new StringBuffer();
        window.fx(() -> {
            shell.parts().background().keep("first", () -> {
                slow.await();
                return done.append("first ");
            }, d -> {}, e -> {});
            shell.parts().background().keep("second", () -> done.append("second"), d -> {}, e -> {});
            return null;
        });
        slow.countDown();
        window.await("both", () -> done.toString().equals("first second"));
    }

    @Test
    void stepsBackAreTakenOneAfterTheOtherHoweverFastTheyAreAskedFor() {
        run();
        window.await("listed", () -> !shell.parts().runs().all().isEmpty());
        RunView run = window.fx(() -> shell.parts().runs().all().getFirst());
        window.await("stored", () -> shell.parts().runs().stored(run).isPresent());
        window.fx(() -> {
            shell.history().rename(run, "Second name");
            shell.history().rename(run, "Third name");
            return null;
        });
        window.await("named twice", () -> shell.title(run).equals("Third name"));
        window.fx(() -> {
            shell.history().undo().undo();
            shell.history().undo().undo();
            shell.history().undo().redo();
            return null;
        });
        window.await("one of two taken back", () -> shell.title(run).equals("Second name"));
    }

    @Test
    void changesAreAskedForAtOnceSoThatClosingTheWindowLosesNone() {
        CountDownLatch slow = new CountDownLatch(1);
        StringBuffer done = new StringBuffer();
        Undo undo = shell.history().undo();
        boolean both = window.fx(() -> {
            undo.make(new Undo.Step("Did the first", () -> {
                slow.await();
                done.append("first ");
                return () -> {};
            }), false);
            undo.make(new Undo.Step("Did the second", () -> {
                done.append("second");
                return () -> {};
            }), false);
            slow.countDown();
            // As when the window closes: nothing that comes to its thread later is done any more.
            for (int i = 0; i < 200 && !done.toString().equals("first second"); i++) {
                Thread.sleep(10);
            }
            return done.toString().equals("first second");
        });
        assertThat(both).isTrue();
        window.await("both can be undone", () -> undo.canUndo().get());
    }

    @Test
    void aHeadingStaysSelectedWhenRowsAreListed() {
        TreeView<?> tree = (TreeView<?>) window.node("#browser-tree");
        int rows = window.fx(tree::getExpandedItemCount);
        // Not by a run, whose own row would be selected as it is shown. The first may stand where none was said to be.
        window.fx(() -> {
            tree.getSelectionModel().clearAndSelect(0);
            shell.reports().create(Templates.MODEL_CARD, List.of());
            shell.reports().create(Templates.MODEL_CARD, List.of());
            return null;
        });
        window.await("a row more", () -> tree.getExpandedItemCount() > rows);
        window.settle();
        assertThat(window.fx(() -> tree.getSelectionModel().getSelectedIndex())).isZero();
    }

    @Test
    void tabsOfAWorkspaceThatWasLeftMeanwhileStayAway() {
        Workspace workspace = shell.session().backend().workspace();
        window.fx(() -> {
            shell.tabs().closeAll();
            shell.keeper().leave();
            workspace.setFact("tabs", "\n" + HistoryTab.KEY);
            shell.keeper().restore();
            shell.keeper().leave();
            return null;
        });
        window.settle();
        assertThat(window.fx(() -> shell.tabs().keys())).isEmpty();
        window.fx(() -> {
            shell.keeper().restore();
            return null;
        });
        window.await("back", () -> shell.tabs().keys().contains(HistoryTab.KEY));
    }

    @Test
    void aRunOfThisSessionHasItsNewNameInComparisonsAndReports() {
        run();
        run();
        List<RunView> two = window.fx(() -> List.copyOf(shell.parts().runs().whole().subList(0, 2)));
        RunView run = two.getFirst();
        window.await("stored", () -> shell.parts().runs().stored(run).isPresent());
        window.fx(() -> {
            shell.history().rename(run, "The renamed one");
            return null;
        });
        window.await("renamed", () -> shell.title(run).equals("The renamed one"));
        window.fx(() -> {
            shell.tabs().closeAll();
            shell.reports().compare(two);
            return null;
        });
        window.await("compared", () -> shell.tabs().selectedKey().flatMap(shell.tabs()::content)
                .map(c -> ((Parent) c.node()).lookupAll(".label").stream()
                        .anyMatch(n -> ((Label) n).getText().contains("The renamed one")))
                .orElse(false));
        window.fx(() -> {
            shell.reports().create(Templates.ONE_RUN, List.of(run));
            return null;
        });
        window.await("a report", () -> shell.tabs().selectedKey().flatMap(shell.tabs()::content)
                .filter(ReportTab.class::isInstance).isPresent());
        ReportTab tab = (ReportTab) window.fx(
                () -> shell.tabs().selectedKey().flatMap(shell.tabs()::content).orElseThrow());
        assertThat(tab.document().source().run(run.id()).name()).isEqualTo("The renamed one");
    }

    @Test
    void aStepBackThatFailsCanBeTriedAgain() {
        boolean[] broken = {true};
        boolean[] back = {false};
        Undo undo = shell.history().undo();
        window.fx(() -> {
            undo.make(new Undo.Step("Changed something", () -> () -> {
                if (broken[0]) {
                    throw new IllegalStateException("the disk is full");
                }
                back[0] = true;
            }), false);
            undo.undo();
            return null;
        });
        window.awaitText("the disk is full");
        broken[0] = false;
        assertThat(window.fx(() -> undo.canUndo().get())).isTrue();
        window.act("undo");
        window.await("taken back", () -> back[0]);
    }

    @Test
    void selectedRunsStaySelectedWhenAnotherOneIsListed() {
        run();
        run();
        List<RunView> two = window.fx(() -> List.copyOf(shell.parts().runs().whole().subList(0, 2)));
        window.await("both rows", () -> shell.browser().runIds().size() >= 2);
        window.fx(() -> {
            shell.browser().select(two);
            return null;
        });
        assertThat(window.fx(() -> shell.browser().selectedRuns())).containsExactlyInAnyOrderElementsOf(two);
        steps.allow(10);
        window.fx(() -> shell.session().submit(two.getFirst().request(), null));
        window.await("a third row", () -> shell.browser().runIds().size() > two.size());
        window.settle();
        assertThat(window.fx(() -> shell.browser().selectedRuns())).containsExactlyInAnyOrderElementsOf(two);
    }

    @Test
    void aMovedInputIsFoundByItsContent(@TempDir Path place) throws Exception {
        Path model = TestData.sample().model().path();
        Path moved = Files.copy(model, Files.createDirectories(place.resolve("now/here")).resolve("renamed.onnx"));
        Location before = Location.of(Files.createDirectories(place.resolve("now")).resolve("model.onnx"));
        InputStamp stamp = new InputStamp(
                "model", before, Files.size(moved), InputHashing.hash(moved, () -> false), List.of());
        RunRequest request = new RunRequest("nap-mining", Map.of("model", List.of(before)), Map.of(), 0, "cpu", 1);
        Provenance from = new Provenance(
                "1", "25", "", "", Map.of(),
                List.of(stamp), "cpu", Instant.now(), Optional.empty(), Map.of());
        RunRecord run = new RunRecord(
                "earlier", "Earlier", request, RunState.DONE, RunProgress.NONE, List.of(), List.of(), Optional.empty(),
                "cpu", Instant.now(), Optional.empty(), Duration.ZERO, place, Optional.of(from));
        window.fx(() -> {
            shell.prepareAgain(run);
            return null;
        });
        window.await("found", () -> shell.inspector().inputs().all("model", Input.class).stream()
                .anyMatch(i -> i.location().path().equals(moved)));
    }

    @Test
    void theQuestionBeforeQuittingFollowsTheRuns() {
        steps.forbid();
        window.choose("steps");
        window.press("#reset-parameters");
        window.press("#run-button");
        window.await("at work", () -> window.runs().getFirst().state() == RunState.RUNNING);
        window.act("quit");
        window.awaitText("One run has not ended.");
        assertThat(window.textOf("#confirm-stop .default-button")).isEqualTo("Stop and quit");
        steps.allow(10);
        window.awaitText("No run is at work any more.");
        assertThat(window.textOf("#confirm-stop .default-button")).isEqualTo("Quit");
    }

    @Test
    void tabsComeBackInTheirOrderAndTheOneLookedAtInFront() {
        run();
        String key = Contents.key(window.runs().getFirst());
        window.fx(() -> {
            shell.reports().create(Templates.MODEL_CARD, List.of());
            return null;
        });
        window.await("a report", () -> shell.tabs().keys().stream().anyMatch(k -> k.startsWith("report:")));
        window.act("history");
        window.fx(() -> {
            shell.tabs().select(key);
            return null;
        });
        List<String> before = window.fx(() -> shell.tabs().keys());
        window.fx(() -> {
            shell.files().openWorkspace(shell.session().backend().workspace().folder().resolveSibling("another"));
            return null;
        });
        window.await("another", () -> shell.session().backend().workspace().folder().endsWith("another"));
        window.await("no run of the one before", () -> !shell.tabs().keys().contains(key));
        window.fx(() -> {
            shell.files().openWorkspace(shell.session().backend().workspace().folder().resolveSibling("workspace"));
            return null;
        });
        window.await("back", () -> shell.tabs().keys().contains(key));
        window.settle();
        assertThat(shell.session().backend().workspace().readOnly()).isFalse();
        assertThat(window.fx(() -> shell.tabs().keys())).containsExactlyInAnyOrderElementsOf(before);
        assertThat(window.fx(() -> shell.tabs().selectedKey())).contains(key);
    }

    @Test
    void manyFilesAtOnceAreAskedAbout(@TempDir Path many) throws Exception {
        List<Path> files = new java.util.ArrayList<>();
        for (int i = 0; i < 300; i++) {
            files.add(Files.writeString(many.resolve("notes-" + i + ".xyz"), "nothing"));
        }
        window.fx(() -> {
            shell.files().openAll(files);
            return null;
        });
        window.awaitText("Open 300 files?");
        window.screenshot("open-many");
        assertThat(window.fx(() -> shell.parts().open().items())).isEmpty();
        window.press("#open-many .default-button");
        window.await("all looked at", () -> shell.parts().open().items().stream()
                .filter(i -> i.problem() != null).count() == 300);
        assertThat(window.fx(() -> shell.tabs().keys())).isEmpty();
        window.screenshot("many-failed");
    }
}

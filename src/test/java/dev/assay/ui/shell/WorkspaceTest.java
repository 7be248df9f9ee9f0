package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.report.Block;
import dev.assay.report.Templates;
import dev.assay.run.Catalogue;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.workspace.SettingsFile;
import dev.assay.workspace.UserFolders;
import dev.assay.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir
    Path folder;

    private final StepAnalysis steps = new StepAnalysis();

    private ShellDriver open() throws Exception {
        return new ShellDriver(folder, () -> new Catalogue(List.of(steps), List.of()), 1440, 900);
    }

    private RunView runToTheEnd(ShellDriver window) {
        window.choose("steps");
        steps.allow(10);
        window.press("#run-button");
        window.await("a done run", () -> window.runs().stream().anyMatch(r -> r.state() == RunState.DONE));
        return window.runs().getFirst();
    }

    @Test
    void runsAreThereAgainWhenTheWorkspaceIsOpenedAgain() throws Exception {
        String id;
        try (ShellDriver window = open()) {
            id = runToTheEnd(window).id();
        }
        try (ShellDriver window = open()) {
            window.await("the run listed", () -> window.shell().parts().runs().all().stream()
                    .anyMatch(r -> r.id().equals(id) && r.state() == RunState.DONE));
            window.fx(() -> {
                window.shell().showRun(window.shell().parts().runs().all().getFirst());
                return null;
            });
            window.awaitText("of 10 steps");
            window.atRest();
            window.screenshot("workspace-again");
        }
    }

    @Test
    void aDeletedRunIsGoneOnceTheWindowIsClosedAndCanBeHadBackUntilThen() throws Exception {
        RunView run;
        try (ShellDriver window = open()) {
            run = runToTheEnd(window);
            window.await("stored", () -> Files.exists(run.folder()));
            window.fx(() -> {
                window.shell().runs().browserHandler().delete(List.of(run));
                return null;
            });
            window.await("gone", () -> window.shell().parts().runs().all().isEmpty());
            window.awaitText("Deleted \u201cStep counting\u201d.");
            window.act("undo");
            window.await("back", () -> window.shell().parts().runs().all().size() == 1);
            window.act("redo");
            window.await("gone again", () -> window.shell().parts().runs().all().isEmpty());
        }
        try (ShellDriver window = open()) {
            assertThat(window.shell().parts().runs().all()).isEmpty();
            assertThat(run.folder()).doesNotExist();
        }
    }

    @Test
    void aSecondWindowIsToldThatItCanOnlyLook() throws Exception {
        try (Workspace other = Workspace.open(folder.resolve("workspace"));
                ShellDriver window = open()) {
            assertThat(other.readOnly()).isFalse();
            window.awaitText("Another window has this workspace open");
            window.choose("steps");
            window.press("#run-button");
            assertThat(window.runs()).isEmpty();
            window.screenshot("read-only");
        }
    }

    @Test
    void anInterruptedRunIsOfferedAgain() throws Exception {
        RunRecord cut;
        try (ShellDriver window = open()) {
            RunView run = runToTheEnd(window);
            cut = ((dev.assay.run.Run) run).record();
        }
        try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
            workspace.delete(cut.id());
        }
        try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
            // As a program leaves it that was killed in the middle of a run.
            workspace.created(cut.in(RunState.RUNNING));
        }
        try (ShellDriver window = open()) {
            window.awaitText("was interrupted when Assay last ended");
            window.screenshot("interrupted");
            window.press("#problem-strips .strip-button");
            assertThat(window.textOf("#param-steps")).isEqualTo("10");
            assertThat(window.textOf("#run-button")).isEqualTo("Run Step counting");
        }
    }

    @Test
    void sizesOfPanelsAreRemembered() throws Exception {
        try (ShellDriver window = open()) {
            window.fx(() -> {
                window.shell().layout().place("browser", 320);
                return null;
            });
            window.settle();
        }
        try (ShellDriver window = open()) {
            window.settle();
            double width = window.fx(() -> window.node("#browser").getBoundsInParent().getWidth());
            assertThat(width).isBetween(316.0, 324.0);
        }
    }

    @Test
    void theWorkspaceThatIsOpenCanBeChosenAgain() throws Exception {
        try (ShellDriver window = open()) {
            Shell shell = window.shell();
            window.fx(() -> {
                shell.files().openWorkspace(folder.resolve("workspace"));
                return null;
            });
            window.awaitText("Opened the workspace workspace");
            window.await("opened", () -> shell.parts().background().current().isEmpty());
            assertThat(shell.session().backend().workspace().readOnly()).isFalse();
        }
    }

    @Test
    void aReportStaysInTheWorkspaceThatItIsIn() throws Exception {
        try (ShellDriver window = open()) {
            Shell shell = window.shell();
            window.fx(() -> {
                shell.reports().create(Templates.MODEL_CARD, List.of());
                return null;
            });
            window.await("made", () -> shell.tabs().keys().stream().anyMatch(k -> k.startsWith("report:")));
            var before = shell.session().backend();
            window.fx(() -> {
                shell.reports().addToReport(new Block.Note("Written at the last moment"));
                shell.files().openWorkspace(folder.resolve("other"));
                return null;
            });
            window.await("the other one open", () -> shell.session().backend() != before);
            window.await("all done", () -> shell.parts().background().current().isEmpty());
            Thread.sleep(600); // longer than a report waits before it is kept
            assertThat(shell.tabs().keys()).noneMatch(k -> k.startsWith("report:"));
            assertThat(shell.session().backend().workspace().reports().all()).isEmpty();
            window.fx(() -> {
                shell.files().openWorkspace(folder.resolve("workspace"));
                return null;
            });
            window.await("the first one open",
                    () -> shell.session().backend().workspace().folder().endsWith("workspace"));
            assertThat(shell.session().backend().workspace().reports().all().getFirst().body())
                    .contains("Written at the last moment");
        }
    }

    @Test
    void aWorkspaceThatCannotBeOpenedIsToldOfAndAnotherCanBeChosen() throws Exception {
        Path damaged = Files.createDirectories(folder.resolve("damaged"));
        Files.writeString(damaged.resolve("workspace.db"), "This was a database once. ".repeat(200));
        try (ShellDriver window = ShellDriver.whileStarting(
                folder, () -> new Catalogue(List.of(steps), List.of()), 1280, 800, "--workspace=" + damaged)) {
            window.awaitText("the workspace's database cannot be opened");
            window.screenshot("workspace-damaged");
            assertThat(window.fx(() -> window.shell().session().readyProperty().get())).isFalse();
            window.answers.next.add(folder.resolve("another"));
            window.act("workspace");
            window.await("another one open", () -> window.shell().session().readyProperty().get());
            window.settle();
            assertThat(window.texts()).doesNotContain("cannot be opened");
            runToTheEnd(window);
        }
    }

    @Test
    void whenTheLastWorkspaceIsGoneTheUserIsToldWhichOneIsOpen() throws Exception {
        System.setProperty(UserFolders.OVERRIDE, folder.resolve("user").toString());
        Path last = folder.resolve("unplugged").resolve("work");
        try (SettingsFile settings = SettingsFile.load(folder.resolve("settings.json"))) {
            settings.update(s -> s.withWorkspace(last.toString()));
        }
        try (ShellDriver window = new ShellDriver(
                folder, () -> new Catalogue(List.of(steps), List.of()), 1280, 800, ShellDriver.LAST_WORKSPACE)) {
            window.awaitText("The last workspace " + last + " is not there");
            window.screenshot("workspace-gone");
        } finally {
            System.clearProperty(UserFolders.OVERRIDE);
        }
    }

    @Test
    void whereTheOtherWorkspaceCannotBeOpenedThisOneStaysAsItIs() throws Exception {
        Path damaged = Files.createDirectories(folder.resolve("damaged"));
        Files.writeString(damaged.resolve("workspace.db"), "This was a database once. ".repeat(200));
        try (ShellDriver window = open()) {
            RunView run = runToTheEnd(window);
            window.fx(() -> {
                window.shell().files().openWorkspace(damaged);
                return null;
            });
            window.awaitText("the workspace's database cannot be opened");
            assertThat(window.fx(() -> window.shell().tabs().keys())).containsExactly("run:" + run.id());
            runToTheEnd(window);
        }
    }

    @Test
    void shortcutsThatChangedPlacesAreThereAtTheNextStart() throws Exception {
        try (SettingsFile settings = SettingsFile.load(folder.resolve("settings.json"))) {
            settings.update(s -> s.with("keys.toggle-browser", "Ctrl+2").with("keys.toggle-inspector", "Ctrl+1"));
        }
        try (ShellDriver window = open()) {
            assertThat(window.fx(() -> window.shell().parts().actions().get("toggle-browser").shortcut()))
                    .isEqualTo("Ctrl+2");
            assertThat(window.fx(() -> window.shell().parts().actions().get("toggle-inspector").shortcut()))
                    .isEqualTo("Ctrl+1");
        }
    }

    @Test
    void preferencesThatCannotBeWrittenAreToldOfOnce() throws Exception {
        // A folder of that name cannot be replaced by a file, whoever runs the test.
        Files.createDirectories(folder.resolve("settings.json").resolve("in the way"));
        try (ShellDriver window = open()) {
            window.awaitText("The preferences cannot be written to");
            window.screenshot("preferences-not-kept");
        }
        assertThat(folder.resolve("settings.json")).isDirectory();
    }

    @Test
    void aWindowThatIsClosedBeforeItsTabsAreBackLosesNone() throws Exception {
        try (ShellDriver window = open()) {
            runToTheEnd(window);
            window.act("history");
        }
        for (int start = 0; start < 2; start++) {
            try (ShellDriver window = ShellDriver.whileStarting(
                    folder, () -> new Catalogue(List.of(steps), List.of()), 1280, 800)) {
                if (start == 1) {
                    window.await("a workspace", () -> window.shell().session().backend() != null);
                }
            }
        }
        try (ShellDriver window = open()) {
            window.await("both tabs", () -> window.shell().tabs().keys().size() == 2);
        }
    }
}

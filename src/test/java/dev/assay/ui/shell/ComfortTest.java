package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analyses.complexity.FeatureComplexity;
import dev.assay.analyses.fidelity.training.GnnTraining;
import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.workspace.SettingsFile;
import dev.assay.workspace.UserFolders;
import dev.assay.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComfortTest {

    @TempDir
    Path folder;

    private final StepAnalysis steps = new StepAnalysis();

    @BeforeEach
    void ownUserFolders() {
        System.setProperty(UserFolders.OVERRIDE, folder.resolve("user").toString());
    }

    @AfterEach
    void noUserFolders() {
        System.clearProperty(UserFolders.OVERRIDE);
    }

    private ShellDriver open(String... arguments) throws Exception {
        return new ShellDriver(folder, () -> new Catalogue(
                List.of(steps), Catalogue.load().kinds()), 1280, 800, arguments);
    }

    private RunView run(ShellDriver window) {
        window.choose("steps");
        steps.allow(10);
        window.press("#run-button");
        window.await("done", () -> !window.runs().isEmpty() && window.runs().getFirst().state() == RunState.DONE);
        return window.runs().getFirst();
    }

    @Test
    void tabsAndPanelsComeBackAtTheNextStart() throws Exception {
        Path data = TestData.sample().test().path();
        String run;
        try (ShellDriver window = open()) {
            run = "run:" + run(window).id();
            window.act("history");
            window.fx(() -> {
                window.shell().open(dev.assay.analysis.Location.of(data));
                return null;
            });
            window.await("open", () -> window.shell().parts().open().items().stream().anyMatch(i -> i.isReady()));
            window.fx(() -> {
                window.shell().tabs().select("history");
                return null;
            });
            window.act("toggle-inspector");
        }
        try (ShellDriver window = open()) {
            window.await("three tabs", () -> window.shell().tabs().keys().size() == 3);
            window.await("the history looked at",
                    () -> window.shell().tabs().selectedKey().orElse("").equals("history"));
            window.await("the file open",
                    () -> window.shell().parts().open().items().stream().anyMatch(i -> i.isReady()));
            assertThat(window.shell().tabs().keys()).contains(run);
            assertThat(window.isShown("#run-button")).as("the inspector stays hidden").isFalse();
            window.screenshot("tabs-again");
        }
        try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
            // As a program leaves it that was ended by a file it opened at its start.
            workspace.setFact("tabs.opening", "yes");
        }
        try (Workspace other = Workspace.open(folder.resolve("workspace"));
                ShellDriver window = open()) {
            // Another window is just opening it.
            assertThat(other.readOnly()).isFalse();
            window.await("the file open",
                    () -> window.shell().parts().open().items().stream().anyMatch(i -> i.isReady()));
            assertThat(window.texts()).doesNotContain("A file is not opened again");
        }
        try (ShellDriver window = open()) {
            window.awaitText("A file is not opened again");
            assertThat(window.shell().parts().open().items()).isEmpty();
            window.screenshot("tabs-not-opened");
            window.press("#problem-strips .strip-button");
            window.await("open after all",
                    () -> window.shell().parts().open().items().stream().anyMatch(i -> i.isReady()));
        }
    }

    @Test
    void aTabMovesToAWindowOfItsOwnAndBack() throws Exception {
        try (ShellDriver window = open()) {
            RunView run = run(window);
            window.act("detach-tab");
            List<Stage> windows = window.fx(() -> window.shell().tabs().windows());
            assertThat(windows).hasSize(1);
            assertThat(window.fx(() -> windows.getFirst().getTitle())).isEqualTo("Step counting");
            assertThat(window.shell().tabs().empty().get()).isTrue();
            window.atRest();
            Path picture = Path.of("target", "screenshots", "detached.png");
            javax.imageio.ImageIO.write(
                    javafx.embed.swing.SwingFXUtils.fromFXImage(
                            window.fx(() -> windows.getFirst().getScene().snapshot(null)), null),
                    "png", picture.toFile());
            window.fx(() -> {
                windows.getFirst().close();
                return null;
            });
            window.await("back", () -> window.shell().tabs().selectedKey().orElse("").equals("run:" + run.id()));
            assertThat(window.fx(() -> window.shell().tabs().windows())).isEmpty();
            window.awaitText("of 10 steps");
            window.act("detach-tab");
            window.act("close-tab");
            window.fx(() -> {
                window.shell().tabs().closeAll();
                return null;
            });
            assertThat(window.fx(() -> window.shell().tabs().windows())).isEmpty();
        }
    }

    @Test
    void shortcutsAreChangedByPressingOthersAndKept() throws Exception {
        try (ShellDriver window = open()) {
            window.act("keys");
            press(window, "history", KeyCode.O, true);
            assertThat(window.texts()).contains("Ctrl+O is taken by \u201cOpen files\u2026\u201d");
            press(window, "history", KeyCode.J, true);
            assertThat(window.textOf("#keys-history")).isEqualTo("Ctrl+J");
            window.screenshot("keys");
            press(window, "history", KeyCode.K, false);
            assertThat(window.texts()).contains("A shortcut needs Ctrl, Alt or a function key.");
            window.fx(() -> {
                window.shell().parts().overlay().hideNow();
                return null;
            });
        }
        try (ShellDriver window = open()) {
            window.robot.press(KeyCode.CONTROL, KeyCode.J).release(KeyCode.J, KeyCode.CONTROL);
            window.await("the history", () -> window.shell().tabs().selectedKey().orElse("").equals("history"));
        }
    }

    private static void press(ShellDriver window, String action, KeyCode code, boolean control) {
        ToggleButton button = (ToggleButton) window.node("#keys-" + action);
        window.fx(() -> {
            button.requestFocus();
            button.fire();
            button.fireEvent(new KeyEvent(
                    KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
            return null;
        });
        window.settle();
    }

    @Test
    void preferencesTakeEffect() throws Exception {
        try (ShellDriver window = open()) {
            window.act("preferences");
            window.screenshot("preferences-all");
            window.act("toggle-theme");
            window.screenshot("preferences-all-dark");
            window.act("toggle-theme");
            window.fx(() -> {
                ((javafx.scene.control.ComboBox<?>) window.node("#pref-heap")).getSelectionModel().select(1);
                return null;
            });
            Path options = folder.resolve("user").resolve("config").resolve("jvm.options");
            window.await("the options of the JVM", () -> Files.exists(options));
            assertThat(options).content().contains("-Xmx1024m");
            window.fx(() -> {
                ((javafx.scene.control.ComboBox<?>) window.node("#pref-heap")).getSelectionModel().select(0);
                return null;
            });
            window.await("none", () -> !Files.exists(options));
            window.press("#pref-tabs");
            assertThat(window.shell().parts().prefs().restoresTabs()).isFalse();
            window.await("kept", () -> !kept().restoresTabs());
        }
    }

    private WindowPrefs kept() {
        try (SettingsFile settings = SettingsFile.load(folder.resolve("settings.json"))) {
            return new WindowPrefs(settings);
        }
    }

    @Test
    void theInstalledProgramTellsWhereItsHeapIsSet() throws Exception {
        Path program = folder.resolve("opt").resolve("bin").resolve("Assay");
        Path options = folder.resolve("opt").resolve("lib").resolve("app").resolve("Assay.cfg");
        Files.createDirectories(options.getParent());
        Files.writeString(options, "[JavaOptions]\n");
        System.setProperty("jpackage.app-path", program.toString());
        try (ShellDriver window = open()) {
            window.act("preferences");
            assertThat(window.isShown("#pref-heap")).isFalse();
            assertThat(window.textOf("#pref-heap-installed")).contains("-Xmx8g", options.toString());
            window.screenshot("preferences-installed");
        } finally {
            System.clearProperty("jpackage.app-path");
        }
    }

    @Test
    void theLogIsShownFilteredAndFollowed() throws Exception {
        Path log = folder.resolve("user").resolve("state").resolve("assay.log");
        try (ShellDriver window = open()) {
            window.act("log-file");
            window.awaitText("The log is empty");
            Files.createDirectories(log.getParent());
            Files.writeString(log, "2026-11-27 10:00:00.000 INFO  [main] dev.assay - started\n"
                    + "2026-11-27 10:00:01.000 WARN  [main] dev.assay - something odd\n");
            window.awaitText("something odd");
            window.screenshot("log-file");
            window.press("#log-problems");
            assertThat(window.texts()).contains("something odd").doesNotContain("dev.assay - started");
        }
    }

    @Test
    void theFirstStartWalksThroughTheSample() throws Exception {
        try (ShellDriver window = new ShellDriver(
                folder, Catalogue::load, 1280, 800, ShellDriver.FIRST_START)) {
            window.awaitText("What is open");
            window.await("the sample open", () -> window.shell().inspector().hasInputs());
            window.atRest();
            window.screenshot("tour-browser");
            window.press("#tour-next");
            window.screenshot("tour-inspector");
            window.act("toggle-theme");
            window.screenshot("tour-inspector-dark");
            window.act("toggle-theme");
            window.press("#tour-next");
            assertThat(window.texts()).contains("Run it");
            window.press("#tour-next");
            window.await("a run", () -> !window.runs().isEmpty());
            window.awaitText("Read the result");
            window.atRest();
            window.screenshot("tour-results");
            window.press("#tour-next");
            window.screenshot("tour-history");
            window.press("#tour-next");
            assertThat(window.isShown("#coach-mark")).isFalse();
            window.act("analysis-help");
            window.awaitText("arXiv 2210.16114");
            window.screenshot("help-formula");
            window.act("toggle-theme");
            window.screenshot("help-formula-dark");
        }
    }

    @Test
    void helpFollowsTheAnalysisIsClosedAndComesBack() throws Exception {
        try (ShellDriver window = new ShellDriver(folder, () -> new Catalogue(
                List.of(steps, new FeatureComplexity(), new GnnTraining()), Catalogue.load().kinds()), 1280, 800)) {
            RunView run = run(window);
            assertThat(window.isShown("#side-help")).as("no help unless asked for").isFalse();
            window.act("analysis-help");
            window.awaitText("Nobody, 2026");
            window.press("#side-inspector");
            window.choose("feature-complexity");
            window.press("#side-help");
            window.awaitText("arXiv 2310.06756");
            window.screenshot("help-complexity");
            window.fx(() -> {
                ((ScrollPane) window.node("#help-scroll")).setVvalue(1);
                return null;
            });
            window.screenshot("help-citation");
            window.fx(() -> {
                window.shell().tabs().select("run:" + run.id());
                return null;
            });
            window.act("history");
            window.fx(() -> {
                window.shell().tabs().select("run:" + run.id());
                return null;
            });
            window.await("the run's analysis", () -> window.textOf("#help-title").equals("Step counting"));
            window.press("#close-help");
            window.press("#run-help");
            window.await("help from the run itself", () -> window.isShown("#help-title"));
            window.press("#close-help");
            assertThat(window.isShown("#side-help")).isFalse();
            assertThat(window.isShown("#run-button")).isTrue();
            window.act("toggle-inspector");
            window.act("analysis-help");
            assertThat(window.isShown("#help-title")).as("the side is shown again for it").isTrue();
            window.act("analysis-help");
            assertThat(window.isShown("#help-title")).as("the same key takes it away").isFalse();
            window.choose("gnn-training");
            window.act("analysis-help");
            window.awaitText("arXiv 1810.00826");
            window.screenshot("help-gnn");
            window.fx(() -> {
                ((ScrollPane) window.node("#help-scroll")).setVvalue(0.34);
                return null;
            });
            window.screenshot("help-gnn-formulas");
        }
        try (ShellDriver window = open()) {
            window.await("the help of the last time", () -> window.isShown("#side-help"));
            window.press("#side-inspector");
            window.choose("steps");
            // The form tells what is wrong, wherever the user was.
            window.type("#inspector #seed", "x");
            window.press("#side-help");
            window.act("run");
            assertThat(window.isShown("#run-message")).isTrue();
        }
    }
}

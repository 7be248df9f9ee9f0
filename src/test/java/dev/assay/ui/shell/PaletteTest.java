package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chart.ChartTheme;
import dev.assay.run.Catalogue;
import dev.assay.ui.shell.actions.UiAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaletteTest {

    private ShellDriver window;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        window = new ShellDriver(
                folder, () -> new Catalogue(List.of(new StepAnalysis()), List.of()), 1440, 900);
    }

    @BeforeEach
    void tidy() {
        window.tidy();
    }

    @AfterAll
    void close() throws Exception {
        window.close();
    }

    private void key(String query, KeyCode code) {
        Node node = window.node(query);
        window.fx(() -> {
            Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
            return null;
        });
        window.settle();
    }

    @SuppressWarnings("unchecked")
    private List<String> matches() {
        return window.fx(() -> ((ListView<UiAction>) window.node("#palette-matches"))
                .getItems().stream().map(UiAction::text).toList());
    }

    @Test
    void aFewLettersFindAnActionAndEnterDoesIt() throws Exception {
        window.act("palette");
        window.type("#palette-query", "short");
        window.screenshot("palette");
        assertThat(matches()).startsWith("Keyboard shortcuts");
        key("#palette-query", KeyCode.ENTER);
        assertThat(window.isShown("#shortcuts-dialog")).isTrue();
        window.screenshot("shortcuts");
    }

    @Test
    void whatCannotBeDoneNowIsNotFound() {
        window.act("palette");
        window.type("#palette-query", "close tab");
        assertThat(matches()).doesNotContain("Close tab");
    }

    @Test
    void analysesAreFoundByName() {
        window.act("palette");
        window.type("#palette-query", "step count");
        assertThat(matches()).startsWith("Choose Step counting");
    }

    @Test
    void escClosesThePalette() {
        window.act("palette");
        key("#palette-query", KeyCode.ESCAPE);
        assertThat(window.isShown("#command-palette")).isFalse();
    }

    @Test
    void escClosesADialog() {
        window.act("about");
        window.await("the dialog", () -> window.isShown("#about-dialog"));
        key("#about-dialog", KeyCode.ESCAPE);
        window.await("no dialog", () -> !window.isShown("#about-dialog"));
    }

    @Test
    void everyActionIsInAMenu() {
        List<String> ids = window.fx(() -> window.shell().parts().actions().all().stream()
                .map(UiAction::id)
                .toList());
        List<String> inMenus = window.fx(() -> ((javafx.scene.control.MenuBar) window.node("#menu-bar"))
                .getMenus().stream()
                .flatMap(m -> m.getItems().stream())
                .map(i -> i.getId() == null ? "" : i.getId().replaceFirst("^menu-", ""))
                .toList());
        assertThat(inMenus).containsAll(ids);
    }

    @Test
    void everyControlWithoutTextHasAnAccessibleName() {
        List<String> nameless = window.fx(() -> window.stage().getScene().getRoot().lookupAll(".button").stream()
                .map(n -> (javafx.scene.control.ButtonBase) n)
                .filter(b -> (b.getText() == null || b.getText().isBlank()) && b.getAccessibleText() == null)
                .filter(b -> b.isVisible() && b.getStyleClass().contains("button-icon"))
                .map(Object::toString)
                .toList());
        assertThat(nameless).isEmpty();
    }

    @Test
    void theThemeSwitchesAtOnceAndIsRemembered() throws Exception {
        window.act("toggle-theme");
        assertThat(window.fx(() -> window.shell().theme().getValue())).isEqualTo(ChartTheme.DARK);
        window.screenshot("empty-dark");
        window.act("toggle-theme");
        assertThat(window.fx(() -> window.shell().theme().getValue())).isEqualTo(ChartTheme.LIGHT);
        assertThat(window.fx(() -> window.shell().parts().prefs().theme().id())).isEqualTo("light");
    }

    @Test
    void preferencesChangeTheThemeWhileTheyAreOpen() throws Exception {
        window.act("preferences");
        window.screenshot("preferences");
        choose("#pref-theme", "Dark");
        assertThat(window.fx(() -> window.shell().theme().getValue())).isEqualTo(ChartTheme.DARK);
        window.screenshot("preferences-dark");
        choose("#pref-theme", "Follow the system");
    }

    @SuppressWarnings("unchecked")
    private void choose(String combo, String text) {
        window.fx(() -> {
            ComboBox<Object> box = (ComboBox<Object>) window.node(combo);
            box.setValue(box.getItems().stream().filter(i -> i.toString().equals(text)).findFirst().orElseThrow());
            return null;
        });
        window.settle();
    }

    @Test
    void preferencesKeepTheScaleForTheNextStart() {
        window.act("preferences");
        window.fx(() -> {
            @SuppressWarnings("unchecked")
            ComboBox<Integer> box = (ComboBox<Integer>) window.node("#pref-scale");
            box.setValue(150);
            return null;
        });
        assertThat(window.<Integer>fx(() -> window.shell().parts().prefs().scale())).isEqualTo(150);
    }

    @Test
    void aPictureOfTheWindowIsSaved(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("window.png");
        window.answers.next.add(file);
        window.act("capture");
        window.await("saved", () -> Files.exists(file));
        assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void panelsCanBeHiddenAndComeBackAsTheyWere() {
        double before = window.fx(() -> window.node("#inspector").getBoundsInParent().getWidth());
        window.act("toggle-inspector");
        assertThat(window.isShown("#inspector")).isFalse();
        window.act("toggle-inspector");
        double after = window.fx(() -> window.node("#inspector").getBoundsInParent().getWidth());
        assertThat(after).isBetween(before - 4, before + 4);
    }

    @Test
    void anUncaughtExceptionIsShownOnceASecondAndCanBeCopied() throws Exception {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        for (int i = 0; i < 5; i++) {
            handler.uncaughtException(Thread.currentThread(), new IllegalStateException("broken on purpose"));
        }
        window.awaitText("broken on purpose");
        assertThat(window.textOf("#crash-details")).contains("broken on purpose", "at dev.assay", "Java ");
        window.screenshot("crash");
        window.press("#crash-copy");
        assertThat(window.<String>fx(() -> javafx.scene.input.Clipboard.getSystemClipboard().getString()))
                .contains("broken on purpose", "Java ");
    }

    @Test
    void datasetsThatCanBeFetchedAreListedWithTheirSizeAndLicence() throws Exception {
        window.act("get-dataset");
        window.screenshot("get-dataset");
        assertThat(window.texts()).contains("MNIST", "Fashion-MNIST", "CIFAR-10", "11 MiB".replace(' ', '\u202f'));
    }
}

package dev.assay.ui.shell.prefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.ui.shell.theme.ThemeChoice;
import dev.assay.workspace.Settings;
import dev.assay.workspace.SettingsFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowPrefsTest {

    @TempDir
    Path folder;

    private WindowPrefs load() {
        return new WindowPrefs(SettingsFile.load(folder.resolve("settings.json")));
    }

    @Test
    void whatIsKeptIsThereAtTheNextStart() {
        WindowPrefs prefs = load();
        prefs.setTheme(ThemeChoice.DARK);
        prefs.setScale(150);
        prefs.setThreads(1);
        prefs.setPanel("browser", 321.5);
        prefs.setWindow(new Settings.Window(10, 20, 1300, 850, true));
        prefs.addRecent(Location.of(folder.resolve("a.onnx")));
        prefs.setStartedBefore();
        prefs.close();

        WindowPrefs again = load();
        assertThat(again.theme()).isEqualTo(ThemeChoice.DARK);
        assertThat(again.scale()).isEqualTo(150);
        assertThat(again.threads()).isEqualTo(1);
        assertThat(again.panel("browser")).contains(321.5);
        assertThat(again.window().orElseThrow().maximised()).isTrue();
        assertThat(again.recent()).containsExactly(Location.of(folder.resolve("a.onnx")));
        assertThat(again.startedBefore()).isTrue();
        again.close();
    }

    @Test
    void theNewestFileIsFirstAndListedOnce() {
        WindowPrefs prefs = load();
        Location a = Location.of(folder.resolve("a.onnx"));
        Location b = Location.of(folder.resolve("b.onnx"));
        prefs.addRecent(a);
        prefs.addRecent(b);
        prefs.addRecent(a);
        assertThat(prefs.recent()).containsExactly(a, b);
        prefs.close();
    }

    @Test
    void aTinyWindowIsNotTakenForAPlace() {
        WindowPrefs prefs = load();
        prefs.setWindow(new Settings.Window(0, 0, 20, 20, false));
        assertThat(prefs.window()).isEmpty();
        prefs.close();
    }

    @Test
    void nothingIsWrittenAfterTheEnd() {
        WindowPrefs prefs = load();
        prefs.close();
        prefs.setScale(200);
        assertThat(prefs.scale()).isEqualTo(100);
    }
}

package dev.assay.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("deep").resolve("settings.json");
    }

    @Test
    void theFirstStartHasDefaultsAndWritesNothing() {
        try (SettingsFile settings = SettingsFile.load(file())) {
            assertThat(settings.get()).isEqualTo(Settings.defaults());
        }
        assertThat(file()).doesNotExist();
    }

    @Test
    void whatWasChosenIsThereAtTheNextStart() {
        Settings chosen;
        try (SettingsFile settings = SettingsFile.load(file())) {
            settings.update(s -> s.withTheme("dark").withUiScale(1.25).withWorkspace("/work/space"));
            settings.update(s -> s.withRecentFile("a.onnx").with("divider.left", "0.2"));
            settings.update(s -> s.withWindow(new Settings.Window(1, 2, 1200, 800, true)));
            chosen = settings.get();
        }
        try (SettingsFile settings = SettingsFile.load(file())) {
            assertThat(settings.get()).isEqualTo(chosen);
            assertThat(settings.get().theme()).isEqualTo("dark");
        }
    }

    @Test
    void aDamagedFileIsKeptBesideAndDefaultsHold() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{ \"theme\": ");
        try (SettingsFile settings = SettingsFile.load(file())) {
            assertThat(settings.get()).isEqualTo(Settings.defaults());
        }
        assertThat(file().resolveSibling("settings.json.damaged")).hasContent("{ \"theme\": ");
    }

    @Test
    void valuesOutOfRangeAndUnknownFieldsDoNoHarm() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(),
                "{\"theme\":\"pink\",\"uiScale\":400,\"later\":{\"x\":1},\"recentFiles\":[null,\"a\"]}");
        try (SettingsFile settings = SettingsFile.load(file())) {
            assertThat(settings.get().theme()).isEqualTo("system");
            assertThat(settings.get().uiScale()).isEqualTo(1);
            assertThat(settings.get().recentFiles()).containsExactly("a");
        }
    }

    @Test
    void recentFilesAreNewestFirstOnceEachAndBounded() {
        Settings settings = IntStream.range(0, 50)
                .boxed()
                .reduce(Settings.defaults(), (s, i) -> s.withRecentFile("file" + i % 25), (a, b) -> b);
        assertThat(settings.recentFiles())
                .hasSize(Settings.MAX_RECENT)
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo("file24");
        assertThat(settings.withoutRecentFile("file24").recentFiles()).doesNotContain("file24");
    }

    @Test
    void aFolderThatCannotBeWrittenOnlyCostsTheSettings() throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("deep"));
        try (SettingsFile settings = SettingsFile.load(file())) {
            settings.update(s -> s.withTheme("dark"));
            assertThat(settings.get().theme()).isEqualTo("dark");
        }
        assertThat(inTheWay).isRegularFile();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatCannotBeReadIsNotWrittenOver() throws Exception {
        Files.createDirectories(file().getParent());
        Files.createSymbolicLink(file(), file().getFileName());
        List<String> problems = new CopyOnWriteArrayList<>();
        try (SettingsFile settings = SettingsFile.load(file())) {
            settings.onProblem(problems::add);
            settings.update(s -> s.withTheme("dark"));
        }
        assertThat(file()).isSymbolicLink();
        assertThat(problems).singleElement().asString().contains("settings.json");
    }

    @Test
    void twoWindowsKeepEachOthersChanges() {
        try (SettingsFile first = SettingsFile.load(file())) {
            first.update(s -> s.with("a", "1").with("b", "1"));
        }
        try (SettingsFile first = SettingsFile.load(file());
                SettingsFile second = SettingsFile.load(file())) {
            first.update(s -> s.withTheme("dark").with("a", "2"));
            first.close();
            second.update(s -> s.withUiScale(1.5).with("b", "3"));
        }
        try (SettingsFile settings = SettingsFile.load(file())) {
            assertThat(settings.get().theme()).isEqualTo("dark");
            assertThat(settings.get().uiScale()).isEqualTo(1.5);
            assertThat(settings.get().other()).containsEntry("a", "2").containsEntry("b", "3");
        }
    }

    @Test
    void whatALaterVersionKeepsIsKept() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"later\":{\"x\":1}}");
        try (SettingsFile settings = SettingsFile.load(file())) {
            settings.update(s -> s.withTheme("dark"));
        }
        assertThat(Files.readString(file())).contains("later").contains("dark");
    }
}

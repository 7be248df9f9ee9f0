package dev.assay.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsInWorkspaceTest {

    @TempDir
    Path folder;

    @Test
    void reportsAreKeptChangedListedAndDeletedWithTheirPictures() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        try (Workspace workspace = Workspace.open(folder)) {
            workspace.onChange(heard::incrementAndGet);
            workspace.reports().save("a", "First", "{}");
            workspace.reports().save("b", "It's \"second\"", "{}");
            workspace.reports().save("a", "First, changed", "{\"x\":1}");
            Files.createDirectories(workspace.reports().folder("a"));
            Files.writeString(workspace.reports().folder("a").resolve("p.png"), "x");
        }
        assertThat(heard).hasValue(3);
        try (Workspace workspace = Workspace.open(folder)) {
            assertThat(workspace.reports().all()).extracting(StoredReport::title)
                    .containsExactly("First, changed", "It's \"second\"");
            assertThat(workspace.reports().find("a").orElseThrow().body()).isEqualTo("{\"x\":1}");
            assertThat(workspace.reports().find("c")).isEmpty();
            workspace.reports().delete("a");
            assertThat(workspace.reports().all()).hasSize(1);
            assertThat(workspace.reports().folder("a")).doesNotExist();
        }
    }

    @Test
    void whoMayOnlyLookIsToldSo() throws Exception {
        try (Workspace first = Workspace.open(folder);
                Workspace second = Workspace.open(folder)) {
            first.reports().save("a", "First", "{}");
            assertThat(second.reports().all()).hasSize(1);
            assertThatThrownBy(() -> second.reports().save("b", "B", "{}")).isInstanceOf(InputException.class);
            assertThatThrownBy(() -> second.reports().delete("a")).isInstanceOf(InputException.class);
        }
    }

    @Test
    void aWorkspaceOfTheFirstVersionIsBroughtUpToDate() throws Exception {
        String script;
        try (InputStream in = WorkspaceDatabase.class.getResourceAsStream("migration-1.sql")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("workspace.db"));
                var statement = connection.createStatement()) {
            for (String part : script.split(";")) {
                if (!part.isBlank()) {
                    statement.execute(part);
                }
            }
            statement.execute("PRAGMA user_version = 1");
        }
        try (Workspace workspace = Workspace.open(folder)) {
            assertThat(workspace.reports().all()).isEmpty();
            workspace.reports().save("a", "First", "{}");
            assertThat(workspace.reports().all()).hasSize(1);
        }
    }

    @Test
    void aFileInItsFolderStandsForTheWorkspace() throws Exception {
        Workspace.open(folder).close();
        assertThat(Workspace.isMark(folder.resolve("workspace.assay"))).isTrue();
        assertThat(Workspace.isMark(folder)).isFalse();
    }
}

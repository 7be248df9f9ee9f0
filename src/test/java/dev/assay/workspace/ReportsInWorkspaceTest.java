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
            workspace.saveReport("a", "First", "{}");
            workspace.saveReport("b", "It's \"second\"", "{}");
            workspace.saveReport("a", "First, changed", "{\"x\":1}");
            Files.createDirectories(workspace.reportFolder("a"));
            Files.writeString(workspace.reportFolder("a").resolve("p.png"), "x");
        }
        assertThat(heard).hasValue(3);
        try (Workspace workspace = Workspace.open(folder)) {
            assertThat(workspace.storedReports()).extracting(StoredReport::title)
                    .containsExactly("First, changed", "It's \"second\"");
            assertThat(workspace.report("a").orElseThrow().body()).isEqualTo("{\"x\":1}");
            assertThat(workspace.report("c")).isEmpty();
            workspace.deleteReport("a");
            assertThat(workspace.storedReports()).hasSize(1);
            assertThat(workspace.reportFolder("a")).doesNotExist();
        }
    }

    @Test
    void whoMayOnlyLookIsToldSo() throws Exception {
        try (Workspace first = Workspace.open(folder);
                Workspace second = Workspace.open(folder)) {
            first.saveReport("a", "First", "{}");
            assertThat(second.storedReports()).hasSize(1);
            assertThatThrownBy(() -> second.saveReport("b", "B", "{}")).isInstanceOf(InputException.class);
            assertThatThrownBy(() -> second.deleteReport("a")).isInstanceOf(InputException.class);
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
            assertThat(workspace.storedReports()).isEmpty();
            workspace.saveReport("a", "First", "{}");
            assertThat(workspace.storedReports()).hasSize(1);
        }
    }

    @Test
    void aFileInItsFolderStandsForTheWorkspace() throws Exception {
        Workspace.open(folder).close();
        assertThat(Workspace.isMark(folder.resolve("workspace.assay"))).isTrue();
        assertThat(Workspace.isMark(folder)).isFalse();
    }
}

package dev.assay.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.InputRole;
import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import dev.assay.run.Environment;
import dev.assay.run.ProvenanceDiff;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.fake.Requests;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.run.fake.TextKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunAgainTest {

    @TempDir
    Path temporary;

    private final Catalogue catalogue = new Catalogue(
            List.of(ScriptedAnalysis.of("fake", (inputs, p, context) -> {})
                    .taking(InputRole.required("text", "Text", TextKind.Text.class, "It is read"))),
            List.of(new TextKind()));

    private final Environment now = Environment.detect();
    private Path data;
    private Workspace workspace;

    @BeforeEach
    void open() throws Exception {
        data = Files.createDirectories(temporary.resolve("data/here"));
        workspace = Workspace.open(temporary.resolve("space"));
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private StoredRun ranOn(Path input) {
        try (RunQueue queue = RunQueue.inline(catalogue, workspace)) {
            Run run = queue.submit(Requests.of("fake", "text", input));
            assertThat(run.state()).isEqualTo(RunState.DONE);
            return workspace.run(run.id()).orElseThrow();
        }
    }

    private RunAgain plan(StoredRun run, Path... folders) {
        return RunAgain.plan(run, catalogue, List.of(folders), now, () -> false);
    }

    @Test
    void nothingMovedMeansTheSameRequestAndNoChanges() throws Exception {
        StoredRun run = ranOn(Files.writeString(data.resolve("a.txt"), "hello"));
        RunAgain again = plan(run);
        assertThat(again.request()).isEqualTo(run.request());
        assertThat(again.moved()).isEmpty();
        assertThat(again.missing()).isEmpty();
        assertThat(again.changes()).isEmpty();
    }

    @Test
    void aRenamedFileIsFoundByItsContent() throws Exception {
        Path file = Files.writeString(data.resolve("a.txt"), "hello");
        StoredRun run = ranOn(file);
        Files.writeString(data.resolve("other.txt"), "hallo");
        Path renamed = Files.move(file, data.resolve("b.txt"));
        RunAgain again = plan(run);
        assertThat(again.moved()).extracting(m -> m.to().path()).containsExactly(renamed);
        assertThat(again.request().inputs().get("text").getFirst().path()).isEqualTo(renamed);
        assertThat(again.changes()).extracting(ProvenanceDiff.Change::what).containsExactly("input text, path");
    }

    @Test
    void aFileWhoseFolderWasRenamedIsFound() throws Exception {
        StoredRun run = ranOn(Files.writeString(data.resolve("a.txt"), "hello"));
        Path folder = Files.move(data, data.resolveSibling("there"));
        assertThat(plan(run).moved()).extracting(m -> m.to().path()).containsExactly(folder.resolve("a.txt"));
    }

    @Test
    void aFileMovedToOneOfTheGivenFoldersIsFound() throws Exception {
        Path file = Files.writeString(data.resolve("a.txt"), "hello");
        StoredRun run = ranOn(file);
        Path far = Files.createDirectories(temporary.resolve("far/away/deep"));
        Path there = Files.move(file, far.resolve("z.txt"));
        assertThat(plan(run, temporary.resolve("far")).moved()).extracting(m -> m.to().path()).containsExactly(there);
    }

    @Test
    void aFileThatIsNowhereIsAskedForWithItsHash() throws Exception {
        Path file = Files.writeString(data.resolve("a.txt"), "hello");
        StoredRun run = ranOn(file);
        Files.delete(file);
        RunAgain again = plan(run);
        assertThat(again.missing()).hasSize(1);
        assertThat(again.missing().getFirst().sha256()).startsWith("2cf24dba");
        assertThat(again.missing().getFirst().location().path()).isEqualTo(file);
    }

    @Test
    void whatTheUserPointsAtTakesTheOldPlace() throws Exception {
        Path file = Files.writeString(data.resolve("a.txt"), "hello");
        RunRequest request = new RunRequest(
                "fake", Map.of("text", List.of(new Location(file, Map.of("label", "1")))), Map.of(), 0, "cpu", 1);
        Path chosen = temporary.resolve("chosen.txt");
        RunRequest relocated =
                RunAgain.relocate(request, "text", request.inputs().get("text").getFirst(), chosen);
        assertThat(relocated.inputs().get("text"))
                .containsExactly(new Location(chosen, Map.of("label", "1")));
    }

    @Test
    void aFileChangedSinceIsTold() throws Exception {
        Path file = Files.writeString(data.resolve("a.txt"), "hello");
        StoredRun run = ranOn(file);
        Files.writeString(file, "hullo");
        assertThat(plan(run).changes()).extracting(ProvenanceDiff.Change::what)
                .containsExactly("input text, content");
    }

    @Test
    void aMovedFolderIsFoundByItsNameAndContent() throws Exception {
        Path folder = Files.createDirectories(data.resolve("digits"));
        Files.writeString(folder.resolve("a.txt"), "hello");
        Files.writeString(folder.resolve("b.txt"), "world");
        StoredRun run = ranOn(folder);
        Path decoy = Files.createDirectories(temporary.resolve("far/other/digits"));
        Files.writeString(decoy.resolve("a.txt"), "hello");
        Path moved = Files.createDirectories(temporary.resolve("far/new"));
        Files.move(folder, moved.resolve("digits"));
        assertThat(plan(run, temporary.resolve("far")).moved())
                .extracting(m -> m.to().path())
                .containsExactly(moved.resolve("digits"));
    }
}

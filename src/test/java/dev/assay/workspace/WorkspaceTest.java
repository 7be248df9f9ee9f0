package dev.assay.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.fake.Await;
import dev.assay.run.fake.Requests;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.run.fake.TextKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir
    Path temporary;

    private Path folder;
    private Workspace workspace;

    @BeforeEach
    void open() throws Exception {
        folder = temporary.resolve("space");
        workspace = Workspace.open(folder);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private static Scalar scalar(String id, double value) {
        return new Scalar(id, "Title of " + id, value, "share", "of 10");
    }

    private static Analysis<?> emitting(Result... results) {
        return ScriptedAnalysis.of("fake", (inputs, p, context) -> List.of(results).forEach(context::emit));
    }

    private Run run(Analysis<?> analysis, RunRequest request) {
        try (RunQueue queue = RunQueue.inline(new Catalogue(List.of(analysis), List.of(new TextKind())), workspace)) {
            return queue.submit(request);
        }
    }

    private StoredRun stored(Run run) {
        return workspace.run(run.id()).orElseThrow();
    }

    private void reopen() throws Exception {
        workspace.close();
        workspace = Workspace.open(folder);
    }

    @Test
    void aNewWorkspaceIsMadeWithItsFolders() {
        assertThat(folder.resolve("workspace.db")).isRegularFile();
        assertThat(folder.resolve("runs")).isDirectory();
        assertThat(workspace.reports().folder()).isDirectory();
        assertThat(workspace.runs()).isEmpty();
        assertThat(workspace.readOnly()).isFalse();
    }

    @Test
    void anEndedRunIsFoundAgainWithEverything() throws Exception {
        Path text = Files.writeString(temporary.resolve("a.txt"), "hello");
        RunRequest request = new RunRequest(
                "fake",
                Map.of("text", List.of(new Location(text, Map.of("label", "last")))),
                Map.of("slack", "1/6"),
                99,
                "auto",
                2);
        Table table = new Table.Builder("t", "T", List.of(Column.integer("n", "N"))).add(5L).snapshot();
        ScriptedAnalysis analysis = ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            context.emit(scalar("recall", 0.5));
            context.emit(table);
            context.warn("careful");
        })
                .taking(InputRole.required("text", "Text", TextKind.Text.class, "It is read"));
        Run run = run(analysis, request);
        reopen();
        StoredRun stored = stored(run);
        assertThat(stored.state()).isEqualTo(RunState.DONE);
        assertThat(stored.request()).isEqualTo(run.request());
        assertThat(stored.scalars()).containsExactly(scalar("recall", 0.5));
        assertThat(stored.inputs().getFirst().sha256())
                .isEqualTo(run.provenance().orElseThrow().inputs().getFirst().sha256());
        assertThat(stored.results()).hasSize(2);
        assertThat(((Table) stored.results().get(1)).value(0, 0)).isEqualTo(5L);
        assertThat(stored.log()).extracting(l -> l.text()).contains("careful");
        assertThat(stored.created()).isEqualTo(run.created());
        assertThat(stored.elapsed()).isPositive();
        assertThat(stored.provenance()).isPresent();
        assertThat(stored.device()).startsWith("CPU");
    }

    @Test
    void aFailedRunKeepsItsReasonAndWhatItFound() throws Exception {
        Run run = run(
                ScriptedAnalysis.of("fake", (inputs, p, context) -> {
                    context.emit(scalar("recall", 0.5));
                    throw new InputException("it ends early", "a.idx", "fetch it again");
                }),
                Requests.of("fake"));
        reopen();
        assertThat(stored(run).state()).isEqualTo(RunState.FAILED);
        assertThat(stored(run).failure().orElseThrow().message()).isEqualTo("a.idx: it ends early; fetch it again.");
        assertThat(stored(run).results()).hasSize(1);
    }

    @Test
    void aNumberThatIsAbsentStaysAbsent() throws Exception {
        Run run = run(emitting(scalar("precision", Double.NaN)), Requests.of("fake"));
        reopen();
        assertThat(stored(run).scalars().getFirst().value()).isNaN();
    }

    @Test
    void theStatesOfARunAreRecordedInOrder() {
        Run run = run(emitting(), Requests.of("fake"));
        assertThat(workspace.states(run.id()).stream().map(Map.Entry::getValue))
                .startsWith(RunState.QUEUED)
                .endsWith(RunState.DONE);
    }

    @Test
    void runsAreListedNewestFirst() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(i -> run(emitting(), Requests.of("fake")).id())
                .toList();
        assertThat(workspace.runs()).extracting(StoredRun::id).containsExactlyElementsOf(ids.reversed());
    }

    @Test
    void twoRunsMayHaveOneNameAndAreToldApart() throws Exception {
        Run first = run(emitting(scalar("x", 1)), Requests.of("fake"));
        Run second = run(emitting(scalar("x", 2)), Requests.of("fake"));
        workspace.rename(first.id(), "same");
        workspace.rename(second.id(), "same");
        assertThat(workspace.runs()).extracting(StoredRun::name).containsExactly("same", "same");
        assertThat(stored(first).scalars().getFirst().value()).isEqualTo(1);
        assertThat(stored(second).scalars().getFirst().value()).isEqualTo(2);
    }

    @Test
    void aNameMustNotBeBlank() {
        Run run = run(emitting(), Requests.of("fake"));
        assertThatThrownBy(() -> workspace.rename(run.id(), "  ")).isInstanceOf(InputException.class);
    }

    @Test
    void notesAreKept() throws Exception {
        Run run = run(emitting(), Requests.of("fake"));
        workspace.setNotes(run.id(), "look at class 3");
        reopen();
        assertThat(stored(run).notes()).isEqualTo("look at class 3");
    }

    @Test
    void aDeletedRunIsGoneWithItsFolderAndOthersStay() throws Exception {
        Run gone = run(emitting(scalar("x", 1)), Requests.of("fake"));
        Run stays = run(emitting(scalar("x", 2)), Requests.of("fake"));
        workspace.delete(gone.id());
        assertThat(workspace.runs()).extracting(StoredRun::id).containsExactly(stays.id());
        reopen();
        assertThat(gone.folder()).doesNotExist();
        assertThat(workspace.runs()).extracting(StoredRun::id).containsExactly(stays.id());
        assertThat(stored(stays).results()).hasSize(1);
        try (var left = Files.list(folder.resolve("runs"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aDeletedRunCanBeHadBackUntilTheWorkspaceIsClosed() throws Exception {
        Run run = run(emitting(scalar("x", 1)), Requests.of("fake"));
        workspace.setTags(run.id(), List.of("good", " good", "", "baseline "));
        workspace.delete(run.id());
        assertThat(workspace.run(run.id())).isEmpty();
        workspace.restore(run.id());
        assertThat(stored(run).results()).hasSize(1);
        reopen();
        assertThat(stored(run).tags()).containsExactly("good", "baseline");
        assertThat(stored(run).results()).hasSize(1);
    }

    @Test
    void presetsAreKeptPerAnalysis() throws Exception {
        workspace.savePreset(new Preset("fake", "quick", Map.of("factor", "1")));
        workspace.savePreset(new Preset("fake", "quick", Map.of("factor", "2")));
        workspace.savePreset(new Preset("other", "quick", Map.of("factor", "3")));
        reopen();
        assertThat(workspace.presets("fake")).containsExactly(new Preset("fake", "quick", Map.of("factor", "2")));
        workspace.deletePreset(workspace.presets("fake").getFirst());
        assertThat(workspace.presets("fake")).isEmpty();
        assertThat(workspace.presets("other")).hasSize(1);
        assertThatThrownBy(() -> workspace.savePreset(new Preset("fake", " ", Map.of())))
                .hasMessageContaining("needs a name");
    }

    @Test
    void aRunUnderWayCannotBeDeleted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Semaphore gate = new Semaphore(0);
        ScriptedAnalysis waiting = ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            started.countDown();
            gate.acquire();
        });
        try (RunQueue queue = new RunQueue(new Catalogue(List.of(waiting), List.of()), workspace)) {
            Run run = queue.submit(Requests.of("fake"));
            Await.latch(started);
            assertThatThrownBy(() -> workspace.delete(run.id())).hasMessageContaining("not ended");
            gate.release();
            Await.end(queue, run);
        }
    }

    @Test
    void whoeverIsInterestedHearsOfChanges() throws Exception {
        Run run = run(emitting(), Requests.of("fake"));
        CountDownLatch heard = new CountDownLatch(1);
        workspace.onChange(heard::countDown);
        workspace.rename(run.id(), "other");
        Await.latch(heard);
    }

    @Test
    void aSecondWindowIsToldAndMayOnlyLook() throws Exception {
        Run run = run(emitting(scalar("x", 1)), Requests.of("fake"));
        try (Workspace second = Workspace.open(folder)) {
            assertThat(second.readOnly()).isTrue();
            assertThat(second.readOnlyReason()).contains("Another window");
            assertThat(second.runs()).extracting(StoredRun::id).containsExactly(run.id());
            assertThat(second.run(run.id()).orElseThrow().results()).hasSize(1);
            assertThatThrownBy(() -> second.rename(run.id(), "x")).hasMessageContaining("only be looked at");
            assertThatThrownBy(() -> second.delete(run.id())).hasMessageContaining("only be looked at");
        }
        Run later = run(emitting(), Requests.of("fake"));
        assertThat(later.state()).isEqualTo(RunState.DONE);
    }

    @Test
    void theSecondWindowSeesWhatTheFirstAdds() throws Exception {
        try (Workspace second = Workspace.open(folder)) {
            run(emitting(), Requests.of("fake"));
            assertThat(second.runs()).hasSize(1);
        }
    }

    @Test
    void aSecondWindowDoesNotTakeARunUnderWayForInterrupted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Semaphore gate = new Semaphore(0);
        ScriptedAnalysis waiting = ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            started.countDown();
            gate.acquire();
        });
        try (RunQueue queue = new RunQueue(new Catalogue(List.of(waiting), List.of()), workspace)) {
            Run run = queue.submit(Requests.of("fake"));
            Await.latch(started);
            try (Workspace second = Workspace.open(folder)) {
                assertThat(second.interrupted()).isEmpty();
                assertThat(second.run(run.id()).orElseThrow().state().isFinal()).isFalse();
            }
            gate.release();
            Await.end(queue, run);
        }
    }

    @Test
    void theFirstWindowClosedTheNextMayWrite() throws Exception {
        reopen();
        assertThat(workspace.readOnly()).isFalse();
    }

    @Test
    void aRunInAReadOnlyWorkspaceFailsWithAClearSentence() throws Exception {
        try (Workspace second = Workspace.open(folder);
                RunQueue queue = RunQueue.inline(new Catalogue(List.of(emitting()), List.of()), second)) {
            Run run = queue.submit(Requests.of("fake"));
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.failure().orElseThrow().message()).contains("only be looked at");
        }
    }

    @Test
    void aPlaceThatCannotBeAFolderIsRefused() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> Workspace.open(file.resolve("space")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be made")
                .hasMessageContaining("choose another folder");
    }

    @Test
    void noWorkspaceIsMadeAmongOtherFiles() throws Exception {
        Path data = Files.createDirectory(temporary.resolve("my data"));
        Files.writeString(data.resolve("graphs_A.txt"), "1, 2");
        assertThatThrownBy(() -> Workspace.open(data))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds other files, such as graphs_A.txt")
                .hasMessageContaining("choose an empty folder");
        try (var left = Files.list(data)) {
            assertThat(left).containsExactly(data.resolve("graphs_A.txt"));
        }
    }

    @Test
    void aFolderThatNotEvenTheSuperuserMayWriteToIsRefused() {
        Path place = Path.of("/proc/assay-workspace");
        assumeThat(Path.of("/proc/self")).as("a file system of the kernel's").isDirectory();
        assertThatThrownBy(() -> Workspace.open(place))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(place.toString())
                .hasMessageContaining("choose another folder");
    }

    @Test
    void aFolderWithoutTheRightToWriteIsRefusedOrReadOnly() throws Exception {
        assumeThat(Files.getFileStore(temporary).supportsFileAttributeView("posix"))
                .as("a file system with permissions")
                .isTrue();
        run(emitting(), Requests.of("fake"));
        workspace.close();
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        for (Path path : List.of(folder, empty)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        try {
            assumeThat(Files.isWritable(empty)).as("the superuser may write anywhere").isFalse();
            assertThatThrownBy(() -> Workspace.open(empty)).hasMessageContaining("may not be written");
            try (Workspace readOnly = Workspace.open(folder)) {
                assertThat(readOnly.readOnly()).isTrue();
                assertThat(readOnly.runs()).hasSize(1);
            }
        } finally {
            for (Path path : List.of(folder, empty)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            workspace = Workspace.open(folder);
        }
    }

    @Test
    void aDamagedDatabaseIsRefusedAndNotOverwritten() throws Exception {
        workspace.close();
        Path file = folder.resolve("workspace.db");
        byte[] junk = "This is no database. ".repeat(200).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] good = Files.readAllBytes(file);
        Files.write(file, junk);
        assertThatThrownBy(() -> Workspace.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("workspace.db")
                .hasMessageContaining("cannot be opened");
        assertThat(file).hasBinaryContent(junk);
        Files.write(file, good);
        workspace = Workspace.open(folder);
    }

    @Test
    void aWorkspaceOfANewerVersionIsRefused() throws Exception {
        workspace.close();
        setVersion(WorkspaceDatabase.VERSION + 1);
        assertThatThrownBy(() -> Workspace.open(folder)).hasMessageContaining("newer version");
        setVersion(WorkspaceDatabase.VERSION);
        workspace = Workspace.open(folder);
    }

    private void setVersion(int version) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("workspace.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = " + version);
        }
    }

    @Test
    void theDatabaseIsInWriteAheadMode() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("workspace.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA journal_mode")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("wal");
        }
    }

    @Test
    void damagedResultsAreToldInTheLogAndTheListStillWorks() throws Exception {
        Run run = run(emitting(scalar("x", 1)), Requests.of("fake"));
        Files.writeString(run.folder().resolve("result.json"), "{");
        StoredRun stored = stored(run);
        assertThat(stored.scalars()).hasSize(1);
        assertThat(stored.results()).isEmpty();
        assertThat(stored.log().getFirst().text()).contains("cannot be read");
        assertThatThrownBy(() -> stored(run).load()).isInstanceOf(InputException.class);
    }

    @Test
    void aFolderLeftByADeletionThatWasCutShortIsRemovedAtTheNextOpening() throws Exception {
        workspace.close();
        Path left = Files.createDirectories(folder.resolve("runs").resolve(".deleted-x").resolve("deep"));
        workspace = Workspace.open(folder);
        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    void aWorkspaceThatCannotBeOpenedLeavesItsDatabaseClosed() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeThat(descriptors).as("a list of open files").isDirectory();
        workspace.close();
        Path runs = folder.resolve("runs");
        Files.delete(runs);
        Files.writeString(runs, "in the way");
        assertThatThrownBy(() -> Workspace.open(folder)).isInstanceOf(InputException.class);
        List<String> open = new ArrayList<>();
        try (var list = Files.list(descriptors)) {
            for (Path descriptor : list.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        String inside = folder.toRealPath().toString();
        assertThat(open).noneMatch(file -> file.startsWith(inside));
        Files.delete(runs);
        workspace = Workspace.open(folder);
    }

    @Test
    void aDeletedRunWhoseFolderCannotBeRemovedKeepsNobodyOut() throws Exception {
        assumeThat(Files.getFileStore(temporary).supportsFileAttributeView("posix"))
                .as("a file system with permissions")
                .isTrue();
        Run gone = run(emitting(), Requests.of("fake"));
        Run stays = run(emitting(), Requests.of("fake"));
        Path held = Files.createDirectory(gone.folder().resolve("held"));
        Files.writeString(held.resolve("file"), "in use");
        Files.setPosixFilePermissions(held, PosixFilePermissions.fromString("---------"));
        try {
            assumeThat(Files.isReadable(held)).as("the superuser may read anywhere").isFalse();
            workspace.delete(gone.id());
            reopen();
            assertThat(workspace.readOnly()).isFalse();
            assertThat(workspace.runs()).extracting(StoredRun::id).containsExactly(stays.id());
        } finally {
            Files.setPosixFilePermissions(held, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        reopen();
        assertThat(gone.folder()).doesNotExist();
    }

    @Test
    void namesWithQuotesDoNoHarm() throws Exception {
        Run run = run(emitting(), Requests.of("fake"));
        String name = "Robert'); DROP TABLE runs; -- \"é\"";
        workspace.rename(run.id(), name);
        assertThat(stored(run).name()).isEqualTo(name);
    }
}

package dev.assay.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Table;
import dev.assay.run.RunState;
import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceCrashTest {

    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    private Process crash() throws Exception {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CrashingProgram.class.getName(),
                folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve("output.txt").toFile())
                .start();
    }

    /** Waits for the results of the endless run to be written, by watching the folders. */
    private void awaitFirstSave(Process program) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Path runs = folder.resolve("runs");
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            Files.createDirectories(runs);
            runs.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (!saved(runs)) {
                assertThat(program.isAlive())
                        .as(() -> "the program runs; it printed " + output())
                        .isTrue();
                assertThat(System.nanoTime()).as("saved in time").isLessThan(deadline);
                watch.poll(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    private String output() {
        try {
            return Files.readString(logs.resolve("output.txt"));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private static boolean saved(Path runs) {
        File[] found = runs.toFile().listFiles(f -> f.getName().startsWith("endless"));
        return found != null
                && List.of(found).stream().anyMatch(f -> new File(f, "result.json").exists());
    }

    @Test
    void afterAKillTheNextStartShowsWhatWasFoundAndNothingElseIsLost() throws Exception {
        Process program = crash();
        try {
            awaitFirstSave(program);
        } finally {
            program.destroyForcibly().waitFor();
        }
        try (Workspace workspace = Workspace.open(folder)) {
            assertThat(workspace.readOnly()).isFalse();
            List<StoredRun> runs = workspace.runs().reversed();
            assertThat(runs).extracting(StoredRun::state)
                    .containsExactly(RunState.DONE, RunState.INTERRUPTED, RunState.INTERRUPTED);
            assertThat(workspace.interrupted()).extracting(StoredRun::id)
                    .containsExactly(runs.get(1).id(), runs.get(2).id());
            assertThat(runs.getFirst().results()).hasSize(1);
            StoredRun interrupted = runs.get(1);
            assertThat(interrupted.scalars().getFirst().value()).isEqualTo(0.5);
            assertThat(((Table) interrupted.results().get(1)).rowCount()).isEqualTo(100);
            assertThat(interrupted.state().isFinal()).isTrue();
            assertThat(runs.get(2).name()).isEqualTo("waits");
            assertThat(runs.get(2).results()).isEmpty();
        }
        try (Workspace again = Workspace.open(folder)) {
            assertThat(again.interrupted()).as("told once").isEmpty();
        }
    }
}

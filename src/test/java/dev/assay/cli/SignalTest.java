package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.json.ResultJsonReader;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalTest {

    @TempDir
    Path folder;

    @Test
    void controlCKeepsWhatWasFoundAndReturnsFour() throws Exception {
        Assumptions.assumeFalse(System.getProperty("os.name").startsWith("Windows"), "there are no signals here");
        Process program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                InterruptedProgram.class.getName(),
                "run",
                "endless",
                "--device",
                "cpu",
                "--out",
                folder.resolve("out").toString(),
                "--json")
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
        try (BufferedReader err = program.errorReader()) {
            String line = err.readLine();
            while (line != null && !line.startsWith("Working")) {
                line = err.readLine();
            }
            assertThat(line).as("the run works").isNotNull();
            new ProcessBuilder("kill", "-INT", String.valueOf(program.pid())).start().waitFor();
            assertThat(err.lines()).contains("Cancelled; what was found is kept.");
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.exitValue()).isEqualTo(4);
        RunRecord kept = new ResultJsonReader().read(folder.resolve("out/result.json"));
        assertThat(kept.state()).isEqualTo(RunState.CANCELLED);
        assertThat(kept.results()).hasSize(2);
        assertThat(folder.resolve("out/line.svg")).exists();
        assertThat(new ResultJsonReader().read(folder.resolve("printed")).results()).hasSize(2);
    }
}

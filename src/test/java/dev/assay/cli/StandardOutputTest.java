package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardOutputTest {

    @TempDir
    Path folder;

    @Test
    void whatLibrariesPrintGoesToStandardError() throws Exception {
        Assumptions.assumeFalse(System.getProperty("os.name").startsWith("Windows"), "there it stays shared");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                NoisyProgram.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(Files.readString(out)).isEqualTo("{\"grüße\": [\n" + "1".repeat(300_000) + "]}\n");
        assertThat(Files.readString(err)).contains("a line of C\n", "a line of Java\n");
    }
}

package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardOutputTest {

    private static final File FULL = new File("/dev/full");

    @TempDir
    Path folder;

    @BeforeEach
    void thereAreDescriptors() {
        Assumptions.assumeFalse(System.getProperty("os.name").startsWith("Windows"), "there the output stays shared");
    }

    private int run(File out) throws Exception {
        Process program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                NoisyProgram.class.getName())
                .redirectOutput(out)
                .redirectError(errors().toFile())
                .start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return program.exitValue();
    }

    private Path errors() {
        return folder.resolve("err");
    }

    @Test
    void whatLibrariesPrintGoesToStandardError() throws Exception {
        Path out = folder.resolve("out");
        assertThat(run(out.toFile())).isZero();
        assertThat(Files.readString(out)).isEqualTo("grüße " + "1".repeat(300_000) + "\n[ ]\n");
        assertThat(Files.readString(errors())).contains("a line of C\n", "a line of Java\n");
    }

    @Test
    void aFullDiskBehindItIsTold() throws Exception {
        Assumptions.assumeTrue(FULL.exists(), "there is no " + FULL);
        assertThat(run(FULL)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Files.readString(errors())).contains("Standard output could not be written (No space left");
    }
}

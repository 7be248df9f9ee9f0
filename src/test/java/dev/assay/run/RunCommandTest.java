package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCommandTest {

    private static final RunRequest REQUEST = new RunRequest(
            "steps", Map.of("model", List.of(Location.of(Path.of("my net.onnx")))), Map.of("note", "a \"b\""), 0, "cpu",
            1);

    @Test
    void theShellsOfWindowsKnowNoSingleQuotes() {
        assertThat(RunCommand.line(REQUEST, true)).isEqualTo(
                "assay run steps \"model=my net.onnx\" -p \"note=a \\\"b\\\"\" --device cpu --seed 0 --threads 1");
    }

    @Test
    void aBackslashBeforeAQuoteDoesNotSwallowItOnWindows() {
        RunRequest request = new RunRequest(
                "steps", Map.of(), Map.of("folder", "C:\\my data\\", "note", "a \\\"b"), 0, "cpu", 1);
        assertThat(RunCommand.line(request, true))
                .contains("\"folder=C:\\my data\\\\\"")
                .contains("\"note=a \\\\\\\"b\"");
    }

    @Test
    void theInstalledProgramIsCalledByItsLauncherForTerminals() {
        System.setProperty("jpackage.app-path", "/opt/assay/bin/assay");
        try {
            assertThat(RunCommand.words(REQUEST)).startsWith("assay-cli", "run", "steps");
        } finally {
            System.clearProperty("jpackage.app-path");
        }
    }
}

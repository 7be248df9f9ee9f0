package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Catalogue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {

    @TempDir
    Path folder;

    @Test
    void anEmptyWindowSaysWhatToDoNext() throws Exception {
        try (ShellDriver window = new ShellDriver(folder, () -> new Catalogue(List.of(), List.of()), 1440, 900)) {
            window.screenshot("first-start");
            assertThat(window.texts()).contains("Drop a model or a dataset here", "Nothing is running");
        }
    }
}

package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSampleTest {

    @TempDir
    Path folder;

    @Test
    void theSampleRunsFromTheFirstStartToItsResults() throws Exception {
        SampleData sample = TestData.sample();
        try (ShellDriver window = new ShellDriver(folder, Catalogue::load, 1440, 900)) {
            Shell shell = window.shell();
            window.fx(() -> {
                shell.open(sample.test());
                shell.open(sample.train());
                shell.open(sample.model());
                return null;
            });
            window.await("all three open",
                    () -> shell.parts().open().items().stream().filter(i -> i.isReady()).count() == 3);
            window.screenshot("model");
            window.fx(() -> {
                shell.inspector().choose("nap-mining");
                return null;
            });
            window.settle();
            window.screenshot("inspector");
            window.press("#run-button");
            window.await("a run", () -> !shell.parts().runs().session().isEmpty());
            window.screenshot("run-live");
            window.await("run ended", () -> shell.parts().runs().session().getFirst().state().isFinal());
            assertThat(shell.parts().runs().session().getFirst().state()).isEqualTo(RunState.DONE);
            window.settle();
            window.screenshot("run-done-light");
            window.act("toggle-theme");
            window.screenshot("run-done-dark");
            window.act("toggle-theme");
            window.act("preferences");
            window.screenshot("preferences");
        }
    }
}

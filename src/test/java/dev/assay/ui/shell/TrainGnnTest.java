package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunState;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs through the window: opened, a network trained on them and stopped, and the network opened. */
class TrainGnnTest {

    @TempDir
    Path folder;

    @Test
    void aNetworkIsTrainedStoppedAndOpened() throws Exception {
        try (ShellDriver window = new ShellDriver(folder, Catalogue::load, 1440, 900)) {
            Shell shell = window.shell();
            window.fx(() -> {
                shell.open(Location.of(Path.of("sample-data/ba2motifs")));
                return null;
            });
            window.await("the graphs are open",
                    () -> shell.parts().open().items().stream().filter(i -> i.isReady()).count() == 1);
            window.settle();
            window.screenshot("graphs");
            window.fx(() -> {
                shell.inspector().choose("gnn-training");
                return null;
            });
            window.settle();
            window.screenshot("gnn-training-inspector");
            window.press("#run-button");
            window.await("a run", () -> !shell.parts().runs().session().isEmpty());
            Run run = (Run) shell.parts().runs().session().getFirst();
            window.await("some epochs", () -> run.progress().done() >= 8);
            window.screenshot("gnn-training-live");
            window.fx(() -> {
                run.cancel();
                return null;
            });
            window.await("the run ended", () -> run.state().isFinal());
            assertThat(run.state()).isEqualTo(RunState.CANCELLED);
            Path model = run.folder().resolve("model");
            assertThat(Files.exists(model.resolve("config.json"))).isTrue();
            window.fx(() -> {
                shell.open(Location.of(model));
                return null;
            });
            window.await("the network is open",
                    () -> shell.parts().open().items().stream().filter(i -> i.isReady() && i.isModel()).count() == 1);
            window.settle();
            window.screenshot("gnn-model");
        }
    }
}

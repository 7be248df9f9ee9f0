package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesWindowTest {

    @TempDir
    Path folder;

    @Test
    void theMachinesDevicesAreShownAndMeasuredUntilCancelled() throws Exception {
        try (ShellDriver window = new ShellDriver(folder, () -> new Catalogue(List.of(), List.of()), 1280, 800)) {
            window.act("devices");
            window.awaitText("works");
            assertThat(window.texts()).contains("Measure this machine");

            window.press("#measure");
            window.await("a measured kernel", () -> ((GridPane) window.node("#kernel-grid")).getChildren().size() > 6);
            window.screenshot("devices");
            window.press("#measure-cancel");
            window.await("the end", () -> !window.node("#measure").isDisabled());

            assertThat(window.texts()).contains("Threshold and pack");
            window.act("toggle-theme");
            window.settle();
            window.screenshot("devices-dark");

            window.act("preferences");
            window.awaitText("Assay's own");
            window.await("the engines", () -> ((Label) window.node("#pref-engines")).getText().contains("version"));
            window.screenshot("preferences-engines");
            Path other = Files.createDirectory(folder.resolve("other"));
            window.answers.next.add(other);
            window.press("#pref-pytorch");
            window.await("the reason", () -> window.texts().contains("holds no PyTorch"));
            Files.createFile(other.resolve("libtorch_cpu.so"));
            window.answers.next.add(other);
            window.press("#pref-pytorch");
            window.awaitText("Use Assay's own");
            window.press("#pref-pytorch-own");
            window.awaitText("Assay's own");
        }
    }
}

package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenFilesTest {

    @TempDir
    Path files;

    private ShellDriver window;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        window = new ShellDriver(folder, Catalogue::load, 1440, 900);
    }

    @BeforeEach
    void tidy() {
        window.tidy();
    }

    @AfterAll
    void close() throws Exception {
        window.close();
    }

    private void openByDialog(Path file) {
        window.answers.next.add(file);
        window.act("open");
    }

    @Test
    void aModelIsListedWithItsFactAndShownInATab() throws Exception {
        openByDialog(TestData.sample().model().path());
        window.awaitText("4x256 ReLU");
        window.awaitText("1 024 in 4 layers".replace(' ', '\u202f').replace("\u202fin\u202f4\u202f", " in 4 "));
        window.atRest();
        window.screenshot("model");
    }

    @Test
    void aDatasetIsListedWithItsFactAndShownInATab() throws Exception {
        openByDialog(TestData.sample().test().path());
        window.awaitText("1\u202f000 x 28x28, 10 classes");
        window.atRest();
        window.screenshot("dataset");
    }

    @Test
    void theTabIsThereWhileTheFileIsStillBeingOpened() throws Exception {
        window.fx(() -> {
            window.shell().open(TestData.sample().model());
            assertThat(window.shell().tabs().keys()).hasSize(1);
            return null;
        });
        window.awaitText("4x256 ReLU");
    }

    @Test
    void openingTheSameFileAgainSelectsItsTab() throws Exception {
        openByDialog(TestData.sample().model().path());
        window.awaitText("4x256 ReLU");
        openByDialog(TestData.sample().test().path());
        window.awaitText("1\u202f000 x 28x28");
        openByDialog(TestData.sample().model().path());
        assertThat(window.<Integer>fx(() -> window.shell().parts().open().items().size())).isEqualTo(2);
        assertThat(window.fx(() -> window.shell().tabs().selectedKey()).orElseThrow()).endsWith(".onnx");
    }

    @Test
    void aDamagedModelIsAStripWithDetailsAndTheRestStaysUsable() throws Exception {
        openByDialog(TestData.damagedModel(files));
        window.await("a strip", () -> window.isShown(".strip-error"));
        window.screenshot("error");
        assertThat(window.texts()).contains("damaged.onnx: ").contains("Could not be opened");
        assertThat(window.fx(() -> window.shell().tabs().keys())).isEmpty();
        window.press(".strip-button");
        String copied = window.fx(() -> Clipboard.getSystemClipboard().getString());
        assertThat(copied).contains("damaged.onnx").contains("InputException").contains("Java ");
    }

    @Test
    void whatAssayCannotReadIsSaidWithWhatItReads() throws Exception {
        Path file = Files.writeString(files.resolve("notes.xyz"), "hello");
        openByDialog(file);
        window.awaitText("this is no file or folder that Assay can read");
    }

    @Test
    void aMissingFileIsSaid() throws Exception {
        window.fx(() -> {
            window.shell().open(Location.of(files.resolve("gone.onnx")));
            return null;
        });
        window.awaitText("there is no such file or folder");
    }

    @Test
    void openWithOptionsAsksWhatTheKindTakesAndReadsSo() throws Exception {
        window.answers.next.add(TestData.sample().test().path());
        window.act("open-options");
        window.await("the form", () -> window.isShown("#options-form"));
        window.screenshot("open-options");
        window.type("#option-scale", "1");
        window.press("#options-dialog .default-button");
        window.await("open", () -> window.shell().parts().open().items().size() == 1
                && window.shell().parts().open().items().getFirst().isReady());
        Location location = window.fx(() -> window.shell().parts().open().items().getFirst().location());
        assertThat(location.options()).containsEntry("scale", "1");
    }

    @Test
    void anOptionThatIsWrongCanBeMendedFromTheStrip() throws Exception {
        Path file = TestData.sample().test().path();
        window.fx(() -> {
            window.shell().open(new Location(file, java.util.Map.of("scale", "wide")));
            return null;
        });
        window.await("a strip", () -> window.isShown(".strip-error"));
        window.await("its button", () -> window.texts().contains("Open with options"));
        window.screenshot("open-options-wrong");
        window.fx(() -> {
            window.stage().getScene().getRoot().lookupAll(".strip-button").stream()
                    .map(n -> (javafx.scene.control.Button) n)
                    .filter(b -> b.getText().startsWith("Open with options"))
                    .findFirst()
                    .orElseThrow()
                    .fire();
            return null;
        });
        window.await("the form", () -> window.isShown("#options-form"));
        assertThat(window.textOf("#option-scale")).isEqualTo("wide");
        window.type("#option-scale", "255");
        window.press("#options-dialog .default-button");
        window.await("open", () -> window.shell().parts().open().items().stream().anyMatch(i -> i.isReady()));
        assertThat(window.<Integer>fx(() -> window.shell().parts().open().items().size())).isEqualTo(1);
    }

    @Test
    void closingInTheBrowserClosesTheTab() throws Exception {
        openByDialog(TestData.sample().model().path());
        window.awaitText("4x256 ReLU");
        window.fx(() -> {
            window.shell().files().close(window.shell().parts().open().items().getFirst());
            return null;
        });
        window.settle();
        assertThat(window.fx(() -> window.shell().tabs().keys())).isEmpty();
        assertThat(window.texts()).contains("Drop an ONNX model here");
    }

    @Test
    void openedFilesAreOfferedAgain() throws Exception {
        openByDialog(TestData.sample().model().path());
        window.awaitText("4x256 ReLU");
        window.tidy();
        window.awaitText("Opened before");
        assertThat(window.texts()).contains("digits-784-256x4-10.onnx");
    }

    @Test
    void theTreeHasARowForEachGroupAndInput() throws Exception {
        openByDialog(TestData.sample().model().path());
        window.awaitText("4x256 ReLU");
        TreeView<?> tree = (TreeView<?>) window.node("#browser-tree");
        assertThat(window.<Integer>fx(tree::getExpandedItemCount)).isEqualTo(8);
    }
}

package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchOptionsTest {

    @TempDir
    Path folder;

    @Test
    void filesMayCarryReadingOptions() throws Exception {
        Path file = Files.createFile(folder.resolve("x.idx"));
        LaunchOptions options = LaunchOptions.parse(List.of(file + "?scale=255"));
        assertThat(options.files()).extracting(Location::path).containsExactly(file);
        assertThat(options.files().getFirst().options()).containsEntry("scale", "255");
    }

    @Test
    void aFolderWithAWorkspaceIsTheWorkspace() throws Exception {
        Files.createFile(folder.resolve("workspace.db"));
        LaunchOptions options = LaunchOptions.parse(List.of(folder.toString())).resolved();
        assertThat(options.workspace()).contains(folder);
        assertThat(options.files()).isEmpty();
    }

    @Test
    void theSampleAndTheWorkspaceCanBeAskedFor() throws Exception {
        LaunchOptions options = LaunchOptions.parse(List.of("--sample", "--workspace=" + folder));
        assertThat(options.sample()).isTrue();
        assertThat(options.workspace()).contains(folder);
    }

    @Test
    void anUnknownOptionIsSaid() {
        assertThatThrownBy(() -> LaunchOptions.parse(List.of("--verbose")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no option --verbose");
    }
}

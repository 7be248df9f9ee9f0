package dev.assay.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path folder;

    @Test
    void aFileReplacesTheOneBefore() throws IOException {
        Path file = folder.resolve("a.bin");
        WholeFile.write(file, out -> out.write(1));
        WholeFile.write(file, out -> out.write(new byte[] {2, 3}));
        assertThat(file).hasBinaryContent(new byte[] {2, 3});
        assertThat(folder.toFile().list()).containsExactly("a.bin");
    }

    @Test
    void whatFailsHalfwayLeavesThingsAsTheyWere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
            out.write(new byte[100_000]);
            throw new IOException("No space left on device");
        }))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
            throw new AnalysisException("cancelled", "", "");
        })).isInstanceOf(AnalysisException.class);
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("a.txt");
    }
}

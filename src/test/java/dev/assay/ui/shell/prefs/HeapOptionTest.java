package dev.assay.ui.shell.prefs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapOptionTest {

    @TempDir
    Path folder;

    @Test
    void theFileIsReplacedAsAWholeAndTakenAway() throws Exception {
        Path file = folder.resolve("config").resolve("jvm.options");
        HeapOption.write(file, Optional.of(2048));
        HeapOption.write(file, Optional.of(4096));
        assertThat(file).content().endsWith("-Xmx4096m\n").doesNotContain("2048");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).as("nothing half written stays").containsExactly(file);
        }
        HeapOption.write(file, Optional.empty());
        assertThat(file).doesNotExist();
    }
}

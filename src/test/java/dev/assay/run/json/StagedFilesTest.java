package dev.assay.run.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.RunState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFilesTest {

    @TempDir
    Path folder;

    private static List<String> names(Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void nothingAppearsBeforeTheCommit() throws Exception {
        try (StagedFiles files = new StagedFiles(folder)) {
            files.add("a.txt", out -> out.write(1));
            assertThat(folder.resolve("a.txt")).doesNotExist();
            files.commit();
        }
        assertThat(names(folder)).containsExactly("a.txt");
    }

    @Test
    void withoutACommitNothingIsLeft() throws Exception {
        try (StagedFiles files = new StagedFiles(folder)) {
            files.add("a.txt", out -> out.write(1));
        }
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void aFailureInTheMiddleLeavesTheOldFileAsItWas() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "old");
        assertThatThrownBy(() -> StagedFiles.replace(folder.resolve("a.txt"), out -> {
            out.write("half".getBytes(StandardCharsets.UTF_8));
            throw new IOException("no more");
        }))
                .hasMessage("no more");
        assertThat(names(folder)).containsExactly("a.txt");
        assertThat(folder.resolve("a.txt")).hasContent("old");
    }

    @Test
    void aFullDiskLeavesTheEarlierResultsWhole() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setMaxSize(256 * 1024).setBlockSize(1024).build())) {
            Path run = disk.getPath("/work/run");
            ResultFolder results = new ResultFolder();
            results.write(Records.of(new Scalar("a", "A", 1, "", "")).in(RunState.RUNNING), run);
            List<String> before = names(run);
            assertThatThrownBy(() -> results.write(Records.of(Records.table(60_000)), run))
                    .isInstanceOf(IOException.class);
            assertThat(names(run)).isEqualTo(before);
            assertThat(new ResultJsonReader().read(run.resolve("result.json")).results()).hasSize(1);
        }
    }
}

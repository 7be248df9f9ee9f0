package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.fake.Requests;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.run.json.ResultJsonReader;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullDiskTest {

    private static final Catalogue CATALOGUE = new Catalogue(
            List.of(
                    ScriptedAnalysis.of(
                            "small", (inputs, p, context) -> context.emit(new Scalar("a", "A", 1, "", ""))),
                    ScriptedAnalysis.of("large", (inputs, p, context) -> {
                        context.emit(new Scalar("b", "B", 2, "", ""));
                        var rows = context.table("rows", "Rows", List.of(Column.text("text", "Text")));
                        for (int i = 0; i < 20_000; i++) {
                            rows.add("a row that takes room on the disk, number " + i);
                        }
                    })),
            List.of());

    private static Run run(String analysis, Path folder) {
        try (RunQueue queue = RunQueue.inline(CATALOGUE, new FolderStore(folder, false))) {
            return queue.submit(Requests.of(analysis));
        }
    }

    @Test
    void twoProcessesDoNotWriteIntoOneFolder() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path folder = disk.getPath("/work/both");
            assertThat(run("small", folder).state()).isEqualTo(RunState.DONE);
            byte[] first = Files.readAllBytes(folder.resolve("result.json"));
            // the check of the folder was before the first run began
            Run second = run("large", folder);
            assertThat(second.state()).isEqualTo(RunState.FAILED);
            assertThat(second.failure().orElseThrow().message()).contains("a file is in the way");
            assertThat(folder.resolve("result.json")).hasBinaryContent(first);
        }
    }

    @Test
    void aDiskThatFillsUpFailsTheRunInOneSentenceAndSparesEarlierRuns() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setMaxSize(128 * 1024)
                .setBlockSize(1024)
                .build())) {
            Run earlier = run("small", disk.getPath("/work/earlier"));
            Run failed = run("large", disk.getPath("/work/failed"));
            assertThat(earlier.state()).isEqualTo(RunState.DONE);
            assertThat(failed.state()).isEqualTo(RunState.FAILED);
            assertThat(failed.failure().orElseThrow().message())
                    .contains("could not be written to /work/failed")
                    .contains("out of disk space")
                    .contains("free space there");
            assertThat(failed.results()).as("still to be seen").hasSize(2);
            try (var left = Files.list(disk.getPath("/work/failed"))) {
                assertThat(left).as("nothing half-written").containsExactly(disk.getPath("/work/failed/result.json"));
            }
            RunRecord kept = new ResultJsonReader().read(disk.getPath("/work/failed/result.json"));
            assertThat(kept.state()).isEqualTo(RunState.FAILED);
            assertThat(kept.results()).as("what is small").hasSize(1);
            assertThat(new ResultJsonReader()
                    .read(earlier.folder().resolve("result.json"))
                    .results())
                    .hasSize(1);
            assertThat(run("small", disk.getPath("/work/next")).state()).isEqualTo(RunState.DONE);
        }
    }
}

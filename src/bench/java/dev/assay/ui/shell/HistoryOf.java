package dev.assay.ui.shell;

import dev.assay.analysis.result.Scalar;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workspace with many runs. */
final class HistoryOf {

    private HistoryOf() {}

    static void runs(Path folder, int count) throws Exception {
        try (Workspace workspace = Workspace.open(folder)) {
            for (int i = 0; i < count; i++) {
                String id = "rows-earlier-" + i;
                Instant then = Instant.now().minusSeconds(60L * (count - i));
                RunRecord run = new RunRecord(
                        id, "Many rows",
                        new RunRequest("rows", Map.of(), Map.of("rows", String.valueOf(i)), i, "cpu", 1),
                        RunState.QUEUED, RunProgress.NONE,
                        List.of(new Scalar("rows", "Rows", i, "", "")), List.of(), Optional.empty(), "CPU, 1 thread",
                        then, Optional.of(then), Duration.ofMillis(i), workspace.folder(id), Optional.empty());
                workspace.created(run);
                workspace.ended(run.in(RunState.DONE));
            }
        }
    }
}

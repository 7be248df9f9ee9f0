package dev.assay.report;

import dev.assay.analysis.InputException;
import dev.assay.run.RunView;
import dev.assay.workspace.StoredRun;
import dev.assay.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Runs of a workspace by their ids, and the pictures beside a report. Safe for any thread; reads the disk. */
public final class WorkspaceSource implements ReportSource {

    private final Workspace workspace;
    private final String report;
    private final Function<String, Optional<? extends RunView>> live;

    /**
     * A source.
     *
     * @param report the report's id
     * @param live runs of this session, which may still be at work
     */
    public WorkspaceSource(
            Workspace workspace, String report, Function<String, Optional<? extends RunView>> live) {
        this.workspace = workspace;
        this.report = report;
        this.live = live;
    }

    @Override
    public ReportRun run(String key) {
        Optional<? extends RunView> now = live.apply(key);
        if (now.isPresent()) {
            // The user may have given it another name since it began.
            String name = workspace.run(key).map(StoredRun::name).orElse(now.get().name());
            return new ReportRun(name, now.get(), "");
        }
        Optional<StoredRun> stored = workspace.run(key);
        if (stored.isEmpty()) {
            return new ReportRun(key, null, "it is no longer in the workspace");
        }
        try {
            return ReportRun.of(stored.get().load());
        } catch (InputException e) {
            return new ReportRun(stored.get().name(), null, e.getMessage());
        }
    }

    @Override
    public byte[] picture(String file) throws IOException {
        return Files.readAllBytes(workspace.reports().folder(report).resolve(Path.of(file).getFileName()));
    }
}

package dev.assay.workspace;

import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.InputStamp;
import dev.assay.run.LogLine;
import dev.assay.run.Provenance;
import dev.assay.run.RunFailure;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.run.json.ResultFolder;
import dev.assay.run.json.ResultJsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run read back from a workspace as it stood when it was asked for. What a list shows is there at once; results, log
 * and provenance are read from the disk at the first call of {@link #load}, {@link #results}, {@link #log} or {@link
 * #provenance}, which is therefore made in the background.
 */
public final class StoredRun implements RunView {

    private final WorkspaceDatabase.Row row;
    private final Path folder;
    private RunRecord loaded;

    StoredRun(WorkspaceDatabase.Row row, Path folder) {
        this.row = row;
        this.folder = folder;
    }

    @Override
    public String id() {
        return row.id();
    }

    @Override
    public String name() {
        return row.name();
    }

    /** What the user wrote about it. */
    public String notes() {
        return row.notes();
    }

    /** The user's tags. */
    public List<String> tags() {
        return row.tags();
    }

    @Override
    public RunRequest request() {
        return row.request();
    }

    @Override
    public RunState state() {
        return row.state();
    }

    @Override
    public RunProgress progress() {
        return RunProgress.NONE;
    }

    @Override
    public long resultsVersion() {
        return 1;
    }

    /** The numbers found, without reading the results from the disk. */
    public List<Scalar> scalars() {
        return row.scalars();
    }

    /** The inputs with size and hash, without reading the results from the disk. */
    public List<InputStamp> inputs() {
        return row.inputs();
    }

    /**
     * Reads the results unless they are there.
     *
     * @return the whole run; without results when it ended before it had any
     * @throws InputException when the files are missing or damaged
     */
    public synchronized RunRecord load() throws InputException {
        if (loaded == null) {
            Path file = folder.resolve(ResultFolder.RESULT);
            boolean never = row.started().isEmpty() || !row.state().equals(RunState.DONE);
            RunRecord read = never && !Files.exists(file) ? empty() : new ResultJsonReader().read(file);
            loaded = new RunRecord(
                    row.id(), row.name(), row.request(), row.state(), RunProgress.NONE, read.results(), read.log(),
                    row.failure(), row.device(), row.created(), row.started(), row.elapsed(), folder,
                    read.provenance());
        }
        return loaded;
    }

    private RunRecord empty() {
        return new RunRecord(
                row.id(), row.name(), row.request(), row.state(), RunProgress.NONE, List.of(), List.of(), row.failure(),
                row.device(), row.created(), row.started(), row.elapsed(), folder, Optional.empty());
    }

    private synchronized RunRecord loadOrExplain() {
        try {
            return load();
        } catch (InputException e) {
            RunRecord none = empty();
            List<LogLine> why =
                    List.of(new LogLine(Instant.now(), true, "The results cannot be read: " + e.getMessage()));
            loaded = new RunRecord(
                    none.id(), none.name(), none.request(), none.state(), none.progress(), List.of(), why,
                    none.failure(), none.device(), none.created(), none.started(), none.elapsed(), folder,
                    Optional.empty());
            return loaded;
        }
    }

    /** The results; none, with a warning in the log, when the files are damaged. */
    @Override
    public List<Result> results() {
        return loadOrExplain().results();
    }

    @Override
    public List<LogLine> log() {
        return loadOrExplain().log();
    }

    @Override
    public Optional<Provenance> provenance() {
        return loadOrExplain().provenance();
    }

    @Override
    public Optional<RunFailure> failure() {
        return row.failure();
    }

    @Override
    public String device() {
        return row.device();
    }

    @Override
    public Instant created() {
        return row.created();
    }

    @Override
    public Optional<Instant> started() {
        return row.started();
    }

    @Override
    public Duration elapsed() {
        return row.elapsed();
    }

    @Override
    public Path folder() {
        return folder;
    }
}

package dev.assay.report;

import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Result;
import dev.assay.run.RunView;
import dev.assay.run.json.ResultFolder;
import dev.assay.run.json.ResultJsonReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run as a report needs it: read, or with the reason why it cannot be.
 *
 * @param name name for the reader
 * @param run the run; null when it cannot be read
 * @param problem why it cannot be read; empty when it can
 */
public record ReportRun(String name, RunView run, String problem) {

    /** A run that was read. */
    public static ReportRun of(RunView run) {
        return new ReportRun(run.name(), run, "");
    }

    /** Reads a run's folder. Reads the disk, so not on the window's thread. */
    public static ReportRun read(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        String shown = name == null ? folder.toString() : name.toString();
        try {
            RunView run = new ResultJsonReader().read(folder.resolve(ResultFolder.RESULT));
            // A run of the command line has no name but its analysis; the folder says more.
            return new ReportRun(run.name().equals(run.request().analysis()) ? shown : run.name(), run, "");
        } catch (InputException e) {
            return new ReportRun(shown, null, e.getMessage());
        }
    }

    /** The run, if it could be read. */
    public Optional<RunView> view() {
        return Optional.ofNullable(run);
    }

    /** Its results; none when it could not be read. */
    public List<Result> results() {
        return run == null ? List.of() : run.results();
    }
}

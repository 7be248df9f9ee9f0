package dev.assay.cli;

import dev.assay.analysis.InputException;
import dev.assay.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The words that say what becomes of results; shared by the commands that run analyses. */
final class OutputWords {

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results.")
    private Path out;

    @Option(names = "--force",
            description = "Write into a folder that holds the results of another run, in their place.")
    private boolean force;

    @Option(names = "--json", description = "Print result.json on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "No progress and no summary.")
    private boolean quiet;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Stop after this time (90s, 15m, 2h) and keep what was found.")
    private Duration timeout;

    /** Whether the results are kept in a folder of the user's. */
    boolean keeps() {
        return out != null;
    }

    /**
     * Runs a request; the exit code.
     *
     * @param resume whether what an earlier sweep left in the folder is made use of
     */
    int execute(AssayCommand root, RunRequest request, boolean resume)
            throws UsageException, InputException, IOException {
        boolean keep = keeps();
        if (keep) {
            checkFolder(request, resume);
        }
        Path folder = keep ? out.toAbsolutePath().normalize() : Files.createTempDirectory("assay-run-");
        Execution execution = new Execution(
                root.session(), root.catalogue(), new FolderStore(folder, resume),
                new Execution.Options(keep, json, quiet, root.debug, timeout));
        try {
            return execution.run(request);
        } finally {
            if (!keep) {
                EarlierResults.removeTree(folder);
            }
        }
    }

    private void checkFolder(RunRequest request, boolean resume)
            throws UsageException, InputException, IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new InputException("this is a file, not a folder", out.toString(), "give --out a folder");
        }
        if (!EarlierResults.in(out)) {
            return;
        }
        if (resume) {
            EarlierResults.checkGoesOn(out, request);
        } else {
            if (!force) {
                throw new UsageException(
                        out + " holds the results of another run; give another folder, or --force to replace them");
            }
            EarlierResults.remove(out);
        }
    }
}

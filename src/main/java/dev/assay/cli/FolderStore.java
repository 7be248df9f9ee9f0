package dev.assay.cli;

import dev.assay.analysis.InputException;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.RunStore;
import dev.assay.run.Sweep;
import dev.assay.run.json.ResultFolder;
import dev.assay.run.json.ResultJsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the run of a command in a folder of the user's choice, and the members of a sweep in folders under it. */
final class FolderStore implements RunStore {

    private static final Logger LOG = LoggerFactory.getLogger(FolderStore.class);

    private final Path folder;
    private final boolean resume;
    private final ResultFolder files = new ResultFolder();

    /**
     * A store.
     *
     * @param resume whether members that are there already count
     */
    FolderStore(Path folder, boolean resume) {
        this.folder = folder;
        this.resume = resume;
    }

    /** The folder of the run itself. */
    Path folder() {
        return folder;
    }

    @Override
    public Path folder(String runId) {
        return Sweep.numberOf(runId).map(n -> EarlierResults.member(folder, n)).orElse(folder);
    }

    @Override
    public void created(RunRecord run) throws IOException {
        Files.createDirectories(run.folder());
    }

    @Override
    public Optional<RunRecord> finished(String runId) {
        Path file = folder(runId).resolve(ResultFolder.RESULT);
        if (!resume || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ResultJsonReader().read(file)).filter(r -> r.state() == RunState.DONE);
        } catch (InputException e) {
            LOG.warn("{} cannot be read; it is run again", file, e);
            return Optional.empty();
        }
    }

    @Override
    public void progressed(RunRecord run) throws IOException {
        files.write(run, run.folder());
    }

    @Override
    public void ended(RunRecord run) throws IOException {
        files.write(run, run.folder());
    }

    @Override
    public void couldNotKeep(RunRecord run) {
        // The command's own message says it.
    }
}

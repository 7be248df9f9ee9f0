package dev.assay.cli;

import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.RunStore;
import dev.assay.run.Sweep;
import dev.assay.run.json.ResultFolder;
import dev.assay.run.json.ResultJsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the run of a command in a folder of the user's choice, and the members of a sweep in folders under it. */
final class FolderStore implements RunStore {

    private static final Logger LOG = LoggerFactory.getLogger(FolderStore.class);

    private final Path folder;
    private final boolean resume;
    /** Folders that this process writes into, and no other. */
    private final Set<Path> owned = ConcurrentHashMap.newKeySet();
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
        if (!resume && run.folder().equals(folder)) {
            // Fails when another process has begun to write there since the folder was looked at.
            Files.createFile(folder.resolve(ResultFolder.RESULT));
        }
        owned.add(run.folder());
        files.write(run, run.folder());
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
        write(run);
    }

    @Override
    public void ended(RunRecord run) throws IOException {
        write(run);
    }

    /** What is small may still fit, and says that the run has failed; the command's own message says it too. */
    @Override
    public void couldNotKeep(RunRecord run) {
        List<Result> small = run.results().stream().filter(Scalar.class::isInstance).toList();
        try {
            write(run.with(small));
        } catch (IOException e) {
            LOG.debug("nothing fits into {}", run.folder(), e);
        }
    }

    private void write(RunRecord run) throws IOException {
        if (owned.contains(run.folder())) {
            files.write(run, run.folder());
        }
    }
}

package dev.assay.cli;

import dev.assay.run.RunRecord;
import dev.assay.run.RunStore;
import dev.assay.run.json.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the one run of a command in a folder of the user's choice. */
final class FolderStore implements RunStore {

    private final Path folder;
    private final ResultFolder files = new ResultFolder();

    FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path folder(String runId) {
        return folder;
    }

    @Override
    public void created(RunRecord run) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public void progressed(RunRecord run) throws IOException {
        files.write(run, folder);
    }

    @Override
    public void ended(RunRecord run) throws IOException {
        files.write(run, folder);
    }

    @Override
    public void couldNotKeep(RunRecord run) {
        // The command's own message says it.
    }
}

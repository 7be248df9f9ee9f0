package dev.assay.workspace;

import dev.assay.analysis.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** The reports of a workspace and their pictures. Safe for any thread; all but the folders touch the disk. */
public final class WorkspaceReports {

    private final Workspace workspace;
    private final ReportTable table;
    private final Path folder;

    WorkspaceReports(Workspace workspace, ReportTable table, Path folder) {
        this.workspace = workspace;
        this.table = table;
        this.folder = folder;
    }

    /** All of them, the one changed last first. */
    public List<StoredReport> all() {
        return table.all();
    }

    /** The report of that id. */
    public Optional<StoredReport> find(String id) {
        return table.find(id);
    }

    /** Where they go. */
    public Path folder() {
        return folder;
    }

    /** Where a report's pictures are; may not be there. */
    public Path folder(String id) {
        return folder.resolve(id);
    }

    /**
     * Saves a report, anew or in place of its last state.
     *
     * @throws InputException when the workspace is read-only or the disk refuses; the last state then stays
     */
    public void save(String id, String title, String body) throws InputException {
        workspace.checkWritable();
        try {
            table.save(id, title, body);
        } catch (JdbiException e) {
            throw new InputException(
                    "the report could not be saved (" + Workspace.reason(e) + ")", title,
                    "free some room on the disk; what is on the screen stays",
                    e);
        }
        workspace.changed();
    }

    /**
     * Deletes a report with its pictures.
     *
     * @throws InputException when the workspace is read-only or a file cannot be removed
     */
    public void delete(String id) throws InputException {
        workspace.checkWritable();
        workspace.changing(() -> table.delete(id));
        try {
            Trees.remove(folder(id));
        } catch (IOException e) {
            throw new InputException(
                    "the report's pictures could not be deleted (" + Workspace.reason(e) + ")", folder(id).toString(),
                    "delete the folder yourself",
                    e);
        }
        workspace.changed();
    }
}

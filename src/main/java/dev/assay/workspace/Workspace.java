package dev.assay.workspace;

import dev.assay.analysis.InputException;
import dev.assay.run.IoReason;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.RunStore;
import dev.assay.run.RunView;
import dev.assay.run.json.ResultFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * A folder that holds runs and reports: {@code workspace.db}, {@code runs/<id>/}, {@code reports/}. What a run finds is
 * kept as it goes, so that a crash loses seconds at most. One window at a time writes; others read. Safe for any thread;
 * everything but {@link #folder(String)} touches the disk, so not on the window's thread.
 */
public final class Workspace implements RunStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
    private static final String DATABASE = "workspace.db";
    private static final String DELETED = ".deleted-";

    private final Path folder;
    private final WorkspaceDatabase database;
    private final Optional<WorkspaceLock> lock;
    private final String readOnlyReason;
    private final List<String> interrupted;
    private final WorkspaceReports reports;
    private final ResultFolder files = new ResultFolder();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Workspace(Path folder, WorkspaceDatabase database, Optional<WorkspaceLock> lock, String readOnlyReason) {
        this.folder = folder;
        this.database = database;
        this.reports = new WorkspaceReports(this, database.reports(), folder.resolve("reports"));
        this.lock = lock;
        this.readOnlyReason = readOnlyReason;
        this.interrupted = lock.isPresent() ? database.interruptPending() : List.of();
    }

    /**
     * Opens a workspace; makes it when the folder is missing or empty. When another window has it open, or the folder
     * may not be written, it opens read-only and {@link #readOnlyReason} says why.
     *
     * @throws InputException when it cannot be made or read, or is the work of a newer version
     */
    public static Workspace open(Path place) throws InputException {
        Path folder = place.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            folder = folder.toRealPath();
        } catch (IOException | InvalidPathException e) {
            throw new InputException(
                    "the workspace's folder cannot be made (" + reason(e) + ")",
                    folder.toString(),
                    "choose another folder",
                    e);
        }
        WorkspaceFolder.requireOwnOrEmpty(folder);
        Optional<WorkspaceLock> lock;
        String readOnlyReason = "";
        try {
            if (!Files.isWritable(folder)) {
                // The lock's file may be there and writable all the same, but SQLite needs to make files of its own.
                throw new AccessDeniedException(folder.toString());
            }
            lock = WorkspaceLock.take(folder);
            if (lock.isEmpty()) {
                readOnlyReason = "Another window has this workspace open, so it can only be looked at here.";
            }
        } catch (IOException e) {
            lock = Optional.empty();
            readOnlyReason = "The folder " + folder + " may not be written, so the workspace can only be looked at.";
            if (!isAt(folder)) {
                throw new InputException(
                        "there is no workspace here and none can be made, as the folder may not be written",
                        folder.toString(),
                        "choose another folder",
                        e);
            }
        }
        try {
            return open(folder, lock, readOnlyReason);
        } catch (InputException | RuntimeException e) {
            lock.ifPresent(Workspace::release);
            throw e;
        }
    }

    /** Whether there is a workspace in a folder. */
    public static boolean isAt(Path folder) {
        return Files.exists(folder.resolve(DATABASE));
    }

    private static Workspace open(Path folder, Optional<WorkspaceLock> lock, String readOnlyReason)
            throws InputException {
        Path file = folder.resolve(DATABASE);
        try {
            WorkspaceDatabase database = WorkspaceDatabase.open(file, lock.isEmpty());
            try {
                Workspace workspace = new Workspace(folder, database, lock, readOnlyReason);
                if (lock.isPresent()) {
                    Files.createDirectories(folder.resolve("runs"));
                    Files.createDirectories(workspace.reports.folder());
                    WorkspaceFolder.mark(folder);
                    workspace.removeDeleted();
                }
                return workspace;
            } catch (IOException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (NewerWorkspaceException e) {
            throw new InputException(
                    "a newer version of Assay made this workspace (" + e.getMessage() + ")",
                    folder.toString(),
                    "open it with that version",
                    e);
        } catch (SQLException | JdbiException e) {
            throw new InputException(
                    "the workspace's database cannot be opened (" + reason(e) + ")",
                    file.toString(),
                    isFull(root(e))
                            ? "free some room there, or choose another folder"
                            : "restore it from a backup, or move it away to start a new one; the runs' folders stay",
                    e);
        } catch (IOException e) {
            throw new InputException(
                    "the workspace cannot be written (" + reason(e) + ")", folder.toString(), "choose another folder",
                    e);
        }
    }

    /** Whether a file stands for the workspace of its folder. */
    public static boolean isMark(Path file) {
        return file.toString().endsWith(".assay") && Files.isRegularFile(file);
    }

    static String reason(Exception e) {
        Throwable root = root(e);
        if (isFull(root)) {
            return "the disk is full";
        }
        return IoReason.of(root instanceof Exception cause ? cause : e);
    }

    private static Throwable root(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static boolean isFull(Throwable root) {
        return root instanceof SQLException sql && sql.getErrorCode() == SQLiteErrorCode.SQLITE_FULL.code;
    }

    private static void release(WorkspaceLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the workspace's lock could not be released", e);
        }
    }

    /** Its folder. */
    public Path folder() {
        return folder;
    }

    /** Its reports. */
    public WorkspaceReports reports() {
        return reports;
    }

    /** Whether it can only be looked at. */
    public boolean readOnly() {
        return lock.isEmpty();
    }

    /** Why it can only be looked at, one sentence; empty when it can be written. */
    public String readOnlyReason() {
        return readOnlyReason;
    }

    /** The runs that were under way when the program last ended, found at this opening; oldest first. */
    public List<StoredRun> interrupted() {
        return interrupted.stream().flatMap(id -> run(id).stream()).toList();
    }

    /** All runs as they are stored, newest first; a run under way shows its last saved state. */
    public List<StoredRun> runs() {
        return database.rows().stream().map(this::stored).toList();
    }

    /** The run of that id. */
    public Optional<StoredRun> run(String id) {
        return database.row(id).map(this::stored);
    }

    private StoredRun stored(WorkspaceDatabase.Row row) {
        return new StoredRun(row, folder(row.id()));
    }

    /** The states a run has gone through with their times, in order. */
    public List<Map.Entry<Instant, RunState>> states(String id) {
        return database.states(id);
    }

    /** Is told, on any thread, that the list of runs, a name or notes have changed. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }

    /**
     * Gives a run another name; two runs may have the same.
     *
     * @throws InputException when the workspace is read-only, there is no such run, or the name is blank
     */
    public void rename(String id, String name) throws InputException {
        checkWritable();
        if (name.isBlank()) {
            throw new InputException("a run needs a name", id, "write one");
        }
        changing(() -> {
            if (!database.rename(id, name.strip())) {
                throw noSuchRun(id);
            }
        });
        changed();
    }

    /**
     * Changes what the user wrote about a run.
     *
     * @throws InputException when the workspace is read-only or there is no such run
     */
    public void setNotes(String id, String notes) throws InputException {
        checkWritable();
        changing(() -> {
            if (!database.note(id, notes)) {
                throw noSuchRun(id);
            }
        });
        changed();
    }

    /**
     * Deletes an ended run, and the members of a sweep with it. Until the workspace is closed it can be had back by
     * {@link #restore}; its folder goes then.
     *
     * @throws InputException when the workspace is read-only, there is no such run, or it has not ended
     */
    public void delete(String id) throws InputException {
        checkWritable();
        StoredRun run = run(id).orElseThrow(() -> noSuchRun(id));
        if (!run.state().isFinal()) {
            throw new InputException("the run has not ended", run.name(), "cancel it first");
        }
        changing(() -> database.marks().setDeleted(id, true));
        changed();
    }

    /**
     * Takes back that a run was deleted; a sweep comes back with its members.
     *
     * @throws InputException when the workspace is read-only
     */
    public void restore(String id) throws InputException {
        checkWritable();
        changing(() -> database.marks().setDeleted(id, false));
        changed();
    }

    /**
     * Changes the tags of a run; blanks around them are taken off, empty ones and repeats left out.
     *
     * @throws InputException when the workspace is read-only or there is no such run
     */
    public void setTags(String id, List<String> tags) throws InputException {
        checkWritable();
        if (database.row(id).isEmpty()) {
            throw noSuchRun(id);
        }
        List<String> clean = tags.stream().map(String::strip).filter(t -> !t.isEmpty()).distinct().toList();
        changing(() -> database.marks().setTags(id, clean));
        changed();
    }

    /** The presets of an analysis by name. */
    public List<Preset> presets(String analysis) {
        return database.marks().presets(analysis);
    }

    /**
     * Saves a preset, in place of the one of that name.
     *
     * @throws InputException when the workspace is read-only or the name is blank
     */
    public void savePreset(Preset preset) throws InputException {
        checkWritable();
        if (preset.name().isBlank()) {
            throw new InputException("a preset needs a name", preset.analysis(), "write one");
        }
        changing(() -> database.marks().savePreset(preset));
    }

    /**
     * Deletes a preset.
     *
     * @throws InputException when the workspace is read-only
     */
    public void deletePreset(Preset preset) throws InputException {
        checkWritable();
        changing(() -> database.marks().deletePreset(preset.analysis(), preset.name()));
    }

    /** A small fact that is kept with the workspace, such as its open tabs. */
    public Optional<String> fact(String name) {
        return database.marks().fact(name);
    }

    /** Keeps a small fact; does nothing in a workspace that can only be looked at. */
    public void setFact(String name, String value) {
        if (!readOnly()) {
            database.marks().setFact(name, value);
        }
    }

    @FunctionalInterface
    interface Changing {
        void make() throws InputException;
    }

    /** Makes a change of the database that the disk may refuse. */
    void changing(Changing change) throws InputException {
        try {
            change.make();
        } catch (JdbiException e) {
            throw new InputException(
                    "the change could not be kept (" + reason(e) + ")", folder.toString(),
                    "free some room on the disk, then try again",
                    e);
        }
    }

    private static InputException noSuchRun(String id) {
        return new InputException("there is no such run", id, "it may have been deleted");
    }

    void checkWritable() throws InputException {
        if (readOnly()) {
            throw new InputException(
                    "the workspace can only be looked at", folder.toString(),
                    "close the other window, or choose another");
        }
    }

    /** Removes what was deleted; what cannot be removed now stays deleted and is tried again next time. */
    private void removeDeleted() {
        try {
            Trees.removeAll(folder.resolve("runs"), DELETED);
        } catch (IOException e) {
            LOG.warn("what an earlier deletion left cannot be removed yet", e);
        }
        for (String id : database.marks().deleted()) {
            try {
                Trees.remove(folder(id));
                database.delete(id);
            } catch (IOException e) {
                LOG.warn("the folder of the deleted run {} cannot be removed yet", id, e);
            }
        }
    }

    @Override
    public Path folder(String runId) {
        return folder.resolve("runs").resolve(runId);
    }

    @Override
    public void created(RunRecord run) throws IOException {
        kept(() -> {
            Files.createDirectories(run.folder());
            database.insert(run);
        });
        changed();
    }

    @Override
    public void reopened(RunRecord sweep) throws IOException {
        kept(() -> database.reopen(sweep));
        changed();
    }

    @Override
    public void discard(String memberId) throws IOException {
        if (database.row(memberId).isPresent()) {
            kept(() -> {
                database.delete(memberId);
                Trees.remove(folder(memberId));
            });
        }
    }

    @Override
    public Optional<RunRecord> finished(String runId) {
        Optional<StoredRun> run = run(runId).filter(r -> r.state() == RunState.DONE);
        try {
            return run.isPresent() ? Optional.of(run.get().load()) : Optional.empty();
        } catch (InputException e) {
            LOG.warn("run {} cannot be read; it is run again", runId, e);
            return Optional.empty();
        }
    }

    @Override
    public void stateChanged(RunView run) throws IOException {
        kept(() -> database.updateState(run));
    }

    @Override
    public void progressed(RunRecord run) throws IOException {
        kept(() -> {
            files.write(run, run.folder());
            database.update(run);
        });
    }

    @Override
    public void ended(RunRecord run) throws IOException {
        kept(() -> {
            files.write(run, run.folder());
            database.update(run);
        });
        changed();
    }

    @Override
    public void couldNotKeep(RunRecord run) {
        try {
            database.updateState(run);
            changed();
        } catch (JdbiException e) {
            LOG.warn("run {}: not even its failure could be noted; it will show as interrupted", run.id(), e);
        }
    }

    @FunctionalInterface
    private interface Keeping {
        void keep() throws IOException;
    }

    private void kept(Keeping keeping) throws IOException {
        if (readOnly()) {
            throw new IOException("the workspace can only be looked at");
        }
        try {
            keeping.keep();
        } catch (JdbiException e) {
            throw new IOException(reason(e), e);
        }
    }

    /** Closes the database and lets other windows write. The queue that writes here is closed before. */
    @Override
    public void close() {
        if (!readOnly()) {
            try {
                removeDeleted();
            } catch (JdbiException e) {
                LOG.warn("deleted runs are removed at the next opening", e);
            }
        }
        database.close();
        lock.ifPresent(Workspace::release);
    }
}

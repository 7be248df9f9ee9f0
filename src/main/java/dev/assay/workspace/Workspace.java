package dev.assay.workspace;

import dev.assay.analysis.InputException;
import dev.assay.run.IoReason;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.RunStore;
import dev.assay.run.RunView;
import dev.assay.run.json.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that holds runs and reports: {@code workspace.db}, {@code runs/<id>/}, {@code reports/}. What a run finds is
 * kept as it goes, so that a crash loses seconds at most. One window at a time writes; others read. Safe for any thread;
 * everything but {@link #folder(String)} touches the disk, so not on the window's thread.
 */
public final class Workspace implements RunStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
    private static final String DATABASE = "workspace.db";
    private static final String MARK = "workspace.assay";
    private static final String DELETED = ".deleted-";

    private final Path folder;
    private final WorkspaceDatabase database;
    private final Optional<WorkspaceLock> lock;
    private final String readOnlyReason;
    private final List<String> interrupted;
    private final ResultFolder files = new ResultFolder();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Workspace(Path folder, WorkspaceDatabase database, Optional<WorkspaceLock> lock, String readOnlyReason) {
        this.folder = folder;
        this.database = database;
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
        requireOwnOrEmpty(folder);
        Optional<WorkspaceLock> lock;
        String readOnlyReason = "";
        try {
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

    /** A workspace is never made among the user's own files. */
    private static void requireOwnOrEmpty(Path folder) throws InputException {
        if (isAt(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> foreign = files.filter(f -> !isOwn(f.getFileName().toString())).findFirst();
            if (foreign.isPresent()) {
                throw new InputException(
                        "this folder is no workspace and holds other files, such as "
                                + foreign.get().getFileName(),
                        folder.toString(),
                        "choose an empty folder or a new one; open data and networks as files");
            }
        } catch (IOException e) {
            throw new InputException(
                    "the workspace's folder cannot be read (" + reason(e) + ")",
                    folder.toString(),
                    "choose another folder",
                    e);
        }
    }

    private static boolean isOwn(String name) {
        return name.startsWith("workspace.") || name.equals("runs") || name.equals("reports")
                || name.equals(".DS_Store") || name.equals("Thumbs.db");
    }

    private static Workspace open(Path folder, Optional<WorkspaceLock> lock, String readOnlyReason)
            throws InputException {
        Path file = folder.resolve(DATABASE);
        try {
            WorkspaceDatabase database = WorkspaceDatabase.open(file, lock.isEmpty());
            Workspace workspace = new Workspace(folder, database, lock, readOnlyReason);
            if (lock.isPresent()) {
                Files.createDirectories(folder.resolve("runs"));
                Files.createDirectories(folder.resolve("reports"));
                mark(folder);
                workspace.removeDeleted();
            }
            return workspace;
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
                    "restore it from a backup, or move it away to start a new one; the runs' folders stay",
                    e);
        } catch (IOException e) {
            throw new InputException(
                    "the workspace cannot be written (" + reason(e) + ")", folder.toString(), "choose another folder",
                    e);
        }
    }

    /** The file by which a file manager opens the workspace; the folder alone cannot be associated with a program. */
    private static void mark(Path folder) throws IOException {
        Path mark = folder.resolve(MARK);
        if (!Files.exists(mark)) {
            Files.writeString(mark, "Opened with Assay, this file opens the workspace of its folder.\n");
        }
    }

    /** Whether a file stands for the workspace of its folder. */
    public static boolean isMark(Path file) {
        return file.toString().endsWith(".assay") && Files.isRegularFile(file);
    }

    private static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return IoReason.of(root instanceof Exception cause ? cause : e);
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

    /** Where reports go. */
    public Path reports() {
        return folder.resolve("reports");
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

    private void changed() {
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
        if (!database.rename(id, name.strip())) {
            throw noSuchRun(id);
        }
        changed();
    }

    /**
     * Changes what the user wrote about a run.
     *
     * @throws InputException when the workspace is read-only or there is no such run
     */
    public void setNotes(String id, String notes) throws InputException {
        checkWritable();
        if (!database.note(id, notes)) {
            throw noSuchRun(id);
        }
        changed();
    }

    /**
     * Deletes an ended run with its folder.
     *
     * @throws InputException when the workspace is read-only, there is no such run, it has not ended, or its folder
     *     cannot be removed
     */
    public void delete(String id) throws InputException {
        checkWritable();
        StoredRun run = run(id).orElseThrow(() -> noSuchRun(id));
        if (!run.state().isFinal()) {
            throw new InputException("the run has not ended", run.name(), "cancel it first");
        }
        Path gone = folder.resolve("runs").resolve(DELETED + UUID.randomUUID());
        try {
            if (Files.exists(run.folder())) {
                Files.move(run.folder(), gone);
            }
            database.delete(id);
            removeTree(gone);
        } catch (IOException e) {
            throw new InputException(
                    "the run could not be deleted (" + reason(e) + ")", run.folder().toString(), "try again", e);
        }
        changed();
    }

    /** All reports, the one changed last first. */
    public List<StoredReport> storedReports() {
        return database.reports().all();
    }

    /** The report of that id. */
    public Optional<StoredReport> report(String id) {
        return database.reports().find(id);
    }

    /** Where a report's pictures are; may not be there. */
    public Path reportFolder(String id) {
        return reports().resolve(id);
    }

    /**
     * Saves a report, anew or in place of its last state.
     *
     * @throws InputException when the workspace is read-only or the disk refuses; the last state then stays
     */
    public void saveReport(String id, String title, String body) throws InputException {
        checkWritable();
        try {
            database.reports().save(id, title, body);
        } catch (JdbiException e) {
            throw new InputException(
                    "the report could not be saved (" + reason(e) + ")", title,
                    "free some room on the disk; what is on the screen stays",
                    e);
        }
        changed();
    }

    /**
     * Deletes a report with its pictures.
     *
     * @throws InputException when the workspace is read-only or a file cannot be removed
     */
    public void deleteReport(String id) throws InputException {
        checkWritable();
        database.reports().delete(id);
        try {
            removeTree(reportFolder(id));
        } catch (IOException e) {
            throw new InputException(
                    "the report's pictures could not be deleted (" + reason(e) + ")", reportFolder(id).toString(),
                    "delete the folder yourself",
                    e);
        }
        changed();
    }

    private static InputException noSuchRun(String id) {
        return new InputException("there is no such run", id, "it may have been deleted");
    }

    private void checkWritable() throws InputException {
        if (readOnly()) {
            throw new InputException(
                    "the workspace can only be looked at", folder.toString(),
                    "close the other window, or choose another");
        }
    }

    private void removeDeleted() throws IOException {
        List<Path> left;
        try (Stream<Path> list = Files.list(folder.resolve("runs"))) {
            left = list.filter(p -> p.getFileName().toString().startsWith(DELETED))
                    .toList();
        }
        for (Path path : left) {
            removeTree(path);
        }
    }

    private static void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
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
        database.close();
        lock.ifPresent(Workspace::release);
    }
}

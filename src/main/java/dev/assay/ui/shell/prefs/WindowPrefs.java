package dev.assay.ui.shell.prefs;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.compute.CostModels;
import dev.assay.ui.shell.theme.ThemeChoice;
import dev.assay.workspace.MeasuredDevices;
import dev.assay.workspace.PyTorchFolder;
import dev.assay.workspace.Settings;
import dev.assay.workspace.SettingsFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The settings as the window uses them. A value that cannot be read counts as not there. Any thread. */
public final class WindowPrefs {

    /** Scales that the preferences offer, in percent. */
    public static final List<Integer> SCALES = List.of(75, 100, 125, 150, 175, 200);

    private static final String THREADS = "run.threads";
    private static final String FOLDER = "window.folder";
    private static final String STARTED = "window.startedBefore";
    private static final String PANEL = "window.panel.";
    private static final String SHOWN = "window.shown.";
    private static final String TABS = "window.restoreTabs";
    private static final String KEYS = "keys.";
    private static final String HEAP = "jvm.heap";
    private static final int LEAST_HEAP = 256;

    private final SettingsFile file;
    private volatile boolean closed;

    /** Preferences kept in a file. */
    public WindowPrefs(SettingsFile file) {
        this.file = file;
    }

    private Settings get() {
        return file.get();
    }

    private void update(UnaryOperator<Settings> change) {
        if (!closed) {
            file.update(change);
        }
    }

    private Optional<String> other(String key) {
        return Optional.ofNullable(get().other().get(key));
    }

    /** The folder that PyTorch starts from; empty for Assay's own natives. */
    public String pyTorchFolder() {
        return PyTorchFolder.of(get());
    }

    /** Keeps the folder; empty for Assay's own natives. */
    public void setPyTorchFolder(String folder) {
        update(s -> PyTorchFolder.with(s, folder));
    }

    /** Keeps what is measured of devices. */
    public CostModels costs() {
        return new MeasuredDevices(file);
    }

    /** The theme the user wants. */
    public ThemeChoice theme() {
        return ThemeChoice.of(get().theme());
    }

    /** Keeps the theme. */
    public void setTheme(ThemeChoice choice) {
        update(s -> s.withTheme(choice.id()));
    }

    /** Scale of the window in percent of the system's. */
    public int scale() {
        return (int) Math.round(get().uiScale() * 100);
    }

    /** Keeps the scale; it holds from the next start on. */
    public void setScale(int percent) {
        update(s -> s.withUiScale(percent / 100.0));
    }

    /** Threads that a run may use; all of the machine's when never set. */
    public int threads() {
        int most = Runtime.getRuntime().availableProcessors();
        try {
            return other(THREADS).map(t -> Math.clamp(Integer.parseInt(t), 1, most)).orElse(most);
        } catch (NumberFormatException e) {
            return most;
        }
    }

    /** Keeps the number of threads. */
    public void setThreads(int threads) {
        update(s -> s.with(THREADS, String.valueOf(threads)));
    }

    /** Whether Assay has been started before. */
    public boolean startedBefore() {
        return other(STARTED).isPresent();
    }

    /** Remembers that Assay has been started. */
    public void setStartedBefore() {
        update(s -> s.with(STARTED, "true"));
    }

    /** The workspace that was open last. */
    public Optional<Path> workspace() {
        return path(get().lastWorkspace());
    }

    /** Keeps the workspace. */
    public void setWorkspace(Path folder) {
        update(s -> s.withWorkspace(folder.toString()));
    }

    /** Workspaces opened before, newest first. */
    public List<Path> recentWorkspaces() {
        return get().recentWorkspaces().stream()
                .map(WindowPrefs::path)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The folder that a file was opened from last. */
    public Optional<Path> folder() {
        return other(FOLDER).flatMap(WindowPrefs::path);
    }

    /** Keeps that folder. */
    public void setFolder(Path folder) {
        update(s -> s.with(FOLDER, folder.toString()));
    }

    /** Locations opened before, newest first. */
    public List<Location> recent() {
        return get().recentFiles().stream().flatMap(WindowPrefs::location).toList();
    }

    /** Puts a location on top of the recent ones. */
    public void addRecent(Location location) {
        update(s -> s.withRecentFile(location.toString()));
    }

    /** Takes a location off the recent ones. */
    public void removeRecent(Location location) {
        update(s -> s.withoutRecentFile(location.toString()));
    }

    /** Where the window was. */
    public Optional<Settings.Window> window() {
        return Optional.ofNullable(get().window()).filter(w -> w.width() >= 400 && w.height() >= 300);
    }

    /** Keeps where the window is. */
    public void setWindow(Settings.Window window) {
        update(s -> s.withWindow(window));
    }

    /** Size of a panel in pixels, or its share. */
    public Optional<Double> panel(String name) {
        try {
            return other(PANEL + name).map(Double::parseDouble).filter(n -> n > 0 && Double.isFinite(n));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Keeps the size of a panel. */
    public void setPanel(String name, double size) {
        update(s -> s.with(PANEL + name, String.format(Locale.ROOT, "%.4f", size)));
    }

    /** Whether the tabs of the last time are opened again at the start; yes unless it was switched off. */
    public boolean restoresTabs() {
        return other(TABS).map(Boolean::parseBoolean).orElse(true);
    }

    /** Keeps whether tabs are opened again. */
    public void setRestoresTabs(boolean restores) {
        update(s -> s.with(TABS, String.valueOf(restores)));
    }

    /**
     * Whether a panel is shown.
     *
     * @param atFirst what holds before the user showed or hid it
     */
    public boolean shows(String panel, boolean atFirst) {
        return other(SHOWN + panel).map(Boolean::parseBoolean).orElse(atFirst);
    }

    /** Keeps whether a panel is shown. */
    public void setShows(String panel, boolean shown) {
        update(s -> s.with(SHOWN + panel, String.valueOf(shown)));
    }

    /** The shortcut that the user chose for an action; empty text for none; empty for the action's own. */
    public Optional<String> keys(String action) {
        return other(KEYS + action);
    }

    /** Keeps a shortcut. */
    public void setKeys(String action, String keys) {
        update(s -> s.with(KEYS + action, keys));
    }

    /** Gives an action its own shortcut back. */
    public void resetKeys(String action) {
        update(s -> s.without(KEYS + action));
    }

    /** Most memory of the heap in MiB that the user chose; empty for the default. */
    public Optional<Integer> heap() {
        try {
            return other(HEAP).map(Integer::parseInt).filter(h -> h >= LEAST_HEAP);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Keeps the size of the heap; it holds from the next start on. */
    public void setHeap(Optional<Integer> mebibytes) {
        update(s -> mebibytes.map(h -> s.with(HEAP, String.valueOf(h))).orElseGet(() -> s.without(HEAP)));
    }

    /** Who is told, on another thread, when settings cannot be written: given the file and the reason. */
    public void onProblem(Consumer<String> listener) {
        file.onProblem(listener);
    }

    /** Writes what is still to be written; waits, so not on the JavaFX thread. */
    public void close() {
        closed = true;
        file.close();
    }

    private static Stream<Location> location(String text) {
        try {
            return Stream.of(Location.parse(text));
        } catch (InputException e) {
            return Stream.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

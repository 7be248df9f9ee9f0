package dev.assay.ui.shell;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Location;
import dev.assay.report.Report;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.open.OpenItem;
import dev.assay.ui.view.Stages;
import dev.assay.workspace.Settings;
import dev.assay.workspace.UserFolders;
import dev.assay.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.stage.FileChooser.ExtensionFilter;

/** Opening and closing files, folders and workspaces. JavaFX thread only. */
final class OpenFlow {

    /** So many files are opened without a question. */
    private static final int MOST_UNASKED = 20;

    private static final int A_PULSE = 5;

    private static final String GONE = "workspace-gone";

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private final ObservableList<Location> recent = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper sampleReady = new ReadOnlyBooleanWrapper();
    private final Set<Input> leaving = new HashSet<>();
    private SampleData sample;
    private Start start = new Start(LaunchOptions.none(), Path.of(""), Optional.empty());

    /**
     * What the start options mean on this disk.
     *
     * @param gone the last workspace where it is not there any more
     */
    private record Start(LaunchOptions options, Path workspace, Optional<Path> gone) {}

    OpenFlow(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
        // Telling options from a file's name looks at the disk.
        parts.background().silent(
                parts.prefs()::recent,
                kept -> recent.addAll(kept.stream().filter(l -> !recent.contains(l)).toList()));
    }

    // --- files and folders

    /** Opens a location: its tab is there at once. */
    void open(Location location) {
        Optional<OpenItem> there = parts.open().find(location).filter(OpenItem::isReady);
        if (there.isPresent()) {
            remember(there.get().location());
            show(there.get());
            return;
        }
        OpenItem item = parts.open().open(location, this::opened, e -> failed(location, e));
        shell.tabs().showPlaceholder(Contents.key(item.location()), item.name(), item.icon());
    }

    /** Opens files and folders, after asking when they are many. */
    void openAll(List<Path> paths) {
        Runnable open = () -> openInSteps(paths);
        if (paths.size() <= MOST_UNASKED) {
            open.run();
        } else {
            shell.dialogs().confirm(
                    "open-many", Texts.of("open.many", paths.size()), Texts.of("open.many.what"),
                    Texts.of("open.many", paths.size()).replace("?", ""), open);
        }
    }

    /** A tab takes its time to be made: a few a pulse. */
    private void openInSteps(List<Path> paths) {
        List<Runnable> steps = new ArrayList<>();
        for (int from = 0; from < paths.size(); from += A_PULSE) {
            List<Path> some = paths.subList(from, Math.min(paths.size(), from + A_PULSE));
            steps.add(() -> some.forEach(p -> open(Location.of(p))));
        }
        Stages.run(steps.toArray(Runnable[]::new));
    }

    /** Opens what was open before: a file that is not there any more is left out without a word. */
    void openQuietly(Location location) {
        String key = Contents.key(location);
        shell.tabs().add(key, location.fileName(), "fth-loader", null);
        parts.background().io(
                Texts.of("opening.what", location.fileName()),
                () -> Files.exists(location.path()),
                there -> {
                    if (!there) {
                        shell.tabs().close(key);
                    } else if (shell.tabs().isWaiting(key)) {
                        parts.open().open(location, this::fill, e -> failed(location, e));
                    }
                },
                e -> shell.tabs().close(key));
    }

    private void opened(OpenItem item) {
        remember(item.location());
        fill(item);
    }

    /** A tab that was closed meanwhile stays closed. */
    private void fill(OpenItem item) {
        String key = Contents.key(item.location());
        if (shell.tabs().isWaiting(key)) {
            shell.tabs().fill(key, item.icon(), () -> Contents.of(shell, key, item.input()));
        }
    }

    private void remember(Location location) {
        parts.prefs().addRecent(location);
        List<Location> now = new ArrayList<>(recent);
        now.remove(location);
        now.addFirst(location);
        recent.setAll(now.subList(0, Math.min(Settings.MAX_RECENT, now.size())));
        Path folder = location.path().getParent();
        if (folder != null) {
            parts.prefs().setFolder(folder);
        }
    }

    private void forgetMissing(Location location) {
        parts.background().silent(() -> Files.exists(location.path()), there -> {
            if (!there) {
                parts.prefs().removeRecent(location);
                recent.remove(location);
            }
        });
    }

    private void failed(Location location, Throwable problem) {
        parts.open().find(location).ifPresent(i -> shell.tabs().close(Contents.key(i.location())));
        Strip strip = shell.tellProblem(problem);
        if (!location.options().isEmpty()) {
            strip.action(Texts.of("action.open.options"), () -> shell.dialogs().askForOptions(location));
        }
        forgetMissing(location);
    }

    /** Shows the tab of an open input. */
    void show(OpenItem item) {
        if (item.isReady()) {
            String key = Contents.key(item.location());
            shell.tabs().show(key, item.name(), item.icon(), () -> Contents.of(shell, key, item.input()));
        } else if (item.problem() != null) {
            shell.showProblem(item.problem());
        }
    }

    /** Hands on an input without showing it; opens it unless it is open. */
    void withInput(Location location, Consumer<Input> onSuccess, Consumer<Throwable> onFailure) {
        parts.open().open(location, item -> onSuccess.accept(item.input()), problem -> {
            parts.open().find(location).ifPresent(parts.open()::remove);
            onFailure.accept(problem);
        });
    }

    /** Closes an input and its tab; runs that use it keep it until they end. */
    void close(OpenItem item) {
        shell.tabs().close(Contents.key(item.location()));
        parts.open().remove(item).ifPresent(leaving::add);
        closeUnused();
    }

    /** Closes what was taken off the list as soon as no run and no tab of a run can still use it. */
    void closeUnused() {
        if (leaving.isEmpty() || !session.active().isEmpty()
                || shell.tabs().keys().stream().anyMatch(Contents::isRun)) {
            return;
        }
        List.copyOf(leaving).forEach(parts.open()::closeLater);
        leaving.clear();
    }

    /** Asks for files and opens them. */
    void askForFiles() {
        openAll(parts.choosers()
                .openFiles(Texts.of("open.files"), parts.prefs().folder(), filters(session.catalogue().kinds())));
    }

    /** Asks for a folder and opens it. */
    void askForFolder() {
        parts.choosers().folder(Texts.of("open.folder"), parts.prefs().folder()).ifPresent(f -> open(Location.of(f)));
    }

    /** Asks for a file for a role of the inspector. */
    void askFor(InputRole role, Consumer<Input> onOpen) {
        List<InputKind> kinds = session.catalogue().kindsFor(role.type());
        List<Path> chosen = parts.choosers()
                .openFiles(Texts.of("choose.what", Texts.inside(role.label())), parts.prefs().folder(), filters(kinds));
        chosen.stream().limit(role.repeatable() ? chosen.size() : 1).forEach(f -> open(f, onOpen));
    }

    /** Opens a file for a role of the inspector. */
    void open(Path file, Consumer<Input> onOpen) {
        Location location = Location.of(file);
        parts.open().open(location, item -> onOpen.accept(item.input()), e -> failed(location, e));
    }

    /** All kinds together first, then each by itself. */
    static List<ExtensionFilter> filters(List<InputKind> kinds) {
        List<ExtensionFilter> filters = new ArrayList<>();
        List<String> all = kinds.stream()
                .flatMap(k -> k.extensions().stream())
                .distinct()
                .map(e -> "*." + e)
                .toList();
        if (!all.isEmpty()) {
            filters.add(new ExtensionFilter(Texts.of("open.all"), all));
        }
        for (InputKind kind : kinds) {
            if (!kind.extensions().isEmpty()) {
                filters.add(new ExtensionFilter(
                        kind.title(),
                        kind.extensions().stream().map(e -> "*." + e).toList()));
            }
        }
        filters.add(new ExtensionFilter(Texts.of("open.any"), "*"));
        return filters;
    }

    // --- recent

    /** What was opened before, newest first. */
    ObservableList<Location> recent() {
        return recent;
    }

    /** Keeps a menu filled with what was opened before. */
    void fillRecent(Menu menu) {
        Runnable fill = () -> {
            menu.getItems().clear();
            for (Location location : recent) {
                MenuItem item = new MenuItem(location.fileName() + "   "
                        + Optional.ofNullable(location.path().getParent()).map(Path::toString).orElse(""));
                item.setMnemonicParsing(false);
                item.setOnAction(e -> open(location));
                menu.getItems().add(item);
            }
            menu.setDisable(recent.isEmpty());
        };
        recent.addListener((ListChangeListener<Location>) c -> fill.run());
        fill.run();
    }

    // --- workspace and sample

    /** Opens the workspace to start with: the one asked for, the last one, or the user's own. */
    void openFirstWorkspace(LaunchOptions options) {
        parts.background().io(Texts.of("starting"), () -> look(options), found -> {
            start = found;
            session.openWorkspace(found.workspace(), () -> before -> {}, shell::prepareAgain, shell::showRun,
                    () -> found
                            .gone()
                            .ifPresent(gone -> parts.notices()
                                    .add(GONE, Strip.Kind.WARNING, Texts.of("workspace.gone", gone, found.workspace()))
                                    .action(Texts.of("workspace.another"), this::askForWorkspace)));
        }, shell::showProblem);
    }

    private Start look(LaunchOptions options) {
        LaunchOptions resolved = options.resolved();
        Optional<Path> last = parts.prefs().workspace();
        Optional<Path> there = resolved.workspace().or(() -> last.filter(Files::isDirectory));
        return new Start(
                resolved, there.orElseGet(() -> UserFolders.find().data().resolve("workspace")),
                there.isPresent() ? Optional.empty() : last);
    }

    /** Asks for a folder and opens the workspace in it, or makes one. */
    void askForWorkspace() {
        parts.choosers()
                .folder(Texts.of("workspace.choose"), parts.prefs().workspace())
                .ifPresent(this::openWorkspace);
    }

    /** Opens a workspace, after asking when runs are at work; the one that is open stays as it is. */
    void openWorkspace(Path folder) {
        String name = String.valueOf(folder.getFileName());
        Backend now = session.backend();
        parts.background().io(Texts.of("workspace.opening", name), () -> Session.holds(now, folder), held -> {
            if (held) {
                shell.notice(Texts.of("workspace.opened", name));
            } else {
                openAnother(folder, name);
            }
        }, shell::showProblem);
    }

    private void openAnother(Path folder, String name) {
        Runnable open = () -> session.openWorkspace(folder, this::leave, shell::prepareAgain, shell::showRun, () -> {
            shell.keeper().restore();
            shell.notice(Texts.of("workspace.opened", name));
        });
        if (session.active().isEmpty()) {
            open.run();
        } else {
            shell.dialogs().confirmStop(Texts.of("workspace.question"), Texts.of("workspace.stop"),
                    Texts.of("workspace.open"), open);
        }
    }

    private Consumer<Workspace> leave() {
        Optional<String> openTabs = shell.keeper().leave();
        Map<String, Report> unsaved = shell.reports().leave();
        shell.tabs().keys().stream().filter(Contents::isOfWorkspace).forEach(shell.tabs()::close);
        return before -> {
            ReportFlow.keepAll(unsaved, before);
            TabKeeper.keep(before, openTabs);
        };
    }

    /** What the start options ask for; the sample when Assay starts for the first time. */
    void openAtStart() {
        LaunchOptions options = start.options();
        openAll(options.files().stream().filter(l -> l.options().isEmpty()).map(Location::path).toList());
        options.files().stream().filter(l -> !l.options().isEmpty()).forEach(this::open);
        boolean first = !parts.prefs().startedBefore() && options.files().isEmpty();
        parts.prefs().setStartedBefore();
        parts.background().io(Texts.of("sample.looking"), SampleData::find, found -> {
            sample = found.orElse(null);
            sampleReady.set(sample != null);
            if (sample != null && (first || options.sample())) {
                openSample();
            }
            if (sample != null && first) {
                shell.tour().start();
            }
        }, e -> {});
    }

    /** Whether the sample is there and can be opened. */
    ReadOnlyBooleanProperty sampleReady() {
        return sampleReady.getReadOnlyProperty();
    }

    /** Opens the sample with a run ready to press. */
    void openSample() {
        shell.inspector().choose(sample.analysis());
        put(sample.test(), "test");
        put(sample.train(), "train");
        put(sample.model(), "model");
        shell.inspector().focusRun();
    }

    private void put(Location location, String role) {
        open(location);
        parts.open().open(location, item -> shell.inspector().setInput(role, item.input()), e -> {});
    }

    // --- elsewhere

    /** Shows the folder of the user's own analyses, making it when there is none. */
    void showPlugins() {
        Path folder = UserFolders.find().plugins();
        parts.background().io(Texts.of("opening.what", folder), () -> Files.createDirectories(folder), this::showFolder,
                shell::showProblem);
    }

    /** Shows a file or folder in the system's file manager; says where it is when there is none. */
    void showFolder(Path path) {
        // The system's own command may take its time to start, or may not be there at all.
        parts.background()
                .io(Texts.of("opening.what", path), () -> {
                    Path folder = Files.isDirectory(path) ? path : path.getParent();
                    parts.showDocument().accept(folder.toUri().toString());
                    return folder;
                }, f -> {}, e -> parts.notices()
                        .add(path.toString(), Strip.Kind.INFO,
                                Texts.of("open.no.manager", path)));
    }
}

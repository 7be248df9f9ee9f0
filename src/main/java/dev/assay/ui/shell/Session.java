package dev.assay.ui.shell;

import dev.assay.run.Catalogue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.workspace.StoredRun;
import dev.assay.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The catalogue and the workspace that are open. Both are opened in the background after the window is there; until
 * then what needs them is disabled. JavaFX thread only.
 */
final class Session {

    private static final String READ_ONLY = "workspace-read-only";
    private static final String NOT_OPENED = "workspace-not-opened";
    private static final String INTERRUPTED = "interrupted-runs";

    private final Parts parts;
    private final Supplier<Catalogue> loader;
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Backend> backend = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper();
    private Catalogue catalogue;
    private Runnable atFirst = () -> {};
    private CompletableFuture<Void> left = CompletableFuture.completedFuture(null);
    private boolean opening;

    /** No catalogue and no workspace yet. */
    Session(Parts parts, Supplier<Catalogue> loader) {
        this.parts = parts;
        this.loader = loader;
    }

    /** Loads the catalogue in the background. */
    void loadCatalogue(Consumer<Catalogue> then) {
        parts.background()
                .io(Texts.of("analyses.looking"), loader::get, found -> {
                    catalogue = found;
                    loaded.set(true);
                    found.problems().forEach(p -> parts.notices().add(p, Strip.Kind.WARNING, p));
                    then.accept(found);
                    updateReady();
                }, e -> parts.notices().problem(Texts.of("analyses.problem", e.getMessage()), e));
    }

    /** The catalogue; null until it is loaded. */
    Catalogue catalogue() {
        return catalogue;
    }

    /** The open workspace with its queue; null until it is open. */
    Backend backend() {
        return backend.get();
    }

    /** As above, to be watched. */
    ReadOnlyObjectProperty<Backend> backendProperty() {
        return backend.getReadOnlyProperty();
    }

    /** Whether the catalogue is loaded, so that a workspace can be opened. */
    ReadOnlyBooleanProperty loadedProperty() {
        return loaded.getReadOnlyProperty();
    }

    /** Whether the catalogue is loaded and a workspace open. */
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    private void updateReady() {
        ready.set(catalogue != null && backend.get() != null);
    }

    /** Whether a workspace is open in that folder and may be written. Any thread; looks at the disk. */
    static boolean holds(Backend open, Path folder) {
        try {
            return open != null && !open.workspace().readOnly() && Files.isSameFile(folder, open.workspace().folder());
        } catch (IOException e) {
            return false; // not there yet
        }
    }

    /** Does something once, when the first workspace is open. */
    void whenFirstOpen(Runnable then) {
        atFirst = then;
    }

    /**
     * Opens a workspace in place of the one that is open, which stays when that fails. Nothing happens while another one is
     * being opened.
     *
     * @param leave called just before the other one takes its place; hands out what is still to be kept in the one that is
     *     left, which is done in the background
     * @param prepareAgain fills the inspector from an interrupted run
     * @param showRun shows a run that goes on
     * @param then called once it is open
     */
    void openWorkspace(
            Path folder, Supplier<Consumer<Workspace>> leave, Consumer<RunView> prepareAgain,
            Consumer<RunView> showRun, Runnable then) {
        if (opening) {
            return;
        }
        opening = true;
        CompletableFuture<Void> free = left;
        parts.background()
                .io(
                        Texts.of("workspace.opening", folder.getFileName()),
                        () -> {
                            free.join(); // it may be the one that was left just now
                            return Backend.open(folder, catalogue, parts.prefs().costs());
                        },
                        opened -> {
                            opening = false;
                            parts.notices().remove(NOT_OPENED);
                            exchange(opened, leave);
                            tellReadOnly(opened);
                            tellInterrupted(opened, prepareAgain, showRun);
                            Runnable first = atFirst;
                            atFirst = () -> {};
                            first.run();
                            then.run();
                        },
                        e -> {
                            opening = false;
                            parts.notices()
                                    .problem(NOT_OPENED, String.valueOf(e.getMessage()), e)
                                    .action(Texts.of("workspace.another"), this::askForAnother);
                        });
    }

    private void askForAnother() {
        parts.actions().get("workspace").fire();
    }

    private void exchange(Backend opened, Supplier<Consumer<Workspace>> leave) {
        Backend before = backend.get();
        Consumer<Workspace> last = before == null ? w -> {} : leave.get();
        backend.set(opened);
        updateReady();
        parts.prefs().setWorkspace(opened.workspace().folder());
        parts.runs().follow(opened);
        parts.status().showDevice(opened.devices().choose("auto").device().name());
        if (before != null) {
            leave(before, last);
        }
    }

    /** After all that was to be kept in it before. */
    private void leave(Backend before, Consumer<Workspace> last) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        left = done;
        parts.background().keep(
                Texts.of("closing.what", before.workspace().folder().getFileName()),
                () -> {
                    try {
                        last.accept(before.workspace());
                    } finally {
                        before.close();
                        done.complete(null);
                    }
                    return before;
                },
                b -> {}, e -> parts.notices().problem(String.valueOf(e.getMessage()), e));
    }

    private void tellReadOnly(Backend opened) {
        parts.notices().remove(READ_ONLY);
        if (opened.workspace().readOnly()) {
            parts.notices()
                    .add(READ_ONLY, Strip.Kind.WARNING, opened.workspace().readOnlyReason())
                    .action(Texts.of("workspace.another"), this::askForAnother);
        }
    }

    private void tellInterrupted(Backend opened, Consumer<RunView> prepareAgain, Consumer<RunView> showRun) {
        parts.notices().remove(INTERRUPTED);
        parts.background().quick(Texts.of("interrupted.looking"), () -> whole(opened.workspace().interrupted()),
                found -> {
                    if (!found.isEmpty() && opened == backend.get()) {
                        StoredRun last = found.getLast();
                        String text = found.size() == 1
                                ? Texts.of("interrupted.one", last.name())
                                : Texts.of("interrupted.many", found.size());
                        Strip strip = parts.notices().add(INTERRUPTED, Strip.Kind.WARNING, text);
                        if (Sweep.is(last.request())) {
                            strip.action(Texts.of("history.go.on"), () -> {
                                parts.notices().remove(INTERRUPTED);
                                goOn(last).ifPresent(showRun);
                            });
                            return;
                        }
                        strip.action(Texts.of("run.again"), () -> {
                            parts.notices().remove(INTERRUPTED);
                            prepareAgain.accept(last);
                        });
                    }
                }, e -> {});
    }

    /** A sweep stands for its members. */
    private static List<StoredRun> whole(List<StoredRun> runs) {
        return runs.stream().filter(r -> Sweep.ofMember(r.id()).isEmpty()).toList();
    }

    /** Queues a run on open inputs; empty, after saying why, when the workspace may not be written. */
    Optional<RunView> submit(RunRequest request, dev.assay.analysis.Inputs inputs) {
        Backend open = backend.get();
        if (open == null) {
            return Optional.empty();
        }
        if (open.workspace().readOnly()) {
            tellReadOnly(open);
            return Optional.empty();
        }
        return Optional.of(open.queue().submit(request, inputs));
    }

    /** Lets a sweep go on that was interrupted or stopped. */
    Optional<RunView> goOn(RunView sweep) {
        Backend open = backend.get();
        if (open == null || open.workspace().readOnly()) {
            return Optional.empty();
        }
        return Optional.of(open.queue().goOn(sweep, null));
    }

    /** Runs that have not ended, those included that no list shows yet; a sweep stands for its members. */
    List<RunView> active() {
        Backend open = backend.get();
        return open == null
                ? List.of()
                : open.queue().runs().stream()
                        .filter(r -> !r.state().isFinal() && Sweep.ofMember(r.id()).isEmpty())
                        .map(RunView.class::cast)
                        .toList();
    }
}

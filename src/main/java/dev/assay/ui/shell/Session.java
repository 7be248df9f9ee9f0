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
    private static final String INTERRUPTED = "interrupted-runs";

    private final Parts parts;
    private final Supplier<Catalogue> loader;
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Backend> backend = new ReadOnlyObjectWrapper<>();
    private Catalogue catalogue;

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

    /**
     * Opens a workspace in place of the one that is open.
     *
     * @param leave given the workspace that is open, in the background, before the other one is opened
     * @param prepareAgain fills the inspector from an interrupted run
     * @param showRun shows a run that goes on
     * @param then called once it is open
     */
    void openWorkspace(
            Path folder, Consumer<Workspace> leave, Consumer<RunView> prepareAgain, Consumer<RunView> showRun,
            Runnable then) {
        Backend before = backend.get();
        parts.background()
                .io(
                        Texts.of("workspace.opening", folder.getFileName()),
                        () -> {
                            if (before != null) {
                                leave.accept(before.workspace());
                            }
                            Backend opened = Backend.open(folder, catalogue, parts.prefs().costs());
                            if (before != null) {
                                before.close();
                            }
                            return opened;
                        },
                        opened -> {
                            backend.set(opened);
                            updateReady();
                            parts.prefs().setWorkspace(opened.workspace().folder());
                            parts.runs().follow(opened);
                            parts.status().showDevice(opened.devices().choose("auto").device().name());
                            tellReadOnly(opened);
                            tellInterrupted(opened, prepareAgain, showRun);
                            then.run();
                        },
                        e -> parts.notices().problem(String.valueOf(e.getMessage()), e));
    }

    private void tellReadOnly(Backend opened) {
        parts.notices().remove(READ_ONLY);
        if (opened.workspace().readOnly()) {
            parts.notices()
                    .add(READ_ONLY, Strip.Kind.WARNING, opened.workspace().readOnlyReason())
                    .action(Texts.of("workspace.another"), () -> parts.actions().get("workspace").fire());
        }
    }

    private void tellInterrupted(Backend opened, Consumer<RunView> prepareAgain, Consumer<RunView> showRun) {
        parts.notices().remove(INTERRUPTED);
        parts.background().quick(Texts.of("interrupted.looking"), () -> whole(opened.workspace().interrupted()),
                found -> {
                    if (!found.isEmpty()) {
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

    /** Runs that have not ended. */
    List<RunView> active() {
        return parts.runs().active();
    }
}

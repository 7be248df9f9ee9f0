package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.run.RunView;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.report.ReportTab;
import dev.assay.ui.tabs.CompareTab;
import dev.assay.ui.tabs.HistoryTab;
import dev.assay.ui.tabs.RunTab;
import dev.assay.workspace.StoredReport;
import dev.assay.workspace.Workspace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/**
 * Keeps the open tabs with the workspace and opens them again at the next start. Files among them are not opened again by
 * themselves when the program ended while it opened them the last time. JavaFX thread only.
 */
final class TabKeeper {

    private static final String TABS = "tabs";
    private static final String OPENING = "tabs.opening";
    private static final String STRIP = "tabs-not-opened";

    /** When the files have been open for so long they did not end the program. */
    private static final Duration SURVIVED = Duration.seconds(10);

    private static final Duration CALM = Duration.seconds(1);

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private final PauseTransition saving = new PauseTransition(CALM);
    private boolean following;

    /** Whose tabs of the last time are being read. */
    private Workspace restoring;

    TabKeeper(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
        saving.setOnFinished(e -> save());
    }

    /** Hears of the tabs of a window that is put together. */
    void attach() {
        shell.tabs().addOnChange(() -> {
            if (following) {
                saving.playFromStart();
            }
        });
    }

    /** Follows the tabs from now on. */
    private void follow() {
        following = true;
        restoring = null;
    }

    /**
     * Follows them no more, since the workspace is left.
     *
     * @return what is open, the tab that is looked at first; empty where those of the last time are still to be opened, which
     *     then stay kept
     */
    Optional<String> leave() {
        Optional<String> open = following ? Optional.of(text()) : Optional.empty();
        following = false;
        restoring = null;
        saving.stop();
        return open;
    }

    private String text() {
        return shell.tabs().selectedKey().orElse("") + "\n" + String.join("\n", shell.tabs().keys());
    }

    private void save() {
        if (following && session.backend() != null) {
            String text = text();
            Workspace workspace = session.backend().workspace();
            parts.background().keepSilently(() -> workspace.setFact(TABS, text));
        }
    }

    /** Keeps what was open at the end; called in the background with what {@link #leave} said. */
    static void keep(Workspace workspace, Optional<String> open) {
        open.ifPresent(text -> workspace.setFact(TABS, text));
        workspace.setFact(OPENING, "");
    }

    /**
     * What was open.
     *
     * @param keys of the tabs in their order
     * @param files where the files among them are, by key
     * @param reports those among them that are still there, by key
     */
    private record Kept(
            List<String> keys, String selected, boolean endedBadly, Map<String, Location> files,
            Map<String, StoredReport> reports) {}

    /**
     * Opens the tabs of the last time, in their order, and follows the tabs from then on. Nothing happens when that is so or on
     * its way.
     */
    void restore() {
        Workspace workspace = session.backend().workspace();
        if (following || restoring == workspace) {
            return;
        }
        if (!parts.prefs().restoresTabs()) {
            follow();
            return;
        }
        restoring = workspace;
        parts.background().quick(
                Texts.of("tabs.reading"),
                () -> read(workspace),
                // Runs come from the list, which is being read.
                kept -> parts.runs().whenRead(() -> {
                    if (restoring == workspace) { // else another one is open by now
                        restore(kept);
                        follow();
                    }
                }),
                e -> {
                    if (restoring == workspace) {
                        follow();
                    }
                });
    }

    private static Kept read(Workspace workspace) {
        List<String> lines = Arrays.asList(workspace.fact(TABS).orElse("").split("\n", -1));
        List<String> keys = lines.stream().skip(1).filter(k -> !k.isBlank()).toList();
        Map<String, Location> files = new LinkedHashMap<>();
        Map<String, StoredReport> reports = new LinkedHashMap<>();
        for (String key : keys) {
            if (key.startsWith(Contents.INPUT)) {
                location(key.substring(Contents.INPUT.length())).ifPresent(l -> files.put(key, l));
            } else if (key.startsWith(ReportTab.KEY)) {
                workspace.reports().find(key.substring(ReportTab.KEY.length())).ifPresent(r -> reports.put(key, r));
            }
        }
        // Where another window writes, what it is just opening is no sign of a bad end.
        boolean endedBadly = !workspace.readOnly() && !workspace.fact(OPENING).orElse("").isEmpty();
        return new Kept(keys, lines.getFirst(), endedBadly, files, reports);
    }

    private void restore(Kept kept) {
        if (kept.endedBadly() && !kept.files().isEmpty()) {
            parts.notices()
                    .add(STRIP, Strip.Kind.WARNING, Texts.of("tabs.not.opened", kept.files().size()))
                    .action(Texts.of("tabs.open"), () -> {
                        parts.notices().remove(STRIP);
                        survive(() -> kept.files().values().forEach(shell.files()::openQuietly));
                    });
        } else if (!kept.files().isEmpty()) {
            survive(() -> {});
        }
        for (String key : kept.keys()) {
            if (kept.files().containsKey(key) && !kept.endedBadly()) {
                shell.files().openQuietly(kept.files().get(key));
            } else if (key.startsWith(RunTab.KEY)) {
                parts.runs().find(key.substring(RunTab.KEY.length())).ifPresent(shell::addRun);
            } else if (key.startsWith(CompareTab.KEY)) {
                compare(key.substring(CompareTab.KEY.length()));
            } else if (kept.reports().containsKey(key)) {
                shell.reports().add(kept.reports().get(key));
            } else if (key.equals(HistoryTab.KEY)) {
                shell.history().add();
            }
        }
        shell.tabs().select(kept.selected());
    }

    /** Opens files; a program that ends while it does so leaves a note of it. */
    private void survive(Runnable open) {
        Workspace workspace = session.backend().workspace();
        mark(workspace, "yes");
        open.run();
        PauseTransition survived = new PauseTransition(SURVIVED);
        survived.setOnFinished(e -> {
            if (session.backend().workspace() == workspace) { // leaving it took the note off
                mark(workspace, "");
            }
        });
        survived.play();
    }

    private void mark(Workspace workspace, String opening) {
        parts.background().keepSilently(() -> workspace.setFact(OPENING, opening));
    }

    private static Optional<Location> location(String text) {
        try {
            return Optional.of(Location.parse(text));
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    private void compare(String ids) {
        List<String> wanted = Arrays.asList(ids.split(","));
        List<RunView> runs = wanted.stream().flatMap(id -> parts.runs().find(id).stream()).toList();
        if (runs.size() == wanted.size() && runs.size() > 1) {
            shell.reports().addComparison(CompareTab.key(runs), runs);
        }
    }
}

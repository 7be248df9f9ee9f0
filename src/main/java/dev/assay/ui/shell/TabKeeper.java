package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.run.RunView;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.tabs.CompareTab;
import dev.assay.ui.tabs.HistoryTab;
import dev.assay.workspace.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
    private static final String INPUT = "input:";
    private static final String RUN = "run:";
    private static final String COMPARE = "compare:";
    private static final String REPORT = "report:";

    /** When the files have been open for so long they did not end the program. */
    private static final Duration SURVIVED = Duration.seconds(10);

    private static final Duration CALM = Duration.seconds(1);

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private final PauseTransition saving = new PauseTransition(CALM);
    private boolean following;

    TabKeeper(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
        saving.setOnFinished(e -> save());
    }

    /** Follows the tabs from now on. */
    void follow() {
        following = true;
        shell.tabs().addOnChange(saving::playFromStart);
    }

    /** What is open, the tab that is looked at first. */
    String text() {
        return shell.tabs().selectedKey().orElse("") + "\n" + String.join("\n", shell.tabs().keys());
    }

    private void save() {
        if (following && session.backend() != null) {
            String text = text();
            Workspace workspace = session.backend().workspace();
            parts.background().silent(
                    () -> {
                        workspace.setFact(TABS, text);
                        return text;
                    },
                    t -> {});
        }
    }

    /** Keeps what was open at the end; called in the background with what {@link #text} said. */
    static void keep(Workspace workspace, String text) {
        workspace.setFact(TABS, text);
        workspace.setFact(OPENING, "");
    }

    /** Opens the tabs of the last time. */
    void restore() {
        if (!parts.prefs().restoresTabs()) {
            follow();
            return;
        }
        Workspace workspace = session.backend().workspace();
        parts.background().quick(
                Texts.of("tabs.reading"),
                () -> new String[] {workspace.fact(TABS).orElse(""), workspace.fact(OPENING).orElse("")},
                found -> {
                    List<String> lines = Arrays.asList(found[0].split("\n", -1));
                    List<String> keys = lines.stream().skip(1).filter(k -> !k.isBlank()).toList();
                    restore(keys, lines.getFirst(), !found[1].isEmpty());
                    follow();
                },
                e -> follow());
    }

    private void restore(List<String> keys, String selected, boolean endedBadly) {
        List<String> files = keys.stream().filter(k -> k.startsWith(INPUT)).toList();
        if (endedBadly && !files.isEmpty()) {
            parts.notices()
                    .add(STRIP, Strip.Kind.WARNING, Texts.of("tabs.not.opened", files.size()))
                    .action(Texts.of("tabs.open"), () -> {
                        parts.notices().remove(STRIP);
                        openFiles(files);
                    });
        }
        for (String key : keys) {
            if (key.startsWith(INPUT) && !endedBadly) {
                openFiles(List.of(key));
            } else if (key.startsWith(RUN)) {
                parts.runs().whenThere(key.substring(RUN.length()), run -> shell.addRun(run));
            } else if (key.startsWith(COMPARE)) {
                compare(key.substring(COMPARE.length()));
            } else if (key.startsWith(REPORT)) {
                report(key.substring(REPORT.length()));
            } else if (key.equals(HistoryTab.KEY)) {
                shell.history().add();
            }
        }
        // Runs come from the list, which is being read.
        parts.runs().whenRead(() -> shell.tabs().select(selected));
    }

    private void openFiles(List<String> keys) {
        Workspace workspace = session.backend().workspace();
        mark(workspace, "yes");
        keys.forEach(key -> location(key.substring(INPUT.length())).ifPresent(shell.files()::openQuietly));
        PauseTransition survived = new PauseTransition(SURVIVED);
        survived.setOnFinished(e -> mark(workspace, ""));
        survived.play();
    }

    private void mark(Workspace workspace, String opening) {
        parts.background().silent(
                () -> {
                    workspace.setFact(OPENING, opening);
                    return opening;
                },
                t -> {});
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
        parts.runs().whenRead(() -> {
            List<RunView> runs = wanted.stream().flatMap(id -> parts.runs().find(id).stream())
                    .collect(Collectors.toList());
            if (runs.size() == wanted.size() && runs.size() > 1) {
                shell.reports().addComparison(CompareTab.key(runs), runs);
            }
        });
    }

    private void report(String id) {
        Workspace workspace = session.backend().workspace();
        Consumer<Throwable> silent = e -> {};
        parts.background().quick(
                Texts.of("tabs.reading"), () -> workspace.report(id),
                found -> found.ifPresent(shell.reports()::show), silent);
    }
}

package dev.assay.ui.shell;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.InputException;
import dev.assay.report.Templates;
import dev.assay.run.RunControl;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.ui.Texts;
import dev.assay.ui.tabs.HistoryEntry;
import dev.assay.ui.tabs.HistoryTab;
import dev.assay.workspace.StoredRun;
import dev.assay.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The history's tab, and the changes of the workspace that can be undone. JavaFX thread only. */
final class HistoryFlow implements HistoryTab.Handler {

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private final Undo undo;

    HistoryFlow(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
        this.undo = new Undo(parts.background(), parts.notices(), shell::showProblem);
        session.backendProperty().addListener((o, was, is) -> undo.clear());
    }

    Undo undo() {
        return undo;
    }

    /** Shows the history. */
    void show() {
        shell.tabs().show(HistoryTab.KEY, Texts.of("history.title"), "fth-clock", () -> new HistoryTab(shell, this));
    }

    /** Adds the history's tab without showing it. */
    void add() {
        shell.tabs().add(HistoryTab.KEY, Texts.of("history.title"), "fth-clock", () -> new HistoryTab(shell, this));
    }

    private Workspace workspace() {
        return session.backend().workspace();
    }

    @Override
    public List<HistoryEntry> entries() {
        return parts.runs().all().stream().map(this::entry).toList();
    }

    private HistoryEntry entry(RunView run) {
        Optional<StoredRun> stored = parts.runs().stored(run);
        return new HistoryEntry(
                run,
                parts.runs().name(run),
                parts.runs().title(run),
                title(Sweep.analysisOf(run.request())),
                stored.map(StoredRun::tags).orElse(List.of()),
                stored.map(StoredRun::notes).orElse(""),
                stored.map(StoredRun::scalars).orElse(List.of()));
    }

    private String title(String analysis) {
        return Optional.ofNullable(session.catalogue())
                .flatMap(c -> c.find(analysis))
                .map(Analysis::info)
                .map(i -> i.title())
                .orElse(analysis);
    }

    @Override
    public void show(RunView run) {
        shell.showRun(run);
    }

    @Override
    public void again(RunView run) {
        shell.runs().again(run);
    }

    @Override
    public void change(RunView run) {
        shell.prepareAgain(run);
    }

    @Override
    public void goOn(RunView sweep) {
        // A tab of it shows what it was until now.
        shell.tabs().close(Contents.key(sweep));
        session.goOn(sweep).ifPresent(shell::showRun);
    }

    @Override
    public void stop(RunView run) {
        if (run instanceof RunControl control) {
            control.cancel();
        }
    }

    @Override
    public void reveal(RunView run) {
        shell.showFolder(run.folder());
    }

    @Override
    public void copyCommand(RunView run) {
        shell.runs().copyCommand(run.request());
    }

    @Override
    public void compare(List<RunView> runs) {
        shell.reports().compare(runs);
    }

    @Override
    public void report(List<RunView> runs) {
        shell.reports().create(runs.size() > 1 ? Templates.COMPARISON : Templates.ONE_RUN, runs);
    }

    @Override
    public void delete(List<RunView> runs) {
        if (runs.isEmpty()) {
            return;
        }
        Backend open = session.backend();
        Set<String> ids = new LinkedHashSet<>();
        runs.forEach(r -> ids.add(r.id()));
        for (RunView run : runs) {
            shell.tabs().close(Contents.key(run));
            open.queue().runs().stream()
                    .filter(r -> r.id().equals(run.id()))
                    .findFirst()
                    .ifPresent(open.queue()::remove);
        }
        String what = runs.size() == 1
                ? Texts.of("history.deleted.one", parts.runs().title(runs.getFirst()))
                : Texts.of("history.deleted.many", runs.size());
        undo.make(
                new Undo.Step(
                        what,
                        () -> {
                            for (String id : ids) {
                                open.workspace().delete(id);
                            }
                            return () -> {
                                for (String id : ids) {
                                    open.workspace().restore(id);
                                }
                            };
                        }),
                true);
    }

    @Override
    public void rename(RunView run, String name) {
        Workspace workspace = workspace();
        // Without a name it is the analysis again.
        String after = name.isBlank() ? title(Sweep.analysisOf(run.request())) : name;
        undo.make(
                new Undo.Step(
                        Texts.of("history.renamed", parts.runs().name(run), after),
                        () -> {
                            String before = stored(workspace, run.id()).name();
                            workspace.rename(run.id(), after);
                            return () -> workspace.rename(run.id(), before);
                        }),
                false);
    }

    /** The run as the workspace has it now, which the list may not show yet. */
    private static StoredRun stored(Workspace workspace, String id) throws InputException {
        return workspace.run(id).orElseThrow(
                () -> new InputException(Texts.of("history.not.there"), id, Texts.of("history.not.there.mend")));
    }

    @Override
    public void setTags(List<RunView> runs, List<String> tags) {
        changeTags(runs, before -> tags);
    }

    @Override
    public void addTags(List<RunView> runs, List<String> tags) {
        changeTags(runs, before -> Stream.concat(before.stream(), tags.stream()).toList());
    }

    private void changeTags(List<RunView> runs, UnaryOperator<List<String>> change) {
        List<String> ids = runs.stream().map(RunView::id).toList();
        Workspace workspace = workspace();
        undo.make(
                new Undo.Step(
                        Texts.of("history.tagged"),
                        () -> {
                            Map<String, List<String>> before = new LinkedHashMap<>();
                            for (String id : ids) {
                                before.put(id, stored(workspace, id).tags());
                            }
                            for (String id : ids) {
                                workspace.setTags(id, change.apply(before.get(id)));
                            }
                            return () -> setTags(workspace, before);
                        }),
                false);
    }

    private static void setTags(Workspace workspace, Map<String, List<String>> tags) throws InputException {
        for (Map.Entry<String, List<String>> entry : tags.entrySet()) {
            workspace.setTags(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public void setNotes(RunView run, String notes) {
        Workspace workspace = workspace();
        undo.make(
                new Undo.Step(
                        Texts.of("history.noted", parts.runs().title(run)),
                        () -> {
                            String before = stored(workspace, run.id()).notes();
                            workspace.setNotes(run.id(), notes);
                            return () -> workspace.setNotes(run.id(), before);
                        }),
                false);
    }
}

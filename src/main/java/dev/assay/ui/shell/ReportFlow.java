package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.report.Block;
import dev.assay.report.Report;
import dev.assay.report.ReportFiles;
import dev.assay.report.ReportJson;
import dev.assay.report.ReportSource;
import dev.assay.report.Templates;
import dev.assay.report.WorkspaceSource;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunView;
import dev.assay.ui.Texts;
import dev.assay.ui.report.ReportDocument;
import dev.assay.ui.report.ReportTab;
import dev.assay.ui.shell.frame.Overlay;
import dev.assay.ui.tabs.CompareTab;
import dev.assay.workspace.StoredReport;
import dev.assay.workspace.Workspace;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.util.StringConverter;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comparing runs, and making, opening, filling, exporting, repeating and deleting reports. JavaFX thread only. */
final class ReportFlow {

    private static final Logger LOG = LoggerFactory.getLogger(ReportFlow.class);
    private static final ExtensionFilter HTML = new ExtensionFilter(Texts.of("report.file"), "*.html", "*.pdf");

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private final Capture capture;
    private final Map<String, ReportDocument> open = new HashMap<>();
    private String lastShown;

    ReportFlow(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
        this.capture = new Capture(shell);
    }

    /** Follows the workspace's reports. */
    void follow() {
        session.backendProperty().addListener((o, before, now) -> {
            open.clear();
            lastShown = null;
            now.workspace().onChange(() -> Platform.runLater(() -> refresh(now)));
            refresh(now);
        });
    }

    private void refresh(Backend source) {
        if (source == session.backend()) {
            parts.background()
                    .quick(
                            Texts.of("report.reading"),
                            () -> source.workspace().storedReports(),
                            shell.browser()::showReports,
                            shell::showProblem);
        }
    }

    // --- comparing

    /** Compares the runs selected in the browser, or asks which. */
    void compare() {
        List<RunView> selected = shell.browser().selectedRuns();
        if (selected.size() > 1) {
            compare(selected);
        } else {
            choose("compare-dialog", Texts.of("action.compare"), Texts.of("action.compare"), 2, null, this::compare);
        }
    }

    /** Compares these runs; asks for more when it is one. */
    void compare(List<RunView> chosen) {
        if (chosen.size() < 2) {
            choose("compare-dialog", Texts.of("action.compare"), Texts.of("action.compare"), 2, null, this::compare);
            return;
        }
        List<RunView> runs = oldestFirst(chosen);
        shell.tabs().show(CompareTab.key(runs), Texts.of("compare.title", runs.size()), "fth-columns",
                () -> new CompareTab(
                        shell, runs, compareHandler()));
    }

    /** Adds the tab of a comparison without showing it. */
    void addComparison(String key, List<RunView> runs) {
        shell.tabs().add(key, Texts.of("compare.title", runs.size()), "fth-columns", () -> new CompareTab(
                shell, runs, compareHandler()));
    }

    private static List<RunView> oldestFirst(List<RunView> runs) {
        return runs.stream().sorted(Comparator.comparing(RunView::created)).toList();
    }

    private CompareTab.Handler compareHandler() {
        return new CompareTab.Handler() {
            @Override
            public void export(List<RunView> runs) {
                make(Templates.COMPARISON, runs, (report, id) -> exportTo(report, source(id)));
            }

            @Override
            public void report(List<RunView> runs) {
                create(Templates.COMPARISON, runs);
            }

            @Override
            public void add(Block block) {
                addToReport(block);
            }
        };
    }

    /** Asks for runs. */
    private void choose(
            String id, String title, String action, int least, Node extra, Consumer<List<RunView>> then) {
        List<RunView> all = parts.runs().all();
        List<RunView> chosen = new ArrayList<>(shell.browser().selectedRuns());
        shell.tabs().selectedKey().ifPresent(key -> all.stream()
                .filter(r -> Contents.key(r).equals(key) && !chosen.contains(r))
                .forEach(chosen::add));
        RunChooser chooser = new RunChooser(all, chosen);
        Button go = Overlay.button(action, true, () -> {
            parts.overlay().hideNow();
            then.accept(chooser.chosen());
        });
        go.setId(id + "-go");
        go.disableProperty().bind(chooser.count().lessThan(least));
        Label hint = new Label(
                all.isEmpty()
                        ? Texts.of("report.no.runs")
                        : least > 1 ? Texts.of("compare.tick")
                                : Texts.of("report.tick"));
        hint.setWrapText(true);
        VBox content = new VBox(12, hint, chooser);
        if (extra != null) {
            content.getChildren().addFirst(extra);
        }
        parts.overlay()
                .showDialog(id, title, content, Overlay.button(Texts.of("cancel"), false, parts.overlay()::hideNow),
                        go);
    }

    // --- making and opening

    /** Asks for a template and runs, and makes a report. */
    void create() {
        ChoiceBox<Templates> template = new ChoiceBox<>();
        template.setId("report-template");
        template.setAccessibleText(Texts.of("report.template"));
        template.getItems().setAll(Templates.values());
        template.setConverter(new StringConverter<>() {
            @Override
            public String toString(Templates value) {
                return value == null ? "" : value.title();
            }

            @Override
            public Templates fromString(String text) {
                throw new UnsupportedOperationException("a template is not typed");
            }
        });
        template.setValue(Templates.ONE_RUN);
        choose("report-dialog", Texts.of("report.new"), Texts.of("report.make"), 0, template,
                runs -> create(template.getValue(), runs));
    }

    /** Makes a report of runs and shows it. */
    void create(Templates template, List<RunView> runs) {
        make(template, runs, this::keepAndShow);
    }

    private interface Made {
        void use(Report report, String id);
    }

    private void make(Templates template, List<RunView> runs, Made then) {
        if (session.backend() == null) {
            return;
        }
        String id = UUID.randomUUID().toString();
        WorkspaceSource source = source(id);
        List<String> keys = oldestFirst(runs).stream().map(RunView::id).toList();
        parts.background()
                .io(Texts.of("report.making"), () -> template.of(keys, source), made -> then.use(made, id),
                        shell::showProblem);
    }

    private void keepAndShow(Report report, String id) {
        keep(id, report, () -> show(id, report));
    }

    private void keep(String id, Report report, Runnable then) {
        Workspace workspace = session.backend().workspace();
        parts.background()
                .io(
                        Texts.of("saving", report.title()),
                        () -> {
                            workspace.saveReport(id, title(report), new ReportJson().write(report));
                            return id;
                        },
                        saved -> then.run(),
                        shell::showProblem);
    }

    private static String title(Report report) {
        return report.title().isBlank() ? Texts.of("report.untitled") : report.title();
    }

    private WorkspaceSource source(String id) {
        Backend backend = session.backend();
        return new WorkspaceSource(backend.workspace(), id, key -> backend.queue().runs().stream()
                .filter(r -> r.id().equals(key))
                .findFirst());
    }

    /** Shows a stored report. */
    void show(StoredReport stored) {
        if (open.containsKey(stored.id())) {
            show(stored.id(), null);
            return;
        }
        try {
            show(stored.id(), new ReportJson().read(stored.body(), stored.title()));
        } catch (InputException e) {
            shell.showProblem(e);
        }
    }

    private void show(String id, Report report) {
        ReportDocument document =
                open.computeIfAbsent(id, k -> new ReportDocument(k, report, source(k), r -> keep(k, r, () -> {})));
        lastShown = id;
        shell.tabs()
                .show(ReportTab.key(id), title(document.report().get()), "fth-file-text", () -> new ReportTab(
                        document, () -> parts.runs().all(), tabHandler()));
    }

    private ReportTab.Handler tabHandler() {
        return new ReportTab.Handler() {
            @Override
            public void export(ReportDocument document) {
                document.saveNow();
                exportTo(document.report().get(), document.source());
            }

            @Override
            public void runAgain(ReportDocument document) {
                askForAgain(document);
            }

            @Override
            public void problem(Throwable problem) {
                shell.showProblem(problem);
            }
        };
    }

    private void exportTo(Report report, ReportSource source) {
        String name = title(report).replaceAll("[^\\p{L}\\p{N} ._-]", "_") + ".html";
        parts.choosers().save(Texts.of("report.export.title"), name, HTML).ifPresent(chosen -> {
            String lower = chosen.toString().toLowerCase(Locale.ROOT);
            boolean named = lower.endsWith(".html") || lower.endsWith(".htm") || lower.endsWith(".pdf");
            Path file = named ? chosen : chosen.resolveSibling(chosen.getFileName() + ".html");
            parts.background()
                    .io(
                            Texts.of("report.exporting", file.getFileName()),
                            () -> ReportFiles.write(report, source, file, () -> false),
                            beside -> shell.notice(Texts.of("report.exported", file.getFileName())),
                            shell::showProblem);
        });
    }

    /** Asks before a report is taken away. */
    void delete(StoredReport report) {
        shell.dialogs()
                .confirm(
                        "delete-report",
                        Texts.of("report.delete.question"),
                        Texts.of("report.delete.what", report.title()),
                        Texts.of("report.delete"),
                        () -> {
                            shell.tabs().close(ReportTab.key(report.id()));
                            open.remove(report.id());
                            Workspace workspace = session.backend().workspace();
                            parts.background()
                                    .io(
                                            Texts.of("report.deleting", report.title()),
                                            () -> {
                                                workspace.deleteReport(report.id());
                                                return report;
                                            },
                                            r -> shell.notice(Texts.of("report.deleted", r.title())),
                                            shell::showProblem);
                        });
    }

    /** What has not been kept yet, by id; called when the window closes, before the workspace does. */
    Map<String, Report> takeUnsaved() {
        Map<String, Report> unsaved = new HashMap<>();
        open.forEach((id, document) -> document.takeUnsaved().ifPresent(r -> unsaved.put(id, r)));
        return unsaved;
    }

    /** Lets go of all reports of the workspace, which another one will replace; hands out what has not been kept yet. */
    Map<String, Report> leave() {
        Map<String, Report> unsaved = takeUnsaved();
        open.clear();
        lastShown = null;
        return unsaved;
    }

    /** Keeps reports on the calling thread. */
    static void keepAll(Map<String, Report> unsaved, Workspace workspace) {
        unsaved.forEach((id, report) -> {
            try {
                workspace.saveReport(id, title(report), new ReportJson().write(report));
            } catch (InputException e) {
                LOG.error("the report {} could not be kept", title(report), e);
            }
        });
    }

    // --- filling

    /** The report that things are put into: the one looked at, the one shown last, or a new one. */
    private void withOpenReport(Consumer<ReportDocument> then) {
        if (session.backend() == null) {
            return;
        }
        Optional<String> looked = shell.tabs()
                .selectedKey()
                .flatMap(key -> open.keySet().stream()
                        .filter(id -> ReportTab.key(id).equals(key))
                        .findFirst());
        String id = looked.orElse(lastShown);
        if (id != null && open.containsKey(id)) {
            then.accept(open.get(id));
            return;
        }
        String fresh = UUID.randomUUID().toString();
        Report empty = new Report(Texts.of("report.untitled"), List.of());
        keep(fresh, empty, () -> {
            ReportDocument document = open.computeIfAbsent(
                    fresh, k -> new ReportDocument(k, empty, source(k), r -> keep(k, r, () -> {})));
            lastShown = fresh;
            then.accept(document);
        });
    }

    /** Puts a block at the end of the open report. */
    void addToReport(Block block) {
        withOpenReport(document -> {
            document.insert(Integer.MAX_VALUE, block);
            shell.notice(Texts.of("report.put", title(document.report().get())));
        });
    }

    /** Takes a picture and puts it into the open report. */
    void capture(Capture.Part part, Capture.Look look) {
        capture.take(part, look, (image, caption) -> withOpenReport(document -> add(document, image, caption)));
    }

    private void add(ReportDocument document, WritableImage image, String caption) {
        Workspace workspace = session.backend().workspace();
        String file = "picture-" + UUID.randomUUID() + ".png";
        BufferedImage copy = SwingFXUtils.fromFXImage(image, null);
        parts.background()
                .io(
                        Texts.of("report.keeping"),
                        () -> {
                            Path folder = Files.createDirectories(workspace.reportFolder(document.id()));
                            ImageIO.write(copy, "png", folder.resolve(file).toFile());
                            return file;
                        },
                        kept -> {
                            document.insert(Integer.MAX_VALUE, new Block.Screenshot(kept, caption));
                            shell.notice(Texts.of("report.picture.put", title(document.report().get())));
                        },
                        shell::showProblem);
    }

    // --- doing it again

    private void askForAgain(ReportDocument document) {
        Map<String, RunView> runs = new LinkedHashMap<>();
        for (String key : document.report().get().runs()) {
            parts.runs().all().stream()
                    .filter(r -> r.id().equals(key))
                    .findFirst()
                    .ifPresent(r -> runs.put(key, r));
        }
        if (runs.isEmpty()) {
            shell.notice(Texts.of("report.again.none"));
            return;
        }
        List<RunView> list = List.copyOf(runs.values());
        AgainForm form = new AgainForm(list, role -> parts.choosers()
                .openFiles(Texts.of("choose.what", role), parts.prefs().folder(), List.of())
                .stream()
                .findFirst());
        String action = Texts.of("report.again.do", list.size());
        Button go = Overlay.button(action, true, () -> {
            try {
                List<RunRequest> requests = form.requests(list);
                parts.overlay().hideNow();
                runAgain(document.report().get(), List.copyOf(runs.keySet()), requests);
            } catch (InputException e) {
                shell.showProblem(e);
            }
        });
        go.setId("again-go");
        parts.overlay()
                .showDialog("again-dialog", Texts.of("report.again.title"), form,
                        Overlay.button(Texts.of("cancel"), false, parts.overlay()::hideNow), go);
    }

    private void runAgain(Report report, List<String> keys, List<RunRequest> requests) {
        Backend backend = session.backend();
        if (backend.workspace().readOnly()) {
            shell.notice(backend.workspace().readOnlyReason());
            return;
        }
        Map<String, String> again = new LinkedHashMap<>();
        List<Run> started = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Run run = backend.queue().submit(requests.get(i));
            started.add(run);
            again.put(keys.get(i), run.id());
        }
        backend.queue().addListener(new RunQueue.Listener() {
            private boolean done;

            @Override
            public void changed(Run run) {
                if (started.contains(run)) {
                    Platform.runLater(this::look);
                }
            }

            private void look() {
                if (!done && started.stream().allMatch(r -> r.state().isFinal())) {
                    done = true;
                    backend.queue().removeListener(this);
                    keepAndShow(
                            report.again(again).withTitle(Texts.of("report.again.name", title(report))),
                            UUID.randomUUID().toString());
                }
            }
        });
        shell.notice(Texts.of("report.again.done", started.size()));
    }
}

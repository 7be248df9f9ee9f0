package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.analysis.WholeFile;
import dev.assay.report.Block;
import dev.assay.report.Report;
import dev.assay.report.ReportFiles;
import dev.assay.report.ReportJson;
import dev.assay.report.ReportSource;
import dev.assay.report.Templates;
import dev.assay.report.WorkspaceSource;
import dev.assay.run.RunView;
import dev.assay.ui.Texts;
import dev.assay.ui.report.ReportDocument;
import dev.assay.ui.report.ReportTab;
import dev.assay.ui.shell.frame.Overlay;
import dev.assay.ui.tabs.CompareTab;
import dev.assay.ui.view.LatestTask;
import dev.assay.workspace.StoredReport;
import dev.assay.workspace.Workspace;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

/** Comparing runs, and making, opening, filling, exporting and deleting reports. JavaFX thread only. */
final class ReportFlow {

    private static final Logger LOG = LoggerFactory.getLogger(ReportFlow.class);
    private static final ExtensionFilter HTML = new ExtensionFilter(Texts.of("report.file"), "*.html", "*.pdf");

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private final Capture capture;
    private final ReportAgain again;
    private final LatestTask reading;
    private final Map<String, ReportDocument> open = new HashMap<>();
    private String lastShown;

    ReportFlow(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
        this.capture = new Capture(shell);
        this.again = new ReportAgain(parts, session, shell);
        this.reading = parts.background().newest(Texts.of("report.reading"));
    }

    /** Follows the workspace's reports. */
    void follow() {
        session.backendProperty().addListener((o, before, now) -> {
            open.clear();
            lastShown = null;
            reading.cancel();
            now.workspace().onChange(() -> Platform.runLater(() -> refresh(now)));
            refresh(now);
        });
    }

    private void refresh(Backend source) {
        if (source == session.backend()) {
            reading.request(() -> source.workspace().reports().all(), shell.browser()::showReports, shell::showProblem);
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
        RunChooser chooser = new RunChooser(all, chosen, parts.runs()::name);
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
        Backend backend = session.backend();
        if (backend == null) {
            return;
        }
        String id = UUID.randomUUID().toString();
        WorkspaceSource source = source(id);
        List<String> keys = oldestFirst(runs).stream().map(RunView::id).toList();
        parts.background()
                .io(Texts.of("report.making"), () -> template.of(keys, source), made -> {
                    if (backend == session.backend()) {
                        then.use(made, id);
                    }
                }, shell::showProblem);
    }

    /** Keeps a report under a new id and shows it. */
    void keepAndShow(Report report) {
        keepAndShow(report, UUID.randomUUID().toString());
    }

    private void keepAndShow(Report report, String id) {
        keep(session.backend().workspace(), id, report, () -> show(id, report));
    }

    private void keep(Workspace workspace, String id, Report report, Runnable then) {
        parts.background()
                .keep(
                        Texts.of("saving", report.title()),
                        () -> {
                            workspace.reports().save(id, title(report), new ReportJson().write(report));
                            return id;
                        },
                        saved -> {
                            if (session.backend() != null && session.backend().workspace() == workspace) {
                                then.run();
                            }
                        },
                        shell::showProblem);
    }

    /** Its name for the user. */
    static String title(Report report) {
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
        read(stored).ifPresent(report -> show(stored.id(), report));
    }

    /** Adds the tab of a stored report without showing it. */
    void add(StoredReport stored) {
        read(stored).ifPresent(report -> shell.tabs().add(
                ReportTab.key(stored.id()), title(report), "fth-file-text", () -> tab(document(stored.id(), report))));
    }

    private Optional<Report> read(StoredReport stored) {
        try {
            return Optional.of(new ReportJson().read(stored.body(), stored.title()));
        } catch (InputException e) {
            shell.showProblem(e);
            return Optional.empty();
        }
    }

    private void show(String id, Report report) {
        ReportDocument document = document(id, report);
        lastShown = id;
        shell.tabs().show(
                ReportTab.key(id), title(document.report().get()), "fth-file-text", () -> tab(document));
    }

    /** The open document of that id, or a new one. */
    private ReportDocument document(String id, Report report) {
        Workspace workspace = session.backend().workspace();
        return open.computeIfAbsent(
                id, k -> new ReportDocument(k, report, source(k), r -> keep(workspace, k, r, () -> {})));
    }

    private ReportTab tab(ReportDocument document) {
        return new ReportTab(document, () -> parts.runs().all(), tabHandler());
    }

    private ReportTab.Handler tabHandler() {
        return new ReportTab.Handler() {
            @Override
            public void export(ReportDocument document) {
                document.saveNow();
                exportTo(document.report().get(), document.source());
            }

            @Override
            public String name(RunView run) {
                return parts.runs().name(run);
            }

            @Override
            public void runAgain(ReportDocument document) {
                again.ask(document);
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
                            // What is still unsaved of it must not bring it back.
                            Optional.ofNullable(open.remove(report.id())).ifPresent(ReportDocument::takeUnsaved);
                            Workspace workspace = session.backend().workspace();
                            parts.background()
                                    .keep(
                                            Texts.of("report.deleting", report.title()),
                                            () -> {
                                                workspace.reports().delete(report.id());
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
                workspace.reports().save(id, title(report), new ReportJson().write(report));
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
        Workspace workspace = session.backend().workspace();
        if (workspace.readOnly()) {
            shell.notice(workspace.readOnlyReason());
            return;
        }
        // At once, so that what is put in next goes into the same report.
        String fresh = UUID.randomUUID().toString();
        Report empty = new Report(Texts.of("report.untitled"), List.of());
        lastShown = fresh;
        keep(workspace, fresh, empty, () -> {});
        then.accept(document(fresh, empty));
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
                            Path folder = Files.createDirectories(workspace.reports().folder(document.id()));
                            WholeFile.write(folder.resolve(file), out -> ImageIO.write(copy, "png", out));
                            return file;
                        },
                        kept -> {
                            if (open.get(document.id()) == document) { // else the report was deleted meanwhile
                                document.insert(Integer.MAX_VALUE, new Block.Screenshot(kept, caption));
                                shell.notice(Texts.of("report.picture.put", title(document.report().get())));
                            }
                        },
                        shell::showProblem);
    }
}

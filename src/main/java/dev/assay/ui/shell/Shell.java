package dev.assay.ui.shell;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.Model;
import dev.assay.report.Block;
import dev.assay.report.Report;
import dev.assay.run.Catalogue;
import dev.assay.run.RunView;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.SelectionService;
import dev.assay.ui.shell.actions.ActionList;
import dev.assay.ui.shell.browser.BrowserPane;
import dev.assay.ui.shell.frame.DropZone;
import dev.assay.ui.shell.frame.MainLayout;
import dev.assay.ui.shell.frame.Notices;
import dev.assay.ui.shell.frame.Overlay;
import dev.assay.ui.shell.frame.StatusBar;
import dev.assay.ui.shell.frame.TabHost;
import dev.assay.ui.shell.frame.Welcome;
import dev.assay.ui.shell.inspector.InspectorPane;
import dev.assay.ui.shell.jobs.Background;
import dev.assay.ui.shell.jobs.PulseMonitor;
import dev.assay.ui.shell.open.OpenInputs;
import dev.assay.ui.shell.open.OpenItem;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.ui.shell.queue.LogPane;
import dev.assay.ui.shell.queue.QueuePane;
import dev.assay.ui.shell.theme.ThemeChoice;
import dev.assay.ui.shell.theme.ThemeManager;
import dev.assay.ui.tabs.DevicesTab;
import dev.assay.ui.tabs.WarmUp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Menu;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The window's parts put together. JavaFX thread only. */
final class Shell implements Workbench {

    private static final Logger LOG = LoggerFactory.getLogger(Shell.class);
    private static final String NOT_KEPT = "preferences-not-kept";
    private static final Duration WARM_UP_AFTER = Duration.millis(700);

    private final Parts parts;
    private final Session session;
    private final OpenFlow files;
    private final RunFlow runs;
    private final ReportFlow reports;
    private final Dialogs dialogs;
    private final HistoryFlow history;
    private final SweepFlow sweeps;
    private final TabKeeper keeper;
    private final Tour tour;
    private final HelpFlow help;
    private final BrowserPane browser;
    private final InspectorPane inspector;
    private final QueuePane queue;
    private final TabHost tabs;
    private final SelectionService selection = new SelectionService();
    private final MainLayout layout;
    private final PulseMonitor pulses;
    private final Ticker ticker;
    private String environment = "";

    Shell(WindowConfig config, ThemeManager themes, WindowPrefs prefs) {
        Background background = new Background();
        pulses = new PulseMonitor(this::blocked);
        parts = new Parts(
                config.stage(),
                prefs,
                background,
                themes,
                config.choosers(),
                new Notices(() -> environment),
                new Overlay(),
                new LogPane(),
                new StatusBar(),
                new OpenInputs(background, this::openInput),
                new RunList(background, this::showProblem),
                new ActionList(),
                config.showDocument());
        session = new Session(parts, config.catalogue());
        files = new OpenFlow(parts, session, this);
        runs = new RunFlow(parts, session, this);
        reports = new ReportFlow(parts, session, this);
        dialogs = new Dialogs(parts, session, this);
        history = new HistoryFlow(parts, session, this);
        sweeps = new SweepFlow(parts, session, this);
        keeper = new TabKeeper(parts, session, this);
        inspector = new InspectorPane(background, parts.open(), runs.inspectorHandler());
        help = new HelpFlow(parts, session, inspector);
        StackPane welcomeSlot = new StackPane();
        tabs = new TabHost(welcomeSlot, this::prepareWindow);
        browser =
                new BrowserPane(parts.open().items(), parts.runs().whole(), parts.runs()::title, runs.browserHandler());
        parts.runs().onMarks(browser::refreshTitles);
        reports.follow();
        selection.selectedProperty().addListener((o, before, now) -> now.one(Scope.RUNS).ifPresent(
                id -> parts.runs().all().stream().filter(r -> r.id().equals(id)).findFirst()
                        .ifPresent(browser::selectRun)));
        queue = new QueuePane(parts.runs().session(), runs.queueHandler());
        MainLayout.Slots slots = new MainLayout.Slots(browser, tabs, help.side(), queue, parts.log());
        layout = new MainLayout(slots, parts.notices().strips(), parts.status());
        help.attach(tabs, layout);
        tour = new Tour(this);
        tabs.addOnChange(files::closeUnused);
        keeper.attach();
        parts.runs().anyActive().addListener((o, was, is) -> files.closeUnused());
        ShellActions.declare(parts.actions(), this);
        ShellActions.applyKeys(parts.actions(), prefs);
        layout.setTop(
                parts.actions().menuBar(Map.of(Texts.of("menu.file"), recentMenu())),
                ShellActions.toolbar(parts.actions()));
        welcomeSlot.getChildren().add(new Welcome(
                parts.actions(), List.of("open-sample", "open", "get-dataset"), files.recent(), this::open));
        layout.setOver(List.of(
                tour.mark(),
                parts.notices().notice(),
                new DropZone(layout.dropArea(), files::openAll),
                parts.overlay()));
        ticker = new Ticker(parts, queue, browser);
    }

    private void prepareWindow(Stage window) {
        parts.themes().style(window.getScene());
        window.getIcons().setAll(parts.stage().getIcons());
        window.initOwner(parts.stage());
    }

    private Menu recentMenu() {
        Menu menu = new Menu(Texts.of("menu.recent"));
        menu.setId("menu-recent");
        files.fillRecent(menu);
        return menu;
    }

    private void blocked(PulseMonitor.Block block) {
        LOG.debug(
                "no pulse for {} ms, of which the JavaFX thread worked {} ms",
                block.length().toMillis(),
                block.work().toMillis());
    }

    /** Starts the background parts; the window is shown already. */
    void start(LaunchOptions options, Runnable whenReady) {
        // Once the window is laid out at its own size.
        Platform.runLater(() -> {
            layout.restore(parts.prefs());
            help.restore(parts.prefs());
        });
        parts.prefs().onProblem(what -> Platform.runLater(() -> parts.notices()
                .add(NOT_KEPT, Strip.Kind.WARNING, Texts.of("prefs.not.kept", what))));
        pulses.start();
        ticker.start();
        parts.background().silent(About::environment, text -> environment = text);
        session.loadCatalogue(found -> {
            inspector.setAnalyses(found.analyses());
            session.whenFirstOpen(() -> {
                inspector.setDevices(session.backend().deviceNames());
                parts.status().onDevice(() -> parts.actions().get("devices").fire());
                keeper.restore();
                files.openAtStart();
                whenReady.run();
                warmUpLater();
            });
            files.openFirstWorkspace(options);
        });
    }

    /** Once the window and its workspace are there and painted. */
    private void warmUpLater() {
        PauseTransition pause = new PauseTransition(WARM_UP_AFTER);
        pause.setOnFinished(e -> {
            List<Supplier<Node>> forms = session.catalogue().analyses().stream().findFirst()
                    .map(InspectorPane::formParts).orElse(List.of());
            WarmUp.begin(this, parts.stage().getScene().getStylesheets(), forms);
        });
        pause.play();
    }

    /** Shows the tab of this machine's devices. */
    void showDevices() {
        Backend open = session.backend();
        tabs.show(
                DevicesTab.KEY, Texts.of("devices.title"), "fth-cpu",
                () -> new DevicesTab(open.devices(), parts.prefs().threads(), parts.prefs().costs()));
    }

    private Input openInput(Location location) throws Exception {
        Catalogue catalogue = session.catalogue();
        if (catalogue == null) {
            throw new AnalysisException(Texts.of("starting"), location.fileName(), Texts.of("starting.mend"));
        }
        return catalogue.open(location);
    }

    // --- Workbench

    @Override
    public ObservableValue<ChartTheme> theme() {
        return parts.themes().themeProperty();
    }

    @Override
    public Window window() {
        return parts.stage();
    }

    @Override
    public SelectionService selection() {
        return selection;
    }

    @Override
    public ObservableList<RunView> allRuns() {
        return parts.runs().all();
    }

    @Override
    public List<Input> opened() {
        return parts.open().items().stream().filter(OpenItem::isReady).map(OpenItem::input).toList();
    }

    @Override
    public <T> void background(
            String what, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
        parts.background().io(what, work, onSuccess, onFailure);
    }

    @Override
    public void open(Location location) {
        files.open(location);
    }

    @Override
    public void withInput(Location location, Consumer<Input> onSuccess, Consumer<Throwable> onFailure) {
        files.withInput(location, onSuccess, onFailure);
    }

    @Override
    public void showSample(Dataset dataset, long index) {
        Contents.showSample(tabs, this, dataset, index);
    }

    @Override
    public void showGraph(GraphDataset graphs, int index) {
        parts.open().find(graphs).ifPresent(item -> {
            files.show(item);
            Contents.selectGraph(tabs, item.location(), index);
        });
    }

    @Override
    public void showLayer(Model model, String layer) {
        parts.open().find(model).ifPresent(item -> {
            files.show(item);
            Contents.selectLayer(tabs, item.location(), layer);
        });
    }

    @Override
    public void showRun(RunView run) {
        tabs.show(Contents.key(run), title(run), "fth-bar-chart-2", () -> Contents.of(
                this, run, session.catalogue().find(run.request().analysis())));
        browser.selectRun(run);
    }

    /** Adds the tab of a run without showing it. */
    void addRun(RunView run) {
        tabs.add(Contents.key(run), title(run), "fth-activity", () -> Contents.of(
                this, run, session.catalogue().find(run.request().analysis())));
    }

    @Override
    public void showRun(String id) {
        parts.runs().find(id).ifPresentOrElse(this::showRun, () -> notice(Texts.of("history.no.run")));
    }

    @Override
    public void showHelp(RunView run) {
        help.show(run);
    }

    @Override
    public void goOn(RunView sweep) {
        history.goOn(sweep);
    }

    @Override
    public List<RunView> peers(RunView run) {
        return parts.runs().peers(run);
    }

    @Override
    public String title(RunView run) {
        return parts.runs().title(run);
    }

    @Override
    public String name(RunView run) {
        return parts.runs().name(run);
    }

    @Override
    public ObservableStringValue liveTitle(RunView run) {
        return parts.runs().liveTitle(run);
    }

    @Override
    public void prepareAgain(RunView run) {
        runs.prepareAgain(run);
    }

    @Override
    public void showProblem(Throwable problem) {
        tellProblem(problem);
    }

    /** As above; hands out the strip, for what can be done about it. */
    Strip tellProblem(Throwable problem) {
        boolean mendable = problem instanceof AnalysisException;
        if (mendable) {
            LOG.info("{}", problem.getMessage());
            LOG.debug("shown to the user", problem);
        } else {
            LOG.error("shown to the user", problem);
        }
        String sentence = mendable
                ? problem.getMessage()
                : Texts.of("fault", problem);
        return parts.notices().problem(sentence, problem);
    }

    @Override
    public void showFolder(Path folder) {
        files.showFolder(folder);
    }

    @Override
    public void addToReport(Block block) {
        reports.addToReport(block);
    }

    @Override
    public void notice(String text) {
        parts.notices().show(text);
    }

    // --- what the actions and the application use

    Parts parts() {
        return parts;
    }

    Session session() {
        return session;
    }

    OpenFlow files() {
        return files;
    }

    RunFlow runs() {
        return runs;
    }

    Tour tour() {
        return tour;
    }

    HelpFlow help() {
        return help;
    }

    HistoryFlow history() {
        return history;
    }

    TabKeeper keeper() {
        return keeper;
    }

    SweepFlow sweeps() {
        return sweeps;
    }

    ReportFlow reports() {
        return reports;
    }

    BrowserPane browser() {
        return browser;
    }

    Dialogs dialogs() {
        return dialogs;
    }

    TabHost tabs() {
        return tabs;
    }

    InspectorPane inspector() {
        return inspector;
    }

    QueuePane queue() {
        return queue;
    }

    MainLayout layout() {
        return layout;
    }

    /** Versions and machine in words; empty until they are found out. */
    String environment() {
        return environment;
    }

    PulseMonitor pulses() {
        return pulses;
    }

    Parent root() {
        return layout.root();
    }

    void setTheme(ThemeChoice choice) {
        tabs.restyle(() -> parts.themes().choiceProperty().set(choice));
        parts.prefs().setTheme(choice);
    }

    /** Closes the window, after asking when runs are at work. */
    void quit() {
        if (session.active().isEmpty()) {
            parts.stage().close();
        } else {
            dialogs.confirmStop(Texts.of("quit.question"), Texts.of("quit.stop"), Texts.of("action.quit"),
                    parts.stage()::close);
        }
    }

    /** Stops everything; what has to wait does so on a thread of its own that keeps the program alive. */
    void shutdown() {
        layout.save(parts.prefs());
        help.save(parts.prefs());
        ticker.stop();
        tour.stop();
        pulses.stop();
        Map<String, Report> unsaved = reports.takeUnsaved();
        Optional<String> openTabs = keeper.leave();
        tabs.closeAll();
        parts.background().shutdown();
        Closing.begin(parts, session.backend(), unsaved, openTabs);
        parts.themes().close();
    }
}

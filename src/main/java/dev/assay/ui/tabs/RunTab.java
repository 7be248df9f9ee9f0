package dev.assay.ui.tabs;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.Brushed;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Marked;
import dev.assay.report.Block;
import dev.assay.report.ResultName;
import dev.assay.run.RunCommand;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.Selected;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Reveal;
import dev.assay.ui.view.ScalarRow;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * A run, live or stored: how it stands, its figures, charts and tables, the evidence behind what is clicked, and the
 * parameters that can be changed afterwards. Polls the run on one timer while it is not final.
 */
public final class RunTab implements TabContent {

    /** What the key of a run's tab begins with. */
    public static final String KEY = "run:";

    /** 25 looks a second at most. */
    private static final Duration TICK = Duration.millis(40);

    private static final double DETAILS_BESIDE_FROM = 800;
    private static final double DETAILS_WIDTH = 400;

    private final Workbench workbench;
    private final RunView run;
    private final Optional<ParameterSet<?>> parameters;
    private final Exploration<?> exploration;
    private final References references;
    private final RunSelection links;
    private final Worker worker = new Worker("run-tab", 2);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final Timeline timer = new Timeline(new KeyFrame(TICK, e -> tick()));
    private final ChangeListener<ChartTheme> themeListener = (o, before, now) -> setTheme(now);
    private final ChangeListener<Selected> selectionListener = (o, before, now) -> follow();

    private final RunHeader header;
    private final RunStrips strips;
    private final ScalarRow figures = new ScalarRow();
    private final StackPane livePlace = new StackPane();
    private final StackPane brushPlace = new StackPane();
    private final ChartBoard charts;
    private final TableBoard tables;
    private final LogPane log = new LogPane();
    private final ProvenancePane provenance;
    private final Paging pages = new Paging();
    private final DetailsPane details;
    private final SplitPane split = new SplitPane();
    private final VBox root = new VBox();

    private final Map<ResultKey, Result> overlay = new LinkedHashMap<>();
    private final Map<ResultKey, Map<String, String>> overlayValues = new LinkedHashMap<>();
    private LiveParameters live;
    private Selection selected;
    private long shownVersion = -1;
    private RunState shownState;
    private long busyUntil;
    private List<Result> shownResults = List.of();
    private Selected followed = Selected.NONE;
    private Set<RefKind> followedKinds = Set.of();

    /**
     * The tab of a run.
     *
     * @param analysis the run's analysis; empty when it is not installed, results are shown all the same
     */
    public RunTab(Workbench workbench, RunView run, Optional<Analysis<?>> analysis) {
        this(workbench, run, analysis, new FileDialogs(workbench::window));
    }

    RunTab(Workbench workbench, RunView run, Optional<Analysis<?>> analysis, FileAsker files) {
        this.workbench = workbench;
        this.run = run;
        parameters = analysis.map(a -> ParameterSet.of(a.parameters()));
        exploration = analysis.map(a -> Exploration.of(workbench, run, a)).orElse(null);
        references = new References(workbench, run, analysis, this::relocated);
        links = new RunSelection(workbench.selection(), run, references::location);
        String analysisTitle = analysis.map(a -> a.info().title()).orElse(workbench.title(run));
        title.bind(workbench.liveTitle(run));
        String command = RunCommand.line(run.request());
        ChartTheme theme = workbench.theme().getValue();
        ResultViews views = new ResultViews(worker, files, workbench::showProblem);
        header = new RunHeader(workbench, run, analysisTitle, () -> command);
        strips = new RunStrips(workbench, run, files, () -> pages.select(Texts.of("log.heading")));
        charts = new ChartBoard(views, theme, this::clicked, this::openOrSelect);
        charts.setOnBrush(this::brush);
        charts.setReport(
                r -> new Block.Finding(List.of(run.id()), ResultName.of(r), ""), workbench::addToReport);
        tables = new TableBoard(views, this::clicked, this::openOrSelect);
        tables.setPeers(this::peers);
        provenance = new ProvenancePane(run, analysis, parameters, command);
        details = new DetailsPane(
                views, theme, this::clicked, this::openOrSelect, references, this::closeDetails);
        build();
        workbench.theme().addListener(themeListener);
        workbench.selection().selectedProperty().addListener(selectionListener);
        if (exploration != null) {
            exploration.statusProperty().addListener((o, before, now) -> explorationChanged());
        }
        timer.setCycleCount(Animation.INDEFINITE);
        refresh();
        if (!run.state().isFinal()) {
            timer.play();
        }
    }

    /** The key of a run's tab. */
    public static String key(RunView run) {
        return KEY + run.id();
    }

    private void build() {
        pages.add(Texts.of("run.charts"), "fth-bar-chart-2", charts);
        pages.add(Texts.of("run.tables"), "fth-grid", tables);
        pages.add(Texts.of("log.heading"), "fth-align-left", log);
        pages.add(Texts.of("report.add.provenance"), "fth-git-commit", provenance);
        split.getItems().add(pages);
        split.getStyleClass().add("details-split");
        split.widthProperty().addListener((o, before, now) -> orient());
        VBox body = new VBox();
        body.getStyleClass().add("run-body");
        Stages.fill(body, List.of(strips, brushPlace, livePlace, figures, split));
        VBox.setVgrow(split, Priority.ALWAYS);
        VBox.setVgrow(body, Priority.ALWAYS);
        buildLive();
        root.getStyleClass().addAll("assay-tab", "run-tab");
        Stages.fill(root, List.of(header, body));
    }

    /** Controls are there from the start, so that nothing jumps when the run ends; until then they are disabled. */
    private void buildLive() {
        boolean hasLive = parameters.map(p -> !LiveParameters.live(p).isEmpty()).orElse(false);
        boolean mayBecomeLive = !run.state().isFinal() || run.state() == RunState.DONE;
        if (hasLive && mayBecomeLive) {
            live = new LiveParameters(parameters.get(), run.request().parameters(), this::changeLive);
            live.setUsable(false);
            live.showBusy(exploration.updatingProperty());
            livePlace.getChildren().setAll(live);
        }
        livePlace.setManaged(live != null);
        brushPlace.setManaged(false);
    }

    private void orient() {
        split.setOrientation(split.getWidth() >= DETAILS_BESIDE_FROM ? Orientation.HORIZONTAL : Orientation.VERTICAL);
    }

    @Override
    public String key() {
        return key(run);
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-activity";
    }

    @Override
    public Node node() {
        return root;
    }

    private void tick() {
        if (System.nanoTime() >= busyUntil && isSeen(root)) {
            long start = System.nanoTime();
            refresh();
            // Leaves the thread at least as long to others as the redraw took.
            busyUntil = System.nanoTime() + (System.nanoTime() - start);
        }
    }

    private static boolean isSeen(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    /** Looks at the run and shows what changed. */
    private void refresh() {
        RunState state = run.state();
        long version = run.resultsVersion();
        boolean stateChanged = state != shownState;
        header.refresh();
        strips.refresh(exploration);
        log.show(run.log());
        if (version != shownVersion || stateChanged) {
            shownVersion = version;
            shownState = state;
            showResults();
        }
        if (stateChanged) {
            provenance.refresh();
            links.learn();
        }
        if (state.isFinal()) {
            timer.stop();
            if (state == RunState.DONE && exploration != null) {
                exploration.open();
            } else if (state != RunState.DONE) {
                hideLive();
            }
        }
    }

    private void showResults() {
        List<Result> results = new ArrayList<>();
        Map<String, Scalar> baseline = new LinkedHashMap<>();
        for (Result result : run.results()) {
            results.add(overlay.getOrDefault(ResultKey.of(result), result));
            if (result instanceof Scalar s && overlay.containsKey(ResultKey.of(s))) {
                baseline.put(s.id(), s);
            }
        }
        Set<ResultKey> known = results.stream().map(ResultKey::of).collect(Collectors.toSet());
        overlay.forEach((key, result) -> {
            if (!known.contains(key)) {
                results.add(result);
            }
        });
        boolean coming = !run.state().isFinal();
        List<Scalar> scalars = new ArrayList<>();
        List<Table> tableResults = new ArrayList<>();
        List<Result> others = new ArrayList<>();
        for (Result result : results) {
            switch (result) {
                case Scalar s -> scalars.add(s);
                case Table t -> tableResults.add(t);
                case Ranking r -> {
                    others.add(r);
                    tableResults.add(RankingTable.of(r));
                }
                default -> others.add(result);
            }
        }
        if (!scalars.isEmpty() || !coming) {
            figures.show(scalars, baseline);
            figures.setManaged(!scalars.isEmpty());
        }
        charts.show(others, this::setting, coming);
        tables.show(tableResults, coming);
        shownResults = results;
        if (!workbench.selection().selected().isEmpty()) {
            follow();
        }
        pages.setCount(Texts.of("run.charts"), others.size());
        pages.setCount(Texts.of("run.tables"), tableResults.size());
        if (!coming && others.isEmpty() && !tableResults.isEmpty()) {
            pages.selectUnlessChosen(Texts.of("run.tables"));
        }
    }

    /** On what, with which live values a result stands. */
    private String setting(Result result) {
        String inputs = run.request().inputs().values().stream()
                .flatMap(List::stream)
                .map(Location::stem)
                .collect(Collectors.joining(", "));
        Map<String, String> values = overlayValues.getOrDefault(ResultKey.of(result), run.request().parameters());
        String words = parameters.map(p -> LiveParameters.inWords(p, values)).orElse("");
        return words.isEmpty() ? inputs : words + ", " + inputs;
    }

    private void explorationChanged() {
        strips.refresh(exploration);
        if (live != null) {
            live.setUsable(exploration.isReady());
            charts.setOnCursor(exploration.isReady() ? live::move : null);
        }
        if (exploration.statusProperty().get().phase() == Exploration.Phase.NOTHING) {
            hideLive();
        }
        if (exploration.isReady() && selected != null) {
            select(selected);
        }
    }

    private void hideLive() {
        livePlace.setVisible(false);
        livePlace.setManaged(false);
    }

    private void changeLive(Map<String, String> values) {
        if (live.atRunValues()) {
            exploration.dropUpdates();
            overlay.clear();
            overlayValues.clear();
            showResults();
            askAgain();
            return;
        }
        exploration.update(values, this::showUpdate, problem -> live.say(RunStrips.message(problem)));
    }

    private void showUpdate(Exploration.Outcome outcome) {
        for (Result result : outcome.results()) {
            overlay.put(ResultKey.of(result), result);
            overlayValues.put(ResultKey.of(result), outcome.values());
        }
        showResults();
        askAgain();
    }

    private void askAgain() {
        if (selected != null) {
            select(selected);
        }
    }

    private void clicked(Selection selection) {
        links.select(selection);
        select(selection);
    }

    private void brush(Brushed brushed) {
        List<Result> results = shownResults;
        worker.submit(
                () -> RunSelection.resolve(brushed, results), found -> links.brush(brushed.result(), found),
                workbench::showProblem);
    }

    /** Shows what is selected, wherever that was done. */
    private void follow() {
        Selected now = workbench.selection().selected();
        Set<RefKind> kinds = RunSelection.kinds(shownResults);
        if (now == followed && kinds.equals(followedKinds)) {
            return;
        }
        followed = now;
        followedKinds = kinds;
        Marked marked = links.marked(kinds);
        charts.mark(marked);
        tables.mark(marked);
        details.mark(marked);
        Optional<Strip> strip = marked.brushed() ? Optional.of(links.strip(marked)) : Optional.empty();
        brushPlace.getChildren().setAll(strip.stream().toList());
        brushPlace.setManaged(strip.isPresent());
    }

    /** Shows the evidence behind a selection. */
    void select(Selection selection) {
        if (selection.refs().isEmpty()) {
            return;
        }
        selected = selection;
        showDetails();
        boolean canAsk = exploration != null && exploration.isReady();
        details.ask(selection, canAsk);
        if (!canAsk) {
            details.note(
                    run.state().isFinal()
                            ? Texts.of("run.stored.only")
                            : Texts.of("run.evidence.later"));
            return;
        }
        Map<String, String> values = live == null ? run.request().parameters() : live.values();
        exploration.details(
                selection,
                values,
                outcome -> details.show(
                        outcome.results(), LiveParameters.inWords(exploration.parameters(), outcome.values())),
                details::problem);
    }

    private void openOrSelect(Selection selection) {
        links.select(selection);
        if (!references.open(selection)) {
            select(selection);
        }
    }

    private void showDetails() {
        if (!split.getItems().contains(details)) {
            orient();
            split.getItems().add(details);
            SplitPane.setResizableWithParent(details, false);
            double beside = 1 - Math.min(0.5, DETAILS_WIDTH / Math.max(1, split.getWidth()));
            split.setDividerPositions(split.getOrientation() == Orientation.HORIZONTAL ? Math.min(0.66, beside) : 0.5);
        }
        // In a low window they come in below what can be seen.
        Reveal.later(details);
    }

    private void closeDetails() {
        selected = null;
        split.getItems().remove(details);
    }

    /** The same table of other runs of this analysis. */
    private List<ResultTable.Peer> peers(String tableId) {
        return workbench.peers(run).stream()
                .map(other -> new ResultTable.Peer(
                        workbench.title(other) + ", " + HistoryTable.time(other.created()),
                        () -> RankingTable.tables(other.results()).stream()
                                .filter(t -> t.id().equals(tableId))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    private Optional<Location> relocated(String role) {
        return exploration == null ? Optional.empty() : exploration.location(role);
    }

    private void setTheme(ChartTheme theme) {
        charts.setTheme(theme);
        details.setTheme(theme);
    }

    @Override
    public void close() {
        timer.stop();
        title.unbind();
        workbench.theme().removeListener(themeListener);
        workbench.selection().selectedProperty().removeListener(selectionListener);
        worker.close();
        if (exploration != null) {
            exploration.close();
        }
    }
}

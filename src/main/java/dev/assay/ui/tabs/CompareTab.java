package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.report.Block;
import dev.assay.report.Compared;
import dev.assay.report.Comparison;
import dev.assay.report.ReportRun;
import dev.assay.report.ResultName;
import dev.assay.run.RunView;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Icons;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Runs side by side: what differs between them on top, then their charts laid over each other and their tables joined,
 * each with its difference from the first run. Takes any number of runs of any analyses. Used on the JavaFX thread.
 */
public final class CompareTab implements TabContent {

    /** What the key of the tab of a comparison begins with. */
    public static final String KEY = "compare:";

    private static final double LEAST_CHIP = 160;
    private static final double MOST_HEIGHT = 190;
    private static final double ROW = 21;

    /** What the comparison asks of the window. */
    public interface Handler {

        /** Asks for a file and writes the comparison as a report. */
        void export(List<RunView> runs);

        /** Opens a new report made of these runs. */
        void report(List<RunView> runs);

        /** Puts a block into the open report. */
        void add(Block block);
    }

    private final Workbench workbench;
    private final List<RunView> runs;
    private final Handler handler;
    private final Worker worker = new Worker("compare-tab", 2);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final ChangeListener<ChartTheme> themeListener = (o, before, now) -> setTheme(now);
    private final ResultViews views;
    private final List<ResultCard> cards = new ArrayList<>();
    private final CardGrid grid = new CardGrid();
    private final ScrollPane scroll = new ScrollPane(grid);
    private final StackPane charts = new StackPane(scroll);
    private final VBox root = new VBox();

    /**
     * A comparison.
     *
     * @param runs at least two; the first is what the others are measured against
     */
    public CompareTab(Workbench workbench, List<RunView> runs, Handler handler) {
        this(workbench, runs, handler, new FileDialogs(workbench::window));
    }

    CompareTab(Workbench workbench, List<RunView> runs, Handler handler, FileAsker files) {
        this.workbench = workbench;
        this.runs = List.copyOf(runs);
        this.handler = handler;
        views = new ResultViews(worker, files, workbench::showProblem);
        title.set(Texts.of("compare.title", runs.size()));
        root.setId("compare-tab");
        root.getStyleClass().addAll("assay-tab", "run-tab", "compare-tab");
        scroll.setFitToWidth(true);
        scroll.viewportBoundsProperty().addListener((o, before, now) -> grid.setViewHeight(now.getHeight()));
        scroll.getStyleClass().addAll("edge-to-edge", "board");
        workbench.theme().addListener(themeListener);
        read();
    }

    private void read() {
        ProgressIndicator busy = new ProgressIndicator();
        busy.setMaxSize(32, 32);
        EmptyState loading = new EmptyState("fth-loader", Texts.of("compare.reading"));
        loading.getChildren().set(0, busy);
        VBox.setVgrow(loading, Priority.ALWAYS);
        root.getChildren().setAll(header(List.of()), loading);
        List<ReportRun> named = runs.stream().map(r -> new ReportRun(workbench.name(r), r, "")).toList();
        worker.submit(() -> compare(named), this::show, this::fail);
    }

    private void fail(Throwable problem) {
        VBox body = new VBox(new Strip(Strip.Kind.ERROR, RunStrips.message(problem))
                .action(Texts.of("try.again"), this::read));
        body.getStyleClass().add("run-body");
        root.getChildren().setAll(header(List.of()), body);
    }

    /** The key of the tab of a comparison. */
    public static String key(List<RunView> runs) {
        return KEY + runs.stream().map(RunView::id).collect(Collectors.joining(","));
    }

    private record Findings(
            Comparison comparison, Table differences, Map<String, Scalar[]> scalars, List<Compared> all) {}

    private static Findings compare(List<ReportRun> named) {
        Comparison comparison = Comparison.of(named);
        return new Findings(comparison, comparison.differences(), comparison.scalars(), comparison.all());
    }

    private Node header(List<String> labels) {
        Label heading = new Label(Texts.of("compare.heading", runs.size()));
        heading.getStyleClass().add("page-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button report =
                button("compare-report", Texts.of("history.report"), "fth-file-text", () -> handler.report(runs));
        Button export = button("compare-export", Texts.of("report.export"), "fth-download", () -> handler.export(runs));
        HBox line = new HBox(8, heading, space, report, export);
        line.setAlignment(Pos.CENTER_LEFT);
        FlowPane chips = new FlowPane(8, 4);
        for (int i = 0; i < labels.size(); i++) {
            RunView run = runs.get(i);
            Button chip = new Button(labels.get(i), Icons.of("fth-activity"));
            chip.setMnemonicParsing(false);
            chip.getStyleClass().add("input-chip");
            chip.maxWidthProperty().bind(Bindings.max(LEAST_CHIP, chips.widthProperty()));
            Tips.on(chip, labels.get(i) + "\n" + Texts.of(i == 0 ? "compare.show.first" : "compare.show"));
            chip.setOnAction(e -> workbench.showRun(run));
            chips.getChildren().add(chip);
        }
        VBox header = new VBox(line, chips);
        header.getStyleClass().add("run-header");
        return header;
    }

    private static Button button(String id, String text, String icon, Runnable run) {
        Button button = new Button(text, Icons.of(icon));
        button.setId(id);
        button.getStyleClass().add(Styles.SMALL);
        button.setOnAction(e -> run.run());
        return button;
    }

    private void show(Findings findings) {
        VBox body = new VBox();
        body.getStyleClass().add("run-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        findings.comparison()
                .problems()
                .forEach(p -> body.getChildren().add(new Strip(Strip.Kind.ERROR, p)));
        CompareSummary summary = new CompareSummary(
                findings.comparison().labels(), findings.differences(), findings.scalars());
        summary.setMaxHeight(MOST_HEIGHT);
        int rows = Math.max(1, findings.differences().rowCount()) + findings.scalars().size() + 2;
        summary.setMinHeight(Math.min(MOST_HEIGHT, rows * ROW + 2 * ROW));
        body.getChildren().add(summary);
        List<Compared> drawn = new ArrayList<>();
        Map<String, Table> joined = new LinkedHashMap<>();
        for (Compared compared : findings.all()) {
            boolean first = compared.result() instanceof Table t && joined.putIfAbsent(t.id(), t) == null;
            if (!first) {
                drawn.add(compared);
            }
        }
        Paging pages = new Paging();
        VBox.setVgrow(pages, Priority.ALWAYS);
        TableBoard tables = new TableBoard(views, s -> {}, s -> {});
        tables.show(List.copyOf(joined.values()), false);
        pages.add(Texts.of("run.charts"), "fth-bar-chart-2", charts);
        pages.add(Texts.of("run.tables"), "fth-grid", tables);
        pages.setCount(Texts.of("run.charts"), drawn.size());
        pages.setCount(Texts.of("run.tables"), joined.size());
        // What is the same in all runs comes last.
        drawn.sort(Comparator.comparing(Compared::same));
        drawn.forEach(this::card);
        grid.getChildren().setAll(cards);
        if (drawn.isEmpty()) {
            charts.getChildren()
                    .setAll(new EmptyState("fth-bar-chart-2", Texts.of("compare.no.charts")));
            pages.selectUnlessChosen(Texts.of("run.tables"));
        }
        body.getChildren().add(pages);
        Stages.fill(root, List.of(header(findings.comparison().labels()), body));
    }

    private void card(Compared compared) {
        ResultCard card = new ResultCard(views.of(compared.result(), workbench.theme().getValue()), this::toggle);
        card.setId("compared-" + compared.result().id());
        card.setReport(
                () -> new Block.Finding(
                        runs.stream().map(RunView::id).toList(), original(ResultName.of(compared.result())), ""),
                handler::add);
        card.show(compared.result(), compared.setting());
        cards.add(card);
    }

    /** A part of a compared result, such as one class of a curve, goes into a report with the whole. */
    private static String original(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private void toggle(ResultCard card) {
        boolean fill = !card.isExpanded();
        card.setExpanded(fill);
        if (fill) {
            grid.getChildren().remove(card);
            charts.getChildren().setAll(card);
            card.requestFocus();
        } else {
            grid.getChildren().setAll(cards);
            charts.getChildren().setAll(scroll);
        }
    }

    private void setTheme(ChartTheme theme) {
        cards.forEach(c -> c.view().setTheme(theme));
    }

    @Override
    public String key() {
        return key(runs);
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-columns";
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void close() {
        workbench.theme().removeListener(themeListener);
        worker.close();
    }
}

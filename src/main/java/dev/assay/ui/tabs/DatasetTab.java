package dev.assay.ui.tabs;

import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.text.Numbers;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.Selected;
import dev.assay.ui.view.CopyLabel;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A dataset: what it is, its samples as thumbnails or rows, its class balance and value ranges. */
public final class DatasetTab implements TabContent {

    private static final double LEAST_HEIGHT = 200;

    private final Workbench workbench;
    private final Dataset dataset;
    private final Worker worker = new Worker("dataset-tab", 1);
    private final Worker readers = new Worker("dataset-reader", 1);
    private final SampleLoader loader;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final ChangeListener<ChartTheme> themeListener;
    private final FactRow facts = new FactRow();
    private final VBox problems = new VBox();
    private final StackPane samplesPlace = new StackPane();
    private final SampleBar bar;
    private final ChangeListener<Selected> selectionListener =
            (o, before, now) -> mark(now.by() != this);
    private final StatisticsPage statistics;
    private final VBox root = new VBox();
    private SampleGrid grid;
    private SampleRows rows;

    /** The tab of a dataset. */
    public DatasetTab(Workbench workbench, Dataset dataset) {
        this.workbench = workbench;
        this.dataset = dataset;
        loader = new SampleLoader(dataset);
        title.set(dataset.name());
        ResultViews views =
                new ResultViews(worker, new FileDialogs(workbench::window), workbench::showProblem);
        statistics = new StatisticsPage(dataset, readers, views, workbench.theme().getValue());
        themeListener = (o, before, now) -> statistics.setTheme(now);
        workbench.theme().addListener(themeListener);
        workbench.selection().selectedProperty().addListener(selectionListener);
        bar = new SampleBar(workbench, new DatasetSamples(dataset), "", this::showChosen, this::fail);
        build();
        load();
    }

    /** The key of a dataset's tab. */
    public static String key(Dataset dataset) {
        return "dataset:" + dataset.location();
    }

    private void build() {
        Label name = new Label(dataset.name());
        name.getStyleClass().add("page-title");
        String shape = Arrays.stream(dataset.sampleShape()).mapToObj(String::valueOf).collect(Collectors.joining("x"));
        CopyLabel path = new CopyLabel(Texts.of("file.path"), 56);
        path.setText(dataset.location().toString());
        facts.set(Texts.of("samples.title"), Numbers.count(dataset.size()))
                .set(Texts.of("fact.shape"), shape)
                .set(Texts.of("dataset.classes"),
                        dataset.labelled() ? Numbers.count(dataset.classes().size()) : Texts.of("dataset.no.labels"))
                .set(Texts.of("dataset.preprocessing"), dataset.preprocessing())
                .addNode(Texts.of("file.title"), path);
        VBox header = new VBox(name, facts);
        header.getStyleClass().add("tab-header");
        VBox samples = new VBox(12, bar, samplesPlace);
        VBox.setVgrow(samplesPlace, Priority.ALWAYS);
        samplesPlace.setMinHeight(LEAST_HEIGHT);
        Paging pages = new Paging();
        pages.add(Texts.of("samples.title"), "fth-grid", samples);
        pages.add(Texts.of("dataset.statistics"), "fth-bar-chart-2", statistics);
        pages.setOnSelected(page -> {
            if (page.equals(Texts.of("dataset.statistics"))) {
                statistics.start();
            }
        });
        VBox.setVgrow(pages, Priority.ALWAYS);
        problems.managedProperty().bind(Bindings.isNotEmpty(problems.getChildren()));
        VBox body = new VBox(12);
        Stages.fill(body, List.of(problems, pages));
        body.getStyleClass().add("tab-panel");
        VBox.setVgrow(body, Priority.ALWAYS);
        root.getStyleClass().addAll("assay-tab", "dataset-tab");
        Stages.fill(root, List.of(header, body));
    }

    /** The first sample tells whether they are images; the labels are counted meanwhile. */
    private void load() {
        if (dataset.size() == 0) {
            samplesPlace.getChildren().setAll(new EmptyState("fth-inbox", Texts.of("dataset.empty")));
        } else {
            worker.submit(() -> dataset.sample(0), this::showSamples, this::noSamples);
        }
        if (dataset.labelled()) {
            worker.submit(dataset::classCounts, this::showCounts, this::fail);
        }
    }

    private void showSamples(Sample first) {
        if (first.picture().isPresent()) {
            grid = new SampleGrid(dataset, loader, this::select, this::openSample);
            samplesPlace.getChildren().setAll(grid);
            mark(true);
        } else {
            rows = new SampleRows(dataset, loader, this::select, this::openSample);
            samplesPlace.getChildren().setAll(rows);
        }
    }

    private void openSample(long index) {
        workbench.showSample(dataset, index);
    }

    private void showCounts(long[] counts) {
        bar.setCounts(counts);
        statistics.showBalance(counts);
    }

    private void showChosen(SampleBar.Choice choice) {
        if (grid != null) {
            grid.show(choice.samples(), choice.caption());
            mark(false);
        }
        if (rows != null) {
            rows.show(choice.samples());
        }
    }

    private void select(long index) {
        workbench.selection().select(this, scope(), String.valueOf(index));
    }

    private Scope scope() {
        return new Scope(Scope.SAMPLE, workbench.selection().origin(dataset.location()));
    }

    /** Marks what is selected. */
    private void mark(boolean reveal) {
        Selected now = workbench.selection().selected();
        long one = now.index(scope(), dataset.size()).orElse(-1L);
        if (grid != null) {
            grid.mark(now.of(scope()), reveal ? one : -1);
        }
        if (rows != null && one >= 0) {
            rows.mark(one);
        }
    }

    private void noSamples(Throwable problem) {
        fail(problem);
        samplesPlace.getChildren().setAll(new EmptyState("fth-alert-circle", Texts.of("dataset.not.shown")));
    }

    private void fail(Throwable problem) {
        problems.getChildren().setAll(new Strip(Strip.Kind.ERROR, RunStrips.message(problem))
                .action(Texts.of("try.again"), () -> {
                    problems.getChildren().clear();
                    load();
                    bar.again();
                }));
    }

    @Override
    public String key() {
        return key(dataset);
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-database";
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void close() {
        workbench.theme().removeListener(themeListener);
        workbench.selection().selectedProperty().removeListener(selectionListener);
        bar.close();
        worker.close();
        readers.close();
        statistics.close();
        loader.close();
    }
}

package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.text.Numbers;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Strip;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.CopyLabel;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A dataset: what it is, its samples as thumbnails or rows, its class balance and value ranges. */
public final class DatasetTab implements TabContent {

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
    private final Label shownCount = new Label();
    private final ProgressBar reading = new ProgressBar(0);
    private final ComboBox<String> classFilter = new ComboBox<>();
    private final StatisticsPage statistics;
    private final VBox root = new VBox();
    private SampleGrid grid;
    private SampleRows rows;
    private ClassIndex classIndex;
    private long[] classCounts;

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
        CopyLabel path = new CopyLabel("path", 56);
        path.setText(dataset.location().toString());
        facts.set("Samples", Numbers.count(dataset.size()))
                .set("Shape", shape)
                .set("Classes", dataset.labelled() ? Numbers.count(dataset.classes().size()) : "no labels")
                .set("Preprocessing", dataset.preprocessing())
                .addNode("File", path);
        VBox header = new VBox(name, facts);
        header.getStyleClass().add("tab-header");
        shownCount.getStyleClass().add(Styles.TEXT_MUTED);
        reading.setPrefWidth(160);
        reading.setVisible(false);
        reading.setAccessibleText("Reading labels");
        HBox bar = new HBox(12, classFilter, shownCount, reading);
        bar.setAlignment(Pos.CENTER_LEFT);
        classFilter.setId("class-filter");
        classFilter.setAccessibleText("Class to show");
        classFilter.setDisable(!dataset.labelled());
        nameClasses();
        classFilter.setOnAction(e -> filter());
        VBox samples = new VBox(12, bar, samplesPlace);
        VBox.setVgrow(samplesPlace, Priority.ALWAYS);
        Paging pages = new Paging();
        pages.add("Samples", "fth-grid", samples);
        pages.add("Statistics", "fth-bar-chart-2", statistics);
        pages.setOnSelected(page -> {
            if (page.equals("Statistics")) {
                statistics.start();
            }
        });
        VBox.setVgrow(pages, Priority.ALWAYS);
        VBox body = new VBox(12, problems, pages);
        body.getStyleClass().add("tab-panel");
        VBox.setVgrow(body, Priority.ALWAYS);
        root.getStyleClass().addAll("assay-tab", "dataset-tab");
        root.getStylesheets().add(TabStyle.sheet());
        root.getChildren().addAll(header, body);
    }

    /** The first sample tells whether they are images; the labels are counted meanwhile. */
    private void load() {
        if (dataset.size() == 0) {
            samplesPlace.getChildren().setAll(new EmptyState("fth-inbox", "This dataset has no samples."));
        } else {
            worker.submit(() -> dataset.sample(0), this::showSamples, this::noSamples);
        }
        if (dataset.labelled()) {
            worker.submit(dataset::classCounts, this::showCounts, this::fail);
        }
    }

    private void showSamples(Sample first) {
        if (first.picture().isPresent()) {
            grid = new SampleGrid(dataset, loader, this::openSample);
            samplesPlace.getChildren().setAll(grid);
        } else {
            rows = new SampleRows(dataset, loader, this::openSample);
            samplesPlace.getChildren().setAll(rows);
        }
        shownCount.setText(Numbers.count(dataset.size()) + " samples");
    }

    private void openSample(long index) {
        workbench.showSample(dataset, index);
    }

    private void showCounts(long[] counts) {
        classCounts = counts;
        nameClasses();
        statistics.showBalance(counts);
    }

    private void nameClasses() {
        int selected = Math.max(0, classFilter.getSelectionModel().getSelectedIndex());
        List<String> names = new ArrayList<>();
        names.add("All classes");
        for (int c = 0; c < dataset.classes().size(); c++) {
            String count =
                    classCounts != null && c < classCounts.length ? " (" + Numbers.count(classCounts[c]) + ")" : "";
            names.add(dataset.classes().get(c) + count);
        }
        var action = classFilter.getOnAction();
        classFilter.setOnAction(null);
        classFilter.getItems().setAll(names);
        classFilter.getSelectionModel().select(selected);
        classFilter.setOnAction(action);
    }

    private void filter() {
        int chosen = classFilter.getSelectionModel().getSelectedIndex() - 1;
        if (chosen < 0) {
            showChosen(null);
        } else if (classIndex != null) {
            showChosen(classIndex.samplesOf(chosen));
        } else {
            readLabels();
        }
    }

    private void readLabels() {
        if (reading.isVisible()) {
            return;
        }
        reading.setVisible(true);
        reading.setProgress(0);
        double size = dataset.size();
        readers.submit(
                () -> ClassIndex.read(
                        dataset, done -> Platform.runLater(() -> reading.setProgress(done / size)), readers::isClosed),
                index -> {
                    reading.setVisible(false);
                    classIndex = index;
                    filter();
                },
                problem -> {
                    reading.setVisible(false);
                    fail(problem);
                });
    }

    private void showChosen(int[] chosen) {
        if (grid != null) {
            grid.show(chosen);
        }
        if (rows != null) {
            rows.show(chosen);
        }
        shownCount.setText(
                chosen == null
                        ? Numbers.count(dataset.size()) + " samples"
                        : Numbers.count(chosen.length) + " of " + Numbers.count(dataset.size()) + " samples");
    }

    private void noSamples(Throwable problem) {
        fail(problem);
        samplesPlace.getChildren().setAll(new EmptyState("fth-alert-circle", "The samples cannot be shown."));
    }

    private void fail(Throwable problem) {
        problems.getChildren().setAll(new Strip(Strip.Kind.ERROR, RunStrips.message(problem))
                .action("Try again", () -> {
                    problems.getChildren().clear();
                    load();
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
        worker.close();
        readers.close();
        statistics.close();
        loader.close();
    }
}

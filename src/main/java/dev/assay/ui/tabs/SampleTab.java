package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.text.Numbers;
import dev.assay.ui.IconButton;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.Selected;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.NumberSummary;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.Pictures;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.ResultView;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * One sample of a dataset: its picture enlarged, its label and values, what networks and runs say of it, and the samples
 * nearest to it; steps to the previous and the next.
 */
public final class SampleTab implements TabContent {

    private static final double PICTURE_SIDE = 448;
    private static final double LEAST_SIDE = 160;
    private static final double PICTURE_SHARE = 0.42;
    private static final double CHART_HEIGHT = 240;
    private static final List<String> FACTS =
            List.of(Texts.of("samples.dataset"), Texts.of("samples.label"), Texts.of("fact.values"),
                    Texts.of("fact.min"), Texts.of("fact.max"), Texts.of("fact.mean"), Texts.of("fact.zeros"),
                    Texts.of("dataset.preprocessing"));

    private final Workbench workbench;
    private final Dataset dataset;
    private final Worker worker = new Worker("sample-tab", 1);
    private final Worker looking = new Worker("sample-looking", 1);
    private final LatestTask loading = new LatestTask(worker);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final ChangeListener<ChartTheme> themeListener;
    private final ResultViews views;

    private final Label heading = new Label();
    private final TextField number = new TextField();
    private final Label outOf = new Label();
    private final IconButton previous;
    private final IconButton next;
    private final FactRow facts = new FactRow();
    private final VBox problems = new VBox();
    private final ImageView picture = new ImageView();
    private final StackPane pictureFrame = new StackPane(picture);
    private final StackPane chartPlace = new StackPane();
    private final ResultTable values;
    private final BorderPane body = new BorderPane();
    private final VBox root = new VBox();
    private final ScoresPage scores;
    private final FindingsPage findings;
    private final NeighboursPage neighbours;
    private final ChangeListener<Selected> selectionListener = (o, before, now) -> follow(now);
    private String page = Texts.of("fact.values");
    private Sample shown;
    private ResultCard histogram;
    private long index;

    private record Loaded(Sample sample, NumberSummary summary, Table values) {}

    /** The tab of a sample. */
    public SampleTab(Workbench workbench, Dataset dataset, long index) {
        this.workbench = workbench;
        this.dataset = dataset;
        views = new ResultViews(worker, new FileDialogs(workbench::window), workbench::showProblem);
        values = views.table();
        Samples samples = new DatasetSamples(dataset);
        scores = new ScoresPage(workbench, samples, dataset.name(), looking, views);
        findings = new FindingsPage(workbench, dataset.location(), samples.noun(), looking, views);
        neighbours = new NeighboursPage(workbench, samples, this::show);
        previous = new IconButton(
                "fth-chevron-left", Texts.of("samples.previous"),
                new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN),
                () -> show(this.index - 1));
        next = new IconButton(
                "fth-chevron-right", Texts.of("samples.next"),
                new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN),
                () -> show(this.index + 1));
        previous.setId("previous-sample");
        next.setId("next-sample");
        themeListener = (o, before, now) -> {
            if (histogram != null) {
                histogram.view().setTheme(now);
            }
            scores.setTheme(now);
        };
        workbench.theme().addListener(themeListener);
        workbench.selection().selectedProperty().addListener(selectionListener);
        build();
        show(index);
    }

    /** The key of a dataset's sample tab: one tab shows one sample after another. */
    public static String key(Dataset dataset) {
        return "sample:" + dataset.location();
    }

    private void build() {
        heading.getStyleClass().add("page-title");
        number.setPrefColumnCount(7);
        number.setAccessibleText(Texts.of("samples.number.name"));
        number.setId("sample-number");
        number.setOnAction(e -> jump());
        outOf.getStyleClass().add(Styles.TEXT_MUTED);
        outOf.setText(Texts.of("samples.out.of", Numbers.count(dataset.size())));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox first = new HBox(8, heading, gap, previous, number, outOf, next);
        first.setAlignment(Pos.CENTER_LEFT);
        FACTS.forEach(f -> facts.set(f, f.equals(Texts.of("samples.dataset")) ? dataset.name() : "\u2026"));
        VBox header = new VBox(first, facts);
        header.getStyleClass().add("tab-header");
        picture.setPreserveRatio(true);
        pictureFrame.getStyleClass().add("sample-picture");
        body.widthProperty().addListener((o, before, now) -> fitPicture());
        fitPicture();
        BorderPane.setAlignment(pictureFrame, Pos.TOP_LEFT);
        chartPlace.setMinHeight(CHART_HEIGHT);
        chartPlace.setPrefHeight(CHART_HEIGHT);
        VBox.setVgrow(values, Priority.ALWAYS);
        VBox numbers = new VBox(12, chartPlace, values);
        Paging pages = new Paging();
        pages.add(Texts.of("fact.values"), "fth-bar-chart-2", numbers);
        pages.add(Texts.of("scores.title"), "fth-box", scores);
        pages.add(Texts.of("findings.title"), "fth-activity", findings);
        pages.add(Texts.of("neighbours.heading"), "fth-target", neighbours);
        pages.setOnSelected(name -> {
            page = name;
            showPage();
        });
        VBox right = new VBox(pages);
        VBox.setVgrow(pages, Priority.ALWAYS);
        right.getStyleClass().add("sample-values");
        body.setCenter(right);
        body.getStyleClass().add("tab-panel");
        VBox.setVgrow(body, Priority.ALWAYS);
        root.getStyleClass().addAll("assay-tab", "sample-tab");
        Stages.fill(root, List.of(header, problems, body));
        root.setOnKeyPressed(e -> {
            if (e.isAltDown() && e.getCode() == KeyCode.LEFT) {
                show(index - 1);
                e.consume();
            } else if (e.isAltDown() && e.getCode() == KeyCode.RIGHT) {
                show(index + 1);
                e.consume();
            }
        });
    }

    private void fitPicture() {
        double side = Math.rint(Math.clamp(body.getWidth() * PICTURE_SHARE, LEAST_SIDE, PICTURE_SIDE));
        picture.setFitWidth(side);
        picture.setFitHeight(side);
        pictureFrame.setMinSize(side + 2, side + 2);
        pictureFrame.setMaxSize(side + 2, side + 2);
    }

    private void jump() {
        try {
            show(Long.parseLong(number.getText().strip()));
        } catch (NumberFormatException e) {
            number.setText(String.valueOf(index));
        }
    }

    /** Shows another sample of the dataset; a number outside it shows its first or last. */
    public void show(long wanted) {
        show(wanted, true);
    }

    private void show(long wanted, boolean announce) {
        index = Math.clamp(wanted, 0, Math.max(0, dataset.size() - 1));
        title.set(dataset.name() + " #" + index);
        heading.setText(Texts.of("samples.number", Numbers.count(index)));
        number.setText(String.valueOf(index));
        previous.setDisable(index <= 0);
        next.setDisable(index >= dataset.size() - 1);
        if (announce && dataset.size() > 0) {
            workbench.selection().select(this, scope(), String.valueOf(index));
        }
        long asked = index;
        loading.cancel();
        loading.request(() -> load(asked), this::fill, this::fail);
    }

    private Loaded load(long asked) throws Exception {
        Sample sample = dataset.sample(asked);
        return new Loaded(sample, NumberSummary.of(sample.values()), valueTable(sample));
    }

    private Table valueTable(Sample sample) {
        Table.Builder table = new Table.Builder(
                "values",
                Texts.of("samples.values.of", sample.index()),
                List.of(
                        Column.integer("index", Texts.of("samples.index")),
                        Column.text("position", Texts.of("samples.position")),
                        Column.real("value", Texts.of("fact.value"), "")));
        for (int i = 0; i < sample.values().length; i++) {
            table.add(i, position(i, dataset.sampleShape()), sample.values()[i]);
        }
        return table.snapshot();
    }

    private static String position(int flat, int[] shape) {
        StringBuilder text = new StringBuilder();
        int rest = flat;
        for (int d = shape.length - 1; d >= 0; d--) {
            text.insert(0, rest % shape[d]).insert(0, d == 0 ? "" : ", ");
            rest /= shape[d];
        }
        return text.toString();
    }

    private void fill(Loaded loaded) {
        problems.getChildren().clear();
        body.setVisible(true);
        Sample sample = loaded.sample();
        NumberSummary s = loaded.summary();
        facts.set(Texts.of("samples.dataset"), dataset.name())
                .set(Texts.of("samples.label"), label(sample))
                .set(Texts.of("fact.values"), Numbers.count(sample.values().length))
                .set(Texts.of("fact.min"), Numbers.value(s.min()))
                .set(Texts.of("fact.max"), Numbers.value(s.max()))
                .set(Texts.of("fact.mean"), Numbers.value(s.mean()))
                .set(Texts.of("fact.zeros"), Numbers.percent(s.zeroShare()))
                .set(Texts.of("dataset.preprocessing"), dataset.preprocessing());
        body.setLeft(sample.picture().isPresent() ? pictureFrame : null);
        sample.picture().ifPresent(p -> picture.setImage(Pictures.fitting(p, PICTURE_SIDE)));
        pictureFrame.setAccessibleText(Texts.of("samples.picture", sample.index(), label(sample)));
        showHistogram(s);
        values.show(loaded.values());
        shown = sample;
        showPage();
    }

    /** What takes time is looked up only while it is looked at. */
    private void showPage() {
        if (shown == null) {
            return;
        }
        if (page.equals(Texts.of("scores.title"))) {
            scores.show(shown.index(), shown.label());
        } else if (page.equals(Texts.of("findings.title"))) {
            findings.show(shown.index());
        } else if (page.equals(Texts.of("neighbours.heading"))) {
            neighbours.show(shown.index());
        }
    }

    private Scope scope() {
        return new Scope(Scope.SAMPLE, workbench.selection().origin(dataset.location()));
    }

    /** Shows the sample that was selected elsewhere. */
    private void follow(Selected now) {
        if (now.by() != this && !now.isBrush()) {
            now.index(scope(), dataset.size()).filter(i -> i != index).ifPresent(i -> show(i, false));
        }
    }

    private void showHistogram(NumberSummary summary) {
        var distribution = summary.histogram("values", Texts.of("samples.values"), Texts.of("samples.value.processed"));
        if (distribution.isEmpty()) {
            histogram = null;
            chartPlace.getChildren().setAll(new Strip(Strip.Kind.WARNING, Texts.of("samples.no.finite")));
            return;
        }
        if (histogram == null) {
            ResultView view = views.of(distribution.get(), workbench.theme().getValue());
            histogram = new ResultCard(view, null);
            chartPlace.getChildren().setAll(histogram);
        }
        histogram.show(distribution.get(), Texts.of("samples.setting", dataset.name(), index));
    }

    private String label(Sample sample) {
        return Optional.of(sample.label())
                .filter(l -> l >= 0)
                .map(l -> l < dataset.classes().size() ? dataset.classes().get(l) : String.valueOf(l))
                .orElse(Texts.of("none"));
    }

    private void fail(Throwable problem) {
        // What is still there belongs to another sample.
        body.setVisible(false);
        FACTS.forEach(f -> facts.set(f, f.equals(Texts.of("samples.dataset")) ? dataset.name() : "\u2026"));
        problems.getChildren().setAll(new Strip(Strip.Kind.ERROR, RunStrips.message(problem))
                .action(Texts.of("try.again"), () -> show(index)));
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
        return "fth-image";
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void close() {
        workbench.theme().removeListener(themeListener);
        workbench.selection().selectedProperty().removeListener(selectionListener);
        neighbours.close();
        looking.close();
        worker.close();
    }
}

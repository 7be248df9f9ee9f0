package dev.assay.ui.tabs;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.Selected;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.RowFilter;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/**
 * Which samples are shown, and in which order: by class, by what a network says of them, by what a run found about them,
 * and by the window's selection. Works in the background; the newest wish alone counts. JavaFX thread only.
 */
final class SampleBar extends FlowPane implements AutoCloseable {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("error");
    private static final String FILE_ORDER = Texts.of("samples.order.file");

    /**
     * What is to be shown.
     *
     * @param samples indices in order; null for all in the order of the file
     * @param caption what stands under a sample; null for its class
     */
    record Choice(int[] samples, IntFunction<String> caption) {}

    private record Facts(int[] labels, Input model, Predictions predictions, SampleFindings.Found found, Table table) {}

    private final Workbench workbench;
    private final Samples source;
    private final String noun;
    private final Consumer<Choice> onChoice;
    private final Consumer<Throwable> onProblem;
    private final Worker worker = new Worker("sample-bar", 1);
    private final LatestTask choosing = new LatestTask(worker);
    private final ComboBox<String> classes = new ComboBox<>();
    private final ComboBox<String> models = new ComboBox<>();
    private final ComboBox<String> predicted = new ComboBox<>();
    private final ComboBox<String> correctness = new ComboBox<>();
    private final ComboBox<String> runs = new ComboBox<>();
    private final ComboBox<String> order = new ComboBox<>();
    private final IconButton direction =
            new IconButton("fth-arrow-down", Texts.of("samples.order.down"), this::turn);
    private final CustomTextField filter = new CustomTextField();
    private final ToggleButton selectedOnly =
            new ToggleButton(Texts.of("samples.selected"), Icons.of("fth-check-square"));
    private final Label count = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final ChangeListener<Selected> selectionListener = (o, before, now) -> selectionChanged();
    private List<Input> fitting = List.of();
    private List<SampleFindings.Found> found = List.of();
    private volatile Facts facts;
    /** The network whose predictions are wished for; those of another need not be finished. */
    private volatile Input wantedModel;
    private List<String> columns = List.of();
    private boolean descending = true;
    private long[] counts;

    /**
     * Shows all samples.
     *
     * @param id begins the ids of the controls
     */
    SampleBar(
            Workbench workbench, Samples source, String id, Consumer<Choice> onChoice,
            Consumer<Throwable> onProblem) {
        this.workbench = workbench;
        this.source = source;
        this.noun = source.nouns();
        this.onChoice = onChoice;
        this.onProblem = onProblem;
        getStyleClass().add("sample-bar");
        setHgap(8);
        setVgap(8);
        setRowValignment(VPos.CENTER);
        build(id);
        workbench.selection().selectedProperty().addListener(selectionListener);
        nameClasses();
        offer(predicted, namesOf(Texts.of("samples.any.prediction")));
        offer(correctness,
                List.of(Texts.of("samples.right.or.wrong"), Texts.of("samples.right"), Texts.of("samples.wrong")));
        offer(order, List.of(FILE_ORDER));
        offer(runs, List.of(Texts.of("samples.no.run")));
        offer(models, List.of(Texts.of("samples.no.network")));
        enable();
        describe(null);
    }

    private void build(String id) {
        set(classes, id + "class-filter", Texts.of("samples.class.name"), 132);
        set(models, id + "model-filter", Texts.of("samples.network.name"), 168);
        set(predicted, id + "predicted-filter", Texts.of("samples.prediction.name"), 146);
        set(correctness, id + "correct-filter", Texts.of("samples.right.name"), 150);
        set(runs, id + "run-filter", Texts.of("samples.run.name"), 190);
        set(order, id + "order", Texts.of("chart.order"), 168);
        models.setOnShowing(e -> offerModels());
        runs.setOnShowing(e -> offerRuns());
        filter.setLeft(Icons.of("fth-filter"));
        filter.setPromptText(Texts.of("samples.filter.example"));
        filter.setAccessibleText(Texts.of("table.filter"));
        filter.setId(id + "sample-filter");
        filter.setPrefColumnCount(14);
        Tips.on(filter, () -> Texts.of("samples.filter.tip",
                String.join(", ", columns.isEmpty() ? List.of("sample", "class") : columns)));
        filter.textProperty().addListener((o, before, now) -> choose());
        selectedOnly.setId(id + "selected-only");
        Tips.on(selectedOnly, Texts.of("samples.selected.tip"));
        selectedOnly.setOnAction(e -> choose());
        direction.setId(id + "direction");
        count.getStyleClass().add(Styles.TEXT_MUTED);
        count.setMinWidth(Region.USE_PREF_SIZE);
        progress.setPrefWidth(140);
        progress.setVisible(false);
        progress.setManaged(false);
        progress.setAccessibleText(Texts.of("samples.reading", noun));
        HBox ordering = new HBox(2, order, direction);
        ordering.setAlignment(Pos.CENTER_LEFT);
        Stages.fill(this, List.of(
                classes, models, predicted, correctness, runs, ordering, filter, selectedOnly, count, progress));
    }

    private void set(ComboBox<String> box, String id, String text, double width) {
        box.setId(id);
        box.setAccessibleText(text);
        box.setPrefWidth(width);
        Tips.on(box, text);
        box.setOnAction(e -> choose());
    }

    /** Changes what a box offers and keeps the place that is chosen, without telling anybody. */
    private static void offer(ComboBox<String> box, List<String> items) {
        offer(box, items, Math.max(0, box.getSelectionModel().getSelectedIndex()));
    }

    private static void offer(ComboBox<String> box, List<String> items, int chosen) {
        var action = box.getOnAction();
        box.setOnAction(null);
        box.getItems().setAll(items);
        box.getSelectionModel().select(Math.min(chosen, items.size() - 1));
        box.setOnAction(action);
    }

    private List<String> namesOf(String all) {
        List<String> names = new ArrayList<>(List.of(all));
        names.addAll(source.classes());
        return names;
    }

    /** How many samples each class has, once that is known. */
    void setCounts(long[] known) {
        counts = known;
        nameClasses();
    }

    private void nameClasses() {
        List<String> names = new ArrayList<>(List.of(Texts.of("samples.all.classes")));
        for (int c = 0; c < source.classes().size(); c++) {
            names.add(source.classes().get(c)
                    + (counts != null && c < counts.length ? " (" + Numbers.count(counts[c]) + ")" : ""));
        }
        offer(classes, names);
        classes.setDisable(source.classes().isEmpty());
    }

    private void offerModels() {
        List<Input> now = source.networks(workbench.opened());
        if (!now.equals(fitting)) {
            int before = models.getSelectionModel().getSelectedIndex() - 1;
            int after = before < 0 ? -1 : now.indexOf(fitting.get(before));
            fitting = now;
            List<String> names = new ArrayList<>(
                    List.of(now.isEmpty() ? Texts.of("samples.open.network") : Texts.of("samples.no.network")));
            Named.inputs(now).forEach(m -> names.add(Texts.of("samples.predicted.by", m)));
            offer(models, names, after + 1);
            if (after != before && after < 0) {
                choose(); // the network has been closed
            }
        }
    }

    private void offerRuns() {
        List<SampleFindings.OnRun> on = SampleFindings.runs(workbench, source.location());
        worker.submit(
                () -> SampleFindings.in(on).stream().filter(SampleBar::hasMore).toList(),
                now -> {
                    int before = runs.getSelectionModel().getSelectedIndex() - 1;
                    int after = before < 0 ? -1 : indexOf(now, found.get(before));
                    found = now;
                    List<String> names = new ArrayList<>(List
                            .of(now.isEmpty() ? Texts.of("samples.no.run.names", noun) : Texts.of("samples.no.run")));
                    names.addAll(Named.found(now, SampleFindings.Found::title));
                    offer(runs, names, after + 1);
                    if (after != before && after < 0) {
                        choose(); // the run has been deleted
                    }
                },
                onProblem);
    }

    private static int indexOf(List<SampleFindings.Found> all, SampleFindings.Found one) {
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).on().run().id().equals(one.on().run().id())
                        && ResultKey.of(all.get(i).result()).equals(ResultKey.of(one.result())))
                .findFirst()
                .orElse(-1);
    }

    private static boolean hasMore(SampleFindings.Found f) {
        return f.keys().length == 1 && f.table().columns().size() > 1;
    }

    private void turn() {
        descending = !descending;
        direction.show(
                descending ? "fth-arrow-down" : "fth-arrow-up",
                descending ? Texts.of("samples.order.down") : Texts.of("samples.order.up"));
        choose();
    }

    private Scope scope() {
        return new Scope(Scope.SAMPLE, workbench.selection().origin(source.location()));
    }

    private void selectionChanged() {
        enable();
        if (selectedOnly.isSelected()) {
            choose();
        }
    }

    private void enable() {
        boolean predicts = models.getSelectionModel().getSelectedIndex() > 0;
        predicted.setDisable(!predicts);
        correctness.setDisable(!predicts || source.classes().isEmpty());
        direction.setDisable(order.getSelectionModel().getSelectedIndex() <= 0);
        boolean any = !workbench.selection().selected().of(scope()).isEmpty();
        selectedOnly.setDisable(!any && !selectedOnly.isSelected());
    }

    /** What is wished for, taken from the controls. */
    private record Wish(
            int ofClass, int predicted, int correctness, Input model, SampleFindings.Found found, String order,
            boolean descending, String filter, Set<String> only) {

        boolean isNone() {
            return ofClass < 0 && predicted < 0 && correctness <= 0 && order == null && filter.isBlank()
                    && only == null && model == null && found == null;
        }
    }

    private Wish wish() {
        int model = models.getSelectionModel().getSelectedIndex();
        int run = runs.getSelectionModel().getSelectedIndex();
        int sorted = order.getSelectionModel().getSelectedIndex();
        return new Wish(
                classes.getSelectionModel().getSelectedIndex() - 1,
                predicted.isDisabled() ? -1 : predicted.getSelectionModel().getSelectedIndex() - 1,
                correctness.isDisabled() ? 0 : correctness.getSelectionModel().getSelectedIndex(),
                model > 0 && model <= fitting.size() ? fitting.get(model - 1) : null,
                run > 0 && run <= found.size() ? found.get(run - 1) : null,
                sorted > 0 && sorted <= columns.size() ? columns.get(sorted - 1) : null,
                descending, filter.getText() == null ? "" : filter.getText(),
                selectedOnly.isSelected() ? Set.copyOf(workbench.selection().selected().of(scope())) : null);
    }

    private void choose() {
        enable();
        Wish wish = wish();
        wantedModel = wish.model();
        if (wish.isNone()) {
            choosing.cancel();
            busy(false);
            filter.pseudoClassStateChanged(BAD, false);
            describe(null);
            onChoice.accept(new Choice(null, null));
            return;
        }
        busy(true);
        choosing.cancel();
        choosing.request(() -> choose(wish), this::chosen, this::failed);
    }

    private record Chosen(Choice choice, List<String> columns) {}

    private Chosen choose(Wish wish) throws InputException {
        Facts now = facts(wish);
        if (now == null) {
            throw new CancellationException();
        }
        Table table = now.table();
        RowFilter rows = RowFilter.parse(wish.filter(), table.columns());
        int column = wish.order() == null ? -1 : table.columnIndex(wish.order());
        int[] chosen = SampleChoice.of(
                table, rows, column, wish.descending(), i -> (wish.ofClass() < 0 || now.labels()[i] == wish.ofClass())
                        && (wish.predicted() < 0 || now.predictions().classes()[i] == wish.predicted())
                        && (wish.correctness() == 0 || now.labels()[i] >= 0
                                && (wish.correctness() == 1 == (now.labels()[i] == now.predictions().classes()[i])))
                        && (wish.only() == null || wish.only().contains(String.valueOf(i))));
        return new Chosen(
                new Choice(chosen, SampleChoice.caption(table, column, now.predictions())),
                table.columns().stream().map(c -> c.name()).toList());
    }

    /** Reads what is missing; what was read for the wish before is kept. */
    private Facts facts(Wish wish) throws InputException {
        Facts known = facts;
        int[] labels = known == null ? source.labels(this::progress, worker::isClosed) : known.labels();
        if (labels == null) {
            return null;
        }
        Predictions predictions = wish.model() == null ? null
                : known != null && known.model() == wish.model()
                        ? known.predictions()
                        : source.predict(
                                wish.model(), this::progress,
                                () -> worker.isClosed() || wantedModel != wish.model());
        if (known == null || predictions != known.predictions() || wish.found() != known.found()) {
            known = new Facts(
                    labels, wish.model(), predictions, wish.found(),
                    SampleFacts.of(labels, source.classes(), predictions, wish.found()));
            facts = known;
        }
        return known;
    }

    private void progress(long done) {
        double share = done / (double) Math.max(1, source.size());
        Platform.runLater(() -> progress.setProgress(share));
    }

    private void chosen(Chosen now) {
        busy(false);
        filter.pseudoClassStateChanged(BAD, false);
        if (!now.columns().equals(columns)) {
            columns = now.columns();
            List<String> names = new ArrayList<>(List.of(FILE_ORDER));
            columns.forEach(c -> names.add(Texts.of("samples.order.by", c)));
            offer(order, names, Math.max(0, names.indexOf(order.getValue())));
        }
        enable();
        describe(now.choice().samples());
        onChoice.accept(now.choice());
    }

    private void failed(Throwable problem) {
        busy(false);
        if (problem instanceof IllegalArgumentException) {
            filter.pseudoClassStateChanged(BAD, true);
            count.setText(problem.getMessage());
        } else if (!(problem instanceof CancellationException)) {
            onProblem.accept(problem);
        }
    }

    private void busy(boolean now) {
        progress.setProgress(0);
        progress.setVisible(now);
        progress.setManaged(now);
    }

    private void describe(int[] samples) {
        count.setText(
                samples == null
                        ? Texts.of("samples.count", Numbers.count(source.size()), noun)
                        : Texts.of("samples.count.of", Numbers.count(samples.length), Numbers.count(source.size()),
                                noun));
    }

    /** Chooses again after a problem is mended. */
    void again() {
        choose();
    }

    @Override
    public void close() {
        workbench.selection().selectedProperty().removeListener(selectionListener);
        worker.close();
    }
}

package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.DatasetStatistics;
import dev.assay.text.Numbers;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Class balance and value ranges of a dataset; the values are read when the page is first looked at. */
final class StatisticsPage extends VBox {

    private static final int BINS = 64;
    private static final List<String> FACTS =
            List.of(Texts.of("fact.values"), Texts.of("fact.min"), Texts.of("fact.max"), Texts.of("fact.mean"),
                    Texts.of("fact.std"), Texts.of("fact.nan"), Texts.of("fact.infinite"), Texts.of("fact.unlabelled"));

    private final Dataset dataset;
    private final Worker worker;
    private final FactRow facts = new FactRow();
    private final VBox strips = new VBox(8);
    private final ProgressBar bar = new ProgressBar(0);
    private final Label readSoFar = new Label();
    private final Button stop = new Button(Texts.of("stop"));
    private final HBox progress = new HBox(12, bar, readSoFar, stop);
    private final ChartBoard charts;
    private final List<Result> results = new ArrayList<>();
    private final AtomicLong samplesRead = new AtomicLong();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            showProgress();
        }
    };
    private boolean started;
    private volatile boolean stopped;

    StatisticsPage(Dataset dataset, Worker worker, ResultViews views, ChartTheme theme) {
        this.dataset = dataset;
        this.worker = worker;
        getStyleClass().add("statistics-page");
        charts = new ChartBoard(views, theme, s -> {}, s -> {});
        FACTS.stream()
                .filter(f -> dataset.labelled() || !f.equals(Texts.of("fact.unlabelled")))
                .forEach(f -> facts.set(f, "\u2026"));
        bar.setPrefWidth(240);
        readSoFar.getStyleClass().add(Styles.TEXT_MUTED);
        stop.setId("statistics-stop");
        stop.setOnAction(e -> stopped = true);
        progress.setAlignment(Pos.CENTER_LEFT);
        strips.managedProperty().bind(Bindings.isNotEmpty(strips.getChildren()));
        VBox.setVgrow(charts, Priority.ALWAYS);
        getChildren().addAll(facts, strips, progress, charts);
        charts.show(List.of(), this::setting, true);
        progress.setVisible(false);
        progress.setManaged(false);
    }

    /** Reads the values, unless that was started before. */
    void start() {
        if (started) {
            return;
        }
        started = true;
        stopped = false;
        samplesRead.set(0);
        showing(true);
        timer.start();
        worker.submit(this::read, this::fill, problem -> {
            showing(false);
            Strip strip = stopped
                    ? new Strip(Strip.Kind.INFO, Texts.of("statistics.stopped"))
                    : new Strip(Strip.Kind.ERROR, RunStrips.message(problem));
            strips.getChildren()
                    .add(strip.action(Texts.of(stopped ? "statistics.again" : "try.again"), () -> {
                        strips.getChildren().clear();
                        started = false;
                        start();
                    }));
            charts.show(List.copyOf(results), this::setting, false);
        });
    }

    private DatasetStatistics.Figures read() throws InputException {
        return DatasetStatistics.of(dataset, done -> {
            samplesRead.set(done);
            if (stopped || worker.isClosed()) {
                throw new CancellationException();
            }
        })
                .finish(BINS);
    }

    private void showing(boolean reading) {
        progress.setVisible(reading);
        progress.setManaged(reading);
        if (!reading) {
            timer.stop();
        }
    }

    private void showProgress() {
        long done = samplesRead.get();
        bar.setProgress((double) done / Math.max(1, dataset.size()));
        readSoFar.setText(
                Texts.of("statistics.read", Numbers.count(done), Numbers.count(dataset.size())));
    }

    private void fill(DatasetStatistics.Figures figures) {
        showing(false);
        facts.set(Texts.of("fact.values"), Numbers.count(figures.finite() + figures.nan() + figures.infinite()))
                .set(Texts.of("fact.min"), Numbers.value(figures.min()))
                .set(Texts.of("fact.max"), Numbers.value(figures.max()))
                .set(Texts.of("fact.mean"), Numbers.value(figures.mean()))
                .set(Texts.of("fact.std"), Numbers.value(figures.deviation()))
                .set(Texts.of("fact.nan"), Numbers.count(figures.nan()))
                .set(Texts.of("fact.infinite"), Numbers.count(figures.infinite()));
        if (dataset.labelled()) {
            facts.set(Texts.of("fact.unlabelled"), Numbers.count(figures.unlabelled()));
        }
        if (figures.nan() + figures.infinite() > 0) {
            strips.getChildren()
                    .add(new Strip(
                            Strip.Kind.WARNING,
                            Texts.of("statistics.not.finite", Numbers.count(figures.nan()),
                                    Numbers.count(figures.infinite()), few(figures.nan()),
                                    few(figures.infinite()))));
        }
        if (figures.finite() > 0) {
            add(new Distribution(
                    "values",
                    Texts.of("statistics.values"),
                    Axis.of(Texts.of("fact.value"), ""),
                    figures.histogram().edges(),
                    List.of(new Distribution.Series(Texts.of("statistics.all"), figures.histogram().counts()))));
        }
        charts.show(List.copyOf(results), this::setting, false);
    }

    /** Shows how many samples each class has. */
    void showBalance(long[] counts) {
        List<Ranking.Entry> entries = new ArrayList<>();
        IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer c) -> counts[c]).reversed())
                .forEach(c -> {
                    String name = c < dataset.classes().size() ? dataset.classes().get(c) : String.valueOf(c);
                    entries.add(new Ranking.Entry(
                            name, counts[c], Double.NaN, RefKind.ofClass().at(name)));
                });
        add(new Ranking("class_balance", Texts.of("statistics.balance"), Axis.of(Texts.of("samples.title"), ""),
                entries));
    }

    /** Shows a result, in place of what was shown under its id before. */
    private void add(Result result) {
        results.removeIf(r -> r.id().equals(result.id()));
        results.add(result);
        charts.show(List.copyOf(results), this::setting, progress.isVisible());
    }

    private String setting(Result result) {
        return Texts.of("statistics.setting", dataset.name(), Numbers.count(dataset.size()), dataset.preprocessing(),
                few(dataset.size()));
    }

    /** A number to choose between singular and plural by. */
    private static int few(long count) {
        return (int) Math.min(count, 2);
    }

    void setTheme(ChartTheme theme) {
        charts.setTheme(theme);
    }

    void close() {
        timer.stop();
    }
}

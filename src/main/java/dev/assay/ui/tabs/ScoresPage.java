package dev.assay.ui.tabs;

import dev.assay.analysis.Input;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Ranking;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.model.Model;
import dev.assay.model.ShapeFit;
import dev.assay.text.Numbers;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What an open network says of a sample: its scores, largest first. JavaFX thread only. */
final class ScoresPage extends VBox {

    private final Workbench workbench;
    private final Dataset dataset;
    private final LatestTask running;
    private final ResultViews views;
    private final ComboBox<String> chooser = new ComboBox<>();
    private final StackPane place = new StackPane();
    private List<Model> models = List.of();
    private ResultCard card;
    private Sample sample;

    ScoresPage(Workbench workbench, Dataset dataset, Worker worker, ResultViews views) {
        super(8);
        this.workbench = workbench;
        this.dataset = dataset;
        this.running = new LatestTask(worker);
        this.views = views;
        chooser.setId("scores-model");
        chooser.setAccessibleText(Texts.of("scores.network"));
        chooser.setOnAction(e -> run());
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(chooser, place);
    }

    /** Shows the scores of a sample. */
    void show(Sample next) {
        sample = next;
        List<Model> fitting = new ArrayList<>();
        for (Input input : workbench.opened()) {
            if (input instanceof Model model && ShapeFit.of(dataset.sampleShape(), model.input()).fits()) {
                fitting.add(model);
            }
        }
        if (!fitting.equals(models) || card == null) {
            models = fitting;
            var action = chooser.getOnAction();
            chooser.setOnAction(null);
            chooser.getItems().setAll(models.stream().map(Model::name).toList());
            chooser.getSelectionModel().select(models.isEmpty() ? -1 : 0);
            chooser.setOnAction(action);
        }
        chooser.setVisible(!models.isEmpty());
        chooser.setManaged(!models.isEmpty());
        run();
    }

    private void run() {
        int chosen = chooser.getSelectionModel().getSelectedIndex();
        if (sample == null || chosen < 0) {
            card = null;
            place.getChildren().setAll(new EmptyState(
                    "fth-box", Texts.of("scores.open")));
            return;
        }
        Model model = models.get(chosen);
        Sample asked = sample;
        running.cancel();
        running.request(
                () -> ranking(model, asked, Predictions.scores(model, dataset, asked.values())),
                ranking -> fill(ranking),
                problem -> {
                    card = null;
                    place.getChildren().setAll(new Strip(Strip.Kind.ERROR, RunStrips.message(problem)));
                });
    }

    private Ranking ranking(Model model, Sample asked, float[] scores) {
        double[] shares = Predictions.softmax(scores);
        List<Ranking.Entry> entries = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .map(i -> new Ranking.Entry(
                        Texts.of(
                                i == asked.label() ? "scores.entry.own" : "scores.entry",
                                name(i),
                                Numbers.percent(shares[i])),
                        scores[i], Double.NaN, null))
                .toList();
        int best = Predictions.best(scores);
        String verdict = best < 0
                ? Texts.of("scores.nan")
                : asked.label() < 0
                        ? Texts.of("scores.predicted", name(best))
                        : Texts.of(best == asked.label() ? "scores.right" : "scores.wrong", name(best));
        return new Ranking("scores", Texts.of("scores.of", model.name(), verdict), Axis.of(Texts.of("scores.logit"), ""),
                entries);
    }

    private String name(int index) {
        return index < dataset.classes().size() ? dataset.classes().get(index) : String.valueOf(index);
    }

    private void fill(Ranking ranking) {
        if (card == null) {
            card = new ResultCard(views.of(ranking, workbench.theme().getValue()), null);
            card.setId("card-scores");
            place.getChildren().setAll(card);
        }
        card.show(ranking, Texts.of("scores.setting", dataset.name(), sample.index()));
    }

    void setTheme(ChartTheme theme) {
        if (card != null) {
            card.view().setTheme(theme);
        }
    }
}

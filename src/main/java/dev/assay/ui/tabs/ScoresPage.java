package dev.assay.ui.tabs;

import dev.assay.analysis.Input;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Ranking;
import dev.assay.chart.ChartTheme;
import dev.assay.text.Numbers;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Worker;
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
    private final Samples samples;
    private final String dataName;
    private final LatestTask running;
    private final ResultViews views;
    private final ComboBox<String> chooser = new ComboBox<>();
    private final StackPane place = new StackPane();
    private List<Input> models = List.of();
    private ResultCard card;
    private long index;
    private int label;

    /**
     * An empty page.
     *
     * @param dataName name of the data, for people
     */
    ScoresPage(Workbench workbench, Samples samples, String dataName, Worker worker, ResultViews views) {
        super(8);
        this.workbench = workbench;
        this.samples = samples;
        this.dataName = dataName;
        this.running = new LatestTask(worker);
        this.views = views;
        chooser.setId("scores-model");
        chooser.setAccessibleText(Texts.of("scores.network"));
        chooser.setOnAction(e -> run());
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(chooser, place);
    }

    /**
     * Shows the scores of a sample.
     *
     * @param itsClass -1 for none
     */
    void show(long sample, int itsClass) {
        index = sample;
        label = itsClass;
        List<Input> fitting = samples.networks(workbench.opened());
        if (!fitting.equals(models) || card == null) {
            int before = chooser.getSelectionModel().getSelectedIndex();
            Input chosen = before < 0 ? null : models.get(before);
            models = fitting;
            var action = chooser.getOnAction();
            chooser.setOnAction(null);
            chooser.getItems().setAll(Named.inputs(models));
            chooser.getSelectionModel().select(models.isEmpty() ? -1 : Math.max(0, models.indexOf(chosen)));
            chooser.setOnAction(action);
        }
        chooser.setVisible(!models.isEmpty());
        chooser.setManaged(!models.isEmpty());
        run();
    }

    private void run() {
        int chosen = chooser.getSelectionModel().getSelectedIndex();
        running.cancel();
        if (chosen < 0) {
            card = null;
            place.getChildren().setAll(new EmptyState(
                    "fth-box",
                    Texts.of("scores.open", samples.nouns())));
            return;
        }
        Input model = models.get(chosen);
        long asked = index;
        int itsClass = label;
        running.request(
                () -> ranking(model, itsClass, samples.scores(model, asked)),
                ranking -> fill(ranking, asked),
                problem -> {
                    card = null;
                    place.getChildren().setAll(new Strip(Strip.Kind.ERROR, RunStrips.message(problem)));
                });
    }

    private Ranking ranking(Input model, int itsClass, float[] scores) {
        double[] shares = Predictions.softmax(scores);
        List<Ranking.Entry> entries = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .map(i -> new Ranking.Entry(
                        Texts.of(
                                i == itsClass ? "scores.entry.own" : "scores.entry",
                                name(i),
                                Numbers.percent(shares[i])),
                        scores[i], Double.NaN, null))
                .toList();
        int best = Predictions.best(scores);
        String verdict = best < 0
                ? Texts.of("scores.nan")
                : itsClass < 0
                        ? Texts.of("scores.predicted", name(best))
                        : Texts.of(best == itsClass ? "scores.right" : "scores.wrong", name(best));
        return new Ranking("scores", Texts.of("scores.of", model.name(), verdict),
                Axis.of(Texts.of("scores.logit"), ""),
                entries);
    }

    private String name(int index) {
        return index < samples.classes().size() ? samples.classes().get(index) : String.valueOf(index);
    }

    private void fill(Ranking ranking, long asked) {
        if (card == null) {
            card = new ResultCard(views.of(ranking, workbench.theme().getValue()), null);
            card.setId("card-scores");
            place.getChildren().setAll(card);
        }
        card.show(ranking, Texts.of("scores.setting", dataName, samples.noun(), asked));
    }

    void setTheme(ChartTheme theme) {
        if (card != null) {
            card.view().setTheme(theme);
        }
    }
}

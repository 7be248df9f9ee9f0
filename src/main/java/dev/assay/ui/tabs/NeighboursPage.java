package dev.assay.ui.tabs;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.RefKind;
import dev.assay.chart.ChartTheme;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.ImageGridView;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The samples nearest to one: as a run found them (a table of neighbours, or a map of the samples), else by the distance
 * of their values. JavaFX thread only.
 */
final class NeighboursPage extends VBox implements AutoCloseable {

    private static final RefKind SAMPLE = RefKind.sample("");

    private final Workbench workbench;
    private final Samples samples;
    private final Worker worker = new Worker("neighbours", 1);
    private final LatestTask looking = new LatestTask(worker);
    private final ComboBox<String> chooser = new ComboBox<>();
    private final Label note = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final ImageGridView pictures = new ImageGridView();
    private final StackPane place = new StackPane(pictures);
    private List<Nearest.Source> sources = List.of();
    private List<String> sourceRuns = List.of();
    private long sample = -1;
    private volatile long asked;

    /**
     * An empty page.
     *
     * @param onOpen given a neighbour that was clicked
     */
    NeighboursPage(Workbench workbench, Samples samples, LongConsumer onOpen) {
        super(8);
        this.workbench = workbench;
        this.samples = samples;
        chooser.setId("neighbours-source");
        chooser.setAccessibleText(Texts.of("neighbours.what"));
        chooser.setMaxWidth(Double.MAX_VALUE);
        chooser.getItems().setAll(samples.nearness());
        chooser.getSelectionModel().select(0);
        chooser.setOnAction(e -> look());
        note.getStyleClass().add("caption");
        progress.setPrefWidth(160);
        progress.setVisible(false);
        progress.setAccessibleText(Texts.of("neighbours.comparing", samples.nouns()));
        pictures.setOnSelection(s -> s.first(SAMPLE.kind()).ifPresent(ref -> onOpen.accept(Long.parseLong(ref.key()))));
        pictures.setId("neighbours");
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(chooser, note, place, progress);
    }

    /** Looks for the neighbours of a sample, and first for what runs that are new say of neighbours. */
    void show(long next) {
        boolean first = sample < 0;
        sample = next;
        List<SampleFindings.OnRun> on = SampleFindings.runs(workbench, samples.location());
        List<String> ended = on.stream().map(SampleFindings.OnRun::run).filter(r -> r.state().isFinal())
                .map(RunView::id).toList();
        if (!first && ended.equals(sourceRuns)) {
            look();
            return;
        }
        sourceRuns = ended;
        worker.submit(
                () -> Nearest.sources(SampleFindings.in(on)),
                found -> {
                    String chosen = first ? null : chooser.getValue();
                    sources = found;
                    List<String> names =
                            Stream.concat(Nearest.names(found).stream(), Stream.of(samples.nearness())).toList();
                    var action = chooser.getOnAction();
                    chooser.setOnAction(null);
                    chooser.getItems().setAll(names);
                    chooser.getSelectionModel().select(Math.max(0, names.indexOf(chosen)));
                    chooser.setOnAction(action);
                    look();
                },
                workbench::showProblem);
    }

    /** Draws what is shown anew in the theme of now. */
    void setTheme() {
        if (sample >= 0) {
            look();
        }
    }

    private record Shown(ImageGrid grid, String said) {}

    private void look() {
        int chosen = chooser.getSelectionModel().getSelectedIndex();
        Nearest.Source source = chosen >= 0 && chosen < sources.size() ? sources.get(chosen) : null;
        long of = sample;
        long mine = ++asked;
        ChartTheme theme = workbench.theme().getValue();
        looking.cancel();
        progress.setProgress(0);
        progress.setVisible(source == null);
        looking.request(
                () -> pictures(source == null
                        ? samples.nearest(
                                of, share -> Platform.runLater(() -> progress.setProgress(share)),
                                () -> mine != asked || worker.isClosed())
                        : source.of(of), source != null, theme),
                shown -> {
                    progress.setVisible(false);
                    note.setText(shown.said());
                    pictures.show(shown.grid());
                    place.getChildren().setAll(pictures);
                },
                problem -> {
                    progress.setVisible(false);
                    place.getChildren().setAll(new Strip(Strip.Kind.ERROR, RunStrips.message(problem)));
                });
    }

    private Shown pictures(List<Nearest.Neighbour> found, boolean byRun, ChartTheme theme) throws Exception {
        List<ImageGrid.Item> items = new ArrayList<>();
        for (Nearest.Neighbour n : found) {
            if (n.sample() < 0 || n.sample() >= samples.size()) {
                continue;
            }
            Samples.Shown near = samples.look(n.sample(), theme);
            String label = near.label() >= 0 && near.label() < samples.classes().size()
                    ? samples.classes().get(near.label()) + ", "
                    : "";
            String distance = Double.isNaN(n.distance()) ? "#" + n.sample() : Numbers.value(n.distance());
            items.add(new ImageGrid.Item(near.picture(), label + distance, SAMPLE.at(n.sample())));
        }
        String nouns = samples.nouns();
        String said = items.isEmpty()
                ? byRun ? Texts.of("neighbours.none.named", samples.noun()) : Texts.of("neighbours.none", nouns)
                : Texts.of("neighbours.said", items.size(), nouns);
        return new Shown(new ImageGrid("neighbours", Texts.of("neighbours.title", nouns), items), said);
    }

    @Override
    public void close() {
        worker.close();
    }
}

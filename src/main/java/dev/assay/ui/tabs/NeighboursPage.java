package dev.assay.ui.tabs;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import dev.assay.analysis.result.RefKind;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
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

    private static final String BY_VALUES = Texts.of("neighbours.by.values");
    private static final RefKind SAMPLE = RefKind.sample("");
    private static final int SIDE = 28;

    private final Workbench workbench;
    private final Dataset dataset;
    private final Worker worker = new Worker("neighbours", 1);
    private final LatestTask looking = new LatestTask(worker);
    private final ComboBox<String> chooser = new ComboBox<>();
    private final Label note = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final ImageGridView pictures = new ImageGridView();
    private final StackPane place = new StackPane(pictures);
    private List<Nearest.Source> sources = List.of();
    private Sample sample;
    private volatile long asked;

    /**
     * An empty page.
     *
     * @param onOpen given a neighbour that was clicked
     */
    NeighboursPage(Workbench workbench, Dataset dataset, LongConsumer onOpen) {
        super(8);
        this.workbench = workbench;
        this.dataset = dataset;
        chooser.setId("neighbours-source");
        chooser.setAccessibleText(Texts.of("neighbours.what"));
        chooser.setMaxWidth(Double.MAX_VALUE);
        chooser.getItems().setAll(BY_VALUES);
        chooser.getSelectionModel().select(0);
        chooser.setOnAction(e -> look());
        note.getStyleClass().add("caption");
        progress.setPrefWidth(160);
        progress.setVisible(false);
        progress.setAccessibleText(Texts.of("neighbours.comparing"));
        pictures.setOnSelection(s -> s.first(SAMPLE.kind()).ifPresent(ref -> onOpen.accept(Long.parseLong(ref.key()))));
        pictures.setId("neighbours");
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(chooser, note, place, progress);
    }

    /** Looks for the neighbours of a sample. */
    void show(Sample next) {
        boolean first = sample == null;
        sample = next;
        if (!first) {
            look();
            return;
        }
        List<SampleFindings.OnRun> on = SampleFindings.runs(workbench, dataset.location());
        worker.submit(
                () -> Nearest.sources(SampleFindings.in(on)),
                found -> {
                    sources = found;
                    var action = chooser.getOnAction();
                    chooser.setOnAction(null);
                    chooser.getItems().setAll(
                            Stream.concat(found.stream().map(Nearest.Source::title), Stream.of(BY_VALUES)).toList());
                    chooser.getSelectionModel().select(0);
                    chooser.setOnAction(action);
                    look();
                },
                workbench::showProblem);
    }

    private record Shown(ImageGrid grid, String said) {}

    private void look() {
        int chosen = chooser.getSelectionModel().getSelectedIndex();
        Nearest.Source source = chosen >= 0 && chosen < sources.size() ? sources.get(chosen) : null;
        Sample of = sample;
        long mine = ++asked;
        looking.cancel();
        progress.setProgress(0);
        progress.setVisible(source == null);
        looking.request(
                () -> pictures(source == null
                        ? Nearest.byValues(
                                dataset, of,
                                share -> Platform.runLater(() -> progress.setProgress(share)),
                                () -> mine != asked || worker.isClosed())
                        : source.of(of.index()), source != null),
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

    private Shown pictures(List<Nearest.Neighbour> found, boolean byRun) throws Exception {
        List<ImageGrid.Item> items = new ArrayList<>();
        for (Nearest.Neighbour n : found) {
            if (n.sample() < 0 || n.sample() >= dataset.size()) {
                continue;
            }
            Sample near = dataset.sample(n.sample());
            String label = near.label() >= 0 && near.label() < dataset.classes().size()
                    ? dataset.classes().get(near.label()) + ", "
                    : "";
            String distance = Double.isNaN(n.distance()) ? "#" + n.sample() : Numbers.value(n.distance());
            items.add(new ImageGrid.Item(
                    near.picture().orElseGet(() -> strip(near.values())), label + distance, SAMPLE.at(n.sample())));
        }
        String said = items.isEmpty()
                ? byRun ? Texts.of("neighbours.none.named") : Texts.of("neighbours.none")
                : Texts.of("neighbours.said", items.size());
        return new Shown(new ImageGrid("neighbours", Texts.of("neighbours.title"), items), said);
    }

    /** Values that are no picture as bars of grey, so that likeness can be seen all the same. */
    private static Picture strip(float[] values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float v : values) {
            if (Float.isFinite(v)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        int width = Math.max(1, Math.min(values.length, SIDE));
        byte[] pixels = new byte[width * SIDE];
        for (int x = 0; x < width; x++) {
            float v = values.length == 0 ? 0 : values[(int) ((long) x * values.length / width)];
            byte grey = (byte) (high > low && Float.isFinite(v) ? 255 * (v - low) / (high - low) : 128);
            for (int y = 0; y < SIDE; y++) {
                pixels[y * width + x] = grey;
            }
        }
        return new Picture(width, SIDE, 1, pixels);
    }

    @Override
    public void close() {
        worker.close();
    }
}

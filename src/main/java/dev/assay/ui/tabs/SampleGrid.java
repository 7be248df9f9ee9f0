package dev.assay.ui.tabs;

import dev.assay.data.Dataset;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.view.TileGrid;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Samples that are images as thumbnails. Those in view are loaded; what is scrolled past is given up. */
final class SampleGrid extends StackPane {

    private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");
    static final double SIDE = 64;
    private static final double CAPTION = 16;

    private final Dataset dataset;
    private final List<String> classes;
    private final SampleLoader loader;
    private final TileGrid grid = new TileGrid(SIDE + 8, SIDE + CAPTION + 12, Thumbnail::new);
    private int[] indices;
    private IntFunction<String> captions;

    /**
     * All samples.
     *
     * @param onSelect given a sample that was clicked
     * @param onOpen given one that was double-clicked or chosen with Enter
     */
    SampleGrid(Dataset dataset, SampleLoader loader, LongConsumer onSelect, LongConsumer onOpen) {
        this.dataset = dataset;
        this.classes = dataset.classes();
        this.loader = loader;
        grid.setId("thumbnails");
        grid.setOnOpen(i -> onOpen.accept(sampleAt(i)));
        grid.setOnSelect(i -> onSelect.accept(sampleAt(i)));
        getChildren().add(grid);
        show(null, null);
    }

    /**
     * Shows these samples.
     *
     * @param chosen in order; null for all
     * @param says what stands under a sample; null for its class
     */
    void show(int[] chosen, IntFunction<String> says) {
        int before = grid.selectedProperty().get();
        long selected = before < 0 ? -1 : sampleAt(before);
        captions = says;
        indices = chosen;
        long count = chosen == null ? dataset.size() : chosen.length;
        grid.setCount((int) Math.min(count, Integer.MAX_VALUE - 8));
        grid.keepSelected(selected < 0 ? -1 : positionOf(selected));
    }

    /**
     * Marks the samples that are selected.
     *
     * @param one the single one among them, which is brought into view; -1 for none
     */
    void mark(Set<String> keys, long one) {
        grid.setMarked(keys.isEmpty() ? i -> false : i -> keys.contains(String.valueOf(sampleAt(i))));
        int position = one < 0 ? -1 : positionOf(one);
        if (position >= 0) {
            grid.select(position);
        }
    }

    private int positionOf(long sample) {
        if (indices == null) {
            return sample < grid.count() ? (int) sample : -1;
        }
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] == sample) {
                return i;
            }
        }
        return -1;
    }

    private long sampleAt(int position) {
        return indices == null ? position : indices[position];
    }

    private final class Thumbnail extends TileGrid.Tile {

        private final ImageView picture = new ImageView();
        private final Label number = new Label();
        private final StackPane frame = new StackPane(picture);
        private SampleLoader.Request request;

        Thumbnail() {
            picture.setFitWidth(SIDE);
            picture.setFitHeight(SIDE);
            picture.setPreserveRatio(true);
            frame.setMinSize(SIDE, SIDE);
            frame.setPrefSize(SIDE, SIDE);
            frame.getStyleClass().add("thumbnail");
            number.getStyleClass().add("caption");
            // Names of classes often begin alike.
            number.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            VBox box = new VBox(2, frame, number);
            box.setAlignment(Pos.CENTER);
            getChildren().add(box);
        }

        @Override
        protected void show(int item) {
            cancel();
            long sample = sampleAt(item);
            SampleLoader.Loaded known = loader.atHand(sample);
            if (known != null) {
                fill(sample, known);
                return;
            }
            picture.setImage(null);
            number.setText(Numbers.count(sample));
            request = loader.load(sample, loaded -> fill(sample, loaded));
        }

        private void fill(long sample, SampleLoader.Loaded loaded) {
            request = null;
            pseudoClassStateChanged(BROKEN, loaded.problem() != null);
            picture.setImage(loaded.image());
            String label = loaded.label() >= 0 && loaded.label() < classes.size() ? classes.get(loaded.label()) : "";
            String caption = loaded.problem() != null ? Texts.of("samples.unreadable")
                    : captions != null ? captions.apply((int) sample) : label;
            number.setText(caption.isEmpty() ? Numbers.count(sample) : caption);
            Tips.on(this, caption);
            setAccessibleText(Texts.of("samples.number", sample) + (caption.isEmpty() ? "" : ", " + caption));
        }

        @Override
        protected void clear() {
            cancel();
            picture.setImage(null);
        }

        private void cancel() {
            if (request != null) {
                request.cancel();
                request = null;
            }
        }
    }
}

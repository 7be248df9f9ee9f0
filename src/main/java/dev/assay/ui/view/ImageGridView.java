package dev.assay.ui.view;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Selection;
import dev.assay.chart.Marked;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Pictures side by side with their captions; only those in view are drawn. Used on the JavaFX thread. */
public final class ImageGridView extends StackPane {

    private static final double SIDE = 72;
    private static final double CAPTION = 18;

    private final TileGrid grid;
    private final Label empty = new Label(Texts.of("images.none"));
    private ImageGrid shown;
    private Consumer<Selection> onSelection = s -> {};
    private Consumer<Selection> onOpen = s -> {};

    /** An empty grid. */
    public ImageGridView() {
        grid = new TileGrid(SIDE + 8, SIDE + CAPTION + 12, PictureTile::new);
        empty.getStyleClass().add("empty-note");
        grid.setOnSelect(i -> onSelection.accept(selection(i)));
        grid.setOnOpen(i -> onOpen.accept(selection(i)));
        getChildren().addAll(grid, empty);
        getStyleClass().add("image-grid");
        show(new ImageGrid("none", "", List.of()));
    }

    /** Shows these pictures. */
    public void show(ImageGrid result) {
        if (shown != null && shown.items().equals(result.items())) {
            shown = result;
            return;
        }
        shown = result;
        grid.setCount(result.items().size());
        empty.setVisible(result.items().isEmpty());
        grid.setVisible(!result.items().isEmpty());
    }

    /** Marks the pictures of what is selected. */
    public void mark(Marked marked) {
        grid.setMarked(marked.isEmpty() ? i -> false : i -> marked.has(shown.items().get(i).ref()));
    }

    /** What it shows. */
    ImageGrid shown() {
        return shown;
    }

    /** Called with the reference of a picture that was clicked. */
    public void setOnSelection(Consumer<Selection> handler) {
        onSelection = handler;
    }

    /** Called with the reference of a picture that was double-clicked. */
    public void setOnOpen(Consumer<Selection> handler) {
        onOpen = handler;
    }

    private Selection selection(int item) {
        var ref = shown.items().get(item).ref();
        return new Selection(shown.id(), ref == null ? List.of() : List.of(ref));
    }

    private final class PictureTile extends TileGrid.Tile {

        private final ImageView picture = new ImageView();
        private final Label caption = new Label();

        PictureTile() {
            picture.setFitWidth(SIDE);
            picture.setFitHeight(SIDE);
            picture.setPreserveRatio(true);
            StackPane frame = new StackPane(picture);
            frame.setMinSize(SIDE, SIDE);
            frame.setPrefSize(SIDE, SIDE);
            caption.getStyleClass().add("caption");
            caption.setMaxWidth(SIDE);
            caption.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            caption.setAlignment(Pos.CENTER);
            VBox box = new VBox(2, frame, caption);
            box.setAlignment(Pos.CENTER);
            getChildren().add(box);
        }

        @Override
        protected void show(int item) {
            ImageGrid.Item shownItem = shown.items().get(item);
            picture.setImage(Pictures.fitting(shownItem.picture(), SIDE));
            caption.setText(shownItem.caption());
            Tips.on(this, shownItem.caption());
            setAccessibleText(shownItem.caption());
        }

        @Override
        protected void clear() {
            picture.setImage(null);
        }
    }
}

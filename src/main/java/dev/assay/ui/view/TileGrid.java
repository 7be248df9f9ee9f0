package dev.assay.ui.view;

import dev.assay.ui.Texts;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * Tiles of one size in rows, as many to a row as fit. Only the tiles in view exist, so a million items scroll as
 * smoothly as ten. Mouse and keyboard (arrows, Home, End, Enter). Used on the JavaFX thread.
 */
public final class TileGrid extends StackPane {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");
    private static final double GAP = 8;
    private static final double SCROLL_BAR = 16;

    /** One tile; shows one item after another as the grid scrolls. */
    public abstract static class Tile extends StackPane {

        private int index = -1;
        private int version;

        /** Shows an item; what was under way for another is given up. */
        protected abstract void show(int item);

        /** Shows nothing and gives up what is under way. */
        protected abstract void clear();

        /** The item shown, or -1. */
        public final int index() {
            return index;
        }
    }

    private final double tileWidth;
    private final double tileHeight;
    private final Supplier<? extends Tile> tiles;
    private final IndexList rows = new IndexList();
    private final ListView<Integer> view = new ListView<>(rows);
    private final ReadOnlyIntegerWrapper selected = new ReadOnlyIntegerWrapper(-1);
    private final Set<RowCell> cells = Collections.newSetFromMap(new WeakHashMap<>());
    private IntPredicate marked = i -> false;
    private int count;
    private int perRow = 1;
    private int version;
    private IntConsumer onSelect = i -> {};
    private IntConsumer onOpen = i -> {};

    /**
     * An empty grid.
     *
     * @param tileWidth width of a tile in pixels
     * @param tileHeight height of a tile in pixels
     * @param tiles makes a tile
     */
    public TileGrid(double tileWidth, double tileHeight, Supplier<? extends Tile> tiles) {
        this.tileWidth = tileWidth;
        this.tileHeight = tileHeight;
        this.tiles = tiles;
        view.setAccessibleText(Texts.of("tiles.name"));
        getStyleClass().add("tile-grid");
        view.setFixedCellSize(tileHeight + GAP);
        view.setCellFactory(v -> new RowCell());
        view.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        view.widthProperty().addListener((o, before, now) -> fit());
        setAlignment(Pos.TOP_LEFT);
        Stages.grow(view, (tileHeight + GAP) / 2);
        getChildren().add(view);
    }

    /** The number of items, which are all shown anew. Fewer than before: back to the top, nothing selected. */
    public void setCount(int items) {
        boolean shrinks = items < count;
        count = items;
        version++;
        if (shrinks) {
            selected.set(-1);
            view.scrollTo(0);
        }
        fit();
        view.refresh();
    }

    /** The number of items. */
    public int count() {
        return count;
    }

    /** Called with an item that was selected by mouse or keyboard. */
    public void setOnSelect(IntConsumer handler) {
        onSelect = handler;
    }

    /** Called with an item that was double-clicked or chosen with Enter. */
    public void setOnOpen(IntConsumer handler) {
        onOpen = handler;
    }

    /** Which items are marked as belonging to a selection made elsewhere; asked for those in view. */
    public void setMarked(IntPredicate belongs) {
        marked = belongs;
        restate();
    }

    /** The selected item, or -1. */
    public ReadOnlyIntegerProperty selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /** Selects an item where it is, or none with -1: after the items have changed. The handlers are not called. */
    public void keepSelected(int item) {
        selected.set(item);
        restate();
    }

    /** Selects an item and brings it into view; the handlers are not called. */
    public void select(int item) {
        selected.set(item);
        if (item >= 0) {
            if (!isInView(item / perRow)) {
                view.scrollTo(item / perRow);
            }
        }
        restate();
    }

    /** Shows what is selected on the tiles that are there: making them anew would lose the second of two clicks. */
    private void restate() {
        cells.forEach(RowCell::restate);
    }

    private void fit() {
        double room = Math.max(tileWidth, view.getWidth() - SCROLL_BAR);
        int fitting = Math.max(1, (int) ((room + GAP) / (tileWidth + GAP)));
        boolean changed = fitting != perRow;
        int top = selected.get();
        perRow = fitting;
        rows.setSize((count + perRow - 1) / perRow);
        if (changed) {
            view.refresh();
            if (top >= 0) {
                view.scrollTo(top / perRow);
            }
        }
    }

    private void onKey(KeyEvent event) {
        int step = switch (event.getCode()) {
            case LEFT -> -1;
            case RIGHT -> 1;
            case UP -> -perRow;
            case DOWN -> perRow;
            case HOME -> -count;
            case END -> count;
            default -> 0;
        };
        if (step != 0 && count > 0) {
            int from = Math.max(0, selected.get());
            int target = Math.clamp((long) from + (selected.get() < 0 ? 0 : step), 0, count - 1);
            choose(target);
            if (!isInView(target / perRow)) {
                view.scrollTo(step < 0 ? target / perRow : Math.max(0, target / perRow - visibleRows() + 1));
            }
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && selected.get() >= 0) {
            onOpen.accept(selected.get());
            event.consume();
        }
    }

    private int visibleRows() {
        return Math.max(1, (int) (view.getHeight() / view.getFixedCellSize()));
    }

    private boolean isInView(int row) {
        return view.lookupAll(".list-cell").stream()
                .filter(RowCell.class::isInstance)
                .map(RowCell.class::cast)
                .anyMatch(c -> !c.isEmpty()
                        && c.getIndex() == row
                        && c.getBoundsInParent().getMinY() >= 0
                        && c.getBoundsInParent().getMaxY() <= view.getHeight());
    }

    private void choose(int item) {
        selected.set(item);
        restate();
        onSelect.accept(item);
    }

    private final class RowCell extends ListCell<Integer> {

        private final HBox box = new HBox(GAP);

        RowCell() {
            getStyleClass().add("tile-row");
            cells.add(this);
            box.setMinHeight(Region.USE_PREF_SIZE);
            setText(null);
        }

        @Override
        protected void updateItem(Integer row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                box.getChildren().forEach(t -> hide((Tile) t));
                setGraphic(null);
                return;
            }
            while (box.getChildren().size() < perRow) {
                box.getChildren().add(newTile());
            }
            for (int i = 0; i < box.getChildren().size(); i++) {
                Tile tile = (Tile) box.getChildren().get(i);
                int item = row * perRow + i;
                if (i < perRow && item < count) {
                    reveal(tile, item);
                } else {
                    hide(tile);
                }
            }
            setGraphic(box);
        }

        private Tile newTile() {
            Tile tile = tiles.get();
            tile.getStyleClass().add("tile");
            tile.setAccessibleRole(AccessibleRole.BUTTON);
            tile.setMinSize(tileWidth, tileHeight);
            tile.setPrefSize(tileWidth, tileHeight);
            tile.setMaxSize(tileWidth, tileHeight);
            tile.setOnMouseClicked(e -> clicked(tile, e));
            return tile;
        }

        private void reveal(Tile tile, int item) {
            tile.setVisible(true);
            tile.setManaged(true);
            if (tile.index != item || tile.version != version) {
                tile.index = item;
                tile.version = version;
                tile.show(item);
            }
            restate(tile);
        }

        private void restate() {
            box.getChildren().forEach(t -> restate((Tile) t));
        }

        private void restate(Tile tile) {
            int item = tile.index;
            tile.pseudoClassStateChanged(SELECTED, item >= 0 && item == selected.get());
            tile.pseudoClassStateChanged(MARKED, item >= 0 && item < count && marked.test(item));
        }

        private void hide(Tile tile) {
            tile.setVisible(false);
            tile.setManaged(false);
            if (tile.index >= 0) {
                tile.index = -1;
                tile.clear();
            }
        }
    }

    private void clicked(Tile tile, MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || tile.index < 0) {
            return;
        }
        view.requestFocus();
        if (event.getClickCount() == 2) {
            onOpen.accept(tile.index);
        } else if (event.getClickCount() == 1) {
            choose(tile.index);
        }
    }
}

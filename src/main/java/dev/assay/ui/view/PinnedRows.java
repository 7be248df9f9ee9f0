package dev.assay.ui.view;

import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;

/**
 * Keeps the pinned rows of a table in sight. They are its first rows; once it is scrolled they are shown a second time, over the
 * rows that lie there. Made for a table when its first row is pinned. JavaFX thread only.
 */
final class PinnedRows extends StackPane {

    private static final PseudoClass PINNED = PseudoClass.getPseudoClass("pinned");

    private final TableView<Integer> table;
    private final TableView<Integer> top = new TableView<>();
    private final Pane over = new Pane(top);
    private final Rectangle seen = new Rectangle();
    private final InvalidationListener moved = o -> place();
    private ScrollBar across;
    private ScrollBar down;

    /**
     * A table with room for its pinned rows.
     *
     * @param onOpen called when a pinned row is double-clicked, after it was selected
     */
    PinnedRows(TableView<Integer> table, Runnable onOpen) {
        this.table = table;
        top.setId("pinned-rows");
        top.getStyleClass().setAll(table.getStyleClass());
        top.getStyleClass().add("pinned-rows");
        top.setFixedCellSize(table.getFixedCellSize());
        top.setAccessibleText(table.getAccessibleText());
        top.setFocusTraversable(false);
        top.setRowFactory(v -> new Row(this::select, onOpen));
        // The wheel scrolls the rows below, wherever it is turned.
        top.addEventFilter(ScrollEvent.ANY, e -> {
            Node rows = table.lookup(".virtual-flow");
            if (rows != null) {
                rows.fireEvent(e.copyFor(rows, rows));
            }
            e.consume();
        });
        top.setManaged(false);
        over.setPickOnBounds(false);
        over.setClip(seen);
        getChildren().setAll(table, over);
        table.getVisibleLeafColumns().addListener((InvalidationListener) o -> copyColumns());
        table.getSelectionModel().getSelectedIndices().addListener((InvalidationListener) o -> copySelection());
        table.getFocusModel().focusedIndexProperty().addListener(o -> Platform.runLater(this::uncover));
        widthProperty().addListener(moved);
        heightProperty().addListener(moved);
        copyColumns();
    }

    private static final class Row extends TableRow<Integer> {

        Row(Consumer<Integer> onSelect, Runnable onOpen) {
            pseudoClassStateChanged(PINNED, true);
            setOnMouseClicked(e -> {
                if (!isEmpty()) {
                    onSelect.accept(getIndex());
                    if (e.getClickCount() == 2) {
                        onOpen.run();
                    }
                }
            });
        }
    }

    private void select(int position) {
        table.getSelectionModel().clearAndSelect(position);
        copySelection();
    }

    private void copySelection() {
        top.getSelectionModel().clearSelection();
        table.getSelectionModel().getSelectedIndices().stream()
                .filter(i -> i >= 0 && i < top.getItems().size())
                .forEach(i -> top.getSelectionModel().select(i.intValue()));
    }

    private void copyColumns() {
        top.getColumns().setAll(
                table.getVisibleLeafColumns().stream().map(PinnedRows::copy).toList());
        place();
    }

    private static <T> TableColumn<Integer, T> copy(TableColumn<Integer, T> column) {
        TableColumn<Integer, T> copy = new TableColumn<>();
        copy.setCellValueFactory(column.getCellValueFactory());
        copy.setCellFactory(column.getCellFactory());
        copy.getStyleClass().setAll(column.getStyleClass());
        copy.setMinWidth(0);
        copy.prefWidthProperty().bind(column.widthProperty());
        return copy;
    }

    /** The pinned rows, by their numbers in the table's own order; as many rows are the first ones of the table. */
    void show(List<Integer> rows) {
        top.getItems().setAll(rows);
        top.refresh();
        copySelection();
        place();
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (down == null) {
            // They are there once the table has its skin.
            for (Node node : table.lookupAll(".scroll-bar")) {
                ScrollBar bar = (ScrollBar) node;
                bar.valueProperty().addListener(moved);
                bar.visibleProperty().addListener(moved);
                if (bar.getOrientation() == Orientation.VERTICAL) {
                    down = bar;
                } else {
                    across = bar;
                }
            }
        }
        place();
    }

    /** The row that was moved to by the keyboard, or was chosen elsewhere, is not to lie beneath the pinned ones. */
    private void uncover() {
        int focused = table.getFocusModel().getFocusedIndex();
        int pinned = top.getItems().size();
        if (over.isVisible() && focused >= pinned && table.lookup(".virtual-flow") instanceof VirtualFlow<?> rows
                && rows.getFirstVisibleCell() != null
                && focused < rows.getFirstVisibleCell().getIndex() + pinned) {
            table.scrollTo(focused - pinned);
        }
    }

    private void place() {
        boolean scrolled = down != null && down.isVisible() && down.getValue() > down.getMin();
        over.setVisible(scrolled && !top.getItems().isEmpty());
        if (!over.isVisible()) {
            return;
        }
        double header = table.lookup(".column-header-background") instanceof Region head ? head.getHeight() : 0;
        double width = table.getVisibleLeafColumns().stream().mapToDouble(TableColumn::getWidth).sum();
        double left = across != null && across.isVisible() ? across.getValue() : 0;
        double height = Math.min(
                top.getItems().size() * table.getFixedCellSize(), Math.max(0, getHeight() - header) / 2);
        double room = Math.max(0, down.getBoundsInParent().getMinX());
        top.resizeRelocate(-left, header, Math.max(width, left + room), height + 1);
        seen.setWidth(room);
        seen.setHeight(getHeight());
    }
}

package dev.assay.ui.view;

import java.util.Arrays;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.ObservableListBase;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TablePosition;
import javafx.scene.control.TableView;

/**
 * Which rows of a table view are selected: whole rows, any number of them. The view's own selection also keeps cells, and
 * looks each one up among all others when it is given up: letting go of a hundred thousand rows would hold the window up for
 * seconds, of a million for minutes. Rows that come at the end leave the selection as it is; whoever puts other rows into the
 * view also selects anew. JavaFX thread only.
 */
final class RowSelection extends TableView.TableViewSelectionModel<Integer> {

    private final Cells cells = new Cells();

    RowSelection(TableView<Integer> view) {
        super(view);
        setSelectionMode(SelectionMode.MULTIPLE);
        getSelectedIndices().addListener((ListChangeListener<Integer>) c -> cells.changed(c));
    }

    /** Selects the rows at these positions, in rising order, and no others. */
    void set(int[] positions) {
        clearSelection();
        if (positions.length == 0) {
            return;
        }
        // One by one, a hundred thousand would hold the window up for minutes.
        if (positions.length == getTableView().getItems().size()) {
            selectAll();
        } else {
            selectIndices(positions[0], Arrays.copyOfRange(positions, 1, positions.length));
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // the toolkit's signature
    public ObservableList<TablePosition> getSelectedCells() {
        return cells;
    }

    @Override
    public boolean isSelected(int row, TableColumn<Integer, ?> column) {
        return isSelected(row);
    }

    @Override
    public void select(int row, TableColumn<Integer, ?> column) {
        select(row);
    }

    @Override
    public void clearAndSelect(int row, TableColumn<Integer, ?> column) {
        clearAndSelect(row);
    }

    @Override
    public void clearSelection(int row, TableColumn<Integer, ?> column) {
        clearSelection(row);
    }

    @Override
    public void selectRange(
            int minRow, TableColumnBase<Integer, ?> minColumn, int maxRow, TableColumnBase<Integer, ?> maxColumn) {
        if (minRow == maxRow) {
            select(minRow);
        } else {
            selectRange(minRow, maxRow + 1);
        }
    }

    @Override
    public void selectLeftCell() {
        // Rows have none.
    }

    @Override
    public void selectRightCell() {
        // Rows have none.
    }

    @Override
    public void selectAboveCell() {
        selectPrevious();
    }

    @Override
    public void selectBelowCell() {
        selectNext();
    }

    /** The rows as the positions that the toolkit asks for, made one by one when they are asked for. */
    @SuppressWarnings("rawtypes") // the toolkit's signature
    private final class Cells extends ObservableListBase<TablePosition> {

        @Override
        public TablePosition get(int index) {
            return position(getSelectedIndices().get(index));
        }

        @Override
        public int size() {
            return getSelectedIndices().size();
        }

        private TablePosition position(int row) {
            return new TablePosition<Integer, Object>(getTableView(), row, null);
        }

        void changed(ListChangeListener.Change<? extends Integer> rows) {
            beginChange();
            while (rows.next()) {
                List<TablePosition> gone = List.of();
                if (rows.wasRemoved()) {
                    List<? extends Integer> removed = rows.getRemoved();
                    gone = new java.util.AbstractList<>() {
                        @Override
                        public TablePosition get(int index) {
                            return position(removed.get(index));
                        }

                        @Override
                        public int size() {
                            return removed.size();
                        }
                    };
                }
                if (rows.wasReplaced()) {
                    nextReplace(rows.getFrom(), rows.getTo(), gone);
                } else if (rows.wasRemoved()) {
                    nextRemove(rows.getFrom(), gone);
                } else if (rows.wasAdded()) {
                    nextAdd(rows.getFrom(), rows.getTo());
                }
            }
            endChange();
        }
    }
}

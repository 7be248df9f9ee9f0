package dev.assay.ui.view;

import dev.assay.analysis.result.Column;
import dev.assay.text.Numbers;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;

/** A cell of a result table: rounded for reading, all digits on hover. */
final class ValueCell extends TableCell<Integer, Object> {

    private final Column column;
    private final Tooltip full = new Tooltip();

    ValueCell(Column column) {
        this.column = column;
        setAlignment(isNumeric(column) ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
        getStyleClass().add("value-cell");
        if (column.ref() != null) {
            getStyleClass().add("reference");
        }
    }

    static boolean isNumeric(Column column) {
        return column.type() == Column.Type.INTEGER || column.type() == Column.Type.REAL;
    }

    @Override
    protected void updateItem(Object item, boolean empty) {
        super.updateItem(item, empty);
        if (empty) {
            setText(null);
            setTooltip(null);
            return;
        }
        String shown = Numbers.cell(item, column.unit());
        setText(shown);
        String exact = Numbers.full(item);
        boolean hides = item != null && (item instanceof Double || shown.length() > 24);
        if (hides) {
            full.setText(exact);
        }
        setTooltip(hides ? full : null);
    }
}

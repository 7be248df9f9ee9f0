package dev.assay.ui.view;

import dev.assay.analysis.result.Column;
import dev.assay.text.Numbers;
import dev.assay.ui.Tips;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;

/** A cell of a result table: rounded for reading, all digits on hover. */
final class ValueCell extends TableCell<Integer, Object> {

    private final Column column;

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
            Tips.on(this, "");
            return;
        }
        String shown = Numbers.cell(item, column.unit());
        setText(shown);
        boolean hides = item != null && (item instanceof Double || shown.length() > 24);
        Tips.on(this, () -> hides ? Numbers.full(item) : "");
    }
}

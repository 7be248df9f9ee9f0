package dev.assay.ui.view;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import dev.assay.ui.Tips;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;

/** The columns of a table's view. */
final class ResultColumns {

    private ResultColumns() {}

    /**
     * Columns for a table.
     *
     * @param latest the table that is shown, which may have grown since; its rows are the items
     */
    static List<TableColumn<Integer, Object>> of(Table table, Supplier<Table> latest) {
        double[] widths = ColumnWidths.of(table);
        List<TableColumn<Integer, Object>> columns = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            columns.add(column(table.columns().get(c), c, widths[c], latest));
        }
        return columns;
    }

    /** Makes columns wider whose texts have become longer; one whose width the user chose keeps it. */
    static void widen(List<? extends TableColumn<Integer, ?>> columns, Table table) {
        double[] widths = ColumnWidths.of(table);
        for (TableColumn<Integer, ?> column : columns) {
            double wanted = widths[(int) column.getUserData()];
            boolean untouched = Math.abs(column.getWidth() - column.getPrefWidth()) < 0.5;
            if (untouched && wanted > column.getPrefWidth()) {
                column.setPrefWidth(wanted);
            }
        }
    }

    /** Of these columns those that are of the same name as some before, sorted as those were. */
    static List<TableColumn<Integer, ?>> alike(
            List<TableColumn<Integer, ?>> before, List<TableColumn<Integer, ?>> columns) {
        List<TableColumn<Integer, ?>> found = new ArrayList<>();
        for (TableColumn<Integer, ?> old : before) {
            for (TableColumn<Integer, ?> column : columns) {
                if (Objects.equals(column.getId(), old.getId())) {
                    column.setSortType(old.getSortType());
                    found.add(column);
                }
            }
        }
        return found;
    }

    private static TableColumn<Integer, Object> column(
            Column description, int index, double width, Supplier<Table> table) {
        TableColumn<Integer, Object> column = new TableColumn<>();
        Label heading = new Label(heading(description));
        heading.getStyleClass().add("heading");
        heading.setMaxWidth(Double.MAX_VALUE);
        Tips.on(heading, heading(description) + " (" + description.name() + ")");
        column.setGraphic(heading);
        column.setId(description.name());
        column.setPrefWidth(width);
        column.setMinWidth(48);
        column.setUserData(index);
        if (ValueCell.isNumeric(description)) {
            column.getStyleClass().add("numeric");
        }
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(
                row.getValue() < table.get().rowCount() ? table.get().value(row.getValue(), index) : null));
        column.setCellFactory(c -> new ValueCell(description));
        return column;
    }

    private static String heading(Column column) {
        boolean bare = column.unit().isEmpty() || column.unit().equals(Numbers.SHARE);
        return bare ? column.label() : column.label() + " (" + column.unit() + ")";
    }

    /** A row that sums up all classes: a column of classes holds {@code all}. */
    static boolean isTotal(Table table, int row) {
        if (row >= table.rowCount()) {
            return false;
        }
        for (int c = 0; c < table.columns().size(); c++) {
            Column column = table.columns().get(c);
            boolean ofClass = column.name().equals("class")
                    || column.reference().map(r -> r.kind().equals("class")).orElse(false);
            if (ofClass && "all".equals(table.value(row, c))) {
                return true;
            }
        }
        return false;
    }
}

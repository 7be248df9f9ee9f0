package dev.assay.ui.view;

import atlantafx.base.controls.CustomTextField;
import dev.assay.analysis.result.Column;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.input.KeyCode;

/** The box above a table that rows are filtered by. */
final class FilterBox extends CustomTextField {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("error");

    FilterBox(Runnable onChange) {
        setLeft(Icons.of("fth-search"));
        setAccessibleText(Texts.of("table.filter.rows"));
        setId("row-filter");
        Tips.on(this, Texts.of("table.filter.tip"));
        setPrefColumnCount(26);
        textProperty().addListener((o, before, now) -> onChange.run());
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE && !getText().isEmpty()) {
                clear();
                e.consume();
            }
        });
    }

    /** Shows by one of the columns what can be written. */
    void showExample(List<Column> columns) {
        setPromptText(columns.stream()
                .filter(ValueCell::isNumeric)
                .reduce((a, b) -> b)
                .map(c -> Texts.of("table.filter.example", c.name()))
                .orElse(Texts.of("table.filter")));
    }

    /**
     * What is written, as a filter.
     *
     * @throws IllegalArgumentException if it is none; says why, and the box looks it
     */
    RowFilter filter(List<Column> columns) {
        try {
            RowFilter filter = RowFilter.parse(getText(), columns);
            pseudoClassStateChanged(BAD, false);
            return filter;
        } catch (IllegalArgumentException e) {
            pseudoClassStateChanged(BAD, true);
            throw e;
        }
    }
}

package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/**
 * A column for each run: what differs between them, then their key figures, each with its distance from the first run's. A
 * distance of shares is in percentage points.
 */
final class CompareSummary extends ScrollPane {

    private static final int MOST_TEXT = 40;

    private final GridPane grid = new GridPane();
    private int row;

    /**
     * A summary.
     *
     * @param labels the runs' labels, for the columns
     * @param differences a row each, the first column says of what
     * @param figures the figures of every run by id, null where a run has none
     */
    CompareSummary(List<String> labels, Table differences, Map<String, Scalar[]> figures) {
        setId("compare-summary");
        setAccessibleText(Texts.of("compare.name"));
        getStyleClass().addAll("edge-to-edge", "compare-summary");
        setFitToWidth(true);
        grid.setHgap(24);
        grid.setVgap(4);
        grid.setPadding(new Insets(4, 12, 4, 0));
        setContent(grid);
        heading(Texts.of("compare.differs"), labels);
        differences(differences);
        if (!figures.isEmpty()) {
            heading(Texts.of("report.add.figures"), List.of());
            figures.values().forEach(this::figures);
        }
    }

    private void heading(String name, List<String> labels) {
        Label heading = new Label(name);
        heading.getStyleClass().add("card-title");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        if (row > 0) {
            GridPane.setMargin(heading, new Insets(8, 0, 0, 0));
        }
        grid.add(heading, 0, row);
        for (int i = 0; i < labels.size(); i++) {
            Label label = text(labels.get(i));
            label.getStyleClass().add("card-title");
            grid.add(label, i + 1, row);
        }
        row++;
    }

    private void differences(Table table) {
        if (table.rowCount() == 0) {
            Label same = new Label(Texts.of("compare.same"));
            same.getStyleClass().add(Styles.TEXT_MUTED);
            grid.add(same, 0, row++, GridPane.REMAINING, 1);
        }
        for (int r = 0; r < table.rowCount(); r++) {
            grid.add(name(String.valueOf(table.value(r, 0))), 0, row);
            for (int c = 1; c < table.columns().size(); c++) {
                Object value = table.value(r, c);
                grid.add(text(value == null ? Numbers.ABSENT : value.toString()), c, row);
            }
            row++;
        }
    }

    private void figures(Scalar[] values) {
        Scalar known = Arrays.stream(values).filter(Objects::nonNull).findFirst().orElseThrow();
        grid.add(name(known.title()), 0, row);
        for (int i = 0; i < values.length; i++) {
            Scalar value = values[i];
            Label shown = text(value == null ? Numbers.ABSENT : Numbers.value(value.value(), value.unit()));
            if (value != null) {
                Tips.on(shown, Numbers.full(value.value()));
            }
            HBox cell = new HBox(8, shown);
            cell.setAlignment(Pos.BASELINE_LEFT);
            if (i > 0 && value != null && values[0] != null && value.value() != values[0].value()) {
                double change = value.value() - values[0].value();
                Label delta = new Label((change > 0 ? "+" : "") + Numbers.value(change, value.unit()));
                delta.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
                delta.setMinWidth(Region.USE_PREF_SIZE);
                cell.getChildren().add(delta);
            }
            grid.add(cell, i + 1, row);
        }
        row++;
    }

    private static Label name(String text) {
        Label label = text(text);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        return label;
    }

    private static Label text(String text) {
        Label label = new Label(Numbers.shortened(text, MOST_TEXT));
        label.setMinWidth(Region.USE_PREF_SIZE);
        if (text.length() > MOST_TEXT) {
            Tips.on(label, text);
        }
        return label;
    }
}

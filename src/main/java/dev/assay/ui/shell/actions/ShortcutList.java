package dev.assay.ui.shell.actions;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Map;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Every action that has a shortcut, by menu. */
public final class ShortcutList extends FlowPane {

    /** The list, made from the actions. */
    public ShortcutList(ActionList actions) {
        setId("shortcut-list");
        setHgap(32);
        setVgap(16);
        setPrefWrapLength(850);
        for (Map.Entry<String, List<UiAction>> menu : actions.byMenu().entrySet()) {
            List<UiAction> withKeys = menu.getValue().stream()
                    .filter(a -> a.accelerator() != null)
                    .toList();
            if (!withKeys.isEmpty()) {
                getChildren().add(group(menu.getKey(), withKeys));
            }
        }
    }

    private static VBox group(String title, List<UiAction> actions) {
        Label heading = new Label(title);
        heading.getStyleClass().add("panel-title");
        GridPane grid = new GridPane(16, 6);
        ColumnConstraints text = new ColumnConstraints(276);
        text.setHgrow(Priority.ALWAYS);
        ColumnConstraints keys = new ColumnConstraints(110);
        keys.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(text, keys);
        int row = 0;
        for (UiAction action : actions) {
            Label shortcut = new Label(action.shortcut());
            shortcut.getStyleClass().addAll("keys", Styles.TEXT_MUTED);
            grid.addRow(row++, new Label(action.text()), shortcut);
        }
        return new VBox(8, heading, grid);
    }
}

package dev.assay.ui.shell;

import atlantafx.base.theme.Styles;
import dev.assay.ui.IconButton;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.actions.ActionList;
import dev.assay.ui.shell.actions.UiAction;
import dev.assay.ui.shell.prefs.WindowPrefs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Every action with its shortcut, which can be changed by pressing other keys. JavaFX thread only. */
final class KeysForm extends VBox {

    private final ActionList actions;
    private final WindowPrefs prefs;
    private final TextField filter = new TextField();
    private final GridPane grid = new GridPane(12, 4);
    private final Label problem = new Label();

    KeysForm(ActionList actions, WindowPrefs prefs) {
        super(8);
        this.actions = actions;
        this.prefs = prefs;
        setId("keys-form");
        setPrefWidth(560);
        filter.setId("keys-filter");
        filter.setPromptText(Texts.of("keys.filter"));
        filter.setAccessibleText(Texts.of("keys.filter"));
        filter.textProperty().addListener((o, was, is) -> fill());
        Label hint = new Label(Texts.of("keys.hint"));
        hint.setWrapText(true);
        hint.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        problem.setId("keys-problem");
        problem.setWrapText(true);
        problem.getStyleClass().add("field-problem");
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        ColumnConstraints text = new ColumnConstraints();
        text.setHgrow(Priority.ALWAYS);
        ColumnConstraints keys = new ColumnConstraints(150);
        grid.getColumnConstraints().setAll(text, keys, new ColumnConstraints(32));
        getChildren().setAll(filter, hint, problem, grid);
        fill();
    }

    private void fill() {
        grid.getChildren().clear();
        String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
        int row = 0;
        for (Map.Entry<String, List<UiAction>> menu : actions.byMenu().entrySet()) {
            List<UiAction> found = menu.getValue().stream()
                    .filter(a -> (a.text() + " " + a.menu() + " " + a.shortcut()).toLowerCase(Locale.ROOT)
                            .contains(wanted))
                    .toList();
            if (found.isEmpty()) {
                continue;
            }
            Label heading = new Label(menu.getKey());
            heading.getStyleClass().add("panel-title");
            grid.add(heading, 0, row++, 3, 1);
            for (UiAction action : found) {
                addRow(row++, action);
            }
        }
    }

    private void addRow(int row, UiAction action) {
        Label name = new Label(action.text());
        ToggleButton keys = new ToggleButton(shown(action));
        keys.setId("keys-" + action.id());
        keys.setMaxWidth(Double.MAX_VALUE);
        keys.getStyleClass().add(Styles.SMALL);
        keys.setAccessibleText(Texts.of("keys.of", action.text(), shown(action)));
        keys.selectedProperty().addListener((o, was, is) -> keys.setText(is ? Texts.of("keys.press") : shown(action)));
        keys.focusedProperty().addListener((o, was, is) -> {
            if (!is) {
                keys.setSelected(false);
            }
        });
        keys.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (keys.isSelected()) {
                pressed(action, keys, e);
                e.consume();
            }
        });
        IconButton reset = new IconButton("fth-rotate-ccw", Texts.of("keys.reset", action.text()), () -> {
            prefs.resetKeys(action.id());
            Optional<UiAction> taken = actions.rebind(action.id(), actions.original(action.id()));
            problem.setText(taken.map(t -> taken(actions.original(action.id()), t)).orElse(""));
            fill();
        });
        reset.setVisible(prefs.keys(action.id()).isPresent());
        grid.addRow(row, name, keys, reset);
    }

    private static String shown(UiAction action) {
        return action.shortcut().isEmpty() ? Texts.of("keys.none") : action.shortcut();
    }

    private static String taken(KeyCombination keys, UiAction by) {
        return Texts.of("keys.taken", keys.getDisplayText(), by.text());
    }

    private void pressed(UiAction action, ToggleButton button, KeyEvent e) {
        if (e.getCode().isModifierKey() || e.getCode() == KeyCode.UNDEFINED) {
            return;
        }
        if (e.getCode() == KeyCode.ESCAPE) {
            button.setSelected(false);
            return;
        }
        boolean none = e.getCode() == KeyCode.BACK_SPACE || e.getCode() == KeyCode.DELETE;
        KeyCombination keys = none ? null : combination(e);
        boolean bare = !none && !e.isControlDown() && !e.isAltDown() && !e.isMetaDown() && !e.getCode().isFunctionKey();
        if (bare) {
            problem.setText(Texts.of("keys.bare"));
            button.setSelected(false);
            return;
        }
        Optional<UiAction> taken = actions.rebind(action.id(), keys);
        problem.setText(taken.map(t -> taken(keys, t)).orElse(""));
        if (taken.isEmpty()) {
            prefs.setKeys(action.id(), keys == null ? "" : keys.getName());
        }
        fill();
    }

    private static KeyCombination combination(KeyEvent e) {
        return new KeyCodeCombination(
                e.getCode(), modifier(e.isShiftDown()), modifier(e.isControlDown()), modifier(e.isAltDown()),
                modifier(e.isMetaDown()), KeyCombination.ModifierValue.UP);
    }

    private static KeyCombination.ModifierValue modifier(boolean down) {
        return down ? KeyCombination.ModifierValue.DOWN : KeyCombination.ModifierValue.UP;
    }
}

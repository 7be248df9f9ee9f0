package dev.assay.ui.shell.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.StringProperty;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuButton;

/**
 * Some of a few choices, ticked in a list that stays open meanwhile. What is ticked last stands last, since of some
 * parameters the order counts; the field shows it. JavaFX thread only.
 */
final class ChoicesField extends MenuButton {

    private final List<String> choices;
    private final StringProperty text;

    /**
     * Follows the text and changes it.
     *
     * @param choices as the text writes them
     * @param text the chosen ones, separated by commas
     */
    ChoicesField(List<String> choices, StringProperty text) {
        this.choices = List.copyOf(choices);
        this.text = text;
        getStyleClass().add("choices-field");
        setMnemonicParsing(false);
        choices.forEach(choice -> getItems().add(item(choice)));
        text.addListener((o, was, is) -> display());
        display();
    }

    private CustomMenuItem item(String choice) {
        CheckBox box = new CheckBox(choice);
        box.setMnemonicParsing(false);
        box.setFocusTraversable(false);
        // The whole row is pressed, with the mouse or by key.
        box.setMouseTransparent(true);
        CustomMenuItem item = new CustomMenuItem(box, false);
        item.setOnAction(e -> toggle(choice));
        return item;
    }

    private List<String> chosen() {
        return Stream.of(text.get().split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    private void toggle(String choice) {
        List<String> next = new ArrayList<>(chosen());
        // What is no choice, from an older preset say, could not be unticked.
        next.retainAll(choices);
        if (!next.remove(choice)) {
            next.add(choice);
        }
        text.set(String.join(",", next));
    }

    private void display() {
        List<String> chosen = chosen();
        setText(String.join(", ", chosen));
        getItems().forEach(item -> {
            CheckBox box = (CheckBox) ((CustomMenuItem) item).getContent();
            box.setSelected(chosen.contains(box.getText()));
        });
    }
}

package dev.assay.ui.shell.inspector;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.ComboBox;

/** A text field that offers values for the inputs that are chosen; any other text may be typed. JavaFX thread only. */
final class SuggestionField extends ComboBox<String> {

    private static final PseudoClass EMPTY = PseudoClass.getPseudoClass("empty");

    /** Finds values and hands them on later, on the JavaFX thread. */
    @FunctionalInterface
    interface Source {

        /** @param then takes the values; may never be called */
        void find(Consumer<List<String>> then);
    }

    /**
     * Follows the text and changes it.
     *
     * @param source is asked whenever the user comes to the field, since inputs may have changed
     */
    SuggestionField(StringProperty text, Source source) {
        setEditable(true);
        getStyleClass().add("suggestion-field");
        valueProperty().bindBidirectional(text);
        // What is typed counts at once and not when the field is left.
        getEditor().textProperty().addListener((o, was, is) -> text.set(is == null ? "" : is));
        pseudoClassStateChanged(EMPTY, true);
        hoverProperty().addListener((o, was, is) -> ask(is, source));
        focusedProperty().addListener((o, was, is) -> ask(is, source));
    }

    private void ask(boolean came, Source source) {
        if (came && !isShowing()) {
            source.find(found -> {
                if (!found.equals(getItems())) {
                    String typed = getEditor().getText();
                    getItems().setAll(found);
                    setValue(typed);
                }
                pseudoClassStateChanged(EMPTY, found.isEmpty());
            });
        }
    }
}

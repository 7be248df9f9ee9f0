package dev.assay.ui.shell.inspector;

import dev.assay.analysis.ParameterDescriptor;
import dev.assay.ui.Tips;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.property.editor.PropertyEditor;

/**
 * The control for one parameter with room for a message under it. Numbers are plain text fields, so that {@code 1e-3}
 * and a decimal point are understood in every locale.
 */
final class ParameterField implements PropertyEditor<Object> {

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("error");

    private final StringProperty text;
    private final Control control;
    private final Label problem = new Label();
    private final VBox box = new VBox(3);

    /** @param suggestions is asked when the parameter has some */
    ParameterField(ParameterItem item, SuggestionField.Source suggestions) {
        ParameterDescriptor descriptor = item.descriptor();
        this.text = item.text();
        this.control = control(descriptor, suggestions);
        control.setId("param-" + descriptor.name());
        control.setAccessibleText(descriptor.label());
        control.setAccessibleHelp(descriptor.help());
        Tips.on(control, item.getDescription());
        control.setMaxWidth(Double.MAX_VALUE);
        problem.setId("problem-" + descriptor.name());
        problem.getStyleClass().addAll("caption", "field-problem");
        problem.setWrapText(true);
        box.getStyleClass().add("parameter-field");
        box.getChildren().addAll(control, problem);
        showProblem("");
        control.focusedProperty().addListener((o, was, is) -> {
            if (!is) {
                showProblem(item.check());
            }
        });
        text.addListener((o, was, is) -> {
            // While typing a message only ever goes away; a half-typed number is not an error yet.
            if (problem.isVisible() || !(control instanceof TextField || control instanceof SuggestionField)) {
                showProblem(item.check());
            }
        });
    }

    private Control control(ParameterDescriptor descriptor, SuggestionField.Source suggestions) {
        if (descriptor.type() == boolean.class || descriptor.type() == Boolean.class) {
            CheckBox box = new CheckBox();
            box.setSelected(Boolean.parseBoolean(text.get()));
            box.selectedProperty().addListener((o, was, is) -> text.set(String.valueOf(is)));
            text.addListener((o, was, is) -> box.setSelected(Boolean.parseBoolean(is)));
            return box;
        }
        if (!descriptor.choices().isEmpty() && !descriptor.isList()) {
            ComboBox<String> combo = new ComboBox<>();
            combo.getItems().setAll(descriptor.choices());
            combo.setConverter(new Words());
            combo.valueProperty().bindBidirectional(text);
            return combo;
        }
        if (!descriptor.choices().isEmpty()) {
            return new ChoicesField(descriptor.choices(), text);
        }
        if (descriptor.annotation().suggested()) {
            return new SuggestionField(text, suggestions);
        }
        TextField field = new TextField();
        field.textProperty().bindBidirectional(text);
        return field;
    }

    /** Choices are written with spaces for people. */
    private static final class Words extends StringConverter<String> {

        @Override
        public String toString(String choice) {
            if (choice == null || choice.isEmpty()) {
                return "";
            }
            String words = choice.replace('-', ' ');
            return Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }

        @Override
        public String fromString(String words) {
            return words.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        }
    }

    /** Says what is wrong; empty for nothing. */
    void showProblem(String message) {
        problem.setText(message);
        problem.setVisible(!message.isEmpty());
        problem.setManaged(!message.isEmpty());
        control.pseudoClassStateChanged(INVALID, !message.isEmpty());
    }

    /** The control itself, which takes the focus. */
    Control control() {
        return control;
    }

    @Override
    public Node getEditor() {
        return box;
    }

    @Override
    public Object getValue() {
        return text.get();
    }

    @Override
    public void setValue(Object value) {
        text.set(String.valueOf(value));
    }
}

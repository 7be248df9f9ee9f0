package dev.assay.ui;

import atlantafx.base.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A strip inside a panel that says what is the matter and what to do, while the rest of the panel stays usable. */
public final class Strip extends HBox {

    /** How serious it is. */
    public enum Kind {
        /** Good to know. */
        INFO("strip-info", "fth-info"),
        /** Something to mind. */
        WARNING("strip-warning", "fth-alert-triangle"),
        /** Something failed. */
        ERROR("strip-error", "fth-alert-circle");

        private final String styleClass;
        private final String icon;

        Kind(String styleClass, String icon) {
            this.styleClass = styleClass;
            this.icon = icon;
        }
    }

    private final Label label = new Label();
    private boolean closable;

    /** A strip. */
    public Strip(Kind kind, String text) {
        getStyleClass().addAll("strip", kind.styleClass);
        setAlignment(Pos.CENTER_LEFT);
        setAccessibleRole(AccessibleRole.TEXT);
        setText(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        getChildren().addAll(Icons.of(kind.icon), label);
    }

    /** Changes the text. */
    public void setText(String text) {
        label.setText(text);
        setAccessibleText(text);
    }

    /** The text. */
    public String getText() {
        return label.getText();
    }

    /** Adds a button. */
    public Strip action(String text, Runnable run) {
        Button button = new Button(text);
        button.getStyleClass().addAll(Styles.SMALL, "strip-button");
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(e -> run.run());
        getChildren().add(getChildren().size() - (closable ? 1 : 0), button);
        return this;
    }

    /** Adds the button that takes the strip away. */
    public Strip closable(Runnable onClose) {
        closable = true;
        getChildren().add(new IconButton("fth-x", Texts.of("dismiss"), onClose));
        return this;
    }
}

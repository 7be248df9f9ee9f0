package dev.assay.ui;

import atlantafx.base.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;

/** What an empty panel shows: an icon, one sentence and at most one button that says what to do next. */
public final class EmptyState extends VBox {

    /** Without a button. */
    public EmptyState(String icon, String sentence) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        Label label = new Label(sentence);
        label.setWrapText(true);
        label.setTextAlignment(TextAlignment.CENTER);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        getChildren().addAll(Icons.large(icon), label);
    }

    /** With a button. */
    public EmptyState(String icon, String sentence, String action, Runnable run) {
        this(icon, sentence);
        Button button = new Button(action);
        button.getStyleClass().add(Styles.ACCENT);
        button.setOnAction(e -> run.run());
        getChildren().add(button);
    }
}

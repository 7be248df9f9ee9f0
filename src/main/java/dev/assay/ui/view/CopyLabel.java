package dev.assay.ui.view;

import dev.assay.text.Numbers;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.IconButton;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** An identifier, hash or path: monospaced, shortened in the middle, whole on hover, with a button that copies it. */
public final class CopyLabel extends HBox {

    private final Label label = new Label();
    private final int length;
    private String text = "";

    /**
     * An empty label.
     *
     * @param what names the text for the button, e.g. {@code SHA-256}
     * @param length most characters shown
     */
    public CopyLabel(String what, int length) {
        this.length = length;
        getStyleClass().add("copy-label");
        setAlignment(Pos.CENTER_LEFT);
        label.getStyleClass().add("monospaced");
        Tips.on(label, () -> text);
        IconButton button = new IconButton("fth-copy", Texts.of("copy.what", what), this::copy);
        // Large enough to hit, without making the line higher than its text.
        HBox.setMargin(button, new Insets(-6, 0, -6, 0));
        getChildren().addAll(label, button);
    }

    /** Shows a text. */
    public void setText(String value) {
        text = value;
        label.setText(Numbers.shortened(value, length));
    }

    private void copy() {
        ClipboardText.put(text);
    }
}

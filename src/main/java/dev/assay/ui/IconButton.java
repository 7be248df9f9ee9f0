package dev.assay.ui;

import atlantafx.base.theme.Styles;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCombination;

/** A flat button that shows an icon alone; its tooltip and accessible name say what it does. */
public final class IconButton extends Button {

    /**
     * A button.
     *
     * @param icon Ikonli code
     * @param text what it does
     */
    public IconButton(String icon, String text, Runnable action) {
        this(icon, text, null, action);
    }

    /**
     * A button with a shortcut, which the tooltip names.
     *
     * @param accelerator may be null
     */
    public IconButton(String icon, String text, KeyCombination accelerator, Runnable action) {
        setGraphic(Icons.of(icon));
        getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "quiet-button");
        describe(text, accelerator);
        setOnAction(e -> action.run());
    }

    /** Changes icon and text, for a button that toggles. */
    public void show(String icon, String text) {
        setGraphic(Icons.of(icon));
        describe(text, null);
    }

    /**
     * Changes what it says it does.
     *
     * @param accelerator may be null
     */
    public void describe(String text, KeyCombination accelerator) {
        setAccessibleText(text);
        String tip = accelerator == null ? text : text + "  (" + accelerator.getDisplayText() + ")";
        Tips.on(this, tip);
    }
}

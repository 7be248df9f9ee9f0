package dev.assay.ui;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Text on the system's clipboard. JavaFX thread only. */
public final class ClipboardText {

    private ClipboardText() {}

    /** Puts text there in place of what was there. */
    public static void put(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}

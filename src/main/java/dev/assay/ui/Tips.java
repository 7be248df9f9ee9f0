package dev.assay.ui;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;

/**
 * Tooltips that are made when the mouse first enters what they explain. A tooltip is a window with a scene of its own;
 * one for every button, row and cell would hold up whatever shows them. JavaFX thread only.
 */
public final class Tips {

    private static final double WIDTH = 420;

    private Supplier<String> text;
    private Tooltip tooltip;

    private Tips(Supplier<String> text) {
        this.text = text;
    }

    /** Explains a node, in place of what explained it before. */
    public static void on(Node node, String text) {
        on(node, () -> text);
    }

    /**
     * Explains a node, in place of what explained it before.
     *
     * @param text asked for when the mouse enters; empty or null for no tooltip
     */
    public static void on(Node node, Supplier<String> text) {
        if (node.getProperties().get(Tips.class) instanceof Tips tips) {
            tips.text = text;
            return;
        }
        Tips tips = new Tips(text);
        node.getProperties().put(Tips.class, tips);
        node.addEventHandler(MouseEvent.MOUSE_ENTERED, e -> tips.refresh(node));
    }

    private void refresh(Node node) {
        String shown = text.get();
        if (shown == null || shown.isEmpty()) {
            if (tooltip != null) {
                Tooltip.uninstall(node, tooltip);
                tooltip = null;
            }
            return;
        }
        if (tooltip == null) {
            tooltip = new Tooltip();
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(WIDTH);
            Tooltip.install(node, tooltip);
        }
        tooltip.setText(shown);
    }
}

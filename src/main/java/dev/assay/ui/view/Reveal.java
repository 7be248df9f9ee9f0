package dev.assay.ui.view;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/** Scrolls so that something can be seen. Used on the JavaFX thread. */
public final class Reveal {

    private Reveal() {}

    /** Moves the nearest scroll pane around a node as little as it takes, once what has just changed is laid out. */
    public static void later(Node node) {
        // The next pulse lays out after its steps, so that only the one after it can measure.
        Stages.run(() -> {}, () -> {}, () -> now(node));
    }

    private static void now(Node node) {
        for (Node n = node.getParent(); n != null; n = n.getParent()) {
            if (n instanceof ScrollPane pane) {
                move(pane, node);
                return;
            }
        }
    }

    private static void move(ScrollPane pane, Node node) {
        Node content = pane.getContent();
        Bounds place = content.sceneToLocal(node.localToScene(node.getLayoutBounds()));
        double seen = pane.getViewportBounds().getHeight();
        double hidden = content.getLayoutBounds().getHeight() - seen;
        if (hidden <= 0) {
            return;
        }
        double top = pane.getVvalue() * hidden;
        double to = Math.min(place.getMinY(), Math.max(top, place.getMaxY() - seen));
        pane.setVvalue(Math.clamp(to / hidden, 0, 1));
    }
}

package dev.assay.ui.chart;

import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;

/** Waits for the part of the window that hides a node, such as a tab or page that is not shown. JavaFX thread only. */
final class Hiding {

    private final Node node;
    private final ChangeListener<Boolean> onShown;
    private Parent hiding;

    /** @param onShown called once the part that {@link #look} found is shown or hidden */
    Hiding(Node node, Runnable onShown) {
        this.node = node;
        this.onShown = (o, was, is) -> onShown.run();
    }

    /** Looks what hides the node now and waits for that, and for nothing else any more. */
    void look() {
        if (hiding != null) {
            hiding.visibleProperty().removeListener(onShown);
            hiding = null;
        }
        for (Parent p = node.getParent(); p != null && hiding == null; p = p.getParent()) {
            if (!p.isVisible()) {
                hiding = p;
                p.visibleProperty().addListener(onShown);
            }
        }
    }
}

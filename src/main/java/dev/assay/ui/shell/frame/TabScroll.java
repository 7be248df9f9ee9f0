package dev.assay.ui.shell.frame;

import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.input.ScrollEvent;

/**
 * The place of a tab's content. As large as the tab while the content can be; in a tab that is too low the content keeps
 * its least height and is scrolled, so that a table or chart at its end never shrinks to nothing.
 */
final class TabScroll extends ScrollPane {

    TabScroll(Node content) {
        super(content);
        getStyleClass().addAll("edge-to-edge", "tab-scroll");
        setFitToWidth(true);
        setFitToHeight(true);
        // Its content takes the keyboard, not the frame around it.
        setFocusTraversable(false);
        addEventFilter(ScrollEvent.SCROLL, this::comeUpFirst);
    }

    /** On the way down what is scrolled inside comes into view before it is scrolled itself. */
    private void comeUpFirst(ScrollEvent e) {
        double hidden = getContent().getLayoutBounds().getHeight() - getViewportBounds().getHeight();
        boolean zooms = e.isControlDown() || e.isShiftDown();
        if (e.getDeltaY() < 0 && !zooms && hidden > 1 && getVvalue() < getVmax() && isScrolledInside(e)) {
            setVvalue(Math.min(getVmax(), getVvalue() - e.getDeltaY() / hidden));
            e.consume();
        }
    }

    private boolean isScrolledInside(ScrollEvent e) {
        for (Node n = (Node) e.getTarget(); n != null && n != this; n = n.getParent()) {
            if (n instanceof ScrollPane || n instanceof ListView || n instanceof TableView) {
                return true;
            }
        }
        return false;
    }
}

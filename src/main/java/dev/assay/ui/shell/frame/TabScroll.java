package dev.assay.ui.shell.frame;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

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
    }
}

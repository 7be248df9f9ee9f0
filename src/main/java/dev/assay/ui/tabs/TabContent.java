package dev.assay.ui.tabs;

import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;

/** What a tab of the window holds. Made and used on the JavaFX thread; loads its data in the background. */
public interface TabContent {

    /** Identifies what it shows, so that opening the same thing again selects the tab there is. */
    String key();

    /** The tab's title. */
    ObservableStringValue title();

    /** Ikonli code of its icon, e.g. {@code fth-box}. */
    String icon();

    /** The node; the same at every call. */
    Node node();

    /** Stops timers and background work; called when the tab is closed. */
    void close();
}

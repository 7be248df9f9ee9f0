package dev.assay.ui.view;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.chart.Brushed;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Marked;
import dev.assay.ui.chart.CursorHandler;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;

/** A view of one result, shown snapshot after snapshot. Used on the JavaFX thread. */
public interface ResultView {

    /** The node; the same at every call. */
    Node node();

    /**
     * Shows a snapshot in place of the one before.
     *
     * @param subtitle on what, with which setting
     */
    void show(Result result, String subtitle);

    /** Whether more is still coming. */
    default void setLive(boolean live) {}

    /** Changes the theme. */
    default void setTheme(ChartTheme theme) {}

    /**
     * Called with what was clicked, and with what was double-clicked.
     */
    default void setHandlers(Consumer<Selection> onSelection, Consumer<Selection> onOpen) {}

    /** Marks what is selected, here or in another view; the handlers are not called. */
    default void mark(Marked marked) {}

    /** Called with what an area holds that was selected; null where none can be. */
    default void setOnBrush(Consumer<Brushed> handler) {}

    /** Small buttons for the card. */
    default List<Node> tools() {
        return List.of();
    }

    /** Called while the user moves a line that stands for a live parameter; null when it cannot be moved. */
    default void setOnCursor(CursorHandler handler) {}

    /** Whether the view draws the result's title itself. */
    default boolean drawsTitle() {
        return false;
    }

    /** Entries for the card's menu: export and so on. */
    default List<MenuItem> menuItems() {
        return List.of();
    }
}

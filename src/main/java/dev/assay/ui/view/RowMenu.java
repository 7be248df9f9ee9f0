package dev.assay.ui.view;

import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** The context menu of a table's rows, filled anew each time it opens. JavaFX thread only. */
final class RowMenu {

    private ContextMenu menu;

    /**
     * What there is to do with pins.
     *
     * @param any whether a row is pinned
     * @param all whether all selected rows are
     * @param toggle pins the selected rows, or takes their pins off; null while none is selected
     * @param clear takes all pins off
     */
    record Pins(boolean any, boolean all, Runnable toggle, Runnable clear) {}

    static MenuItem item(String text, Node icon, Runnable run) {
        MenuItem item = new MenuItem(text, icon);
        item.setOnAction(e -> run.run());
        return item;
    }

    /**
     * Shows it at a place of the screen.
     *
     * @param first entries of whoever uses the table
     * @param last entries for all rows
     */
    void show(Node owner, double x, double y, List<MenuItem> first, Pins pins, List<MenuItem> last) {
        if (menu == null) {
            menu = new ContextMenu();
            menu.setAutoHide(true);
        }
        List<MenuItem> items = new ArrayList<>(first);
        if (!items.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        MenuItem toggle = item(
                Texts.of(pins.all() ? "table.unpin" : "table.pin"), Icons.of("fth-bookmark"),
                () -> pins.toggle().run());
        toggle.setDisable(pins.toggle() == null);
        items.add(toggle);
        if (pins.any()) {
            items.add(item(Texts.of("table.unpin.all"), null, pins.clear()));
        }
        items.addAll(last);
        menu.getItems().setAll(items);
        menu.show(owner, x, y);
    }
}

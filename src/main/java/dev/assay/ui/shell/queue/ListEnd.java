package dev.assay.ui.shell.queue;

import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;

/** Whether the end of a list is looked at, so that what is added comes into view; who has scrolled up stays there. */
public final class ListEnd {

    private ListEnd() {}

    /** Whether the last row is seen, at least in part, or none is yet. JavaFX thread only. */
    public static boolean isSeen(ListView<?> list) {
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            IndexedCell<?> last = flow.getLastVisibleCell();
            return last == null || last.getIndex() >= list.getItems().size() - 1;
        }
        return true;
    }
}

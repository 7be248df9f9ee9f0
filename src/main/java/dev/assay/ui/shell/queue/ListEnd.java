package dev.assay.ui.shell.queue;

import javafx.geometry.Orientation;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;

/** Whether the end of a list is looked at, so that what is added comes into view; who has scrolled up stays there. */
public final class ListEnd {

    private static final double NEARLY = 0.999;

    private ListEnd() {}

    /** Whether the last row is seen, or all rows fit. JavaFX thread only. */
    public static boolean isSeen(ListView<?> list) {
        return list.lookupAll(".scroll-bar").stream()
                .filter(n -> n instanceof ScrollBar bar && bar.getOrientation() == Orientation.VERTICAL
                        && bar.isVisible())
                .map(ScrollBar.class::cast)
                .allMatch(bar -> bar.getValue() >= bar.getMin() + NEARLY * (bar.getMax() - bar.getMin()));
    }
}

package dev.assay.ui.chart;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.chart.ChartTheme;
import java.util.function.Consumer;
import javafx.scene.layout.StackPane;

/**
 * A chart of a result: crosshair and tooltip, zoom, context menu with export. Used on the JavaFX thread; showing a new
 * snapshot of the same result keeps zoom and axes steady.
 */
public final class ResultChart extends StackPane {

    private Consumer<Selection> onSelection = s -> {};

    /** An empty chart. */
    public ResultChart(ChartTheme theme) {}

    /** Whether there is a chart for this kind of result. */
    public static boolean supports(Result result) {
        return false;
    }

    /**
     * Shows a result, in place of the one shown before.
     *
     * @param subtitle the muted line under the title: on what, with which setting
     */
    public void show(Result result, String subtitle) {}

    /** Changes the theme. */
    public void setTheme(ChartTheme theme) {}

    /** Whether the small dot says that results are still coming. */
    public void setLive(boolean live) {}

    /** Called with what was clicked. */
    public void setOnSelection(Consumer<Selection> handler) {
        onSelection = handler;
    }
}

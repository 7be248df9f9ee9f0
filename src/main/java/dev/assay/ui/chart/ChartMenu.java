package dev.assay.ui.chart;

import dev.assay.chart.Chart;
import dev.assay.chart.Drawn;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** The one context menu of all charts. */
final class ChartMenu {

    private final ResultChart chart;
    private final ChartExport export;
    private final MenuItem reset = item("chart-reset-zoom", "Reset zoom", this::reset);
    private final MenuItem range = item("chart-axis-range", "Axis range\u2026", this::askRange);
    private final CheckMenuItem xLog = new CheckMenuItem("Logarithmic x axis");
    private final CheckMenuItem yLog = new CheckMenuItem("Logarithmic y axis");
    private ContextMenu menu;

    ChartMenu(ResultChart chart, ChartExport export) {
        this.chart = chart;
        this.export = export;
        xLog.setId("chart-x-log");
        yLog.setId("chart-y-log");
        xLog.setOnAction(e -> chart.setLog(xLog.isSelected(), chart.view().yLog()));
        yLog.setOnAction(e -> chart.setLog(chart.view().xLog(), yLog.isSelected()));
    }

    private static MenuItem item(String id, String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setId(id);
        item.setOnAction(e -> action.run());
        return item;
    }

    void show(double screenX, double screenY) {
        if (chart.seen() == null) {
            return;
        }
        if (menu == null) {
            menu = new ContextMenu(
                    reset, range, xLog, yLog, new SeparatorMenuItem(),
                    item("chart-copy", "Copy image", () -> export.copy(chart.seen().wanted())),
                    new SeparatorMenuItem(),
                    export("chart-png", "Export PNG\u2026", ChartExport.Format.PNG),
                    export("chart-svg", "Export SVG\u2026", ChartExport.Format.SVG),
                    export("chart-pdf", "Export PDF\u2026", ChartExport.Format.PDF),
                    export("chart-csv", "Export data as CSV\u2026", ChartExport.Format.CSV));
        }
        Chart shown = chart.seen().chart();
        reset.setDisable(chart.view().x() == null && chart.view().y() == null);
        range.setDisable(!shown.hasXValues() && !shown.hasYValues());
        xLog.setDisable(!shown.xCanBeLog());
        yLog.setDisable(!shown.yCanBeLog());
        xLog.setSelected(shown.isXLog());
        yLog.setSelected(shown.isYLog());
        menu.show(chart, screenX, screenY);
    }

    void hide() {
        if (menu != null) {
            menu.hide();
        }
    }

    private void reset() {
        chart.resetZoom();
    }

    private MenuItem export(String id, String text, ChartExport.Format format) {
        return item(id, text, () -> export.export(
                format, chart.result(), chart.seen().wanted(), chart.getScene().getWindow()));
    }

    private void askRange() {
        Drawn drawn = chart.seen().drawn();
        new AxisRangeDialog(
                        chart.getScene().getWindow(), chart.seen().chart(), drawn.x(), drawn.y(),
                        (x, y) -> chart.zoom(x, y == null ? chart.view().y() : y))
                .show();
    }
}

package dev.assay.ui.chart;

import dev.assay.analysis.result.Heatmap;
import dev.assay.chart.Chart;
import dev.assay.chart.Drawn;
import dev.assay.chart.Hit;
import dev.assay.chart.MatrixOrder;
import dev.assay.ui.Texts;
import java.util.Locale;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;

/** The one context menu of all charts. */
final class ChartMenu {

    private final ResultChart chart;
    private final ChartExport export;
    private final MenuItem reset = item("chart-reset-zoom", Texts.of("chart.reset"), this::reset);
    private final MenuItem range = item("chart-axis-range", Texts.of("chart.range"), this::askRange);
    private final CheckMenuItem xLog = new CheckMenuItem(Texts.of("chart.log.x"));
    private final CheckMenuItem yLog = new CheckMenuItem(Texts.of("chart.log.y"));
    private final Menu drag = new Menu(Texts.of("chart.drag"));
    private final MenuItem byColumn = item("chart-rows-by-column", Texts.of("chart.order.column"), () -> sort(true));
    private final MenuItem byRow = item("chart-columns-by-row", Texts.of("chart.order.row"), () -> sort(false));
    private final Menu order = new Menu(
            Texts.of("chart.order"), null,
            item("chart-order-given", Texts.of("chart.order.given"), () -> order(MatrixOrder.GIVEN)),
            item("chart-rows-by-mean", Texts.of("chart.order.row.means"),
                    () -> order(now().withRows(MatrixOrder.By.MEAN))),
            item("chart-columns-by-mean", Texts.of("chart.order.column.means"),
                    () -> order(now().withColumns(MatrixOrder.By.MEAN))),
            byColumn, byRow);
    private Hit pointed;
    private ContextMenu menu;

    ChartMenu(ResultChart chart, ChartExport export) {
        this.chart = chart;
        this.export = export;
        order.setId("chart-order");
        drag.setId("chart-drag");
        ToggleGroup tools = new ToggleGroup();
        drag.getItems().addAll(
                tool(tools, Texts.of("chart.drag.zoom"), ChartBrush.Tool.ZOOM),
                tool(tools, Texts.of("chart.drag.rectangle"), ChartBrush.Tool.RECTANGLE),
                tool(tools, Texts.of("chart.drag.lasso"), ChartBrush.Tool.LASSO));
        xLog.setId("chart-x-log");
        yLog.setId("chart-y-log");
        xLog.setOnAction(e -> chart.setLog(xLog.isSelected(), chart.view().yLog()));
        yLog.setOnAction(e -> chart.setLog(chart.view().xLog(), yLog.isSelected()));
    }

    private MenuItem tool(ToggleGroup group, String text, ChartBrush.Tool tool) {
        RadioMenuItem item = new RadioMenuItem(text);
        item.setToggleGroup(group);
        item.setUserData(tool);
        item.setId("chart-drag-" + tool.name().toLowerCase(Locale.ROOT));
        item.setOnAction(e -> chart.setTool(tool));
        return item;
    }

    private static MenuItem item(String id, String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setId(id);
        item.setOnAction(e -> action.run());
        return item;
    }

    /** Shows the menu for what is at a place of the chart. */
    void show(double x, double y, double screenX, double screenY) {
        if (chart.seen() == null) {
            return;
        }
        if (menu == null) {
            menu = new ContextMenu(
                    reset, range, xLog, yLog, order, drag, new SeparatorMenuItem(),
                    item("chart-copy", Texts.of("chart.copy"), () -> export.copy(chart.seen().wanted())),
                    new SeparatorMenuItem(),
                    export("chart-png", Texts.of("export.png"), ChartExport.Format.PNG),
                    export("chart-svg", Texts.of("export.svg"), ChartExport.Format.SVG),
                    export("chart-pdf", Texts.of("export.pdf"), ChartExport.Format.PDF),
                    export("chart-csv", Texts.of("export.csv"), ChartExport.Format.CSV));
        }
        Chart shown = chart.seen().chart();
        reset.setDisable(chart.view().x() == null && chart.view().y() == null);
        range.setDisable(!shown.hasXValues() && !shown.hasYValues());
        xLog.setDisable(!shown.xCanBeLog());
        yLog.setDisable(!shown.yCanBeLog());
        xLog.setSelected(shown.isXLog());
        yLog.setSelected(shown.isYLog());
        order.setDisable(!(chart.result() instanceof Heatmap));
        drag.setDisable(!chart.brush().isPossible());
        drag.getItems().forEach(i -> ((RadioMenuItem) i).setSelected(i.getUserData() == chart.brush().tool()));
        pointed = order.isDisable() ? null : chart.hitAt(x, y).orElse(null);
        byColumn.setDisable(pointed == null);
        byRow.setDisable(pointed == null);
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

    private MatrixOrder now() {
        return chart.view().order();
    }

    private void order(MatrixOrder next) {
        chart.setOrder(next);
    }

    /** Orders rows by the column under the mouse, or columns by the row there. */
    private void sort(boolean rows) {
        if (pointed == null || !(chart.seen().chart().result() instanceof Heatmap seen)) {
            return;
        }
        int columns = seen.columns().size();
        int row = (int) (pointed.place() / columns);
        int column = (int) (pointed.place() % columns);
        order(rows
                ? now().withRows(MatrixOrder.By.line(seen.columns().get(column)))
                : now().withColumns(MatrixOrder.By.line(seen.rows().get(row))));
    }

    private void askRange() {
        Drawn drawn = chart.seen().drawn();
        new AxisRangeDialog(
                chart.getScene().getWindow(), chart.seen().chart(), drawn.x(), drawn.y(),
                (x, y) -> chart.zoom(x, y == null ? chart.view().y() : y))
                .show();
    }
}

package dev.assay.ui.view;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.SeriesColours;
import dev.assay.ui.chart.CursorHandler;
import dev.assay.ui.chart.ResultChart;
import java.util.function.Consumer;
import javafx.scene.Node;

/** A result as a chart. */
final class ChartResultView implements ResultView {

    private final ResultChart chart;

    ChartResultView(ChartTheme theme, SeriesColours colours, FileAsker files) {
        chart = new ResultChart(theme);
        chart.setColours(colours);
        chart.setSave((owner, suggestedName, kind) -> files.save(suggestedName, kind));
    }

    @Override
    public Node node() {
        return chart;
    }

    @Override
    public void show(Result result, String subtitle) {
        chart.show(result, subtitle);
    }

    @Override
    public void setLive(boolean live) {
        chart.setLive(live);
    }

    @Override
    public void setTheme(ChartTheme theme) {
        chart.setTheme(theme);
    }

    @Override
    public void setHandlers(Consumer<Selection> onSelection, Consumer<Selection> onOpen) {
        chart.setOnSelection(onSelection);
    }

    @Override
    public void setOnCursor(CursorHandler handler) {
        chart.setOnCursor(handler);
    }

    @Override
    public boolean drawsTitle() {
        return true;
    }
}

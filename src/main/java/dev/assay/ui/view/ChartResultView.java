package dev.assay.ui.view;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.chart.Brushed;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Marked;
import dev.assay.chart.SeriesColours;
import dev.assay.ui.IconButton;
import dev.assay.ui.Texts;
import dev.assay.ui.chart.CursorHandler;
import dev.assay.ui.chart.ResultChart;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;

/** A result as a chart. */
final class ChartResultView implements ResultView {

    private static final String LASSO = Texts.of("chart.lasso");
    private static final PseudoClass ON = PseudoClass.getPseudoClass("selected");

    private final ResultChart chart;
    private final IconButton lasso = new IconButton("fth-edit-2", LASSO, this::toggleLasso);

    ChartResultView(ChartTheme theme, SeriesColours colours, FileAsker files) {
        chart = new ResultChart(theme);
        chart.setColours(colours);
        chart.setSave((owner, suggestedName, kind) -> files.save(suggestedName, kind));
        chart.setOnTool(this::showTool);
        lasso.setVisible(false);
        lasso.setManaged(false);
    }

    @Override
    public Node node() {
        return chart;
    }

    @Override
    public void show(Result result, String subtitle) {
        chart.show(result, subtitle);
        showTool();
    }

    private void toggleLasso() {
        chart.setLasso(!chart.isLasso());
    }

    private void showTool() {
        lasso.setVisible(chart.canBrush());
        lasso.setManaged(chart.canBrush());
        lasso.pseudoClassStateChanged(ON, chart.isLasso());
    }

    @Override
    public void mark(Marked marked) {
        chart.mark(marked);
    }

    @Override
    public void setOnBrush(Consumer<Brushed> handler) {
        chart.setOnBrush(handler);
        showTool();
    }

    @Override
    public List<Node> tools() {
        return List.of(lasso);
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

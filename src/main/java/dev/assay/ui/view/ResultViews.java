package dev.assay.ui.view;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Marked;
import dev.assay.chart.SeriesColours;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.chart.ResultChart;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;

/**
 * Makes the view that suits a result. A kind of result without a view of its own is shown as text, so a new analysis
 * may bring new kinds and still be seen.
 */
public final class ResultViews {

    private final Worker worker;
    private final FileAsker files;
    private final Consumer<Throwable> onProblem;
    private final SeriesColours colours = new SeriesColours();

    /**
     * Views that share a tab's threads, dialogs and colours: a class looks the same in every chart.
     *
     * @param onProblem shown what goes wrong while exporting
     */
    public ResultViews(Worker worker, FileAsker files, Consumer<Throwable> onProblem) {
        this.worker = worker;
        this.files = files;
        this.onProblem = onProblem;
    }

    /** A view for results of this one's kind; it shows nothing yet. */
    public ResultView of(Result result, ChartTheme theme) {
        if (ResultChart.supports(result)) {
            return new ChartResultView(theme, colours, files);
        }
        return switch (result) {
            case Table t -> new TableResultView(table());
            case ImageGrid g -> new PicturesView(new ImageGridView(), this);
            case Scalar s -> new FigureView(new ScalarRow());
            default -> new TextView(new Label());
        };
    }

    /** An empty table. */
    public ResultTable table() {
        return new ResultTable(worker, files, onProblem);
    }

    private void export(ImageGrid grid) {
        files.save(grid.id() + ".png", Texts.of("file.png"))
                .ifPresent(path -> worker.submit(
                        () -> {
                            PictureSheet.writePng(grid, path);
                            return path;
                        },
                        written -> {},
                        onProblem));
    }

    private record TableResultView(ResultTable table) implements ResultView {

        @Override
        public Node node() {
            return table;
        }

        @Override
        public void show(Result result, String subtitle) {
            table.show((Table) result);
        }

        @Override
        public void setLive(boolean live) {
            table.setLive(live);
        }

        @Override
        public void setHandlers(Consumer<Selection> onSelection, Consumer<Selection> onOpen) {
            table.setOnSelection(onSelection);
            table.setOnOpen(onOpen);
        }

        @Override
        public void mark(Marked marked) {
            table.mark(marked);
        }

        @Override
        public List<MenuItem> menuItems() {
            return table.menuItems();
        }
    }

    private record PicturesView(ImageGridView pictures, ResultViews views) implements ResultView {

        @Override
        public Node node() {
            return pictures;
        }

        @Override
        public void show(Result result, String subtitle) {
            pictures.show((ImageGrid) result);
        }

        @Override
        public void setHandlers(Consumer<Selection> onSelection, Consumer<Selection> onOpen) {
            // A picture is a thing one wants to see larger: one click opens it.
            pictures.setOnSelection(onOpen);
        }

        @Override
        public void mark(Marked marked) {
            pictures.mark(marked);
        }

        @Override
        public List<MenuItem> menuItems() {
            MenuItem export = new MenuItem(Texts.of("export.png.short"), Icons.of("fth-download"));
            export.setOnAction(e -> views.export(pictures.shown()));
            return List.of(export);
        }
    }

    private record FigureView(ScalarRow row) implements ResultView {

        @Override
        public Node node() {
            return row;
        }

        @Override
        public void show(Result result, String subtitle) {
            row.show(List.of((Scalar) result), Map.of());
        }
    }

    private record TextView(Label label) implements ResultView {

        @Override
        public Node node() {
            label.setWrapText(true);
            return label;
        }

        @Override
        public void show(Result result, String subtitle) {
            label.setText(result.toString());
        }
    }
}

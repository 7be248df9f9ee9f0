package dev.assay.ui.tabs;

import dev.assay.analysis.result.GraphPicture;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.GraphThumbnail;
import dev.assay.chart.SeriesColours;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphPictures;
import dev.assay.data.graph.GraphSample;
import dev.assay.ui.Texts;
import dev.assay.ui.view.TileGrid;
import dev.assay.ui.view.Worker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Graphs as small drawings. Those in view are laid out and drawn in the background. */
final class GraphGrid extends StackPane {

    private static final int SIDE = 112;
    private static final int CAPTION = 20;
    private static final int KEPT = 1000;
    private static final int MOST_NODES = 600;
    private static final double SCALE = 2;

    private final GraphDataset data;
    private final Worker worker;
    private final SeriesColours colours = new SeriesColours();
    private final TileGrid grid = new TileGrid(SIDE + 8, SIDE + CAPTION + 8, Thumbnail::new);
    private final Map<Integer, Image> cache = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Image> eldest) {
            return size() > KEPT;
        }
    };
    private ChartTheme theme;
    private int[] shown;
    private IntFunction<String> captions;

    GraphGrid(GraphDataset data, Worker worker, ChartTheme theme, IntConsumer onSelect) {
        this.data = data;
        this.worker = worker;
        this.theme = theme;
        grid.setId("graph-tiles");
        grid.setAccessibleText(Texts.of("graphs.title"));
        grid.setOnSelect(i -> onSelect.accept(graphAt(i)));
        getChildren().add(grid);
        show(null, null);
    }

    /**
     * Shows these graphs.
     *
     * @param chosen in order; null for all
     * @param says what stands under a graph; null for its number
     */
    void show(int[] chosen, IntFunction<String> says) {
        int before = grid.selectedProperty().get();
        int selected = before < 0 ? -1 : graphAt(before);
        captions = says;
        shown = chosen;
        grid.setCount(chosen == null ? data.size() : chosen.length);
        grid.keepSelected(positionOf(selected));
    }

    /** Marks a graph as selected; none when it is not among those shown. */
    void select(int graph) {
        grid.select(positionOf(graph));
    }

    private int positionOf(int graph) {
        if (shown == null) {
            return graph;
        }
        for (int i = 0; i < shown.length; i++) {
            if (shown[i] == graph) {
                return i;
            }
        }
        return -1;
    }

    /** Marks the graphs that are selected. */
    void mark(Set<String> keys) {
        grid.setMarked(keys.isEmpty() ? i -> false : i -> keys.contains(String.valueOf(graphAt(i))));
    }

    void setTheme(ChartTheme changed) {
        theme = changed;
        cache.clear();
        show(shown, captions);
    }

    private int graphAt(int position) {
        return shown == null ? position : shown[position];
    }

    private Image draw(int index, ChartTheme wanted) throws Exception {
        GraphSample graph = data.graph(index);
        GraphPicture picture = GraphPictures.small(data, graph, MOST_NODES);
        return SwingFXUtils.toFXImage(GraphThumbnail.image(picture, wanted, colours, SIDE, SCALE), null);
    }

    private final class Thumbnail extends TileGrid.Tile {

        private final ImageView picture = new ImageView();
        private final Label caption = new Label();
        private volatile int wanted = -1;

        Thumbnail() {
            picture.setFitWidth(SIDE);
            picture.setFitHeight(SIDE);
            StackPane frame = new StackPane(picture);
            frame.setMinSize(SIDE, SIDE);
            frame.setPrefSize(SIDE, SIDE);
            caption.getStyleClass().add("caption");
            VBox box = new VBox(2, frame, caption);
            box.setAlignment(Pos.CENTER);
            getChildren().add(box);
        }

        @Override
        protected void show(int item) {
            int index = graphAt(item);
            wanted = index;
            String text = Texts.of("graphs.graph", index);
            caption.setText(captions == null ? text : "#" + index + ", " + captions.apply(index));
            setAccessibleText(text);
            Image known = cache.get(index);
            picture.setImage(known);
            if (known == null) {
                ChartTheme drawnIn = theme;
                worker.submit(() -> wanted == index ? draw(index, drawnIn) : null, image -> {
                    if (image != null && drawnIn == theme) {
                        cache.put(index, image);
                        if (wanted == index) {
                            picture.setImage(image);
                        }
                    }
                }, problem -> {
                    if (wanted == index) {
                        caption.setText(Texts.of("samples.unreadable"));
                    }
                });
            }
        }

        @Override
        protected void clear() {
            wanted = -1;
            picture.setImage(null);
        }
    }
}

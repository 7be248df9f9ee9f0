package dev.assay.ui.tabs;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.chart.Brushed;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Marked;
import dev.assay.report.Block;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Texts;
import dev.assay.ui.chart.CursorHandler;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Stages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** The charts of a run in a grid of cards; one can fill the board. Used on the JavaFX thread. */
final class ChartBoard extends StackPane {

    private static final int PLACEHOLDERS = 4;

    private final ResultViews views;
    private final Consumer<Selection> onSelection;
    private final Consumer<Selection> onOpen;
    private final CardGrid grid = new CardGrid();
    private final ScrollPane scroll = new ScrollPane(grid);
    private final Map<ResultKey, Shown> cards = new LinkedHashMap<>();
    private ChartTheme theme;
    private Function<Result, Block> block;
    private Consumer<Block> toReport;
    private ResultCard expanded;
    private boolean live;
    private CursorHandler onCursor;
    private Consumer<Brushed> onBrush;
    private Marked marked = Marked.NONE;

    private static final class Shown {
        private final ResultCard card;
        private Result result;
        private String subtitle;

        Shown(ResultCard card) {
            this.card = card;
        }
    }

    ChartBoard(ResultViews views, ChartTheme theme, Consumer<Selection> onSelection, Consumer<Selection> onOpen) {
        this.views = views;
        this.theme = theme;
        this.onSelection = onSelection;
        this.onOpen = onOpen;
        scroll.setFitToWidth(true);
        scroll.viewportBoundsProperty().addListener((o, before, now) -> grid.setViewHeight(now.getHeight()));
        scroll.getStyleClass().addAll("edge-to-edge", "board");
        getChildren().add(scroll);
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE && expanded != null) {
                collapse();
                e.consume();
            }
        });
    }

    /** Lets every result be put into a report. Called before the first result is shown. */
    void setReport(Function<Result, Block> of, Consumer<Block> add) {
        block = of;
        toReport = add;
    }

    /**
     * Shows these results in their order; a card whose result has not changed is left alone.
     *
     * @param subtitle the setting that a result belongs to
     * @param coming whether results may still come
     */
    void show(List<Result> results, Function<Result, String> subtitle, boolean coming) {
        boolean sameCards = List.copyOf(cards.keySet())
                .equals(results.stream().map(ResultKey::of).toList());
        for (Result result : results) {
            Shown shown = cards.computeIfAbsent(ResultKey.of(result), key -> new Shown(card(result)));
            String setting = subtitle.apply(result);
            if (shown.result != result || !setting.equals(shown.subtitle)) {
                shown.result = result;
                shown.subtitle = setting;
                shown.card.show(result, setting);
            }
        }
        if (coming != live) {
            live = coming;
            cards.values().forEach(s -> s.card.view().setLive(coming));
        }
        if (!sameCards || grid.getChildren().isEmpty()) {
            cards.keySet().retainAll(results.stream().map(ResultKey::of).toList());
            arrange(results);
        }
        if (results.isEmpty()) {
            showNone();
        }
    }

    private void arrange(List<Result> results) {
        List<Node> nodes = new ArrayList<>();
        for (Result result : results) {
            ResultCard card = cards.get(ResultKey.of(result)).card;
            if (card != expanded) {
                nodes.add(card);
            }
        }
        if (nodes.size() > 1 && grid.getChildren().stream().noneMatch(ResultCard.class::isInstance)) {
            Stages.fill(grid, nodes);
        } else {
            grid.getChildren().setAll(nodes);
        }
        if (expanded == null) {
            getChildren().setAll(scroll);
        }
    }

    private void showNone() {
        if (live) {
            if (grid.getChildren().isEmpty()) {
                for (int i = 0; i < PLACEHOLDERS; i++) {
                    Region placeholder = new Region();
                    placeholder.getStyleClass().addAll("result-card", "placeholder");
                    grid.getChildren().add(placeholder);
                }
            }
            getChildren().setAll(scroll);
        } else {
            getChildren().setAll(new EmptyState("fth-bar-chart-2", Texts.of("run.no.charts")));
        }
    }

    private ResultCard card(Result result) {
        ResultCard card = new ResultCard(views.of(result, theme), this::toggle);
        card.view().setHandlers(onSelection, onOpen);
        card.view().setOnBrush(onBrush);
        card.view().mark(marked);
        card.view().setLive(live);
        card.view().setOnCursor(onCursor);
        card.setId("card-" + result.id());
        if (block != null) {
            card.setReport(() -> block.apply(result), toReport);
        }
        return card;
    }

    private void toggle(ResultCard card) {
        if (expanded == card) {
            collapse();
        } else {
            expanded = card;
            grid.getChildren().remove(card);
            card.setExpanded(true);
            getChildren().setAll(card);
            card.requestFocus();
        }
    }

    private void collapse() {
        ResultCard card = expanded;
        expanded = null;
        card.setExpanded(false);
        getChildren().setAll(scroll);
        arrange(cards.values().stream().map(s -> s.result).toList());
    }

    /** Called while the user moves a line that stands for a live parameter; null when none can be moved. */
    void setOnCursor(CursorHandler handler) {
        onCursor = handler;
        cards.values().forEach(s -> s.card.view().setOnCursor(handler));
    }

    /** Called with what an area of a chart holds. Set before the first result is shown. */
    void setOnBrush(Consumer<Brushed> handler) {
        onBrush = handler;
    }

    /** Marks what is selected in all charts. */
    void mark(Marked now) {
        marked = now;
        cards.values().forEach(s -> s.card.view().mark(now));
    }

    void setTheme(ChartTheme next) {
        theme = next;
        cards.values().forEach(s -> s.card.view().setTheme(next));
    }
}

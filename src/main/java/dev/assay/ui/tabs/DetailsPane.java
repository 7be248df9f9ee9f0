package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Marked;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultView;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.ScalarRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The evidence behind what was selected: buttons to the things themselves and the explorer's results. */
final class DetailsPane extends VBox {

    private static final double LEAST_HEIGHT = 240;

    private static final double PICTURE_ROW = 112;

    private final ResultViews views;
    private final Consumer<Selection> onSelection;
    private final Consumer<Selection> onOpen;
    private final References references;
    private final Label title = new Label();
    private final FlowPane links = new FlowPane(8, 4);
    private final ProgressIndicator busy = new ProgressIndicator();
    private final VBox content = new VBox(12);
    private final Map<ResultKey, ResultCard> cards = new LinkedHashMap<>();
    private ChartTheme theme;
    private Marked marked = Marked.NONE;

    DetailsPane(
            ResultViews views,
            ChartTheme theme,
            Consumer<Selection> onSelection,
            Consumer<Selection> onOpen,
            References references,
            Runnable onClose) {
        this.views = views;
        this.theme = theme;
        this.onSelection = onSelection;
        this.onOpen = onOpen;
        this.references = references;
        getStyleClass().add("details-pane");
        setMinHeight(LEAST_HEIGHT);
        title.getStyleClass().add("panel-title");
        title.setId("details-title");
        busy.setMaxSize(16, 16);
        busy.setVisible(false);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(8, title, busy, gap, new IconButton("fth-x", Texts.of("details.close"), onClose));
        head.setAlignment(Pos.CENTER_LEFT);
        content.getStyleClass().add("details-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, links, scroll);
    }

    /** Shows what was selected, before anything is known about it. */
    void ask(Selection selection, boolean looksUp) {
        title.setText(references.inWords(selection));
        links.getChildren().setAll(selection.refs().stream()
                .filter(References::opens)
                .map(this::link)
                .toList());
        links.setManaged(!links.getChildren().isEmpty());
        busy.setVisible(looksUp);
        content.setOpacity(looksUp ? 0.5 : 1);
        if (!looksUp) {
            clear();
        }
    }

    private Button link(Ref ref) {
        Button button = new Button(Texts.of("open.what", references.inWords(ref)), Icons.of("fth-external-link"));
        button.getStyleClass().add(Styles.SMALL);
        button.setId("open-" + ref.kind().kind());
        button.setOnAction(e -> references.open(ref));
        return button;
    }

    private void clear() {
        content.getChildren().clear();
        cards.clear();
    }

    private void ready() {
        busy.setVisible(false);
        content.setOpacity(1);
        clear();
    }

    /** Shows why there is nothing to show. */
    void note(String text) {
        ready();
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        content.getChildren().add(label);
    }

    /** Shows a problem. */
    void problem(Throwable problem) {
        ready();
        content.getChildren().add(new Strip(Strip.Kind.ERROR, RunStrips.message(problem)));
    }

    /** Shows the evidence; cards of results that were shown before stay and show the new ones. */
    void show(List<Result> results, String subtitle) {
        List<ResultKey> keys = results.stream().map(ResultKey::of).toList();
        if (!keys.isEmpty() && keys.equals(List.copyOf(cards.keySet()))) {
            busy.setVisible(false);
            content.setOpacity(1);
            results.forEach(result -> size(cards.get(ResultKey.of(result)), result, subtitle));
            return;
        }
        ready();
        List<Scalar> scalars = results.stream()
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .toList();
        if (!scalars.isEmpty()) {
            ScalarRow row = new ScalarRow();
            row.show(scalars, Map.of());
            content.getChildren().add(row);
        }
        for (Result result : results) {
            if (!(result instanceof Scalar)) {
                content.getChildren().add(card(result, subtitle));
            }
        }
        if (results.isEmpty()) {
            note(Texts.of("details.nothing"));
        }
    }

    private Node card(Result result, String subtitle) {
        ResultView view = views.of(result, theme);
        view.setHandlers(onSelection, onOpen);
        view.mark(marked);
        ResultCard card = new ResultCard(view, null);
        card.setId("details-" + result.id());
        cards.put(ResultKey.of(result), card);
        size(card, result, subtitle);
        return card;
    }

    private static void size(ResultCard card, Result result, String subtitle) {
        card.show(result, subtitle);
        double height = height(result);
        card.setMinHeight(height);
        card.setPrefHeight(height);
    }

    private static double height(Result result) {
        return switch (result) {
            case Table t -> 152 + 28.0 * Math.clamp(t.rowCount(), 2, 10);
            case ImageGrid g -> 60 + PICTURE_ROW * (g.items().size() > 4 ? 2 : 1);
            default -> 280;
        };
    }

    /** Marks what is selected in all evidence. */
    void mark(Marked now) {
        // An area is selected in a chart of the run; evidence is about single things and stays whole.
        marked = now.brushed() ? Marked.NONE : now;
        cards.values().forEach(c -> c.view().mark(marked));
    }

    void setTheme(ChartTheme next) {
        theme = next;
        cards.values().forEach(c -> c.view().setTheme(next));
    }
}

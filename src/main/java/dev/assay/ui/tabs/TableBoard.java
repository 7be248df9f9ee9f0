package dev.assay.ui.tabs;

import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.Marked;
import dev.assay.text.Numbers;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Stages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The tables of a run, one at a time; a table is built when it is first looked at. Used on the JavaFX thread. */
final class TableBoard extends VBox {

    private static final double LEAST_HEIGHT = 220;
    private static final double LEAST_CHOICE = 140;
    private static final double GAP = 8;

    private final ResultViews views;
    private final Consumer<Selection> onSelection;
    private final Consumer<Selection> onOpen;
    private final ToggleGroup group = new ToggleGroup();
    private final FlowPane chooser = new FlowPane(GAP, GAP);
    private final StackPane place = new StackPane();
    private final Map<String, Shown> tables = new LinkedHashMap<>();
    private Function<String, List<ResultTable.Peer>> peers;
    private Marked marked = Marked.NONE;
    private boolean live;

    private static final class Shown {
        private final ToggleButton button = new ToggleButton();
        private final Label count = new Label();
        private ResultTable view;
        private Table latest;
        private Table drawn;
        private Marked marked = Marked.NONE;
    }

    TableBoard(ResultViews views, Consumer<Selection> onSelection, Consumer<Selection> onOpen) {
        this.views = views;
        this.onSelection = onSelection;
        this.onOpen = onOpen;
        getStyleClass().add("table-board");
        // Tables are drawn only while they are looked at.
        sceneProperty().addListener((o, before, now) -> Stages.run(() -> {}, this::draw));
        VBox.setVgrow(place, Priority.ALWAYS);
        place.setMinHeight(LEAST_HEIGHT);
        getChildren().addAll(chooser, place);
        group.selectedToggleProperty().addListener((o, before, now) -> {
            if (now == null && before != null && tables.size() > 0) {
                group.selectToggle(before);
            } else {
                draw();
            }
        });
    }

    /** Offers the same table of other runs by its id. */
    void setPeers(Function<String, List<ResultTable.Peer>> source) {
        peers = source;
    }

    /** Shows these tables in their order. */
    void show(List<Table> results, boolean coming) {
        List<String> ids = results.stream().map(Table::id).toList();
        boolean same = List.copyOf(tables.keySet()).equals(ids);
        tables.keySet().retainAll(ids);
        for (Table table : results) {
            Shown shown = tables.computeIfAbsent(table.id(), id -> button(table));
            shown.latest = table;
            shown.count.setText(Numbers.count(table.rowCount()));
        }
        if (coming != live) {
            live = coming;
            tables.values().stream().filter(s -> s.view != null).forEach(s -> s.view.setLive(coming));
        }
        if (!same) {
            chooser.getChildren().setAll(ids.stream().map(id -> tables.get(id).button).toList());
            if (selected() == null && !ids.isEmpty()) {
                group.selectToggle(tables.get(ids.getFirst()).button);
            }
        }
        if (results.isEmpty()) {
            place.getChildren()
                    .setAll(new EmptyState(
                            "fth-grid", live ? Texts.of("run.tables.live") : Texts.of("run.no.tables")));
        }
        draw();
    }

    private Shown button(Table table) {
        Shown shown = new Shown();
        shown.button.setText(table.title());
        shown.button.setMnemonicParsing(false);
        shown.button.setGraphic(shown.count);
        shown.count.getStyleClass().add("count-badge");
        shown.button.setContentDisplay(ContentDisplay.RIGHT);
        shown.button.setToggleGroup(group);
        shown.button.setUserData(table.id());
        shown.button.setId("table-" + table.id());
        shown.button.getStyleClass().add("table-choice");
        // Two to a row at least, so that the choice does not take the place of the table.
        shown.button.maxWidthProperty()
                .bind(Bindings.max(LEAST_CHOICE, chooser.widthProperty().subtract(GAP + 1).divide(2)));
        shown.button.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        Tips.on(shown.button, table.title());
        return shown;
    }

    private Shown selected() {
        return group.getSelectedToggle() == null
                ? null
                : tables.get((String) group.getSelectedToggle().getUserData());
    }

    private void draw() {
        Shown shown = selected();
        if (shown == null || getScene() == null) {
            return;
        }
        if (shown.view == null) {
            shown.view = views.table();
            shown.view.setOnSelection(onSelection);
            shown.view.setOnOpen(onOpen);
            shown.view.setLive(live);
            if (peers != null) {
                shown.view.setPeers(() -> peers.apply(shown.latest.id()));
            }
            shown.view.setId("result-table-" + shown.latest.id());
        }
        if (shown.drawn != shown.latest) {
            shown.drawn = shown.latest;
            shown.view.show(shown.latest);
        }
        if (shown.marked != marked) {
            shown.marked = marked;
            shown.view.mark(marked);
        }
        if (!place.getChildren().equals(List.of(shown.view))) {
            place.getChildren().setAll(shown.view);
        }
    }

    /** Follows what is selected; a table that is not looked at does so when it is. */
    void mark(Marked now) {
        marked = now;
        draw();
    }

    /** Whether there is any table. */
    boolean isEmpty() {
        return tables.isEmpty();
    }
}

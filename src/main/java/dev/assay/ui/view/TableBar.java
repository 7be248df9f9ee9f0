package dev.assay.ui.view;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import dev.assay.analysis.result.Table;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableColumn;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The tools above a table: filter, number of rows, places against another run, pins, columns, copy and export. */
final class TableBar extends HBox {

    private final FilterBox filter;
    private final Label count = new Label();
    private final RankMenu ranks;
    private final IconButton pin;
    private final MenuButton columns = new MenuButton();

    /**
     * Tools that do this.
     *
     * @param onFilter the filter's text has changed
     * @param onRank places are to be shown against another run's; null for none
     * @param onPin the selected rows are to stay on top, or no longer
     */
    TableBar(
            Runnable onFilter, Consumer<ResultTable.Peer> onRank, Runnable onPin, Runnable onCopy, Runnable onExport) {
        filter = new FilterBox(onFilter);
        ranks = new RankMenu(onRank);
        pin = new IconButton("fth-bookmark", Texts.of("table.pin"), onPin);
        pin.setId("pin-rows");
        pin.setDisable(true);
        count.getStyleClass().addAll(Styles.TEXT_MUTED, "count");
        count.setMinWidth(Region.USE_PREF_SIZE);
        columns.setGraphic(Icons.of("fth-columns"));
        columns.setId("column-menu");
        columns.setAccessibleText(Texts.of("table.columns"));
        Tips.on(columns, Texts.of("table.columns"));
        columns.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "quiet-button", Tweaks.NO_ARROW);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        getStyleClass().add("table-toolbar");
        setAlignment(Pos.CENTER_LEFT);
        Stages.fill(this, List.of(
                filter,
                count,
                gap,
                ranks,
                pin,
                columns,
                new IconButton("fth-copy", Texts.of("table.copy"), ResultTable.COPY, onCopy),
                new IconButton("fth-download", Texts.of("export.csv.short"), onExport)));
    }

    /** Shows by the table's columns what can be written into the filter, and lets each of them be hidden. */
    void show(Table table, List<TableColumn<Integer, Object>> views) {
        filter.showExample(table.columns());
        columns.getItems().clear();
        for (TableColumn<Integer, Object> view : views) {
            CheckMenuItem item = new CheckMenuItem(((Label) view.getGraphic()).getText());
            item.setMnemonicParsing(false);
            item.setSelected(true);
            view.visibleProperty().bind(item.selectedProperty());
            columns.getItems().add(item);
        }
    }

    /** The filter box. */
    FilterBox filter() {
        return filter;
    }

    /** Says how many rows there are, or why there are none. */
    void say(String text) {
        count.setText(text);
    }

    /** Whether rows can be pinned. */
    void setPinnable(boolean pinnable) {
        pin.setDisable(!pinnable);
    }

    /** Offers other runs. */
    void setPeers(Supplier<List<ResultTable.Peer>> peers) {
        ranks.setPeers(peers);
    }
}

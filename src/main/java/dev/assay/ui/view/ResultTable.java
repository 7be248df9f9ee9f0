package dev.assay.ui.view;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.Marked;
import dev.assay.text.Numbers;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A table of a result: virtualised, sortable, with a filter box, a choice of columns, copy and CSV export. Sorting and
 * filtering work in the background, so a hundred thousand rows neither stop the window nor a live run. Used on the
 * JavaFX thread.
 */
public final class ResultTable extends VBox {

    private static final PseudoClass TOTALS = PseudoClass.getPseudoClass("totals");
    private static final PseudoClass PINNED = PseudoClass.getPseudoClass("pinned");
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final int ROW_HEIGHT = 28;

    private final Worker worker;
    private final RowOutput output;
    private final Consumer<Throwable> onProblem;
    private final LatestTask ordering;
    private final LatestTask ranking;
    private final LatestTask following;
    private final RowList rows = new RowList();
    private final TableView<Integer> view = new TableView<>(rows);
    private final FilterBox filterBox = new FilterBox(this::applyFilter);
    private final Label countLabel = new Label();
    private final Label emptyLabel = new Label();
    private final MenuButton columnMenu = new MenuButton();
    private final HBox toolbar = new HBox();

    private final RowPins pins = new RowPins();
    private final IconButton pin = new IconButton("fth-bookmark", Texts.of("table.pin"), this::togglePins);
    private final RankMenu rankMenu = new RankMenu(this::rankAgainst);

    private Table table;
    private Table original;
    private Table rankedAgainst;
    private RowFilter filter = RowFilter.all();
    private Marked marked = Marked.NONE;
    private Consumer<Selection> onSelection = s -> {};
    private Consumer<Selection> onOpen = s -> {};
    private Consumer<Integer> onRow = r -> {};
    private Consumer<List<Integer>> onRows = r -> {};
    private Function<List<Integer>, List<MenuItem>> rowMenu = r -> List.of();
    private boolean live;
    private boolean reselecting;
    private boolean toTop;

    /**
     * An empty table.
     *
     * @param onProblem shown what goes wrong while exporting
     */
    public ResultTable(Worker worker, FileAsker files, Consumer<Throwable> onProblem) {
        this.worker = worker;
        output = new RowOutput(worker, files, onProblem);
        this.onProblem = onProblem;
        ordering = new LatestTask(worker);
        ranking = new LatestTask(worker);
        following = new LatestTask(worker);
        getStyleClass().add("result-table");
        buildToolbar();
        buildView();
        VBox.setVgrow(view, Priority.ALWAYS);
        getChildren().addAll(toolbar, view);
    }

    private void buildToolbar() {
        countLabel.getStyleClass().addAll(Styles.TEXT_MUTED, "count");
        countLabel.setMinWidth(Region.USE_PREF_SIZE);
        columnMenu.setGraphic(Icons.of("fth-columns"));
        columnMenu.setId("column-menu");
        columnMenu.setAccessibleText(Texts.of("table.columns"));
        Tips.on(columnMenu, Texts.of("table.columns"));
        columnMenu.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "quiet-button", Tweaks.NO_ARROW);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        toolbar.getStyleClass().add("table-toolbar");
        toolbar.setAlignment(Pos.CENTER_LEFT);
        toolbar.getChildren()
                .addAll(
                        filterBox,
                        countLabel,
                        gap,
                        rankMenu,
                        pin,
                        columnMenu,
                        new IconButton("fth-copy", Texts.of("table.copy"), COPY, this::copy),
                        new IconButton("fth-download", Texts.of("export.csv.short"), this::export));
    }

    private void buildView() {
        view.setFixedCellSize(ROW_HEIGHT);
        view.getStyleClass().addAll(Styles.DENSE);
        view.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        view.setPlaceholder(emptyLabel);
        emptyLabel.getStyleClass().add(Styles.TEXT_MUTED);
        view.setSortPolicy(v -> {
            if (reselecting) {
                return true;
            }
            if (rankedAgainst == null || keys().stream().anyMatch(k -> k.column() >= original.columns().size())) {
                reorder();
            } else {
                show(original);
            }
            return true;
        });
        view.setRowFactory(v -> new Row());
        view.setAccessibleText(Texts.of("table.name"));
        view.getSelectionModel().getSelectedItems().addListener((ListChangeListener<Integer>) c -> {
            pin.setDisable(selectedRows().isEmpty());
            if (!reselecting) {
                onRows.accept(selectedRows());
            }
        });
        pin.setId("pin-rows");
        pin.setDisable(true);
        ContextMenu menu = new ContextMenu();
        menu.setOnShowing(e -> menu.getItems().setAll(contextItems()));
        menu.getItems().setAll(new MenuItem());
        view.setContextMenu(menu);
        view.getSelectionModel().selectedItemProperty().addListener((o, before, row) -> {
            if (row != null && !reselecting && table != null) {
                onRow.accept(row);
                onSelection.accept(new Selection(table.id(), table.refs(row)));
            }
        });
        view.setOnKeyPressed(e -> {
            if (COPY.match(e)) {
                copy();
                e.consume();
            } else if (e.getCode() == KeyCode.ENTER) {
                openSelected();
                e.consume();
            }
        });
    }

    private final class Row extends TableRow<Integer> {

        Row() {
            setOnMouseClicked(e -> {
                if (e.getClickCount() == 2 && !isEmpty()) {
                    openSelected();
                }
            });
        }

        @Override
        protected void updateItem(Integer row, boolean empty) {
            super.updateItem(row, empty);
            boolean filled = !empty && row != null;
            pseudoClassStateChanged(TOTALS, filled && ResultColumns.isTotal(table, row));
            pseudoClassStateChanged(PINNED, filled && pins.isPinned(table, row));
        }
    }

    /** Called with the references of a row when it is selected. */
    public void setOnSelection(Consumer<Selection> handler) {
        onSelection = handler;
    }

    /** Called with the references of a row when it is double-clicked or Enter is pressed. */
    public void setOnOpen(Consumer<Selection> handler) {
        onOpen = handler;
    }

    /** Called with the number of the row, in the table's own order, when it is selected. */
    public void setOnRow(Consumer<Integer> handler) {
        onRow = handler;
    }

    /** Called with the numbers of all selected rows, in the table's own order, when they change. */
    public void setOnRows(Consumer<List<Integer>> handler) {
        onRows = handler;
    }

    /** Asked for further entries of the context menu of these rows each time it opens. */
    public void setRowMenu(Function<List<Integer>, List<MenuItem>> entries) {
        rowMenu = entries;
    }

    /** Offers other runs of the same analysis, to see how places have changed against one of them; none hides the button. */
    public void setPeers(Supplier<List<Peer>> peers) {
        rankMenu.setPeers(peers);
    }

    /**
     * The same table of another run.
     *
     * @param name for the user
     * @param table reads it, in the background; null when the other run has none
     */
    public record Peer(String name, Callable<Table> table) {}

    /** The numbers of the selected rows. */
    public List<Integer> selectedRows() {
        return view.getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private List<MenuItem> contextItems() {
        List<Integer> selected = selectedRows();
        List<MenuItem> items = new ArrayList<>(rowMenu.apply(selected));
        if (!items.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        boolean allPinned = !selected.isEmpty() && selected.stream().allMatch(r -> pins.isPinned(table, r));
        MenuItem toggle =
                item(Texts.of(allPinned ? "table.unpin" : "table.pin"), Icons.of("fth-bookmark"), this::togglePins);
        toggle.setDisable(selected.isEmpty());
        items.add(toggle);
        if (!pins.isEmpty()) {
            items.add(item(Texts.of("table.unpin.all"), null, () -> {
                pins.clear();
                view.refresh();
                reorder();
            }));
        }
        items.addAll(menuItems());
        return items;
    }

    private static MenuItem item(String text, Node icon, Runnable run) {
        MenuItem item = new MenuItem(text, icon);
        item.setOnAction(e -> run.run());
        return item;
    }

    private void togglePins() {
        List<Integer> selected = selectedRows();
        if (table != null && !selected.isEmpty()) {
            pins.toggle(table, selected);
            view.refresh();
            toTop = true;
            reorder();
        }
    }

    private void rankAgainst(Peer peer) {
        if (peer == null) {
            rankedAgainst = null;
            show(original);
            return;
        }
        worker.submit(
                peer.table(),
                found -> {
                    rankedAgainst = found;
                    if (found == null) {
                        countLabel.setText(Texts.of("rank.none", peer.name()));
                    } else {
                        show(original);
                    }
                },
                onProblem);
    }

    private List<RowOrder.Key> keys() {
        return view.getSortOrder().stream()
                .map(c -> new RowOrder.Key((int) c.getUserData(), c.getSortType() == TableColumn.SortType.DESCENDING))
                .toList();
    }

    /** Whether rows may still come; says so while there are none. */
    public void setLive(boolean isLive) {
        live = isLive;
        describe();
    }

    /** The filter box's text. */
    public void setFilter(String text) {
        filterBox.setText(text);
    }

    /** Selects a row by its number in the table's own order and brings it into view. */
    public void select(int row) {
        int position = rows.positionOf(row);
        if (position >= 0) {
            view.getSelectionModel().clearAndSelect(position);
            view.scrollTo(Math.max(0, position - 3));
        }
    }

    /** Selects rows by their numbers in the table's own order, without announcing it. */
    public void selectRows(List<Integer> chosen) {
        quietly(() -> {
            view.getSelectionModel().clearSelection();
            chosen.stream().mapToInt(rows::positionOf).filter(p -> p >= 0)
                    .forEach(p -> view.getSelectionModel().select(p));
        });
    }

    /** Changes what is selected without telling anybody. */
    private void quietly(Runnable change) {
        boolean before = reselecting;
        reselecting = true;
        try {
            change.run();
        } finally {
            reselecting = before;
        }
    }

    /**
     * Follows a selection made elsewhere: a single thing's row is selected, of an area only its rows are shown. The
     * handlers are not called.
     */
    public void mark(Marked now) {
        boolean narrows = marked.brushed() || now.brushed();
        marked = now;
        if (table == null) {
            return;
        }
        if (narrows) {
            reorder();
        }
        if (!now.brushed()) {
            Table looked = table;
            following.request(() -> RowMarks.first(looked, now), this::follow, onProblem);
        }
    }

    private void follow(int row) {
        Integer chosen = view.getSelectionModel().getSelectedItem();
        boolean there = chosen != null && chosen < table.rowCount() && RowMarks.on(table, marked).test(chosen);
        if (row >= 0 && !there) {
            quietly(() -> select(row));
        }
    }

    /** Shows a table, in place of the one before; with the same columns, sorting, filter and widths stay. */
    public void show(Table next) {
        original = next;
        Table other = rankedAgainst;
        if (other == null) {
            showNow(next);
        } else {
            RowOrder.Key key = RankChange.key(next, keys());
            ranking.request(() -> RankChange.of(next, other, key), this::showNow, onProblem);
        }
    }

    private void showNow(Table next) {
        boolean sameTable = table != null && table.id().equals(next.id());
        boolean sameColumns = table != null && table.columns().equals(next.columns());
        table = next;
        if (next == original) {
            pins.show(next);
        }
        if (!sameColumns) {
            List<TableColumn<Integer, ?>> sorted = sameTable ? List.copyOf(view.getSortOrder()) : List.of();
            quietly(() -> {
                buildColumns();
                view.getSortOrder().setAll(ResultColumns.alike(sorted, view.getColumns()));
            });
        }
        if (sameColumns && rows.size() > 0) {
            view.refresh();
        }
        reorder();
    }

    private void buildColumns() {
        filterBox.showExample(table.columns());
        view.getColumns().clear();
        columnMenu.getItems().clear();
        List<TableColumn<Integer, Object>> columns = ResultColumns.of(table, () -> table);
        view.getColumns().addAll(columns);
        for (TableColumn<Integer, Object> column : columns) {
            CheckMenuItem item = new CheckMenuItem(((Label) column.getGraphic()).getText());
            item.setMnemonicParsing(false);
            item.setSelected(true);
            column.visibleProperty().bind(item.selectedProperty());
            columnMenu.getItems().add(item);
        }
    }

    private void applyFilter() {
        if (table == null) {
            return;
        }
        try {
            filter = filterBox.filter(table.columns());
            toTop = true;
            reorder();
        } catch (IllegalArgumentException e) {
            countLabel.setText(e.getMessage());
        }
    }

    private void reorder() {
        if (table == null) {
            return;
        }
        Table ordered = table;
        RowFilter wanted = RowMarks.narrow(filter, table, marked);
        List<RowOrder.Key> keys = keys();
        RowPins.Placed placed = pins.placed();
        if (wanted.isEmpty() && keys.isEmpty() && pins.isEmpty()) {
            ordering.cancel();
            showOrder(RowOrder.of(ordered, wanted, keys));
        } else {
            ordering.request(() -> {
                int[] order = RowOrder.of(ordered, wanted, keys);
                return placed.pinned().isEmpty()
                        ? order
                        : placed.onTop(ordered, order, RowOrder.of(ordered, RowFilter.all(), keys));
            }, this::showOrder, onProblem);
        }
    }

    private void showOrder(int[] order) {
        quietly(() -> {
            List<Integer> selected = selectedRows();
            if (rows.show(order)) {
                selectRows(selected);
            }
        });
        if (toTop) {
            // Where one was in the rows before says nothing about these.
            toTop = false;
            view.scrollTo(0);
        }
        describe();
    }

    private void describe() {
        if (table == null) {
            return;
        }
        int all = table.rowCount();
        countLabel.setText(rows.size() == all
                ? Texts.of("table.rows", Numbers.count(all), all)
                : Texts.of("table.rows.of", Numbers.count(rows.size()), Numbers.count(all)));
        emptyLabel.setText(
                all > 0 ? Texts.of("table.no.match")
                        : live ? Texts.of("table.live") : Texts.of("table.empty"));
    }

    private void openSelected() {
        Integer row = view.getSelectionModel().getSelectedItem();
        if (row != null) {
            onOpen.accept(new Selection(table.id(), table.refs(row)));
        }
    }

    /** Entries for a card's menu. */
    public List<MenuItem> menuItems() {
        return List.of(
                item(Texts.of("table.copy"), Icons.of("fth-copy"), this::copy),
                item(Texts.of("export.csv.short"), Icons.of("fth-download"), this::export));
    }

    /** Copies the selected rows, or all that are shown when none is, with all digits. */
    public void copy() {
        if (table == null) {
            return;
        }
        List<Integer> selected = selectedRows();
        output.copy(table, selected.isEmpty() ? rows : selected);
    }

    /** Asks for a file and writes the rows that are shown, in their order, as CSV. */
    public void export() {
        if (table == null) {
            return;
        }
        output.export(table, rows, countLabel::setText);
    }
}

package dev.assay.ui.view;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.Marked;
import dev.assay.text.Numbers;
import dev.assay.report.RowKeys;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * A table of a result: virtualised, sortable, with a filter box, a choice of columns, copy and CSV export. Sorting and
 * filtering work in the background, so a hundred thousand rows neither stop the window nor a live run. Used on the
 * JavaFX thread.
 */
public final class ResultTable extends VBox {

    private static final PseudoClass TOTALS = PseudoClass.getPseudoClass("totals");
    private static final PseudoClass PINNED = PseudoClass.getPseudoClass("pinned");
    static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final int ROW_HEIGHT = 28;

    /** More rows than this are counted in the background. */
    private static final int ORDERED_AT_ONCE = 200_000;

    /** In a table of more rows than this, what names a row is looked for in the background. */
    private static final int NAMED_AT_ONCE = 5_000;

    private final RowOutput output;
    private final Consumer<Throwable> onProblem;
    private final LatestTask ordering;
    private final LatestTask naming;
    private final TableRanks ranks;
    private final LatestTask following;
    private final RowList rows = new RowList();
    private final TableView<Integer> view = new RowsView();
    private final RowSelection selection = new RowSelection(view);
    private final Label emptyLabel = new Label();
    private final RowPins pins = new RowPins();
    private final TableBar bar =
            new TableBar(this::applyFilter, this::rankAgainst, this::togglePins, this::copy, this::export);
    private final RowMenu menu = new RowMenu();
    private PinnedRows pinned;

    private Table table;
    private Table original;
    private RowFilter filter = RowFilter.all();
    private Marked marked = Marked.NONE;
    private Consumer<Selection> onSelection = s -> {};
    private Consumer<Selection> onOpen = s -> {};
    private Consumer<Integer> onRow = r -> {};
    private Consumer<List<Integer>> onRows = r -> {};
    private Function<List<Integer>, List<MenuItem>> rowMenu = r -> List.of();
    private List<Integer> toSelect;
    private boolean live;
    private boolean reselecting;
    private boolean toTop;

    /**
     * An empty table.
     *
     * @param onProblem shown what goes wrong while exporting
     */
    public ResultTable(Worker worker, FileAsker files, Consumer<Throwable> onProblem) {
        output = new RowOutput(worker, files, onProblem);
        this.onProblem = onProblem;
        ordering = new LatestTask(worker);
        ranks = new TableRanks(worker, onProblem);
        naming = new LatestTask(worker);
        following = new LatestTask(worker);
        getStyleClass().add("result-table");
        buildView();
        VBox.setVgrow(view, Priority.ALWAYS);
        Stages.fill(this, List.of(bar, view));
    }

    private void buildView() {
        view.setSelectionModel(selection);
        view.setFixedCellSize(ROW_HEIGHT);
        Stages.grow(view, ROW_HEIGHT);
        view.getStyleClass().addAll(Styles.DENSE);
        view.setPlaceholder(emptyLabel);
        emptyLabel.getStyleClass().add(Styles.TEXT_MUTED);
        view.setRowFactory(v -> new Row());
        view.setAccessibleText(Texts.of("table.name"));
        selection.getSelectedItems().addListener((ListChangeListener<Integer>) c -> {
            bar.setPinnable(!selection.isEmpty());
            if (!reselecting) {
                toSelect = null;
                onRows.accept(selectedRows());
            }
        });
        view.setOnContextMenuRequested(e -> {
            showMenu(e.getScreenX(), e.getScreenY());
            e.consume();
        });
        selection.selectedItemProperty().addListener((o, before, row) -> {
            if (isThere(row) && !reselecting) {
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

    /** Sorts in the background. The usual way would also compare all selected rows with each other: minutes, if many are. */
    private final class RowsView extends TableView<Integer> {

        RowsView() {
            super(rows);
        }

        @Override
        public void sort() {
            if (table == null || reselecting) {
                return;
            }
            if (ranks.isOff() || keys().stream().anyMatch(k -> k.column() >= original.columns().size())) {
                reorder();
            } else {
                show(original);
            }
        }
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
            pseudoClassStateChanged(PINNED, filled && pins.isPinned(row));
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
        bar.setPeers(peers);
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
        return selection.getSelectedItems().stream()
                .filter(this::isThere)
                .toList();
    }

    /** A shorter table may have been shown whose rows are still being sorted. */
    private boolean isThere(Integer row) {
        return row != null && table != null && row < table.rowCount();
    }

    private void showMenu(double screenX, double screenY) {
        List<Integer> selected = selectedRows();
        boolean all = !selected.isEmpty() && selected.stream().allMatch(r -> pins.isPinned(r));
        menu.show(
                view, screenX, screenY, rowMenu.apply(selected),
                new RowMenu.Pins(
                        !pins.isEmpty(), all, selected.isEmpty() ? null : this::togglePins, () -> {
                            pins.clear();
                            reorder();
                        }),
                menuItems());
    }

    private void togglePins() {
        List<Integer> selected = selectedRows();
        if (table == null || selected.isEmpty()) {
            return;
        }
        Table named = table;
        if (named.rowCount() <= NAMED_AT_ONCE) {
            togglePins(named, selected, RowKeys.of(List.of(named)));
        } else {
            naming.request(() -> RowKeys.of(List.of(named)), names -> togglePins(named, selected, names), onProblem);
        }
    }

    private void togglePins(Table named, List<Integer> selected, List<String> names) {
        if (table != null && table.columns().equals(named.columns())) {
            pins.toggle(named, selected, names);
            toTop = true;
            reorder();
        }
    }

    private void rankAgainst(Peer peer) {
        ranks.against(peer, () -> {
            if (original != null) {
                show(original);
            }
        }, bar::say);
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
        bar.filter().setText(text);
    }

    /** Selects a row by its number in the table's own order and brings it into view. */
    public void select(int row) {
        int position = rows.positionOf(row);
        if (position >= 0) {
            selection.clearAndSelect(position);
            view.scrollTo(Math.max(0, position - 3));
        }
    }

    /**
     * Selects rows by their numbers in the table's own order, without announcing it; those of a table that is still being
     * sorted, when it is shown.
     */
    public void selectRows(List<Integer> chosen) {
        toSelect = ordering.busyProperty().get() ? List.copyOf(chosen) : null;
        reselect(chosen);
    }

    private void reselect(List<Integer> chosen) {
        quietly(() -> selection.set(rows.positionsOf(chosen)));
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
        Integer chosen = selection.getSelectedItem();
        boolean there = isThere(chosen) && RowMarks.on(table, marked).test(chosen);
        if (row >= 0 && !there) {
            quietly(() -> select(row));
        }
    }

    /** Shows a table, in place of the one before; with the same columns, sorting, filter and widths stay. */
    public void show(Table next) {
        original = next;
        ranks.show(next, RankChange.key(next, keys()), this::showNow);
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
            filter = filterOfNow();
        }
        if (sameColumns) {
            ResultColumns.widen(view.getColumns(), next);
        }
        if (sameColumns && rows.size() > 0) {
            view.refresh();
        }
        reorder();
    }

    private void buildColumns() {
        List<TableColumn<Integer, Object>> columns = ResultColumns.of(table, () -> table);
        view.getColumns().setAll(columns);
        bar.show(table, columns);
    }

    /** What is written in the filter box about the columns as they are now; every row when it is about others. */
    private RowFilter filterOfNow() {
        try {
            return bar.filter().filter(table.columns());
        } catch (IllegalArgumentException e) {
            return RowFilter.all();
        }
    }

    private void applyFilter() {
        if (table == null) {
            return;
        }
        try {
            filter = bar.filter().filter(table.columns());
            toTop = true;
            reorder();
        } catch (IllegalArgumentException e) {
            bar.say(e.getMessage());
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
        if (wanted.isEmpty() && keys.isEmpty() && pins.isEmpty() && table.rowCount() <= ORDERED_AT_ONCE) {
            ordering.cancel();
            showOrder(ordered, placed.order(ordered, wanted, keys));
        } else {
            ordering.request(
                    () -> placed.order(ordered, wanted, keys), order -> showOrder(ordered, order), onProblem);
        }
    }

    private void showOrder(Table ordered, RowPins.Order found) {
        int[] order = found.rows();
        List<Integer> wanted = toSelect;
        if (pins.found(found.pinned())) {
            view.refresh();
        }
        quietly(() -> {
            if (wanted == null && rows.growsTo(order)) {
                rows.show(order);
            } else {
                List<Integer> selected = wanted == null ? selectedRows() : wanted;
                // Left to the view, each selected row would be looked for among all others.
                selection.clearSelection();
                rows.show(order);
                reselect(selected);
            }
        });
        if (ordered == table) {
            toSelect = null;
        }
        if (toTop) {
            // Where one was in the rows before says nothing about these.
            toTop = false;
            view.scrollTo(0);
        }
        showPinned();
        describe();
    }

    /** The pinned rows are the first ones; they stay in sight when the others are scrolled. */
    private void showPinned() {
        if (pinned == null && !pins.isEmpty()) {
            int place = getChildren().indexOf(view);
            pinned = new PinnedRows(view, this::openSelected);
            VBox.setVgrow(pinned, Priority.ALWAYS);
            getChildren().add(place, pinned);
        }
        if (pinned != null) {
            pinned.show(rows.stream().takeWhile(r -> pins.isPinned(r)).toList());
        }
    }

    private void describe() {
        if (table == null) {
            return;
        }
        int all = table.rowCount();
        bar.say(rows.size() == all
                ? Texts.of("table.rows", Numbers.count(all), all)
                : Texts.of("table.rows.of", Numbers.count(rows.size()), Numbers.count(all)));
        emptyLabel.setText(
                all > 0 ? Texts.of("table.no.match")
                        : live ? Texts.of("table.live") : Texts.of("table.empty"));
    }

    private void openSelected() {
        Integer row = selection.getSelectedItem();
        if (isThere(row)) {
            onOpen.accept(new Selection(table.id(), table.refs(row)));
        }
    }

    /** Entries for a card's menu. */
    public List<MenuItem> menuItems() {
        return List.of(
                RowMenu.item(Texts.of("table.copy"), Icons.of("fth-copy"), this::copy),
                RowMenu.item(Texts.of("export.csv.short"), Icons.of("fth-download"), this::export));
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
        output.export(table, rows, bar::say);
    }
}

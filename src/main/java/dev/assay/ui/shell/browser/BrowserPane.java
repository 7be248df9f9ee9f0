package dev.assay.ui.shell.browser;

import dev.assay.run.RunView;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.browser.BrowserEntry.Group;
import dev.assay.ui.shell.browser.BrowserEntry.Hint;
import dev.assay.ui.shell.browser.BrowserEntry.Opened;
import dev.assay.ui.shell.browser.BrowserEntry.Ran;
import dev.assay.ui.shell.browser.BrowserEntry.Written;
import dev.assay.ui.shell.open.OpenItem;
import dev.assay.workspace.StoredReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Models, datasets, other files and runs as rows with an icon, a name and one muted fact. JavaFX thread only. */
public final class BrowserPane extends VBox {

    /** What the rows can do; called on the JavaFX thread. */
    public interface Handler {

        /** Shows an open input in its tab. */
        void show(OpenItem item);

        /** Opens a failed input anew. */
        void retry(OpenItem item);

        /** Opens the same file with other reading options. */
        void openWithOptions(OpenItem item);

        /** Closes an input. */
        void close(OpenItem item);

        /** Shows a file in the system's file manager. */
        void reveal(OpenItem item);

        /** Shows a run in its tab. */
        void show(RunView run);

        /** Fills the inspector with a run's analysis, inputs and parameters. */
        void prepareAgain(RunView run);

        /** Copies a run as a command line. */
        void copyCommand(RunView run);

        /** Shows a run's folder in the system's file manager. */
        void reveal(RunView run);

        /** Stops a run. */
        void stop(RunView run);

        /** Takes ended runs and their files away. */
        void delete(List<RunView> chosen);

        /** Shows runs beside each other. */
        void compare(List<RunView> chosen);

        /** Makes a report of runs. */
        void report(List<RunView> chosen);

        /** Shows a report in its tab. */
        void show(StoredReport report);

        /** Takes a report away. */
        void delete(StoredReport report);
    }

    private final TreeView<BrowserEntry> tree = new TreeView<>();
    private final TreeItem<BrowserEntry> models = group(Texts.of("browser.models"), Texts.of("browser.models.none"));
    private final TreeItem<BrowserEntry> datasets =
            group(Texts.of("browser.datasets"), Texts.of("browser.datasets.none"));
    private final TreeItem<BrowserEntry> others = group(Texts.of("browser.others"), "");
    private final TreeItem<BrowserEntry> runs = group(Texts.of("browser.runs"), Texts.of("browser.runs.none"));
    private final TreeItem<BrowserEntry> reports = group(Texts.of("browser.reports"), Texts.of("browser.reports.none"));
    private final Handler handler;
    private final ObservableList<OpenItem> items;

    /**
     * A browser.
     *
     * @param items what is open; changes of an item are list changes too
     * @param title name and fact of a run in a row
     */
    public BrowserPane(
            ObservableList<OpenItem> items,
            ObservableList<RunView> runList,
            Function<RunView, String> title,
            Handler handler) {
        this.items = items;
        this.handler = handler;
        setId("browser");
        getStyleClass().add("browser");
        Label heading = new Label(Texts.of("browser.title"));
        heading.getStyleClass().addAll("panel-title", "panel-heading");
        TreeItem<BrowserEntry> root = new TreeItem<>(new Group("", ""));
        root.setExpanded(true);
        root.getChildren().setAll(List.of(models, datasets, runs, reports));
        tree.setId("browser-tree");
        tree.setAccessibleText(Texts.of("browser.name"));
        tree.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        tree.setRoot(root);
        tree.setShowRoot(false);
        tree.setCellFactory(v -> new BrowserCell(title, handler, this::selectedRuns));
        tree.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                selected().ifPresent(this::activate);
            } else if (e.getCode() == KeyCode.DELETE) {
                selected().ifPresent(this::takeAway);
            }
        });
        tree.setOnContextMenuRequested(e -> {
            if (e.isKeyboardTrigger()) {
                selectedCell().ifPresent(BrowserCell::showMenu);
            }
        });
        VBox.setVgrow(tree, Priority.ALWAYS);
        getChildren().addAll(heading, tree);
        items.addListener((ListChangeListener<OpenItem>) c -> showItems());
        runList.addListener((ListChangeListener<RunView>) c -> showRuns(runList));
        showItems();
        showRuns(runList);
        showReports(List.of());
    }

    /** Shows the workspace's reports. */
    public void showReports(List<StoredReport> list) {
        fill(Map.of(reports, list.stream().map(Written::new).toList()));
    }

    /** The runs among the selected rows, from top to bottom. */
    public List<RunView> selectedRuns() {
        return tree.getSelectionModel().getSelectedItems().stream()
                .map(i -> i != null && i.getValue() instanceof Ran ran ? ran.run() : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private static TreeItem<BrowserEntry> group(String title, String hint) {
        TreeItem<BrowserEntry> item = new TreeItem<>(new Group(title, hint));
        item.setExpanded(true);
        return item;
    }

    private void showItems() {
        List<Opened> rest = items.stream()
                .filter(i -> !i.isDataset() && !inModels(i))
                .map(Opened::new)
                .toList();
        fill(Map.of(
                models, items.stream().filter(BrowserPane::inModels).map(Opened::new).toList(),
                datasets, items.stream().filter(OpenItem::isDataset).map(Opened::new).toList(),
                others, rest));
        tree.refresh();
    }

    private static boolean inModels(OpenItem item) {
        return item.isModel();
    }

    private void showRuns(List<RunView> list) {
        fill(Map.of(runs, list.stream().map(Ran::new).toList()));
    }

    /**
     * Fills groups where their rows are others than before. What is selected stays so wherever it goes; the tree alone would
     * select whatever takes its place, and take the square of the number of selected rows for it.
     */
    private void fill(Map<TreeItem<BrowserEntry>, List<? extends BrowserEntry>> groups) {
        Map<TreeItem<BrowserEntry>, List<BrowserEntry>> changed = new LinkedHashMap<>();
        groups.forEach((group, entries) -> {
            List<BrowserEntry> wanted = rows(group, entries);
            if (!wanted.equals(group.getChildren().stream().map(TreeItem::getValue).toList())) {
                changed.put(group, wanted);
            }
        });
        if (changed.isEmpty()) {
            return;
        }
        Set<BrowserEntry> before = selectedEntries();
        tree.getSelectionModel().clearSelection();
        changed.forEach((group, wanted) -> group.getChildren().setAll(wanted.stream().map(TreeItem::new).toList()));
        ObservableList<TreeItem<BrowserEntry>> shown = tree.getRoot().getChildren();
        if (others.getChildren().isEmpty()) {
            shown.remove(others);
        } else if (!shown.contains(others)) {
            shown.add(2, others);
        }
        select(before);
    }

    private static List<BrowserEntry> rows(TreeItem<BrowserEntry> group, List<? extends BrowserEntry> entries) {
        String hint = ((Group) group.getValue()).hint();
        return entries.isEmpty() && !hint.isEmpty() ? List.of(new Hint(hint)) : List.copyOf(entries);
    }

    /** All at once: one by one takes the square of their number. */
    private void select(Set<BrowserEntry> wanted) {
        List<Integer> rows = new ArrayList<>();
        for (TreeItem<BrowserEntry> group : tree.getRoot().getChildren()) {
            int row = tree.getRow(group);
            if (wanted.contains(group.getValue())) {
                rows.add(row);
            }
            row++;
            for (TreeItem<BrowserEntry> child : group.isExpanded() ? group.getChildren()
                    : List.<TreeItem<BrowserEntry>>of()) {
                if (wanted.contains(child.getValue())) {
                    rows.add(row);
                }
                row++;
            }
        }
        tree.getSelectionModel().clearSelection();
        if (!rows.isEmpty()) {
            tree.getSelectionModel().selectIndices(
                    rows.getFirst(), rows.stream().skip(1).mapToInt(Integer::intValue).toArray());
        }
    }

    private Set<BrowserEntry> selectedEntries() {
        return tree.getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .map(TreeItem::getValue)
                .collect(Collectors.toSet());
    }

    private Optional<BrowserEntry> selected() {
        return Optional.ofNullable(tree.getSelectionModel().getSelectedItem()).map(TreeItem::getValue);
    }

    private void select(BrowserEntry entry) {
        for (TreeItem<BrowserEntry> group : tree.getRoot().getChildren()) {
            for (TreeItem<BrowserEntry> child : group.getChildren()) {
                if (child.getValue().equals(entry)) {
                    tree.getSelectionModel().clearAndSelect(tree.getRow(child));
                    return;
                }
            }
        }
    }

    private Optional<BrowserCell> selectedCell() {
        TreeItem<BrowserEntry> item = tree.getSelectionModel().getSelectedItem();
        return tree.lookupAll(".browser-cell").stream()
                .filter(BrowserCell.class::isInstance)
                .map(BrowserCell.class::cast)
                .filter(c -> item != null && c.getTreeItem() == item && !c.isEmpty())
                .findFirst();
    }

    private void takeAway(BrowserEntry entry) {
        switch (entry) {
            case Opened opened -> handler.close(opened.item());
            case Ran ran -> {
                List<RunView> chosen = selectedRuns();
                if (chosen.stream().allMatch(r -> r.state().isFinal())) {
                    handler.delete(chosen);
                }
            }
            case Written written -> handler.delete(written.report());
            case Group g -> {}
            case Hint h -> {}
        }
    }

    private void activate(BrowserEntry entry) {
        switch (entry) {
            case Opened opened -> handler.show(opened.item());
            case Ran ran -> handler.show(ran.run());
            case Written written -> handler.show(written.report());
            case Group g -> {}
            case Hint h -> {}
        }
    }

    /** Shows the rows' changing facts anew; cheap when nothing changed. */
    public void refreshFacts() {
        tree.lookupAll(".browser-cell").stream()
                .filter(BrowserCell.class::isInstance)
                .forEach(c -> ((BrowserCell) c).refreshFact());
    }

    /** Shows the rows' names anew. */
    public void refreshTitles() {
        tree.refresh();
    }

    /** Selects these runs' rows. */
    public void select(List<RunView> chosen) {
        select(chosen.stream().map(Ran::new).collect(Collectors.toSet()));
    }

    /** Selects a run's row. */
    public void selectRun(RunView run) {
        select(new Ran(run));
    }

    /** The runs among the rows, for tests and for the keyboard. */
    public List<String> runIds() {
        return runs.getChildren().stream()
                .map(i -> i.getValue() instanceof Ran ran ? ran.run().id() : null)
                .filter(Objects::nonNull)
                .toList();
    }
}

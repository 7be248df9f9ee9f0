package dev.assay.ui.shell.frame;

import dev.assay.ui.EmptyState;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.tabs.TabContent;
import dev.assay.ui.view.Stages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/**
 * The tabs. A tab is there at once, with a placeholder until its content can be made; content is made when the tab is
 * first looked at. JavaFX thread only.
 */
public final class TabHost extends StackPane {

    private static final double LEAST_WINDOW = 480;
    private static final KeyCombination CLOSE = new KeyCodeCombination(KeyCode.W, KeyCombination.SHORTCUT_DOWN);

    private final TabPane pane = new TabPane();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Consumer<Stage> prepareWindow;
    private final List<Runnable> onChange = new ArrayList<>();

    private static final class Entry {
        private final Tab tab;
        private Supplier<TabContent> maker;
        private TabContent content;
        private TabScroll place;
        private Stage window;

        private Entry(Tab tab) {
            this.tab = tab;
        }
    }

    /**
     * No tabs yet.
     *
     * @param welcome shown while there are none
     * @param prepareWindow gives a window that a tab is moved to its looks, icon and owner
     */
    public TabHost(Node welcome, Consumer<Stage> prepareWindow) {
        this.prepareWindow = prepareWindow;
        pane.setId("tabs");
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        pane.setTabDragPolicy(TabPane.TabDragPolicy.REORDER);
        pane.setTabMaxWidth(220);
        pane.addEventFilter(DragEvent.DRAG_OVER, e -> underPointer(e).ifPresent(pane.getSelectionModel()::select));
        BooleanBinding empty = Bindings.isEmpty(pane.getTabs());
        welcome.visibleProperty().bind(empty);
        pane.visibleProperty().bind(empty.not());
        pane.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            build(is);
            onChange.forEach(Runnable::run);
        });
        getChildren().addAll(welcome, pane);
    }

    /** The tab on whose title something is dragged: it comes to the front, so that it can be dropped into it. */
    private Optional<Tab> underPointer(DragEvent drag) {
        Node node = drag.getPickResult().getIntersectedNode();
        while (node != null && node != pane && !node.getStyleClass().contains("tab")) {
            node = node.getParent();
        }
        if (node == null || node == pane) {
            return Optional.empty();
        }
        // The skin keeps the titles in the order of the tabs.
        int index = node.getParent().getChildrenUnmodifiable().indexOf(node);
        return index < pane.getTabs().size() ? Optional.of(pane.getTabs().get(index)) : Optional.empty();
    }

    /**
     * Shows a tab, making it when there is none of that key.
     *
     * @param title shown until the content has its own
     * @param icon Ikonli code
     */
    public void show(String key, String title, String icon, Supplier<TabContent> maker) {
        Entry entry = entries.computeIfAbsent(key, k -> newTab(k, title, icon));
        if (entry.content == null) {
            entry.maker = maker;
        }
        if (entry.window != null) {
            entry.window.toFront();
            return;
        }
        pane.getSelectionModel().select(entry.tab);
        build(entry.tab);
    }

    /**
     * Adds a tab without showing it.
     *
     * @param maker makes its content when it is first looked at; null while it has to wait for {@link #fill}
     */
    public void add(String key, String title, String icon, Supplier<TabContent> maker) {
        if (!entries.containsKey(key)) {
            Entry entry = newTab(key, title, icon);
            entry.maker = maker;
            if (maker == null) {
                entry.tab.setContent(placeholder());
            }
            entries.put(key, entry);
            if (pane.getSelectionModel().getSelectedItem() == entry.tab) {
                build(entry.tab);
            }
        }
    }

    /** Selects a tab if there is one of that key. */
    public void select(String key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.window == null) {
            pane.getSelectionModel().select(entry.tab);
        }
    }

    /** Is told when tabs are opened, closed or selected. */
    public void addOnChange(Runnable listener) {
        onChange.add(listener);
    }

    /** Moves the tab that is looked at to a window of its own; closing that brings it back. */
    public void detachSelected() {
        selectedKey().ifPresent(this::detach);
    }

    /** Moves a tab to a window of its own. */
    public void detach(String key) {
        Entry entry = entries.get(key);
        if (entry == null || entry.window != null) {
            return;
        }
        build(entry.tab);
        if (entry.content == null) {
            return; // still opening
        }
        double width = Math.max(LEAST_WINDOW, getWidth());
        double height = Math.max(LEAST_WINDOW, getHeight());
        pane.getTabs().remove(entry.tab);
        entry.tab.setContent(null);
        Stage window = new Stage();
        entry.window = window;
        StackPane root = new StackPane(entry.place);
        root.getStyleClass().add("detached");
        Scene scene = new Scene(root, width, height);
        scene.getAccelerators().put(CLOSE, window::close);
        window.setScene(scene);
        window.titleProperty().bind(entry.content.title());
        prepareWindow.accept(window);
        window.setOnHidden(e -> attach(key, entry));
        window.show();
    }

    /** Brings a tab back from its window. */
    private void attach(String key, Entry entry) {
        Stage window = entry.window;
        entry.window = null;
        if (entries.get(key) == entry) {
            window.titleProperty().unbind();
            window.setScene(new Scene(new StackPane()));
            entry.tab.setContent(entry.place);
            pane.getTabs().add(entry.tab);
            pane.getSelectionModel().select(entry.tab);
        }
    }

    /** The windows of detached tabs. */
    public List<Stage> windows() {
        return entries.values().stream().map(e -> e.window).filter(Objects::nonNull).toList();
    }

    /** Shows content, or selects the tab that shows the same thing. */
    public void show(TabContent content) {
        show(content.key(), content.title().get(), content.icon(), () -> content);
        if (entries.get(content.key()).content != content) {
            content.close();
        }
    }

    /** Shows a tab that waits for something to be opened. */
    public void showPlaceholder(String key, String title, String icon) {
        Entry entry = entries.computeIfAbsent(key, k -> newTab(k, title, icon));
        if (entry.content == null) {
            entry.tab.setContent(placeholder());
        }
        pane.getSelectionModel().select(entry.tab);
    }

    /** Whether there is a tab that has nothing to show yet. */
    public boolean isWaiting(String key) {
        Entry entry = entries.get(key);
        return entry != null && entry.content == null && entry.maker == null;
    }

    /** Gives a waiting tab its content, made when it is looked at; does nothing when the tab was closed in the meantime. */
    public void fill(String key, String icon, Supplier<TabContent> maker) {
        Entry entry = entries.get(key);
        if (entry != null && entry.content == null) {
            entry.maker = maker;
            entry.tab.setGraphic(Icons.of(icon));
            if (pane.getSelectionModel().getSelectedItem() == entry.tab) {
                build(entry.tab);
            }
        }
    }

    private Entry newTab(String key, String title, String icon) {
        Tab tab = new Tab(title);
        tab.setGraphic(Icons.of(icon));
        tab.setOnClosed(e -> closed(key));
        tab.setContextMenu(menu(key));
        pane.getTabs().add(tab);
        return new Entry(tab);
    }

    private ContextMenu menu(String key) {
        MenuItem detach = new MenuItem(Texts.of("tab.detach"));
        detach.setOnAction(e -> detach(key));
        MenuItem close = new MenuItem(Texts.of("close"));
        close.setOnAction(e -> close(key));
        MenuItem others = new MenuItem(Texts.of("tab.close.others"));
        others.setOnAction(
                e -> List.copyOf(entries.keySet()).stream().filter(k -> !k.equals(key)).forEach(this::close));
        MenuItem all = new MenuItem(Texts.of("tab.close.all"));
        all.setOnAction(e -> closeAll());
        return new ContextMenu(detach, new SeparatorMenuItem(), close, others, all);
    }

    private void build(Tab tab) {
        for (Map.Entry<String, Entry> named : entries.entrySet()) {
            Entry entry = named.getValue();
            if (entry.tab == tab && entry.content == null && entry.maker != null) {
                entry.content = entry.maker.get();
                entry.place = new TabScroll(entry.content.node());
                entry.maker = null;
                tab.textProperty().bind(entry.content.title());
                tab.setGraphic(Icons.of(entry.content.icon()));
                Tooltip tip = new Tooltip();
                tip.textProperty().bind(entry.content.title());
                tab.setTooltip(tip);
                // Making the content and styling it are each a pulse's work.
                Stages.run(() -> {}, () -> put(named.getKey(), entry));
                return;
            }
        }
    }

    /** Puts made content into its tab, unless that was closed or moved to a window of its own meanwhile. */
    private void put(String key, Entry entry) {
        if (entries.get(key) == entry && entry.window == null) {
            entry.tab.setContent(entry.place);
        }
    }

    /**
     * Does something that styles everything anew. Tabs that are not looked at leave the scene for it and come back one a
     * pulse: all at once would hold the window up.
     */
    public void restyle(Runnable change) {
        List<Runnable> back = new ArrayList<>(List.of(() -> {}));
        entries.forEach((key, entry) -> {
            if (entry.content != null && entry.window == null && !entry.tab.isSelected()) {
                entry.tab.setContent(null);
                back.add(() -> put(key, entry));
            }
        });
        change.run();
        Stages.run(back.toArray(Runnable[]::new));
    }

    private static Node placeholder() {
        ProgressIndicator busy = new ProgressIndicator();
        busy.setMaxSize(32, 32);
        busy.setAccessibleText(Texts.of("tab.opening.name"));
        EmptyState state = new EmptyState("fth-loader", Texts.of("tab.opening"));
        state.getChildren().set(0, busy);
        StackPane.setAlignment(state, Pos.CENTER);
        return new StackPane(state);
    }

    private void closed(String key) {
        Entry entry = entries.remove(key);
        if (entry != null && entry.content != null) {
            entry.tab.textProperty().unbind();
            entry.content.close();
        }
        if (entry != null && entry.window != null) {
            entry.window.close();
        }
        onChange.forEach(Runnable::run);
    }

    /** Closes the tab of that key if there is one. */
    public void close(String key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            pane.getTabs().remove(entry.tab);
            closed(key);
        }
    }

    /** Closes all tabs. */
    public void closeAll() {
        new ArrayList<>(entries.keySet()).forEach(this::close);
    }

    /** Closes the tab that is looked at. */
    public void closeSelected() {
        selectedKey().ifPresent(this::close);
    }

    /** Selects the next or, with -1, the previous tab, around the ends. */
    public void step(int by) {
        int count = pane.getTabs().size();
        if (count > 0) {
            pane.getSelectionModel()
                    .select(Math.floorMod(pane.getSelectionModel().getSelectedIndex() + by, count));
        }
    }

    /** The content of a tab, once it was looked at. */
    public Optional<TabContent> content(String key) {
        return Optional.ofNullable(entries.get(key)).map(e -> e.content);
    }

    /** The key of the tab that is looked at. */
    public Optional<String> selectedKey() {
        Tab selected = pane.getSelectionModel().getSelectedItem();
        return entries.entrySet().stream()
                .filter(e -> e.getValue().tab == selected)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The keys of all tabs in the order in which they stand; those in windows of their own are last. */
    public List<String> keys() {
        return entries.entrySet().stream()
                .sorted(Comparator.comparingInt(e -> place(e.getValue().tab)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private int place(Tab tab) {
        int index = pane.getTabs().indexOf(tab);
        return index < 0 ? Integer.MAX_VALUE : index;
    }

    /** Whether there are no tabs. */
    public BooleanBinding empty() {
        return Bindings.isEmpty(pane.getTabs());
    }
}

package dev.assay.ui.shell.actions;

import atlantafx.base.theme.Styles;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Region;

/** All actions of the window in the order of the menus, and the controls made from them. */
public final class ActionList {

    private final Map<String, UiAction> byId = new LinkedHashMap<>();
    private final Map<String, KeyCombination> originals = new LinkedHashMap<>();
    private final Map<String, MenuItem> items = new LinkedHashMap<>();
    private final Map<String, List<IconButton>> buttons = new LinkedHashMap<>();

    /**
     * Adds actions.
     *
     * @throws IllegalArgumentException when an id or a shortcut is taken
     */
    public void add(UiAction... actions) {
        for (UiAction action : actions) {
            for (UiAction other : byId.values()) {
                if (action.accelerator() != null && action.accelerator().equals(other.accelerator())) {
                    throw new IllegalArgumentException(
                            action.id() + " and " + other.id() + " share " + action.shortcut());
                }
            }
            if (byId.putIfAbsent(action.id(), action) != null) {
                throw new IllegalArgumentException("two actions are called " + action.id());
            }
            originals.put(action.id(), action.accelerator());
        }
    }

    /**
     * Gives an action another shortcut, in menus and tooltips too.
     *
     * @param keys null for none
     * @return the action that has the shortcut already, in which case nothing is changed
     */
    public Optional<UiAction> rebind(String id, KeyCombination keys) {
        Optional<UiAction> taken = keys == null
                ? Optional.empty()
                : byId.values().stream()
                        .filter(a -> !a.id().equals(id) && a.accelerator() != null
                                && alike(a.accelerator(), keys))
                        .findFirst();
        if (taken.isEmpty()) {
            UiAction changed = get(id).with(keys);
            byId.put(id, changed);
            if (items.containsKey(id)) {
                items.get(id).setAccelerator(keys);
            }
            buttons.getOrDefault(id, List.of()).forEach(b -> b.describe(described(changed), keys));
        }
        return taken;
    }

    /** Shortcut and Ctrl are one key on this system or not; what is shown to the user tells. */
    private static boolean alike(KeyCombination a, KeyCombination b) {
        return a.equals(b) || a.getDisplayText().equals(b.getDisplayText());
    }

    /** The shortcut with which an action was declared; null for none. */
    public KeyCombination original(String id) {
        return originals.get(id);
    }

    private static String described(UiAction action) {
        return action.text().replace("\u2026", "");
    }

    /** All of them. */
    public List<UiAction> all() {
        return List.copyOf(byId.values());
    }

    /**
     * The action of that id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public UiAction get(String id) {
        UiAction action = byId.get(id);
        if (action == null) {
            throw new IllegalArgumentException("there is no action " + id);
        }
        return action;
    }

    /**
     * The menu bar.
     *
     * @param extra menus to be put behind the first section of the menu of that name
     */
    public MenuBar menuBar(Map<String, Menu> extra) {
        Map<String, Menu> menus = new LinkedHashMap<>();
        Map<String, Integer> sections = new LinkedHashMap<>();
        for (UiAction action : byId.values()) {
            Menu menu = menus.computeIfAbsent(action.menu(), Menu::new);
            Integer before = sections.put(action.menu(), action.section());
            if (before != null && before != action.section()) {
                if (menu.getItems().stream().noneMatch(SeparatorMenuItem.class::isInstance)) {
                    addExtra(menu, extra);
                }
                menu.getItems().add(new SeparatorMenuItem());
            }
            menu.getItems().add(menuItem(action));
        }
        MenuBar bar = new MenuBar(menus.values().toArray(Menu[]::new));
        bar.setId("menu-bar");
        return bar;
    }

    private static void addExtra(Menu menu, Map<String, Menu> extra) {
        Menu more = extra.get(menu.getText());
        if (more != null) {
            menu.getItems().add(more);
        }
    }

    private MenuItem menuItem(UiAction action) {
        MenuItem item = new MenuItem(action.text());
        items.put(action.id(), item);
        item.setId("menu-" + action.id());
        if (!action.icon().isEmpty()) {
            item.setGraphic(Icons.of(action.icon()));
        }
        item.setAccelerator(action.accelerator());
        item.disableProperty().bind(not(action));
        item.setOnAction(e -> action.fire());
        return item;
    }

    private static javafx.beans.binding.BooleanBinding not(UiAction action) {
        return javafx.beans.binding.Bindings.not(action.enabled());
    }

    /** A toolbar button that shows the icon alone. */
    public Button iconButton(String id) {
        UiAction action = get(id);
        IconButton button = new IconButton(action.icon(), described(action), action.accelerator(), action::fire);
        return prepare(button, action);
    }

    /** A toolbar button with icon and text. */
    public Button button(String id, String text) {
        UiAction action = get(id);
        IconButton button = new IconButton(action.icon(), described(action), action.accelerator(), action::fire);
        button.setText(text);
        button.getStyleClass().remove(Styles.BUTTON_ICON);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return prepare(button, action);
    }

    private Button prepare(IconButton button, UiAction action) {
        buttons.computeIfAbsent(action.id(), k -> new ArrayList<>()).add(button);
        button.setId("tool-" + action.id());
        button.disableProperty().bind(not(action));
        return button;
    }

    /** Actions by menu, for the list of shortcuts. */
    public Map<String, List<UiAction>> byMenu() {
        Map<String, List<UiAction>> menus = new LinkedHashMap<>();
        byId.values().forEach(a -> menus.computeIfAbsent(a.menu(), k -> new ArrayList<>()).add(a));
        return menus;
    }
}

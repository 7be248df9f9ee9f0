package dev.assay.ui.shell;

import dev.assay.chart.ChartTheme;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.shell.actions.ActionList;
import dev.assay.ui.shell.actions.UiAction;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.ui.shell.theme.ThemeChoice;
import dev.assay.ui.Icons;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Everything the window can do, declared once: menus, toolbar, palette and the list of shortcuts come from here. */
final class ShellActions {

    private static final String FILE = Texts.of("menu.file");
    private static final String EDIT = Texts.of("menu.edit");
    private static final String RUN = Texts.of("menu.run");
    private static final String REPORT = Texts.of("menu.report");
    private static final String VIEW = Texts.of("menu.view");
    private static final String HELP = Texts.of("menu.help");

    private ShellActions() {}

    static void declare(ActionList list, Shell shell) {
        ObservableBooleanValue tab = shell.tabs().empty().not();
        ObservableBooleanValue ready = shell.inspector().readyProperty();
        ObservableBooleanValue backend = shell.session().readyProperty();
        ObservableBooleanValue canRun = Bindings.and(ready, backend);
        ObservableBooleanValue runs = shell.parts().runs().anyActive();
        list.add(
                UiAction.of("open", FILE, 0, Texts.of("action.open"), "fth-folder", "Shortcut+O", backend,
                        shell.files()::askForFiles),
                UiAction.of("open-folder", FILE, 0, Texts.of("action.open.folder"), "", "Shortcut+Shift+O", backend,
                        shell.files()::askForFolder),
                UiAction.of("open-options", FILE, 0, Texts.of("action.open.options"), "", "Shortcut+Alt+O", backend,
                        shell.dialogs()::askWithOptions),
                UiAction.of("open-sample", FILE, 1, Texts.of("action.open.sample"), "fth-gift", "",
                        shell.files().sampleReady(),
                        shell.files()::openSample),
                UiAction.of("get-dataset", FILE, 1, Texts.of("action.get.dataset"), "fth-download-cloud", "", backend,
                        shell.dialogs()::showDatasets),
                UiAction.of("workspace", FILE, 2, Texts.of("action.workspace"), "", "Shortcut+Alt+W",
                        shell.session().loadedProperty(),
                        shell.files()::askForWorkspace),
                UiAction.of("capture", FILE, 3, Texts.of("action.capture"), "fth-camera", "Shortcut+Shift+C",
                        shell.dialogs()::capture),
                UiAction.of("preferences", FILE, 4, Texts.of("action.preferences"), "fth-settings", "Shortcut+Comma",
                        shell.dialogs()::showPreferences),
                UiAction.of("close-tab", FILE, 5, Texts.of("action.close.tab"), "", "Shortcut+W", tab,
                        shell.tabs()::closeSelected),
                UiAction.of("quit", FILE, 5, Texts.of("action.quit"), "", "Shortcut+Q", shell::quit));
        list.add(
                UiAction.of("undo", EDIT, 0, Texts.of("undo"), "fth-corner-up-left", "Shortcut+Z",
                        shell.history().undo().canUndo(), shell.history().undo()::undo),
                UiAction.of("redo", EDIT, 0, Texts.of("redo"), "fth-corner-up-right", "Shortcut+Shift+Z",
                        shell.history().undo().canRedo(), shell.history().undo()::redo),
                UiAction.of("history", EDIT, 1, Texts.of("action.history"), "fth-clock", "Shortcut+Shift+H", backend,
                        shell.history()::show));
        list.add(
                UiAction.of("run", RUN, 0, Texts.of("action.run"), "fth-play", "Shortcut+Enter", canRun,
                        shell.inspector()::run),
                UiAction.of("sweep", RUN, 0, Texts.of("action.sweep"), "fth-repeat", "Shortcut+Shift+Enter", canRun,
                        shell.sweeps()::show),
                UiAction.of("copy-command", RUN, 0, Texts.of("copy.command"), "fth-terminal", "Shortcut+Alt+C", ready,
                        shell.inspector()::copyCommand),
                UiAction.of("pause", RUN, 1, Texts.of("action.pause"), "fth-pause", "Shortcut+P", runs,
                        shell.runs()::pauseOrGoOn),
                UiAction.of("stop", RUN, 1, Texts.of("action.stop"), "fth-square", "Shortcut+Period", runs,
                        shell.runs()::stop));
        list.add(
                UiAction.of("compare", RUN, 2, Texts.of("action.compare"), "fth-columns", "Shortcut+Shift+M", backend,
                        shell.reports()::compare),
                UiAction.of("report", REPORT, 0, Texts.of("action.report"), "fth-file-text", "Shortcut+Shift+R",
                        backend,
                        shell.reports()::create));
        for (Capture.Part part : Capture.Part.values()) {
            String name = part.name().toLowerCase(Locale.ROOT);
            list.add(
                    UiAction.of("capture-" + name, REPORT, 1, Texts.of(part.action()),
                            "fth-camera", "Shortcut+Shift+" + (part.ordinal() + 1), backend,
                            () -> shell.reports().capture(part, Capture.Look.SHOWN)));
        }
        for (Capture.Look look : List.of(Capture.Look.LIGHT, Capture.Look.DARK)) {
            String name = look.name().toLowerCase(Locale.ROOT);
            list.add(
                    UiAction.of("capture-" + name, REPORT, 2, Texts.of(look.action()), "", "",
                            backend, () -> shell.reports().capture(Capture.Part.TAB, look)));
        }
        list.add(
                UiAction.of("palette", VIEW, 0, Texts.of("action.palette"), "fth-search", "Shortcut+Shift+P",
                        shell.dialogs()::showPalette),
                UiAction.of("next-tab", VIEW, 1, Texts.of("action.next.tab"), "", "Ctrl+Tab", tab,
                        () -> shell.tabs().step(1)),
                UiAction.of("previous-tab", VIEW, 1, Texts.of("action.previous.tab"), "", "Ctrl+Shift+Tab", tab,
                        () -> shell.tabs().step(-1)),
                UiAction.of("next-panel", VIEW, 1, Texts.of("action.next.panel"), "", "F6",
                        () -> shell.layout().stepPanel(1)),
                UiAction.of("previous-panel", VIEW, 1, Texts.of("action.previous.panel"), "", "Shift+F6",
                        () -> shell.layout().stepPanel(-1)),
                UiAction.of("detach-tab", VIEW, 1, Texts.of("tab.detach"), "fth-external-link", "Shortcut+Shift+W", tab,
                        shell.tabs()::detachSelected),
                UiAction.of("toggle-browser", VIEW, 2, Texts.of("action.toggle.browser"), "fth-sidebar", "Shortcut+1",
                        shell.layout()::toggleBrowser),
                UiAction.of("toggle-inspector", VIEW, 2, Texts.of("action.toggle.inspector"), "fth-sliders",
                        "Shortcut+2",
                        shell.layout()::toggleInspector),
                UiAction.of("toggle-bottom", VIEW, 2, Texts.of("action.toggle.bottom"), "fth-list", "Shortcut+3",
                        shell.layout()::toggleBottom),
                UiAction.of("toggle-theme", VIEW, 3, Texts.of("action.toggle.theme"), "fth-moon", "Shortcut+Shift+D",
                        () -> toggleTheme(shell)),
                UiAction.of("theme-system", VIEW, 3, Texts.of("action.theme.system"), "", "",
                        () -> shell.setTheme(ThemeChoice.SYSTEM)),
                UiAction.of("devices", VIEW, 3, Texts.of("action.devices"), "fth-cpu", "", backend, shell::showDevices),
                UiAction.of("full-screen", VIEW, 4, Texts.of("action.full.screen"), "", "F11",
                        () -> shell.parts().stage().setFullScreen(!shell.parts().stage().isFullScreen())));
        list.add(
                UiAction.of("analysis-help", HELP, 0, Texts.of("action.help"), "fth-help-circle", "F1",
                        shell.help()::toggle),
                UiAction.of("shortcuts", HELP, 0, Texts.of("action.shortcuts"), "fth-command", "Shortcut+Slash",
                        shell.dialogs()::showShortcuts),
                UiAction.of("tour", HELP, 0, Texts.of("tour.action"), "fth-map", "", shell.files().sampleReady(),
                        shell.tour()::start),
                UiAction.of("log-file", HELP, 1, Texts.of("log.action"), "fth-align-left", "",
                        shell.dialogs()::showLog),
                UiAction.of("keys", HELP, 0, Texts.of("keys.action"), "fth-edit", "", shell.dialogs()::showKeys),
                UiAction.of("plugins", HELP, 1, Texts.of("action.plugins"), "fth-package", "",
                        shell.files()::showPlugins),
                UiAction.of("about", HELP, 1, Texts.of("action.about"), "fth-info", "", shell.dialogs()::showAbout));
    }

    /**
     * Gives actions the shortcuts that the user chose, all of them at once, since two may have changed places; what cannot be
     * read or is taken stays as declared.
     */
    static void applyKeys(ActionList list, WindowPrefs prefs) {
        Map<String, Optional<KeyCombination>> chosen = new LinkedHashMap<>();
        for (UiAction action : list.all()) {
            prefs.keys(action.id()).ifPresent(keys -> {
                try {
                    chosen.put(
                            action.id(), keys.isEmpty() ? Optional.empty() : Optional.of(KeyCombination.valueOf(keys)));
                } catch (IllegalArgumentException e) {
                    prefs.resetKeys(action.id());
                }
            });
        }
        chosen.keySet().forEach(id -> list.rebind(id, null));
        chosen.forEach((id, keys) -> {
            if (list.rebind(id, keys.orElse(null)).isPresent()) {
                list.rebind(id, list.original(id));
            }
        });
    }

    private static void toggleTheme(Shell shell) {
        boolean dark = shell.theme().getValue() == ChartTheme.DARK;
        shell.setTheme(dark ? ThemeChoice.LIGHT : ThemeChoice.DARK);
    }

    static HBox toolbar(ActionList list) {
        Button search = list.button("palette", Texts.of("tool.palette"));
        search.getStyleClass().removeAll("flat", "button-icon");
        search.getStyleClass().add("palette-opener");
        HBox bar = new HBox();
        bar.setId("toolbar");
        bar.getStyleClass().add("assay-toolbar");
        bar.getChildren().addAll(list.button("open", Texts.of("tool.open")), list.button("run", Texts.of("run")),
                separator());
        for (String id : List.of("pause", "stop")) {
            bar.getChildren().add(list.iconButton(id));
        }
        bar.getChildren()
                .addAll(separator(), list.button("history", Texts.of("history.title")),
                        list.button("compare", Texts.of("history.compare")),
                        list.button("report", Texts.of("report.untitled")), captures(list),
                        space(), search, space());
        for (String id : List.of("toggle-browser", "toggle-bottom", "toggle-inspector", "toggle-theme",
                "preferences")) {
            bar.getChildren().add(list.iconButton(id));
        }
        return bar;
    }

    /** Everything that takes pictures behind one button. */
    private static MenuButton captures(ActionList list) {
        MenuButton button = new MenuButton(null, Icons.of("fth-camera"));
        button.setId("captures");
        button.getStyleClass().addAll("button-icon", "flat", "quiet-button");
        button.setAccessibleText(Texts.of("tool.capture"));
        Tips.on(button, Texts.of("tool.capture.tip"));
        for (String id : List.of("capture-panel", "capture-tab", "capture-window", "capture-light", "capture-dark",
                "capture")) {
            UiAction action = list.get(id);
            MenuItem item = new MenuItem(action.text());
            item.setAccelerator(null);
            item.disableProperty().bind(Bindings.not(action.enabled()));
            item.setOnAction(e -> action.fire());
            button.getItems().add(item);
        }
        return button;
    }

    private static Separator separator() {
        return new Separator(javafx.geometry.Orientation.VERTICAL);
    }

    private static Region space() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }
}

package dev.assay.ui.shell.frame;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Location;
import dev.assay.text.Numbers;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.shell.actions.ActionList;
import dev.assay.ui.shell.actions.UiAction;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What the middle of the window shows while no tab is open: what to do next, and what was opened before. */
public final class Welcome extends StackPane {

    private static final int MOST_RECENT = 6;

    private final VBox recentList = new VBox(2);
    private final Consumer<Location> open;

    /**
     * The page.
     *
     * @param actions ids of actions as buttons; the first is the primary one
     * @param recent files opened before, newest first
     */
    public Welcome(ActionList list, List<String> actions, ObservableList<Location> recent, Consumer<Location> open) {
        this.open = open;
        setId("welcome");
        Label sentence = new Label(Texts.of("welcome.drop"));
        sentence.getStyleClass().add("page-title");
        Label hint = new Label(Texts.of("welcome.what"));
        hint.getStyleClass().add(Styles.TEXT_MUTED);
        HBox buttons = new HBox(8);
        buttons.setAlignment(Pos.CENTER);
        for (String id : actions) {
            buttons.getChildren().add(button(list.get(id), buttons.getChildren().isEmpty()));
        }
        recentList.setMaxWidth(420);
        VBox page = new VBox(16, Icons.large("fth-download"), sentence, hint, buttons, recentList);
        page.setAlignment(Pos.CENTER);
        page.getStyleClass().add("welcome");
        getChildren().add(page);
        recent.addListener((ListChangeListener<Location>) c -> showRecent(recent));
        showRecent(recent);
    }

    private static Button button(UiAction action, boolean primary) {
        Button button = new Button(action.text(), Icons.of(action.icon()));
        if (primary) {
            button.getStyleClass().add(Styles.ACCENT);
        }
        button.setId("welcome-" + action.id());
        button.disableProperty().bind(javafx.beans.binding.Bindings.not(action.enabled()));
        button.setOnAction(e -> action.fire());
        return button;
    }

    /** The same file may have been opened in several ways. */
    private static String options(Location location) {
        return location.options().isEmpty()
                ? ""
                : "  \u00b7  " + location.options().entrySet().stream()
                        .map(o -> o.getKey() + "=" + o.getValue())
                        .collect(Collectors.joining(", "));
    }

    private void showRecent(List<Location> recent) {
        recentList.getChildren().clear();
        if (recent.isEmpty()) {
            return;
        }
        Label heading = new Label(Texts.of("welcome.recent"));
        heading.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        recentList.getChildren().add(heading);
        for (Location location : recent.subList(0, Math.min(MOST_RECENT, recent.size()))) {
            Hyperlink link = new Hyperlink(location.fileName());
            Tips.on(link, location.toString());
            link.setOnAction(e -> open.accept(location));
            Label folder = new Label(
                    Numbers.shortened(String.valueOf(location.path().getParent()), 48) + options(location));
            folder.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
            HBox row = new HBox(8, link, folder);
            row.setAlignment(Pos.CENTER_LEFT);
            recentList.getChildren().add(row);
        }
    }
}

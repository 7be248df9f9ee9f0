package dev.assay.ui.view;

import dev.assay.text.Numbers;
import dev.assay.ui.Icons;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Pages of one panel, chosen by buttons above it. Only the page looked at is in the scene. */
public final class Paging extends VBox {

    private static final double LEAST_HEIGHT = 240;

    private final HBox buttons = new HBox();
    private final StackPane place = new Place();
    private final ToggleGroup group = new ToggleGroup();
    private final Map<String, ToggleButton> byName = new LinkedHashMap<>();
    private final Map<String, Node> pages = new LinkedHashMap<>();
    private Consumer<String> onSelected = name -> {};
    private boolean chosen;

    /** No pages yet. */
    public Paging() {
        getStyleClass().add("paging");
        buttons.getStyleClass().add("paging-buttons");
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(buttons, place);
        widthProperty().addListener((o, before, now) -> fit());
        group.selectedToggleProperty().addListener((o, before, now) -> {
            if (now == null) {
                group.selectToggle(before);
            } else {
                place.getChildren().setAll(pages.get((String) now.getUserData()));
                onSelected.accept((String) now.getUserData());
            }
        });
    }

    /** Adds a page; the first is selected. */
    public void add(String name, String icon, Node page) {
        ToggleButton button = new ToggleButton(name, Icons.of(icon));
        button.setUserData(name);
        button.setToggleGroup(group);
        button.getStyleClass().add("page-button");
        button.setId("page-" + name.toLowerCase(Locale.ROOT));
        button.setOnAction(e -> chosen = true);
        pages.put(name, page);
        byName.put(name, button);
        buttons.getChildren().add(button);
        if (pages.size() == 1) {
            group.selectToggle(button);
        }
    }

    /** Names are whole at any width: where icons leave too little room for them, they go. */
    private void fit() {
        show(ContentDisplay.LEFT);
        if (buttons.prefWidth(-1) > getWidth()) {
            show(ContentDisplay.TEXT_ONLY);
        }
    }

    private void show(ContentDisplay display) {
        byName.values().forEach(b -> b.setContentDisplay(display));
    }

    /** Called with the name of a page when it is shown. */
    public void setOnSelected(Consumer<String> handler) {
        onSelected = handler;
    }

    /** Shows a page. */
    public void select(String name) {
        chosen = true;
        group.selectToggle(byName.get(name));
    }

    /** Shows a page unless the user has chosen one. */
    public void selectUnlessChosen(String name) {
        if (!chosen) {
            group.selectToggle(byName.get(name));
        }
    }

    /** How many things a page holds; shown beside its name. */
    public void setCount(String name, int count) {
        String text = count > 0 ? name + "  " + Numbers.count(count) : name;
        if (!text.equals(byName.get(name).getText())) {
            byName.get(name).setText(text);
            fit();
        }
    }

    /** Never too low for a table or a chart. */
    private static final class Place extends StackPane {

        @Override
        protected double computeMinHeight(double width) {
            return Math.max(LEAST_HEIGHT, super.computeMinHeight(width));
        }
    }
}

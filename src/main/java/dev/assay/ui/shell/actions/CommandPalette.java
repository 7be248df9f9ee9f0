package dev.assay.ui.shell.actions;

import atlantafx.base.theme.Styles;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Finds an action by a few of its letters and does it. */
public final class CommandPalette extends VBox {

    private static final int ROW_HEIGHT = 32;
    private static final int ROWS = 11;

    private final Supplier<List<UiAction>> actions;
    private final Runnable close;
    private final TextField query = new TextField();
    private final ListView<UiAction> matches = new ListView<>();

    /**
     * A palette.
     *
     * @param actions asked for each time the palette opens
     * @param close takes the palette away
     */
    public CommandPalette(Supplier<List<UiAction>> actions, Runnable close) {
        this.actions = actions;
        this.close = close;
        setId("command-palette");
        getStyleClass().add("palette");
        setMaxSize(560, Region.USE_PREF_SIZE);
        query.setId("palette-query");
        query.setPromptText(Texts.of("palette.prompt"));
        query.setAccessibleText(Texts.of("palette.name"));
        query.textProperty().addListener((o, was, is) -> search(is));
        query.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        matches.setId("palette-matches");
        matches.setAccessibleText(Texts.of("palette.matches"));
        matches.setFixedCellSize(ROW_HEIGHT);
        matches.setPrefHeight(ROW_HEIGHT * ROWS + 2);
        matches.setFocusTraversable(false);
        matches.setPlaceholder(new Label(Texts.of("palette.none")));
        matches.setCellFactory(v -> new ActionCell());
        getChildren().addAll(query, matches);
        search("");
    }

    /** Empties the query and takes the focus. */
    public void open() {
        query.clear();
        search("");
        query.requestFocus();
    }

    private void search(String text) {
        Stream<UiAction> enabled = actions.get().stream().filter(a -> a.enabled().get());
        List<UiAction> found = text.isBlank()
                ? enabled.toList()
                : enabled.filter(a -> FuzzyMatch.score(text, a.text()) != FuzzyMatch.NONE)
                        .sorted(Comparator.comparingInt((UiAction a) -> FuzzyMatch.score(text, a.text()))
                                .reversed())
                        .toList();
        matches.getItems().setAll(found);
        matches.getSelectionModel().selectFirst();
        matches.scrollTo(0);
    }

    private void keyPressed(KeyEvent e) {
        int step =
                switch (e.getCode()) {
                    case UP -> -1;
                    case DOWN -> 1;
                    case PAGE_UP -> 1 - ROWS;
                    case PAGE_DOWN -> ROWS - 1;
                    default -> 0;
                };
        if (step != 0) {
            int last = matches.getItems().size() - 1;
            int index = Math.clamp(matches.getSelectionModel().getSelectedIndex() + (long) step, 0, Math.max(0, last));
            matches.getSelectionModel().select(index);
            matches.scrollTo(Math.max(0, index - ROWS + 2));
            e.consume();
        } else if (e.getCode() == KeyCode.ENTER) {
            fire(matches.getSelectionModel().getSelectedItem());
            e.consume();
        } else if (e.getCode() == KeyCode.ESCAPE) {
            close.run();
            e.consume();
        }
    }

    private void fire(UiAction action) {
        if (action != null) {
            close.run();
            action.fire();
        }
    }

    private final class ActionCell extends ListCell<UiAction> {

        private final Label text = new Label();
        private final Label menu = new Label();
        private final Label keys = new Label();
        private final HBox row = new HBox(8);

        ActionCell() {
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            menu.getStyleClass().addAll(Styles.TEXT_MUTED, "caption");
            keys.getStyleClass().addAll("keys", "caption");
            row.setAlignment(Pos.CENTER_LEFT);
            row.getChildren().addAll(text, menu, space, keys);
            setOnMouseClicked(e -> fire(getItem()));
        }

        @Override
        protected void updateItem(UiAction action, boolean empty) {
            super.updateItem(action, empty);
            if (empty || action == null) {
                setGraphic(null);
                return;
            }
            text.setText(action.text());
            text.setGraphic(action.icon().isEmpty() ? Icons.of("fth-chevron-right") : Icons.of(action.icon()));
            menu.setText(action.menu());
            keys.setText(action.shortcut());
            keys.setVisible(!action.shortcut().isEmpty());
            setGraphic(row);
        }
    }
}

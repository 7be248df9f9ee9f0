package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.Texts;
import dev.assay.ui.Times;
import dev.assay.run.LogLine;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The log of a run. */
final class LogPane extends VBox {

    private final ListView<LogLine> list = new ListView<>();
    private final Label count = new Label();

    LogPane() {
        getStyleClass().add("log-pane");
        count.getStyleClass().add(Styles.TEXT_MUTED);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox bar = new HBox(8, count, gap, new IconButton("fth-copy", Texts.of("run.log.copy"), this::copy));
        bar.setAlignment(Pos.CENTER_LEFT);
        Label empty = new Label(Texts.of("run.log.none"));
        empty.getStyleClass().add(Styles.TEXT_MUTED);
        list.setAccessibleText(Texts.of("log.of.run"));
        list.setPlaceholder(empty);
        list.setCellFactory(v -> new LineCell());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(bar, list);
    }

    /** Shows the log as it stands; follows its end unless somebody has scrolled away from it. */
    void show(List<LogLine> lines) {
        int before = list.getItems().size();
        // The last line of a log that is full changes: it says how many are left out.
        boolean grows = lines.size() >= before
                && (before == 0 || lines.get(before - 1).equals(list.getItems().getLast()));
        if (grows && lines.size() == before) {
            return;
        }
        boolean follows = isAtEnd();
        if (grows) {
            list.getItems().addAll(lines.subList(before, lines.size()));
        } else {
            list.getItems().setAll(lines);
        }
        count.setText(Texts.of("run.log.lines", lines.size()));
        if (follows) {
            list.scrollTo(lines.size() - 1);
        }
    }

    private boolean isAtEnd() {
        for (Node node : list.lookupAll(".scroll-bar")) {
            ScrollBar bar = (ScrollBar) node;
            if (bar.getOrientation() == Orientation.VERTICAL && bar.isVisible()) {
                return bar.getValue() > bar.getMax() - 0.01 * (bar.getMax() - bar.getMin());
            }
        }
        return true;
    }

    private void copy() {
        ClipboardText.put(list.getItems().stream()
                .map(l -> l.time() + (l.warning() ? " WARNING " : " ") + l.text())
                .collect(Collectors.joining("\n", "", "\n")));
    }

    private static final class LineCell extends ListCell<LogLine> {

        private final Label time = new Label();
        private final Label text = new Label();
        private final HBox row = new HBox(12, time, text);

        LineCell() {
            time.getStyleClass().addAll("monospaced", Styles.TEXT_MUTED);
            time.setMinWidth(Region.USE_PREF_SIZE);
            text.setWrapText(true);
            text.setMinHeight(Region.USE_PREF_SIZE);
            HBox.setHgrow(text, Priority.ALWAYS);
            row.prefWidthProperty().bind(widthProperty().subtract(32));
            row.setMaxWidth(Region.USE_PREF_SIZE);
        }

        @Override
        protected void updateItem(LogLine line, boolean empty) {
            super.updateItem(line, empty);
            if (empty || line == null) {
                setGraphic(null);
                return;
            }
            time.setText(Times.ofDay(line.time()));
            text.setText(line.text());
            text.setGraphic(line.warning() ? Icons.of("fth-alert-triangle") : null);
            setGraphic(row);
        }
    }
}

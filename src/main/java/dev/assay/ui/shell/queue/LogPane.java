package dev.assay.ui.shell.queue;

import dev.assay.run.LogLine;
import dev.assay.run.RunView;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.IconButton;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** What the runs and the window have logged, newest at the bottom. JavaFX thread only. */
public final class LogPane extends BorderPane {

    private static final int MOST_LINES = 5_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    /** A line with what it belongs to. */
    private record Line(String source, LogLine line) {

        @Override
        public String toString() {
            return TIME.format(line.time()) + "  " + source + "  " + line.text();
        }
    }

    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private final ListView<Line> list = new ListView<>(lines);
    private final Map<String, List<LogLine>> read = new HashMap<>();

    /** Nothing logged yet. */
    public LogPane() {
        setId("log");
        Label title = new Label(Texts.of("log.heading"));
        title.getStyleClass().add("panel-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        IconButton copy = new IconButton("fth-copy", Texts.of("log.copy.all"), COPY, this::copy);
        IconButton clear = new IconButton("fth-trash-2", Texts.of("log.clear"), lines::clear);
        HBox heading = new HBox(4, title, space, copy, clear);
        heading.setAlignment(Pos.CENTER_LEFT);
        heading.getStyleClass().add("panel-heading");
        setTop(heading);
        list.setId("log-list");
        list.setAccessibleText(Texts.of("log.heading"));
        list.getStyleClass().addAll("edge-to-edge", "log-list");
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setPlaceholder(new Label(""));
        list.setCellFactory(v -> new LineCell());
        list.setFixedCellSize(20);
        list.setOnKeyPressed(e -> {
            if (COPY.match(e)) {
                copy();
                e.consume();
            }
        });
        setCenter(list);
    }

    private static final class LineCell extends ListCell<Line> {

        LineCell() {
            getStyleClass().add("log-line");
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Line line, boolean empty) {
            super.updateItem(line, empty);
            boolean none = empty || line == null;
            setText(none ? null : line.toString());
            Tips.on(this, none ? "" : line.toString());
            pseudoClassStateChanged(WARNING, !none && line.line().warning());
        }
    }

    /** Reads what a run has logged since it was read last. */
    public void read(RunView run) {
        List<LogLine> log = run.log();
        List<LogLine> before = read.put(run.id(), log);
        if (log == before || log.isEmpty()) {
            return;
        }
        int from = before == null ? 0 : before.size();
        if (from == log.size() && !before.getLast().equals(log.getLast())) {
            // The last line counts what is left out of a log that is too long.
            int at = lines.lastIndexOf(new Line(run.name(), before.getLast()));
            if (at >= 0) {
                lines.set(at, new Line(run.name(), log.getLast()));
            }
        } else if (log.size() > from) {
            add(log.subList(from, log.size()).stream()
                    .map(l -> new Line(run.name(), l))
                    .toList());
        }
    }

    /** A line of the window's own. */
    public void add(String text, boolean warning) {
        add(List.of(new Line("Assay", new LogLine(Instant.now(), warning, text))));
    }

    private void add(List<Line> more) {
        boolean atEnd = list.getSelectionModel().getSelectedIndices().isEmpty() && ListEnd.isSeen(list);
        int room = Math.max(0, MOST_LINES - more.size());
        if (lines.size() > room) {
            lines.remove(0, lines.size() - room);
        }
        lines.addAll(more.subList(Math.max(0, more.size() - MOST_LINES), more.size()));
        if (atEnd) {
            list.scrollTo(lines.size() - 1);
        }
    }

    private void copy() {
        List<Line> selected = list.getSelectionModel().getSelectedItems();
        String text = (selected.isEmpty() ? lines : selected)
                .stream().map(Line::toString).collect(Collectors.joining("\n"));
        ClipboardText.put(text);
    }

    /** The log as text, for copied details and tests. */
    public String text() {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }
}

package dev.assay.ui.shell;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import dev.assay.text.Numbers;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.EmptyState;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.queue.ListEnd;
import dev.assay.ui.tabs.TabContent;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.Worker;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** The program's log file, its end at least, followed while the tab is open. JavaFX thread only. */
final class LogTab implements TabContent {

    static final String KEY = "log-file";

    /** Of a longer file the end is shown. */
    private static final int MOST_BYTES = 2 << 20;

    private static final Duration LOOK = Duration.seconds(2);
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");

    private final Path file;
    private final Worker worker = new Worker("log-tab", 1);
    private final LatestTask reading = new LatestTask(worker);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(Texts.of("log.title"));
    private final CustomTextField filter = new CustomTextField();
    private final CheckBox problems = new CheckBox(Texts.of("log.problems"));
    private final Label count = new Label();
    private final ListView<String> list = new ListView<>();
    private final StackPane body = new StackPane();
    private final VBox root = new VBox(8);
    private final Timeline timer = new Timeline(new KeyFrame(LOOK, e -> read()));
    private List<String> lines = List.of();
    private long known = -1;

    private record Read(long size, List<String> lines) {}

    /**
     * A log.
     *
     * @param reveal shows a folder in the system's file manager
     */
    LogTab(Path file, java.util.function.Consumer<Path> reveal) {
        this.file = file;
        root.setId("log-tab");
        root.getStyleClass().addAll("assay-tab", "log-file-tab");
        filter.setLeft(Icons.of("fth-search"));
        filter.setId("log-filter");
        filter.setPromptText(Texts.of("log.filter"));
        filter.setAccessibleText(Texts.of("log.filter"));
        filter.setPrefColumnCount(24);
        filter.textProperty().addListener((o, was, is) -> show());
        problems.setId("log-problems");
        problems.setMinWidth(Region.USE_PREF_SIZE);
        count.setMinWidth(Region.USE_PREF_SIZE);
        problems.selectedProperty().addListener((o, was, is) -> show());
        count.getStyleClass().add(Styles.TEXT_MUTED);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new HBox(
                8, filter, problems, count, space, new IconButton("fth-copy", Texts.of("log.copy"), this::copy),
                new IconButton("fth-folder", Texts.of("log.folder"), () -> reveal.accept(file.getParent())));
        bar.setAlignment(Pos.CENTER_LEFT);
        list.setId("log-lines");
        list.setAccessibleText(Texts.of("log.title"));
        list.getStyleClass().addAll("log-list");
        list.setFixedCellSize(20);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setCellFactory(v -> new LineCell());
        list.setPlaceholder(new Label(Texts.of("log.none")));
        VBox.setVgrow(body, Priority.ALWAYS);
        root.getChildren().setAll(bar, body);
        timer.setCycleCount(Animation.INDEFINITE);
        timer.play();
        read();
    }

    private static final class LineCell extends ListCell<String> {

        LineCell() {
            getStyleClass().add("log-line");
        }

        @Override
        protected void updateItem(String line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty ? null : line);
            pseudoClassStateChanged(WARNING, !empty && line != null && isProblem(line));
        }
    }

    private static boolean isProblem(String line) {
        return line.contains(" WARN ") || line.contains(" ERROR ") || line.startsWith("\t")
                || line.contains("Exception");
    }

    private void read() {
        long before = known;
        reading.request(() -> read(file, before), this::took, e -> took(new Read(0, List.of())));
    }

    private static Read read(Path file, long before) throws IOException {
        if (!Files.exists(file)) {
            return new Read(0, List.of());
        }
        long size = Files.size(file);
        if (size == before) {
            return null;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(MOST_BYTES, size)];
            in.seek(size - end.length);
            in.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            // The first line of a part is most likely half a line.
            return new Read(size, end.length < size ? lines.subList(1, lines.size()) : lines);
        }
    }

    private void took(Read read) {
        if (read == null) {
            return;
        }
        known = read.size();
        lines = read.lines();
        if (lines.isEmpty()) {
            body.getChildren().setAll(new EmptyState("fth-align-left", Texts.of("log.empty")));
        } else {
            body.getChildren().setAll(list);
        }
        show();
    }

    private void show() {
        String wanted = filter.getText().toLowerCase(Locale.ROOT);
        List<String> shown = lines.stream()
                .filter(l -> !problems.isSelected() || isProblem(l))
                .filter(l -> l.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        boolean atEnd = ListEnd.isSeen(list);
        list.getItems().setAll(shown);
        if (atEnd) {
            list.scrollTo(shown.size() - 1);
        }
        count.setText(Texts.of("log.count", Numbers.count(shown.size())));
    }

    private void copy() {
        List<String> selected = list.getSelectionModel().getSelectedItems();
        ClipboardText.put((selected.isEmpty() ? list.getItems() : selected).stream().collect(Collectors.joining("\n")));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-align-left";
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void close() {
        timer.stop();
        worker.close();
    }
}

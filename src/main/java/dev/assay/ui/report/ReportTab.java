package dev.assay.ui.report;

import atlantafx.base.theme.Styles;
import dev.assay.report.Block;
import dev.assay.report.BlockWords;
import dev.assay.report.Report;
import dev.assay.report.ResultName;
import dev.assay.run.RunView;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.tabs.TabContent;
import dev.assay.ui.view.BlockDrag;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A report: its parts in order, what can be changed about the selected one, and the pages as they will be. */
public final class ReportTab implements TabContent {

    /** What the key of a report's tab begins with. */
    public static final String KEY = "report:";

    /** What the tab asks of the window. */
    public interface Handler {

        /** Asks for a file and writes the report. */
        void export(ReportDocument document);

        /** What a run is called, which may change. */
        String name(RunView run);

        /** Asks for new inputs and does the report's runs again. */
        void runAgain(ReportDocument document);

        /** Says what went wrong. */
        void problem(Throwable problem);
    }

    private final ReportDocument document;
    private final Handler handler;
    private final Worker worker = new Worker("report-tab", 1);
    private final ListView<Block> blocks = new ListView<>();
    private final BlockEditor editor;
    private final PagePreview preview;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final ChangeListener<Report> listener = (o, before, now) -> show(now);
    private final LatestTask reading = new LatestTask(worker);
    private BlockWords words = BlockWords.NONE;
    /** The runs and results that were looked up. */
    private List<String> read = List.of();
    private final VBox root = new VBox();

    /**
     * The tab of a report.
     *
     * @param runs the runs that parts can be taken from, newest first
     */
    public ReportTab(ReportDocument document, Supplier<List<RunView>> runs, Handler handler) {
        this.document = document;
        this.handler = handler;
        editor = new BlockEditor(document);
        preview = new PagePreview(document, handler::problem);
        root.setId("report-tab");
        root.getStyleClass().addAll("assay-tab", "report-tab");
        VBox left = new VBox(8, tools(runs), blocks, editor);
        left.getStyleClass().add("report-blocks");
        left.setMinWidth(220);
        VBox.setVgrow(blocks, Priority.ALWAYS);
        buildList();
        SplitPane split = new SplitPane(left, preview);
        split.setDividerPositions(0.36);
        SplitPane.setResizableWithParent(left, false);
        VBox.setVgrow(split, Priority.ALWAYS);
        Stages.fill(root, List.of(header(), split));
        document.report().addListener(listener);
        show(document.report().get());
    }

    /** The key of a report's tab. */
    public static String key(String reportId) {
        return KEY + reportId;
    }

    private Node header() {
        TextField name = new TextField(document.report().get().title());
        name.setId("report-title");
        name.setAccessibleText(Texts.of("report.title"));
        name.getStyleClass().add("report-title");
        name.textProperty().addListener((o, before, now) -> document.change(document.report().get().withTitle(now)));
        HBox.setHgrow(name, Priority.ALWAYS);
        Button again = button("report-again", Texts.of("report.run.again"), "fth-refresh-cw",
                () -> handler.runAgain(document));
        Button export =
                button("report-export", Texts.of("report.export"), "fth-download", () -> handler.export(document));
        export.getStyleClass().add(Styles.ACCENT);
        HBox header = new HBox(8, name, again, export);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("tab-header");
        return header;
    }

    private static Button button(String id, String text, String icon, Runnable run) {
        Button button = new Button(text, Icons.of(icon));
        button.setId(id);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(e -> run.run());
        return button;
    }

    private Node tools(Supplier<List<RunView>> runs) {
        AddMenu add = new AddMenu(runs, handler::name, worker, this::add, handler::problem);
        HBox bar = new HBox(
                4, add, new IconButton("fth-arrow-up", Texts.of("report.up"), () -> move(-1)),
                new IconButton("fth-arrow-down", Texts.of("report.down"), () -> move(1)),
                new IconButton("fth-trash-2", Texts.of("report.take.out"), this::remove));
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private void buildList() {
        blocks.setId("report-blocks");
        blocks.setAccessibleText(Texts.of("report.parts"));
        Label none = new Label(Texts.of("report.empty"));
        none.setWrapText(true);
        none.getStyleClass().add(Styles.TEXT_MUTED);
        blocks.setPlaceholder(none);
        blocks.setCellFactory(v -> new BlockCell());
        blocks.getSelectionModel().selectedIndexProperty().addListener((o, before, now) -> editor.show(now.intValue()));
        blocks.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.DELETE) {
                remove();
            } else if (e.isAltDown() && e.getCode() == KeyCode.UP) {
                move(-1);
            } else if (e.isAltDown() && e.getCode() == KeyCode.DOWN) {
                move(1);
            }
        });
        root.setOnDragOver(e -> {
            if (e.getDragboard().hasContent(BlockDrag.FORMAT)) {
                e.acceptTransferModes(TransferMode.COPY);
                e.consume();
            }
        });
        root.setOnDragDropped(e -> BlockDrag.block(e.getDragboard()).ifPresent(block -> {
            add(block);
            e.setDropCompleted(true);
            e.consume();
        }));
    }

    private int selected() {
        return blocks.getSelectionModel().getSelectedIndex();
    }

    /** Puts a block after the selected one, or at the end, and selects it. */
    public void add(Block block) {
        int at = selected() < 0 ? document.report().get().blocks().size() : selected() + 1;
        document.insert(at, block);
        blocks.getSelectionModel().clearAndSelect(at);
        blocks.scrollTo(at);
    }

    private void remove() {
        if (selected() >= 0) {
            document.remove(selected());
        }
    }

    private void move(int by) {
        int from = selected();
        int to = from + by;
        if (from >= 0 && to >= 0 && to < blocks.getItems().size()) {
            document.move(from, to);
            blocks.getSelectionModel().clearAndSelect(to);
        }
    }

    private void show(Report report) {
        title.set(report.title().isBlank() ? Texts.of("report.untitled") : report.title());
        int before = selected();
        if (!blocks.getItems().equals(report.blocks())) {
            if (blocks.getItems().size() == report.blocks().size()) {
                for (int i = 0; i < report.blocks().size(); i++) {
                    if (!blocks.getItems().get(i).equals(report.blocks().get(i))) {
                        blocks.getItems().set(i, report.blocks().get(i));
                    }
                }
            } else {
                blocks.getItems().setAll(report.blocks());
            }
            if (before >= 0) {
                blocks.getSelectionModel().clearAndSelect(Math.min(before, blocks.getItems().size() - 1));
            }
        }
        editor.show(selected());
        List<String> needed = Stream.concat(
                report.runs().stream(),
                report.blocks().stream().filter(Block.Finding.class::isInstance).map(b -> ((Block.Finding) b).result()))
                .distinct()
                .toList();
        if (!needed.equals(read)) {
            read = needed;
            readTitles(report);
        }
    }

    private void readTitles(Report report) {
        reading.request(
                () -> BlockWords.of(report, document.source()),
                found -> {
                    words = found;
                    blocks.refresh();
                },
                handler::problem);
    }

    /** Whether the pages are laid out and those in view painted. */
    public boolean isPainted() {
        return preview.isPainted();
    }

    /** Number of pages laid out. */
    public int pageCount() {
        return preview.pageCount();
    }

    /** What is edited. */
    public ReportDocument document() {
        return document;
    }

    @Override
    public String key() {
        return key(document.id());
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-file-text";
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void close() {
        document.report().removeListener(listener);
        document.saveNow();
        preview.close();
        worker.close();
    }

    /** A part: icon and a few words. */
    private final class BlockCell extends ListCell<Block> {

        @Override
        protected void updateItem(Block block, boolean empty) {
            super.updateItem(block, empty);
            setMnemonicParsing(false);
            // Without this a cell is as wide as its text and the list scrolls sideways.
            setPrefWidth(0);
            if (empty || block == null) {
                setText(null);
                setGraphic(null);
                Tips.on(this, "");
                return;
            }
            setText(words.of(block));
            // The list is narrow, and results have long titles.
            Tips.on(this, getText());
            setGraphic(Icons.of(icon(block)));
            setGraphicTextGap(8);
        }

        private static String icon(Block block) {
            return switch (block) {
                case Block.Heading h -> "fth-type";
                case Block.Note n -> "fth-align-left";
                case Block.Finding f when f.result().startsWith("table/") -> "fth-grid";
                case Block.Finding f when f.result().equals(ResultName.FIGURES) -> "fth-hash";
                case Block.Finding f -> "fth-bar-chart-2";
                case Block.Screenshot s -> "fth-image";
                case Block.Summary s -> "fth-activity";
                case Block.Parameters p -> "fth-sliders";
                case Block.Origin o -> "fth-git-commit";
            };
        }
    }
}

package dev.assay.ui.shell.browser;

import atlantafx.base.theme.Styles;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.Icons;
import dev.assay.ui.RunFacts;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.shell.browser.BrowserEntry.Group;
import dev.assay.ui.shell.browser.BrowserEntry.Hint;
import dev.assay.ui.shell.browser.BrowserEntry.Opened;
import dev.assay.ui.shell.browser.BrowserEntry.Ran;
import dev.assay.ui.shell.browser.BrowserEntry.Written;
import dev.assay.ui.shell.open.OpenItem;
import dev.assay.ui.Times;
import dev.assay.workspace.StoredReport;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TreeCell;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A row: icon, name, one muted fact; or a heading. */
final class BrowserCell extends TreeCell<BrowserEntry> {

    private final Function<RunView, String> runTitle;
    private final BrowserPane.Handler handler;
    private final Supplier<List<RunView>> selectedRuns;
    private final Label name = new Label();
    private final Label fact = new Label();
    private final HBox row = new HBox(8);
    private RunState shown;

    /** Shown on request and not set as the cell's own: JavaFX holds on to every menu that a cell was ever given. */
    private ContextMenu menu;

    BrowserCell(
            Function<RunView, String> runTitle, BrowserPane.Handler handler, Supplier<List<RunView>> selectedRuns) {
        this.selectedRuns = selectedRuns;
        this.runTitle = runTitle;
        this.handler = handler;
        getStyleClass().add("browser-cell");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        fact.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        VBox texts = new VBox(1, name, fact);
        HBox.setHgrow(texts, Priority.ALWAYS);
        texts.setMinWidth(0);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getChildren().setAll(Icons.of("fth-file"), texts);
        // Without this a row is as wide as its text and the tree scrolls sideways.
        setPrefWidth(0);
        setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                activate();
            }
        });
        setOnContextMenuRequested(e -> {
            if (menu != null) {
                menu.show(this, e.getScreenX(), e.getScreenY());
                e.consume();
            }
        });
        setOnDragDetected(e -> {
            if (getItem() instanceof Opened opened && opened.item().isReady()) {
                Dragboard board = startDragAndDrop(TransferMode.COPY);
                ClipboardContent content = new ClipboardContent();
                content.put(OpenItem.DRAG_FORMAT, opened.item().location().toString());
                board.setContent(content);
                e.consume();
            }
        });
    }

    private void activate() {
        if (getItem() instanceof Opened opened) {
            handler.show(opened.item());
        } else if (getItem() instanceof Ran ran) {
            handler.show(ran.run());
        } else if (getItem() instanceof Written written) {
            handler.show(written.report());
        }
    }

    @Override
    protected void updateItem(BrowserEntry entry, boolean empty) {
        super.updateItem(entry, empty);
        shown = null;
        getStyleClass().removeAll("group-row", "hint-row");
        menu = null;
        Tips.on(this, "");
        setText(null);
        setGraphic(null);
        setAccessibleText(null);
        if (empty || entry == null) {
            return;
        }
        switch (entry) {
            case Group group -> {
                getStyleClass().add("group-row");
                setText(group.title());
            }
            case Hint hint -> {
                getStyleClass().add("hint-row");
                setText(hint.text());
            }
            case Opened opened -> show(opened.item());
            case Ran ran -> show(ran.run());
            case Written written -> show(written.report());
        }
    }

    private void show(OpenItem item) {
        fill(Icons.of(item.icon()), item.name(), item.fact());
        Tips.on(this, item.location().toString());
        MenuItem close = item(Texts.of("close"), () -> handler.close(item));
        MenuItem options = item(Texts.of("action.open.options"), () -> handler.openWithOptions(item));
        MenuItem reveal = item(Texts.of("browser.reveal"), () -> handler.reveal(item));
        MenuItem first = item.stageProperty().get() == OpenItem.Stage.FAILED
                ? item(Texts.of("try.again"), () -> handler.retry(item))
                : item(Texts.of("show"), () -> handler.show(item));
        menu = new ContextMenu(first, options, reveal, new SeparatorMenuItem(), close);
    }

    private void show(RunView run) {
        shown = run.state();
        fill(RunFacts.icon(run), runTitle.apply(run), RunFacts.fact(run));
        Tips.on(this, () -> runTitle.apply(run) + "\n" + RunFacts.fact(run) + "\n" + RunFacts.created(run));
        MenuItem show = item(Texts.of("show"), () -> handler.show(run));
        MenuItem again = item(Texts.of("browser.again"), () -> handler.prepareAgain(run));
        MenuItem copy = item(Texts.of("copy.command"), () -> handler.copyCommand(run));
        MenuItem reveal = item(Texts.of("browser.folder"), () -> handler.reveal(run));
        boolean ended = run.state().isFinal();
        MenuItem last =
                ended ? item(Texts.of("browser.delete"), () -> handler.delete(ended(run)))
                        : item(Texts.of("stop"), () -> handler.stop(run));
        MenuItem compare = item(Texts.of("history.compare"), () -> handler.compare(chosen(run)));
        MenuItem report = item(Texts.of("history.report"), () -> handler.report(chosen(run)));
        ContextMenu ofRun = new ContextMenu(
                show, again, copy, reveal, new SeparatorMenuItem(), compare, report, new SeparatorMenuItem(), last);
        ofRun.setOnShowing(e -> {
            int runs = chosen(run).size();
            if (ended) {
                int gone = ended(run).size();
                last.setText(gone > 1 ? Texts.of("browser.delete.many", gone) : Texts.of("browser.delete"));
            }
            compare.setText(runs > 1 ? Texts.of("browser.compare", runs) : Texts.of("browser.compare.one"));
            report.setText(runs > 1 ? Texts.of("browser.report", runs) : Texts.of("history.report"));
        });
        menu = ofRun;
    }

    /** The selected runs when this one is among them, this one alone when it is not. */
    private List<RunView> chosen(RunView run) {
        List<RunView> selected = selectedRuns.get();
        return selected.contains(run) ? selected : List.of(run);
    }

    private List<RunView> ended(RunView run) {
        return chosen(run).stream().filter(r -> r.state().isFinal()).toList();
    }

    /** Shows what can be done with the row, for who has no mouse at hand. */
    void showMenu() {
        if (menu != null) {
            menu.show(this, Side.BOTTOM, 0, 0);
        }
    }

    private void show(StoredReport report) {
        fill(Icons.of("fth-file-text"), report.title(), Texts.of("browser.changed", Times.shown(report.changed())));
        Tips.on(this, report.title());
        menu = new ContextMenu(
                item(Texts.of("show"), () -> handler.show(report)), new SeparatorMenuItem(),
                item(Texts.of("browser.report.delete"), () -> handler.delete(report)));
    }

    private void fill(Node icon, String title, String muted) {
        row.getChildren().set(0, icon);
        name.setText(title);
        fact.setText(muted);
        setAccessibleText(title + ", " + muted);
        setGraphic(row);
    }

    private static MenuItem item(String text, Runnable run) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(e -> run.run());
        return item;
    }

    /** Shows a run's state and progress as they stand; an ended run is shown once. */
    void refreshFact() {
        if (!isEmpty() && getItem() instanceof Ran ran && !(shown != null && shown.isFinal())) {
            RunState state = ran.run().state();
            if (state != shown) {
                show(ran.run());
            } else {
                fact.setText(RunFacts.fact(ran.run()));
            }
        }
    }
}

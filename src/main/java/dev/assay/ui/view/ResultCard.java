package dev.assay.ui.view;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import dev.assay.analysis.result.Result;
import dev.assay.report.Block;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A card around a result's view: title, menu with export, expand to the full tab. Used on the JavaFX thread. */
public final class ResultCard extends StackPane {

    private static final PseudoClass EXPANDED = PseudoClass.getPseudoClass("expanded");

    private final ResultView view;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final IconButton expand;
    private final HBox tools;
    private boolean expanded;

    /**
     * A card that shows nothing yet.
     *
     * @param onExpand called with this card when it is to fill the tab, or to go back to its place; null when it cannot
     */
    public ResultCard(ResultView view, Consumer<ResultCard> onExpand) {
        this.view = view;
        getStyleClass().add("result-card");
        title.getStyleClass().add("card-title");
        subtitle.getStyleClass().add("caption");
        expand = new IconButton("fth-maximize-2", Texts.of("card.expand"), () -> onExpand.accept(this));
        tools = new HBox();
        tools.getChildren().addAll(view.tools());
        tools.getChildren().add(menu());
        if (onExpand != null) {
            tools.getChildren().add(expand);
        }
        tools.getStyleClass().add("card-tools");
        tools.setAlignment(Pos.CENTER_RIGHT);
        tools.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(tools, Pos.TOP_RIGHT);
        BorderPane body = new BorderPane(view.node());
        if (view.drawsTitle()) {
            getStyleClass().add("chart");
        } else {
            VBox head = new VBox(2, title, subtitle);
            head.getStyleClass().add("card-head");
            body.setTop(head);
        }
        getChildren().addAll(body, tools);
    }

    /**
     * Lets the result be put into a report: by a button, or by dragging the button there.
     *
     * @param block what goes into the report
     * @param add puts it into the open one
     */
    public void setReport(Supplier<Block> block, Consumer<Block> add) {
        IconButton button = new IconButton(
                "fth-file-plus", Texts.of("card.report"), () -> add.accept(block.get()));
        button.setOnDragDetected(e -> {
            Dragboard board = button.startDragAndDrop(TransferMode.COPY);
            board.setContent(Map.of(BlockDrag.FORMAT, BlockDrag.text(block.get())));
            board.setDragView(button.snapshot(null, null));
            e.consume();
        });
        tools.getChildren().addFirst(button);
    }

    private Node menu() {
        if (view.drawsTitle()) {
            // The chart has one menu of its own, with zoom and export; the card's button opens just that.
            IconButton button = new IconButton("fth-more-horizontal", Texts.of("card.more"), () -> {});
            button.setOnAction(e -> {
                var at = button.localToScreen(0, button.getHeight());
                Node chart = view.node();
                Event.fireEvent(chart, contextMenuEvent(chart, at.getX(), at.getY()));
            });
            return button;
        }
        MenuButton button = new MenuButton(null, Icons.of("fth-more-horizontal"));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "quiet-button", Tweaks.NO_ARROW);
        button.setAccessibleText(Texts.of("card.more.short"));
        Tips.on(button, Texts.of("card.more.short"));
        button.setPopupSide(Side.BOTTOM);
        button.getItems().setAll(view.menuItems());
        button.setVisible(!button.getItems().isEmpty());
        return button;
    }

    private static ContextMenuEvent contextMenuEvent(Node target, double screenX, double screenY) {
        var local = target.screenToLocal(screenX, screenY);
        return new ContextMenuEvent(
                ContextMenuEvent.CONTEXT_MENU_REQUESTED, local.getX(), local.getY(), screenX, screenY, false, null);
    }

    /** Shows a snapshot. */
    public void show(Result result, String setting) {
        title.setText(result.title());
        subtitle.setText(setting);
        view.show(result, setting);
        setAccessibleText(result.title() + ", " + setting);
    }

    /** The view inside. */
    public ResultView view() {
        return view;
    }

    /** Whether it fills the tab. */
    public boolean isExpanded() {
        return expanded;
    }

    /** Says that it fills the tab, or is back in its place. */
    public void setExpanded(boolean fills) {
        expanded = fills;
        pseudoClassStateChanged(EXPANDED, fills);
        expand.show(
                fills ? "fth-minimize-2" : "fth-maximize-2", fills ? Texts.of("card.back") : Texts.of("card.expand"));
    }
}

package dev.assay.ui.shell.frame;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import dev.assay.ui.IconButton;
import dev.assay.ui.Texts;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.event.EventHandler;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Dialogs that lie over the window; Esc or a click outside closes them, and nothing waits for them. While one is shown
 * the keyboard stays in it.
 */
public final class Overlay extends ModalPane {

    private static final double MARGIN = 32;

    private Node focusBefore;
    private Node first;

    /** Nothing shown. */
    public Overlay() {
        setId("overlay");
        setInTransitionFactory(null);
        setOutTransitionFactory(null);
        EventHandler<KeyEvent> escape = this::escape;
        ChangeListener<Node> keep = (o, was, is) -> keepFocus(is);
        sceneProperty().addListener((o, was, is) -> {
            if (was != null) {
                was.removeEventFilter(KeyEvent.KEY_PRESSED, escape);
                was.focusOwnerProperty().removeListener(keep);
            }
            if (is != null) {
                is.addEventFilter(KeyEvent.KEY_PRESSED, escape);
                is.focusOwnerProperty().addListener(keep);
            }
        });
        displayProperty().addListener((o, was, is) -> {
            if (!is) {
                first = null;
                if (focusBefore != null) {
                    focusBefore.requestFocus();
                    focusBefore = null;
                }
            }
        });
    }

    /** What lies below a dialog gets no key: the tabulator goes round, and a button that was pressed waits. */
    private void keepFocus(Node now) {
        if (isDisplay() && first != null && now != null && !Focus.isWithin(now, getContent())) {
            first.requestFocus();
        }
    }

    /** Esc closes what is shown, wherever the focus is. */
    private void escape(KeyEvent e) {
        if (isDisplay() && e.getCode() == KeyCode.ESCAPE) {
            hideNow();
            e.consume();
        }
    }

    /** Shows a node near the top of the window, e.g. the command palette. */
    public void showOnTop(Node node) {
        show(node, Pos.TOP_CENTER);
        focus(node);
    }

    /**
     * Shows a dialog.
     *
     * @param id of the dialog's node
     * @param buttons from left to right; none for a dialog that is only read
     */
    public void showDialog(String id, String title, Node content, Node... buttons) {
        Label heading = new Label(title);
        heading.getStyleClass().add("page-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(8, heading, space, new IconButton("fth-x", Texts.of("close"), this::hideNow));
        header.setAlignment(Pos.CENTER_LEFT);
        // Its own, since content that is shown again must not hold on to where it was shown before.
        StackPane place = new StackPane(content);
        ScrollPane scroll = new ScrollPane(place);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        // A scroll pane asks for the height that its content has on one line; texts wrap.
        place.layoutBoundsProperty().addListener((o, was, is) -> scroll.setPrefViewportHeight(is.getHeight()));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox box = new DialogBox(16, header, scroll);
        box.setId(id);
        box.getStyleClass().add("dialog-box");
        if (buttons.length > 0) {
            HBox bar = new HBox(8, buttons);
            bar.setAlignment(Pos.CENTER_RIGHT);
            box.getChildren().add(bar);
        }
        box.setMaxWidth(Region.USE_PREF_SIZE);
        show(box, Pos.CENTER);
        focus(Focus.first(content)
                .or(() -> Stream.of(buttons)
                        .filter(b -> b instanceof Button button && button.isDefaultButton() && !b.isDisabled())
                        .findFirst())
                .orElse(content));
    }

    private void focus(Node node) {
        // Before its first pass the pane has no skin yet, and what it shows is in no scene that could focus it.
        applyCss();
        first = node;
        node.requestFocus();
    }

    /** As high as its content, but never higher than the window. */
    private final class DialogBox extends VBox {

        DialogBox(double spacing, Node... children) {
            super(spacing, children);
        }

        @Override
        protected double computeMaxHeight(double width) {
            return Math.min(prefHeight(width), Overlay.this.getHeight() - 2 * MARGIN);
        }
    }

    private void show(Node node, Pos position) {
        if (getScene() != null && focusBefore == null) {
            focusBefore = getScene().getFocusOwner();
        }
        setAlignment(position);
        show(node);
    }

    /** Takes away what is shown. */
    public void hideNow() {
        hide(true);
    }

    /** A button for a dialog; the primary one also answers to Enter. */
    public static Button button(String text, boolean primary, Runnable run) {
        Button button = new Button(text);
        if (primary) {
            button.getStyleClass().addAll(Styles.ACCENT, "default-button");
            button.setDefaultButton(true);
        }
        button.setOnAction(e -> run.run());
        return button;
    }
}

package dev.assay.ui.shell.frame;

import java.util.List;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;

/** Where the keyboard is, and where it may go. JavaFX thread only. */
final class Focus {

    /** On a node that was reached by key, as long as it has the keyboard; what is clicked needs no mark. */
    private static final PseudoClass REACHED = PseudoClass.getPseudoClass("reached");

    private Focus() {}

    /** The first node in a part of the window that takes the keyboard. */
    static Optional<Node> first(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Optional.empty();
        }
        if (node.isFocusTraversable()) {
            return Optional.of(node);
        }
        return node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream().flatMap(n -> first(n).stream()).findFirst()
                : Optional.empty();
    }

    /** Whether a node lies in another, or is that. */
    static boolean isWithin(Node node, Node ancestor) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n == ancestor) {
                return true;
            }
        }
        return false;
    }

    /** Moves the keyboard to the next or, with -1, the previous of these parts that can take it, around the ends. */
    static void step(List<? extends Node> parts, Node now, int by) {
        int at = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (isWithin(now, parts.get(i))) {
                at = i;
            }
        }
        int start = at < 0 && by < 0 ? 0 : at;
        for (int step = 1; step <= parts.size(); step++) {
            Optional<Node> next = first(parts.get(Math.floorMod(start + by * step, parts.size())));
            if (next.isPresent()) {
                reach(next.get());
                return;
            }
        }
    }

    private static void reach(Node node) {
        node.requestFocus();
        node.pseudoClassStateChanged(REACHED, true);
        node.focusedProperty().addListener(new ChangeListener<>() {
            @Override
            public void changed(ObservableValue<? extends Boolean> focused, Boolean was, Boolean is) {
                node.pseudoClassStateChanged(REACHED, is);
                if (!is) {
                    focused.removeListener(this);
                }
            }
        });
    }
}

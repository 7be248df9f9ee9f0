package dev.assay.ui.shell;

import dev.assay.chart.ChartTheme;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.theme.ThemeChoice;
import java.util.function.BiConsumer;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javafx.util.Duration;

/** Takes pictures of the window's parts, fine enough for paper. JavaFX thread only. */
final class Capture {

    /** Pixels of the picture for each of the screen's. */
    private static final double FINE = 2;

    /** Charts are painted anew in the background when the theme changes. */
    private static final Duration REPAINT = Duration.millis(900);

    private final Shell shell;
    private boolean exchanged;

    Capture(Shell shell) {
        this.shell = shell;
    }

    /** What is taken. */
    enum Part {
        /** The card or panel that has the focus. */
        PANEL("action.capture.panel"),
        /** The tab that is looked at. */
        TAB("action.capture.tab"),
        /** Everything. */
        WINDOW("action.capture.window");

        private final String action;

        Part(String action) {
            this.action = action;
        }

        /** Key of the text of the action that takes it. */
        String action() {
            return action;
        }
    }

    /** In which theme. */
    enum Look {
        /** As it is. */
        SHOWN("action.capture.tab"),
        /** Light. */
        LIGHT("action.capture.light"),
        /** Dark. */
        DARK("action.capture.dark");

        private final String action;

        Look(String action) {
            this.action = action;
        }

        /** Key of the text of the action that takes a picture of the tab like that. */
        String action() {
            return action;
        }
    }

    /** Takes a picture and hands it on with a caption of what it shows. */
    void take(Part part, Look look, BiConsumer<WritableImage, String> then) {
        if (exchanged) {
            return; // the theme is another one for a moment, and the next picture would take that for the user's
        }
        ChartTheme now = shell.theme().getValue();
        ChartTheme wanted = look == Look.SHOWN ? now : look == Look.LIGHT ? ChartTheme.LIGHT : ChartTheme.DARK;
        if (wanted == now) {
            snapshot(part, then);
            return;
        }
        exchanged = true;
        ThemeChoice before = shell.parts().themes().choiceProperty().get();
        shell.parts()
                .themes()
                .choiceProperty()
                .set(wanted == ChartTheme.DARK ? ThemeChoice.DARK : ThemeChoice.LIGHT);
        PauseTransition pause = new PauseTransition(REPAINT);
        pause.setOnFinished(e -> {
            try {
                snapshot(part, then);
            } finally {
                shell.parts().themes().choiceProperty().set(before);
                exchanged = false;
            }
        });
        pause.play();
    }

    private void snapshot(Part part, BiConsumer<WritableImage, String> then) {
        Node node = node(part);
        SnapshotParameters fine = new SnapshotParameters();
        fine.setTransform(Transform.scale(FINE, FINE));
        fine.setFill(shell.root().getScene().getFill());
        then.accept(node.snapshot(fine, null), caption(node));
    }

    private Node node(Part part) {
        Node tab = shell.tabs().selectedKey().flatMap(shell.tabs()::content).map(c -> c.node()).orElse(null);
        if (part == Part.WINDOW || (tab == null && part == Part.TAB)) {
            return shell.root();
        }
        if (part == Part.PANEL) {
            for (Node n = shell.root().getScene().getFocusOwner(); n != null; n = n.getParent()) {
                if (n.getStyleClass().contains("result-card") || n == shell.inspector() || n == shell.queue()
                        || "browser".equals(n.getId())) {
                    return n;
                }
            }
        }
        return tab == null ? shell.root() : tab;
    }

    /** What the picture shows: the panel's own words, then the tab's title. */
    private String caption(Node node) {
        String own = node.getAccessibleText() == null ? "" : node.getAccessibleText();
        String tab = shell.tabs()
                .selectedKey()
                .flatMap(shell.tabs()::content)
                .map(c -> c.title().get())
                .orElse("Assay");
        String where = node == shell.root() ? Texts.of("capture.window", tab) : tab;
        return own.isEmpty() ? where : own + " (" + tab + ")";
    }
}

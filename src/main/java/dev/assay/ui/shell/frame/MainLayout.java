package dev.assay.ui.shell.frame;

import dev.assay.ui.shell.prefs.WindowPrefs;
import impl.org.controlsfx.skin.DecorationPane;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Where the parts of the window are, with dividers that are remembered. */
public final class MainLayout {

    private static final double[] COLUMNS = {0.18, 0.765};
    private static final double[] ROWS = {0.8};
    private static final double[] BOTTOM = {0.62};

    private final SplitPane columns = new SplitPane();
    private final SplitPane rows = new SplitPane();
    private final SplitPane bottom = new SplitPane();
    private final VBox top = new VBox();
    private final StackPane root = new StackPane();
    private final DecorationPane decorations = new DecorationPane();
    private final Region browser;
    private final Region inspector;

    /** The panels, from the top left to the bottom right. */
    public record Slots(Region browser, Region tabs, Region inspector, Region queue, Region log) {}

    /**
     * Lays the panels out.
     *
     * @param strips where strips appear, under the toolbar
     * @param status the line at the bottom
     */
    public MainLayout(Slots parts, Node strips, Node status) {
        browser = parts.browser();
        inspector = parts.inspector();
        browser.setMinWidth(160);
        inspector.setMinWidth(280);
        parts.tabs().setMinWidth(320);
        parts.tabs().setMinHeight(160);
        parts.queue().setMinWidth(320);
        parts.log().setMinWidth(160);
        bottom.setMinHeight(80);
        columns.setId("columns");
        columns.getItems().setAll(browser, parts.tabs(), inspector);
        SplitPane.setResizableWithParent(browser, false);
        SplitPane.setResizableWithParent(inspector, false);
        bottom.setId("bottom");
        bottom.getItems().setAll(parts.queue(), parts.log());
        rows.setId("rows");
        rows.setOrientation(Orientation.VERTICAL);
        rows.getItems().setAll(columns, bottom);
        SplitPane.setResizableWithParent(bottom, false);
        BorderPane frame = new BorderPane(rows);
        top.getChildren().setAll(strips);
        frame.setTop(top);
        frame.setBottom(status);
        root.getChildren().add(frame);
        // ControlsFX would put its decoration pane in at the first decoration, and the whole scene be styled anew.
        decorations.setRoot(root);
    }

    /** Puts menu and toolbar over everything else. */
    public void setTop(Node menu, Node toolbar) {
        top.getChildren().addAll(0, List.of(menu, toolbar));
    }

    /** Lays these over the window, lowest first. */
    public void setOver(List<Node> over) {
        root.getChildren().addAll(over);
    }

    /** The root of the scene. */
    public Parent root() {
        return decorations;
    }

    /** Everything that takes drops. */
    public Node dropArea() {
        return root;
    }

    /** Puts the dividers where they were. */
    public void restore(WindowPrefs prefs) {
        columns.setDividerPositions(prefs.dividers("columns", 2).orElse(COLUMNS));
        rows.setDividerPositions(prefs.dividers("rows", 1).orElse(ROWS));
        bottom.setDividerPositions(prefs.dividers("bottom", 1).orElse(BOTTOM));
    }

    /** Keeps where the dividers are; a panel that is hidden keeps its old place. */
    public void save(WindowPrefs prefs) {
        if (columns.getDividers().size() == 2) {
            prefs.setDividers("columns", columns.getDividerPositions());
        }
        if (rows.getDividers().size() == 1) {
            prefs.setDividers("rows", rows.getDividerPositions());
        }
        prefs.setDividers("bottom", bottom.getDividerPositions());
    }

    /** Shows or hides the browser. */
    public void toggleBrowser() {
        toggle(columns, browser, 0);
    }

    /** Shows or hides the inspector. */
    public void toggleInspector() {
        toggle(columns, inspector, columns.getItems().size());
    }

    /** Shows or hides queue and log. */
    public void toggleBottom() {
        toggle(rows, bottom, 1);
    }

    private void toggle(SplitPane pane, Region part, int index) {
        if (pane.getItems().contains(part)) {
            part.getProperties().put("size", pane.getOrientation() == Orientation.HORIZONTAL ? part.getWidth() : part.getHeight());
            pane.getItems().remove(part);
        } else {
            pane.getItems().add(Math.min(index, pane.getItems().size()), part);
            double size = (double) part.getProperties().getOrDefault("size", 280.0);
            double whole = pane.getOrientation() == Orientation.HORIZONTAL ? pane.getWidth() : pane.getHeight();
            boolean first = index == 0;
            int divider = first ? 0 : pane.getDividers().size() - 1;
            pane.setDividerPosition(divider, first ? size / whole : 1 - size / whole);
        }
    }
}

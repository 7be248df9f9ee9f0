package dev.assay.ui.shell.frame;

import dev.assay.ui.shell.prefs.WindowPrefs;
import impl.org.controlsfx.skin.DecorationPane;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Where the parts of the window are, with dividers that are remembered. */
public final class MainLayout {

    private static final double BROWSER_WIDTH = 250;
    private static final double INSPECTOR_WIDTH = 340;
    private static final double BOTTOM_HEIGHT = 140;
    private static final double DIVIDER = 4;
    private static final double QUEUE_SHARE = 0.62;

    private final SplitPane columns = new SplitPane();
    private final SplitPane rows = new SplitPane();
    private final SplitPane bottom = new SplitPane();
    private final VBox top = new VBox();
    private final StackPane root = new StackPane();
    private final DecorationPane decorations = new DecorationPane();
    private final Region browser;
    private final Region inspector;
    private final Map<Region, Double> sizes = new IdentityHashMap<>();

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
        keepSizes(columns);
        keepSizes(rows);
    }

    /**
     * Holds the outer panels at their sizes in pixels whatever the window's size does: a desktop may give the window its
     * size in several steps after it was shown, and a divider's share of one of them says nothing about the next.
     */
    private void keepSizes(SplitPane pane) {
        (pane == columns ? pane.widthProperty() : pane.heightProperty())
                .addListener((o, before, now) -> Platform.runLater(() -> placeAll(pane)));
        pane.addEventFilter(MouseEvent.MOUSE_RELEASED, e -> {
            if (e.getTarget() instanceof Node node && isDivider(node)) {
                sizes.replaceAll((part, size) -> pane.getItems().contains(part) ? size(pane, part) : size);
            }
        });
    }

    private void placeAll(SplitPane pane) {
        for (Node item : List.copyOf(pane.getItems())) {
            Double size = sizes.get(item);
            if (size != null) {
                place(pane, (Region) item, size);
            }
        }
    }

    private static boolean isDivider(Node node) {
        return node.getStyleClass().contains("split-pane-divider")
                || node.getParent() != null && node.getParent().getStyleClass().contains("split-pane-divider");
    }

    private static double size(SplitPane pane, Region part) {
        return pane.getOrientation() == Orientation.HORIZONTAL ? part.getWidth() : part.getHeight();
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

    /** Gives the panels the sizes they had. */
    public void restore(WindowPrefs prefs) {
        place("browser", prefs.panel("browser").orElse(BROWSER_WIDTH));
        place("inspector", prefs.panel("inspector").orElse(INSPECTOR_WIDTH));
        place("bottom", prefs.panel("bottom").orElse(BOTTOM_HEIGHT));
        bottom.setDividerPositions(prefs.panel("queue").filter(s -> s < 1).orElse(QUEUE_SHARE));
        if (!prefs.shows("browser", true)) {
            toggleBrowser();
        }
        if (!prefs.shows("inspector", true)) {
            toggleInspector();
        }
        if (!prefs.shows("bottom", true)) {
            toggleBottom();
        }
    }

    /** Keeps the panels' sizes and which are shown; a panel that is hidden keeps its old size. */
    public void save(WindowPrefs prefs) {
        prefs.setShows("browser", columns.getItems().contains(browser));
        prefs.setShows("inspector", showsInspector());
        prefs.setShows("bottom", rows.getItems().contains(bottom));
        if (columns.getItems().contains(browser)) {
            prefs.setPanel("browser", browser.getWidth());
        }
        if (showsInspector()) {
            prefs.setPanel("inspector", inspector.getWidth());
        }
        if (rows.getItems().contains(bottom)) {
            prefs.setPanel("bottom", bottom.getHeight());
        }
        prefs.setPanel("queue", bottom.getDividerPositions()[0]);
    }

    /** Gives a panel a size in pixels: {@code browser}, {@code inspector} or {@code bottom}. */
    public void place(String panel, double size) {
        switch (panel) {
            case "browser" -> place(columns, browser, size);
            case "inspector" -> place(columns, inspector, size);
            case "bottom" -> place(rows, bottom, size);
            default -> throw new IllegalArgumentException("there is no panel " + panel);
        }
    }

    private static double length(SplitPane pane) {
        return pane.getOrientation() == Orientation.HORIZONTAL ? pane.getWidth() : pane.getHeight();
    }

    /** Gives the first or last panel of a split pane a size in pixels. */
    private void place(SplitPane pane, Region part, double size) {
        sizes.put(part, size);
        // A divider's position is that of its middle.
        double share = Math.clamp((size + DIVIDER / 2) / Math.max(1, length(pane)), 0.05, 0.6);
        boolean first = pane.getItems().getFirst() == part;
        pane.setDividerPosition(first ? 0 : pane.getDividers().size() - 1, first ? share : 1 - share);
    }

    /** Shows or hides the browser. */
    public void toggleBrowser() {
        toggle(columns, browser, 0);
    }

    /** Whether the inspector's side is shown. */
    public boolean showsInspector() {
        return columns.getItems().contains(inspector);
    }

    /** Shows the inspector's side if it is hidden. */
    public void showInspector() {
        if (!showsInspector()) {
            toggleInspector();
        }
    }

    /** Shows or hides the inspector. */
    public void toggleInspector() {
        toggle(columns, inspector, columns.getItems().size());
    }

    /** Moves the keyboard to the next or, with -1, the previous panel that is shown. */
    public void stepPanel(int by) {
        List<Node> shown = new ArrayList<>(columns.getItems());
        if (rows.getItems().contains(bottom)) {
            shown.addAll(bottom.getItems());
        }
        Focus.step(shown, root.getScene().getFocusOwner(), by);
    }

    /** Shows or hides queue and log. */
    public void toggleBottom() {
        toggle(rows, bottom, 1);
    }

    private void toggle(SplitPane pane, Region part, int index) {
        if (pane.getItems().contains(part)) {
            sizes.put(part, size(pane, part));
            pane.getItems().remove(part);
        } else {
            pane.getItems().add(Math.min(index, pane.getItems().size()), part);
            place(pane, part, sizes.getOrDefault(part, BROWSER_WIDTH));
        }
    }
}

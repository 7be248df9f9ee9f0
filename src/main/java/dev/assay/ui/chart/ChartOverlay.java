package dev.assay.ui.chart;

import dev.assay.chart.Drawn;
import dev.assay.chart.Hit;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.util.Duration;

/** What moves over a chart: crosshair, the point under the mouse, the selected one, tooltip, zoom area, live dot. */
final class ChartOverlay extends Pane {

    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");
    private static final PseudoClass MOVABLE = PseudoClass.getPseudoClass("movable");
    private static final double HOVER_RADIUS = 5.5;
    private static final double TIP_DISTANCE = 14;
    private static final double WIDEST_TIP = 280;
    private static final Duration NOTE_TIME = Duration.seconds(6);

    private final Line across = line();
    private final Line along = line();
    private final Line cursor = new Line();
    private final Label cursorLabel = new Label();
    private final Circle hoverPoint = new Circle(HOVER_RADIUS);
    private final Rectangle hoverArea = area("hover-area");
    private final Circle selectedPoint = new Circle(HOVER_RADIUS);
    private final Rectangle selectedArea = area("selected-area");
    private final Rectangle zoomArea = area("zoom-area");
    private final Polygon brush = new Polygon();
    private final Rectangle focusFrame = area("focus-frame");
    private final Circle liveDot = new Circle(3);
    private final Label tipTitle = new Label();
    private final VBox tip = new VBox();
    private final Label note = new Label();
    private final PauseTransition noteTimer = new PauseTransition(NOTE_TIME);

    ChartOverlay() {
        setMouseTransparent(true);
        hoverPoint.getStyleClass().add("hover-point");
        selectedPoint.getStyleClass().add("selected-point");
        cursor.getStyleClass().add("plot-cursor");
        brush.getStyleClass().add("brush-area");
        cursorLabel.getStyleClass().add("plot-cursor-label");
        liveDot.getStyleClass().add("live-dot");
        tip.getStyleClass().add("chart-tip");
        tip.setMaxWidth(WIDEST_TIP);
        tipTitle.getStyleClass().add("tip-title");
        tipTitle.setWrapText(true);
        note.getStyleClass().add("chart-note");
        focusFrame.setArcWidth(6);
        focusFrame.setArcHeight(6);
        getChildren()
                .addAll(
                        focusFrame, selectedArea, selectedPoint, cursor, cursorLabel, across, along, hoverArea,
                        hoverPoint, zoomArea, brush,
                        liveDot,
                        tip, note);
        getChildren().forEach(n -> {
            n.setManaged(false);
            n.setVisible(false);
        });
        noteTimer.setOnFinished(e -> note.setVisible(false));
    }

    private static Line line() {
        Line line = new Line();
        line.getStyleClass().add("crosshair");
        return line;
    }

    private static Rectangle area(String style) {
        Rectangle area = new Rectangle();
        area.getStyleClass().add(style);
        return area;
    }

    /** Shows what is under the mouse or the keyboard's cursor; null for nothing. */
    void hover(Hit hit, Drawn drawn) {
        boolean point = hit != null && hit.isPoint();
        hoverPoint.setVisible(point);
        hoverArea.setVisible(hit != null && !point);
        across.setVisible(point);
        along.setVisible(point);
        tip.setVisible(hit != null);
        if (hit == null) {
            return;
        }
        if (point) {
            var plot = drawn.plot();
            double x = hit.area().getX();
            double y = hit.area().getY();
            hoverPoint.setCenterX(x);
            hoverPoint.setCenterY(y);
            double sharpX = Math.floor(x) + 0.5;
            double sharpY = Math.floor(y) + 0.5;
            set(along, sharpX, plot.getMinY(), sharpX, plot.getMaxY());
            set(across, plot.getMinX(), sharpY, plot.getMaxX(), sharpY);
        } else {
            place(hoverArea, hit, drawn);
        }
        showTip(hit);
    }

    private static void set(Line line, double x0, double y0, double x1, double y1) {
        line.setStartX(x0);
        line.setStartY(y0);
        line.setEndX(x1);
        line.setEndY(y1);
    }

    /**
     * Shows the line that stands at a value of an axis.
     *
     * @param at its place in pixels, along x when it is upright
     * @param label what stands at its end
     */
    void cursor(double at, String label, boolean upright, boolean movable, Drawn drawn) {
        var plot = drawn.plot();
        double sharp = Math.floor(at) + 0.5;
        if (upright) {
            set(cursor, sharp, plot.getMinY(), sharp, plot.getMaxY());
        } else {
            set(cursor, plot.getMinX(), sharp, plot.getMaxX(), sharp);
        }
        cursor.setVisible(true);
        cursor.pseudoClassStateChanged(MOVABLE, movable);
        cursorLabel.pseudoClassStateChanged(MOVABLE, movable);
        cursorLabel.setText(label);
        cursorLabel.setVisible(true);
        cursorLabel.applyCss();
        double wide = Math.ceil(cursorLabel.prefWidth(-1));
        double high = Math.ceil(cursorLabel.prefHeight(wide));
        double left =
                upright ? Math.clamp(sharp - wide / 2, plot.getMinX(), Math.max(plot.getMinX(), plot.getMaxX() - wide))
                        : Math.max(plot.getMinX(), plot.getMaxX() - wide);
        double top = upright ? plot.getMinY()
                : Math.clamp(sharp - high / 2, plot.getMinY(), Math.max(plot.getMinY(), plot.getMaxY() - high));
        cursorLabel.resizeRelocate(Math.round(left), Math.round(top), wide, high);
    }

    /** Shows no such line. */
    void noCursor() {
        cursor.setVisible(false);
        cursorLabel.setVisible(false);
    }

    private static void place(Rectangle area, Hit hit, Drawn drawn) {
        var shown = hit.area().createIntersection(drawn.plot());
        area.setX(shown.getX());
        area.setY(shown.getY());
        area.setWidth(Math.max(1, shown.getWidth()));
        area.setHeight(Math.max(1, shown.getHeight()));
    }

    private void showTip(Hit hit) {
        tip.getChildren().clear();
        if (!hit.title().isEmpty()) {
            tipTitle.setText(hit.title());
            tip.getChildren().add(tipTitle);
        }
        for (String line : hit.lines()) {
            Label label = new Label(line);
            label.setWrapText(true);
            tip.getChildren().add(label);
        }
        tip.applyCss();
        double wide = Math.min(WIDEST_TIP, Math.ceil(tip.prefWidth(-1)));
        double high = Math.ceil(tip.prefHeight(wide));
        double x = hit.isPoint() ? hit.area().getX() : Math.min(hit.area().getMaxX(), hit.area().getX() + 60);
        double y = hit.isPoint() ? hit.area().getY() : hit.area().getCenterY();
        double left = x + TIP_DISTANCE + wide <= getWidth() ? x + TIP_DISTANCE : x - TIP_DISTANCE - wide;
        double top = y - TIP_DISTANCE - high >= 0 ? y - TIP_DISTANCE - high : y + TIP_DISTANCE;
        tip.resizeRelocate(
                Math.round(Math.max(0, Math.min(left, getWidth() - wide))),
                Math.round(Math.max(0, Math.min(top, getHeight() - high))), wide, high);
    }

    /** Marks what is selected; null for nothing. */
    void select(Hit hit, Drawn drawn) {
        selectedPoint.setVisible(hit != null && hit.isPoint());
        selectedArea.setVisible(hit != null && !hit.isPoint());
        if (hit != null && hit.isPoint()) {
            selectedPoint.setCenterX(hit.area().getX());
            selectedPoint.setCenterY(hit.area().getY());
        } else if (hit != null) {
            place(selectedArea, hit, drawn);
        }
    }

    /** Shows the area that a zoom would fill; null for none. */
    void zoom(Rectangle2D area) {
        zoomArea.setVisible(area != null);
        if (area != null) {
            zoomArea.setX(area.getMinX());
            zoomArea.setY(area.getMinY());
            zoomArea.setWidth(area.getWidth());
            zoomArea.setHeight(area.getHeight());
        }
    }

    /** Shows the area that is being selected; x and y in turn, fewer than three points for none. */
    void brush(List<Double> line) {
        brush.setVisible(line.size() >= 6);
        brush.getPoints().setAll(line);
    }

    void live(boolean live, double x, double y) {
        liveDot.setVisible(live);
        liveDot.setCenterX(x);
        liveDot.setCenterY(y);
    }

    void focus(boolean focused) {
        focusFrame.setVisible(focused);
    }

    /** Says something for a while. */
    void note(String text, boolean problem) {
        note.setText(text);
        note.pseudoClassStateChanged(PROBLEM, problem);
        note.setVisible(true);
        placeNote();
        noteTimer.playFromStart();
    }

    /** What the note says, or an empty text. */
    String noteText() {
        return note.isVisible() ? note.getText() : "";
    }

    private void placeNote() {
        note.applyCss();
        double wide = Math.min(getWidth() - 16, Math.ceil(note.prefWidth(-1)));
        double high = Math.ceil(note.prefHeight(wide));
        note.resizeRelocate((getWidth() - wide) / 2, getHeight() - high - 8, wide, high);
    }

    @Override
    protected void layoutChildren() {
        focusFrame.setX(0.5);
        focusFrame.setY(0.5);
        focusFrame.setWidth(Math.max(0, getWidth() - 1));
        focusFrame.setHeight(Math.max(0, getHeight() - 1));
        if (note.isVisible()) {
            placeNote();
        }
    }
}

package dev.assay.ui.chart;

import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.chart.Brushed;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.ChartView;
import dev.assay.chart.Drawn;
import dev.assay.chart.Hit;
import dev.assay.chart.Marked;
import dev.assay.chart.MatrixOrder;
import dev.assay.chart.ResultCharts;
import dev.assay.chart.SeriesColours;
import dev.assay.chart.Span;
import dev.assay.ui.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;

/**
 * A chart of a result: crosshair and tooltip, zoom, context menu with export. Used on the JavaFX thread; showing a new
 * snapshot of the same result keeps zoom and axes steady.
 *
 * <p>The chart is painted by JFreeChart in the background and shown as a picture of the screen's own resolution, so that
 * neither a long line nor a large matrix can hold up the window; what moves lies over it.
 */
public final class ResultChart extends StackPane {

    /** Room for the buttons that a card puts over its chart. */
    private static final int TITLE_INSET = 136;

    private static final double LEAST_WIDTH = 200;
    private static final double LEAST_HEIGHT = 140;
    private static final double WANTED_WIDTH = 480;
    private static final double WANTED_HEIGHT = 320;

    private final ImageView picture = new ImageView();
    private final ChartOverlay overlay = new ChartOverlay();
    private final ChartPainter painter = new ChartPainter(this::wanted, this::painted);
    private final ImageView marksPicture = new ImageView();
    private final ChartMarks marks = new ChartMarks(marksPicture::setImage);
    private final LiveCursor cursor = new LiveCursor(this);
    private final ChartBrush brush = new ChartBrush(this);
    private final ChartExport export = new ChartExport(overlay::note);
    private final ChartMenu menu = new ChartMenu(this, export);
    private final ChangeListener<Object> onScreenChange = (o, was, is) -> painter.request();
    /** What was asked for while it lay in a tab or page that is not shown is drawn when that is. */
    private final Hiding hiding = new Hiding(this, () -> painter.request());

    private Consumer<Selection> onSelection = s -> {};
    private Runnable onTool = () -> {};
    private Result result;
    private ResultCharts.Source source;
    private ChartView view;
    private ChartPainter.Painted seen;
    private Span wholeX;
    private Span wholeY;
    private Span leastX;
    private Span leastY;
    private Hit hovered;
    private Hit selected;
    private String hoveredSeries;
    private String selectedSeries;

    /** An empty chart. */
    public ResultChart(ChartTheme theme) {
        view = ChartView.of(theme, "").withTitleInset(TITLE_INSET);
        getStyleClass().add("result-chart");
        picture.setManaged(false);
        picture.setMouseTransparent(true);
        overlay.setManaged(false);
        marksPicture.setManaged(false);
        marksPicture.setMouseTransparent(true);
        getChildren().addAll(picture, marksPicture, overlay);
        setMinSize(LEAST_WIDTH, LEAST_HEIGHT);
        setPrefSize(WANTED_WIDTH, WANTED_HEIGHT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleRoleDescription(Texts.of("chart.role"));
        new ChartMouse(this);
        new ChartKeys(this);
        setOnContextMenuRequested(e -> {
            menu.show(e.getX(), e.getY(), e.getScreenX(), e.getScreenY());
            e.consume();
        });
        focusedProperty().addListener((o, was, is) -> {
            overlay.focus(is && isFocusVisible());
            if (!is) {
                hover(null);
                hoverSeries(null);
                setAccessibleText(seen == null ? null : seen.chart().finding());
            }
        });
        focusVisibleProperty().addListener((o, was, is) -> overlay.focus(is));
        localToSceneTransformProperty().addListener(onScreenChange);
        sceneProperty().addListener((o, was, is) -> follow(was, is));
    }

    /** Whether there is a chart for this kind of result. */
    public static boolean supports(Result result) {
        return ResultCharts.supports(result);
    }

    /**
     * Shows a result, in place of the one shown before.
     *
     * @param subtitle the muted line under the title: on what, with which setting
     */
    public void show(Result result, String subtitle) {
        if (result == this.result && subtitle.equals(view.subtitle())) {
            return;
        }
        boolean same = this.result != null
                && this.result.id().equals(result.id())
                && this.result.getClass() == result.getClass();
        if (result != this.result) {
            source = ResultCharts.source(result);
        }
        this.result = result;
        if (!same) {
            forget();
        }
        if (view.live()) {
            view = view.withLive(true, leastX, leastY);
        }
        view = view.withSubtitle(subtitle);
        if (same && view.live()) {
            painter.requestUpdate();
        } else {
            painter.request();
        }
    }

    private void forget() {
        leastX = null;
        leastY = null;
        selected = null;
        selectedSeries = null;
        hoveredSeries = null;
        wholeX = null;
        wholeY = null;
        view = view.withRanges(null, null)
                .withLog(null, null)
                .withHidden(Set.of())
                .withHighlighted(null)
                .withOrder(MatrixOrder.GIVEN)
                .withLive(view.live(), null, null);
        hover(null);
        overlay.select(null, null);
    }

    /** Changes the theme. */
    public void setTheme(ChartTheme theme) {
        view = view.withTheme(theme);
        painter.request();
    }

    /** Whether the small dot says that results are still coming; the axes then grow in steps. */
    public void setLive(boolean live) {
        if (live != view.live()) {
            leastX = null;
            leastY = null;
            view = view.withLive(live, null, null);
            painter.request();
        }
    }

    /** Called with what was clicked. */
    public void setOnSelection(Consumer<Selection> handler) {
        onSelection = handler;
    }

    /** Called with what an area holds that was selected with a lasso or a rectangle; null where none can be. */
    public void setOnBrush(Consumer<Brushed> handler) {
        brush.setOnBrush(handler);
    }

    /** Marks what is selected, here or elsewhere. */
    public void mark(Marked marked) {
        marks.mark(marked);
        if (!marked.brushed() || marked.isEmpty()) {
            brush.clear();
        }
        if (result instanceof Curve curve && curve.ref() != null) {
            Set<String> keys = marked.of(curve.ref());
            String series = keys.size() == 1 ? keys.iterator().next() : null;
            if (!Objects.equals(series, selectedSeries)) {
                selectedSeries = series;
                highlight();
            }
        }
        if (selected != null && !marked.isEmpty() && !marked.hasAny(selected.refs())) {
            selected = null;
            overlay.select(null, null);
        }
    }

    /** Whether areas of the chart can be selected. */
    public boolean canBrush() {
        return brush.isPossible();
    }

    /** Whether dragging the mouse selects with a lasso. */
    public boolean isLasso() {
        return brush.tool() == ChartBrush.Tool.LASSO;
    }

    /** Lets dragging the mouse select with a lasso, or zoom. */
    public void setLasso(boolean lasso) {
        setTool(lasso ? ChartBrush.Tool.LASSO : ChartBrush.Tool.ZOOM);
    }

    void setTool(ChartBrush.Tool tool) {
        brush.setTool(tool);
        onTool.run();
    }

    /** Called when dragging the mouse does something else than before. */
    public void setOnTool(Runnable handler) {
        onTool = handler;
    }

    ChartBrush brush() {
        return brush;
    }

    /** Called while the user moves the line that stands for a live parameter; null when it cannot be moved. */
    public void setOnCursor(CursorHandler handler) {
        cursor.setOnMoved(handler);
    }

    LiveCursor cursor() {
        return cursor;
    }

    /** Lets a series have the same colour in all charts that share the object. */
    public void setColours(SeriesColours colours) {
        view = view.withColours(colours);
        painter.request();
    }

    /** Who asks where a chart is to be exported; the desktop's dialog unless set. */
    public void setSave(ChartSave save) {
        export.setSave(save);
    }

    /**
     * Whether the picture shows what was asked for last. False while it is still being painted; a chart that is scrolled
     * out of sight needs no new picture.
     */
    public boolean isUpToDate() {
        return marks.isIdle() && painter.isUpToDate() || seen != null && painter.isIdle() && !isInView();
    }

    /** How often the chart was painted. */
    int paintCount() {
        return painter.count();
    }

    Result result() {
        return result;
    }

    ChartView view() {
        return view;
    }

    /** What is on the screen, or null. */
    ChartPainter.Painted seen() {
        return seen;
    }

    ChartOverlay overlay() {
        return overlay;
    }

    ChartMenu menu() {
        return menu;
    }

    /** The ranges that the whole result takes, null before it was seen. */
    Span whole(boolean x) {
        return x ? wholeX : wholeY;
    }

    Hit hovered() {
        return hovered;
    }

    private ChartPainter.Wanted wanted() {
        int width = (int) Math.floor(getWidth());
        int height = (int) Math.floor(getHeight());
        Scene scene = getScene();
        hiding.look();
        if (source == null || width < 2 || height < 2 || scene == null || seen != null && !isInView()) {
            return null;
        }
        Window window = scene.getWindow();
        double scale = window == null ? 1 : Math.max(1, window.getOutputScaleX());
        return new ChartPainter.Wanted(source, view, width, height, scale);
    }

    /** Whether any of it can be seen: it lies in the window, and in the part of a scrolled page that is shown. */
    private boolean isInView() {
        Bounds bounds = localToScene(getLayoutBounds());
        for (Parent p = getParent(); p != null; p = p.getParent()) {
            if (!p.isVisible()) {
                return false;
            }
            if (p.getClip() != null && !p.localToScene(p.getClip().getBoundsInParent()).intersects(bounds)) {
                return false;
            }
        }
        Scene scene = getScene();
        return scene != null && bounds.intersects(0, 0, scene.getWidth(), scene.getHeight());
    }

    private void painted(ChartPainter.Painted now) {
        seen = now;
        picture.setImage(now.image());
        picture.setFitWidth(now.image().getWidth() / now.wanted().scale());
        picture.setFitHeight(now.image().getHeight() / now.wanted().scale());
        marksPicture.setFitWidth(picture.getFitWidth());
        marksPicture.setFitHeight(picture.getFitHeight());
        marks.painted(now);
        brush.painted(now.wanted());
        Drawn drawn = now.drawn();
        ChartView was = now.wanted().view();
        if (was.x() == null) {
            wholeX = drawn.x();
        }
        int bands = now.chart().bands();
        if (bands > 0) {
            wholeY = new Span(-0.5, bands - 0.5);
        } else if (was.y() == null) {
            wholeY = drawn.y();
        }
        if (was.live() && was.x() == null && was.y() == null && sameScales(was)) {
            leastX = drawn.x();
            leastY = drawn.y();
        }
        overlay.live(view.live(), now.chart().titleEnd() + 10, 16);
        setAccessibleText(now.chart().finding());
        cursor.show();
        hover(hovered == null ? null : drawn.hits().find(hovered.place()).orElse(null));
        overlay.select(selected == null ? null : drawn.hits().find(selected.place()).orElse(null), drawn);
    }

    private boolean sameScales(ChartView was) {
        return Objects.equals(was.xLog(), view.xLog()) && Objects.equals(was.yLog(), view.yLog());
    }

    /** Shows what is at a place; null for nothing. */
    void hover(Hit hit) {
        hovered = hit;
        overlay.hover(hit, seen == null ? null : seen.drawn());
    }

    /** Brings a series forward while the mouse is on it; null for none. */
    void hoverSeries(String series) {
        if (!Objects.equals(series, hoveredSeries)) {
            hoveredSeries = series;
            highlight();
        }
    }

    private void highlight() {
        view = view.withHighlighted(hoveredSeries != null ? hoveredSeries : selectedSeries);
        painter.request();
    }

    /** Selects what was clicked and tells whoever listens. */
    void select(Hit hit) {
        selected = hit;
        overlay.select(hit, seen == null ? null : seen.drawn());
        String series = hit == null || !isCrowded() ? null : hit.series();
        if (!Objects.equals(series, selectedSeries)) {
            selectedSeries = series;
            highlight();
        }
        if (hit != null && !hit.refs().isEmpty()) {
            onSelection.accept(new Selection(result.id(), hit.refs()));
        }
    }

    /** Whether there are so many series that only one is in colour. */
    boolean isCrowded() {
        return seen != null && seen.chart().isCrowded();
    }

    /** Shows a series that is hidden, hides one that is not. */
    void toggle(String series) {
        Set<String> hidden = new HashSet<>(view.hidden());
        if (!hidden.remove(series)) {
            hidden.add(series);
        }
        view = view.withHidden(hidden);
        painter.request();
    }

    /** Zooms; null shows all of an axis. */
    void zoom(Span x, Span y) {
        view = view.withRanges(x, y);
        painter.request();
    }

    /** Shows all of both axes again. */
    public void resetZoom() {
        zoom(null, null);
    }

    /** Switches the axes between linear and logarithmic. */
    void setLog(Boolean x, Boolean y) {
        // Positions mean something else on another scale, so zoom and growing axes start anew.
        leastX = null;
        leastY = null;
        view = view.withLog(x, y).withRanges(null, null).withLive(view.live(), null, null);
        painter.request();
    }

    /** Whether x stays as it is when the chart is zoomed. */
    boolean zoomsOnlyY() {
        return result instanceof Ranking;
    }

    /** Puts the rows and columns of a matrix in another order. */
    void setOrder(MatrixOrder order) {
        view = view.withOrder(order);
        selected = null;
        overlay.select(null, null);
        hover(null);
        painter.request();
    }

    /** What is at a pixel of the chart. */
    Optional<Hit> hitAt(double x, double y) {
        return seen == null ? Optional.empty() : seen.drawn().hits().at(x, y);
    }

    /** The name of a series at a pixel. */
    Optional<String> labelAt(double x, double y) {
        return labels().stream().filter(l -> l.area().contains(x, y)).map(Drawn.Label::series).findFirst();
    }

    private List<Drawn.Label> labels() {
        return seen == null ? List.of() : seen.drawn().labels();
    }

    private void follow(Scene was, Scene is) {
        if (was != null) {
            was.windowProperty().removeListener(onScreenChange);
            if (was.getWindow() != null) {
                was.getWindow().outputScaleXProperty().removeListener(onScreenChange);
            }
        }
        if (is != null) {
            is.windowProperty().addListener(onScreenChange);
            if (is.getWindow() != null) {
                is.getWindow().outputScaleXProperty().addListener(onScreenChange);
            }
            painter.request();
        }
    }

    @Override
    protected void layoutChildren() {
        overlay.resizeRelocate(0, 0, getWidth(), getHeight());
        painter.request();
    }

    @Override
    public String getUserAgentStylesheet() {
        return Objects.requireNonNull(ResultChart.class.getResource("chart.css")).toExternalForm();
    }
}

package dev.assay.ui.network;

import dev.assay.chart.Chart;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.IntBuffer;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Affine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A placed graph to look at: drag or scroll to move, wheel to zoom, click to select, double click for more. What is in
 * view is painted in the background; meanwhile the picture before is moved and scaled, so that five thousand nodes follow
 * the mouse as five do. JavaFX thread only.
 */
public final class NetworkView extends Region {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkView.class);
    private static final double LEAST_SCALE = 0.005;
    private static final double MOST_SCALE = 3;
    private static final double WHEEL_STEP = 1.2;
    private static final double WHEEL_NOTCH = 40;
    private static final double KEY_STEP = 60;
    private static final double FIT_MARGIN = 16;

    /** Room below the whole graph for what the colours say. */
    private static final double LEGEND = 48;
    private static final double MOST_FIT = 1.25;
    private static final double READABLE = 0.9;

    private final ImageView picture = new ImageView();
    private final Affine shift = new Affine();
    private IntConsumer onSelect = node -> {};
    private IntConsumer onOpen = node -> {};
    private Runnable onMoved = () -> {};
    private Placement placed;
    private LayerDrawing.Look look;
    private Camera camera = new Camera(1, 0, 0);
    private Wanted painted;
    private boolean painting;
    private boolean fitPending;
    private long count;
    private double pressX;
    private double pressY;
    private Camera pressed;
    private boolean dragged;

    /** How the graph lies under the view: a place p of the graph is at {@code p * scale + offset}. */
    private record Camera(double scale, double x, double y) {}

    private record Wanted(
            Placement placed, LayerDrawing.Look look, Camera camera, int width, int height, double pixels) {}

    /** An empty view. */
    public NetworkView() {
        getStyleClass().add("network-view");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleRoleDescription(Texts.of("network.role"));
        picture.setManaged(false);
        picture.setMouseTransparent(true);
        picture.getTransforms().add(shift);
        getChildren().add(picture);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        addEventHandler(ScrollEvent.SCROLL, this::scroll);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    /** Called with the index of a node that was clicked; -1 for none. */
    public void setOnSelect(IntConsumer handler) {
        onSelect = handler;
    }

    /** Called with the index of a node that was double-clicked. */
    public void setOnOpen(IntConsumer handler) {
        onOpen = handler;
    }

    /** Called when the zoom changed. */
    public void setOnMoved(Runnable handler) {
        onMoved = handler;
    }

    /** Shows a graph, all of it. */
    void show(Placement next, LayerDrawing.Look nextLook) {
        placed = next;
        look = nextLook;
        // What was painted of another graph does not lie where this one does.
        painted = null;
        picture.setImage(null);
        setAccessibleText(Texts.of("network.size", Numbers.count(next.graph().nodes().size()),
                Numbers.count(next.graph().from().length)));
        fit();
    }

    /** Shows the same graph otherwise. */
    void setLook(LayerDrawing.Look next) {
        look = next;
        request();
    }

    /** Pixels of the screen for each of the graph's. */
    public double scale() {
        return camera.scale();
    }

    /** Whether the picture is that of what is in view. */
    public boolean isUpToDate() {
        return !painting && !fitPending && (placed == null || painted != null && painted.equals(wanted()));
    }

    /** How often it was painted. */
    public long paintCount() {
        return count;
    }

    /** Shows the whole graph. */
    public void fit() {
        if (placed == null) {
            return;
        }
        if (getWidth() < 2 || getHeight() < 2) {
            fitPending = true;
            return;
        }
        fitPending = false;
        double room = Math.min(
                (getWidth() - 2 * FIT_MARGIN) / Math.max(1, placed.wide()),
                (getHeight() - 2 * FIT_MARGIN - LEGEND) / Math.max(1, placed.high()));
        double scale = Math.clamp(room, LEAST_SCALE, MOST_FIT);
        move(new Camera(
                scale, (getWidth() - placed.wide() * scale) / 2, (getHeight() - LEGEND - placed.high() * scale) / 2));
    }

    /** Zooms around the middle. */
    public void zoom(double factor) {
        zoom(factor, getWidth() / 2, getHeight() / 2);
    }

    private void zoom(double factor, double x, double y) {
        double scale = Math.clamp(camera.scale() * factor, LEAST_SCALE, MOST_SCALE);
        double by = scale / camera.scale();
        move(new Camera(scale, x - (x - camera.x()) * by, y - (y - camera.y()) * by));
    }

    /** Moves what is seen by pixels. */
    public void pan(double dx, double dy) {
        move(new Camera(camera.scale(), camera.x() + dx, camera.y() + dy));
    }

    /** Brings a node into the middle, near enough to be read. */
    public void reveal(int node) {
        if (placed == null || node < 0) {
            return;
        }
        double scale = Math.max(camera.scale(), READABLE);
        double x = placed.x()[node] + placed.width()[node] / 2;
        double y = placed.y()[node] + placed.height() / 2;
        move(new Camera(scale, getWidth() / 2 - x * scale, getHeight() / 2 - y * scale));
    }

    /** Where a node's middle is in the view. */
    public Point2D at(int node) {
        return new Point2D(
                (placed.x()[node] + placed.width()[node] / 2) * camera.scale() + camera.x(),
                (placed.y()[node] + placed.height() / 2) * camera.scale() + camera.y());
    }

    private void move(Camera next) {
        camera = next;
        place();
        request();
        onMoved.run();
    }

    /** Lays the picture that is there where it belongs now. */
    private void place() {
        if (painted == null) {
            return;
        }
        Camera then = painted.camera();
        double by = camera.scale() / then.scale();
        shift.setToTransform(by, 0, camera.x() - then.x() * by, 0, by, camera.y() - then.y() * by);
    }

    private Wanted wanted() {
        int width = (int) getWidth();
        int height = (int) getHeight();
        if (placed == null || width < 2 || height < 2 || getScene() == null) {
            return null;
        }
        double pixels = getScene().getWindow() == null ? 1 : Math.max(1, getScene().getWindow().getOutputScaleX());
        return new Wanted(placed, look, camera, width, height, pixels);
    }

    private void request() {
        Wanted now = wanted();
        if (painting || now == null || now.equals(painted)) {
            return;
        }
        painting = true;
        Thread.ofVirtual().name("network").start(() -> {
            Image image = null;
            try {
                image = paint(now);
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.error("The graph could not be drawn", e);
            }
            Image made = image;
            Platform.runLater(() -> finish(now, made));
        });
    }

    private static Image paint(Wanted now) {
        int wide = (int) Math.ceil(now.width() * now.pixels());
        int high = (int) Math.ceil(now.height() * now.pixels());
        BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D g2 = Chart.graphics(image, now.pixels());
        Graphics2D inner = (Graphics2D) g2.create();
        Camera camera = now.camera();
        inner.translate(camera.x(), camera.y());
        inner.scale(camera.scale(), camera.scale());
        LayerDrawing.paint(
                inner, now.placed(), now.look(),
                new Rectangle2D.Double(
                        -camera.x() / camera.scale(), -camera.y() / camera.scale(), now.width() / camera.scale(),
                        now.height() / camera.scale()),
                camera.scale());
        inner.dispose();
        LayerDrawing.paintLegend(g2, now.placed(), now.look(), 16, now.height() - 12, now.width() - 32);
        g2.dispose();
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        return new WritableImage(
                new PixelBuffer<>(wide, high, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance()));
    }

    private void finish(Wanted now, Image image) {
        painting = false;
        if (image != null && now.placed() == placed) {
            count++;
            painted = now;
            picture.setImage(image);
            picture.setFitWidth(now.width());
            picture.setFitHeight(now.height());
            place();
        }
        if (image != null) {
            request();
        }
    }

    private void press(MouseEvent e) {
        requestFocus();
        pressX = e.getX();
        pressY = e.getY();
        pressed = camera;
        dragged = false;
    }

    private void drag(MouseEvent e) {
        if (pressed == null || e.isSecondaryButtonDown()) {
            return;
        }
        if (!dragged && Math.hypot(e.getX() - pressX, e.getY() - pressY) < 4) {
            return;
        }
        dragged = true;
        setCursor(Cursor.CLOSED_HAND);
        move(new Camera(pressed.scale(), pressed.x() + e.getX() - pressX, pressed.y() + e.getY() - pressY));
    }

    private void click(MouseEvent e) {
        setCursor(null);
        if (dragged || e.getButton() != MouseButton.PRIMARY || placed == null) {
            return;
        }
        int node = placed.nodeAt(
                (e.getX() - camera.x()) / camera.scale(), (e.getY() - camera.y()) / camera.scale());
        if (e.getClickCount() == 2 && node >= 0) {
            onOpen.accept(node);
        } else if (e.getClickCount() == 1) {
            onSelect.accept(node);
        }
        e.consume();
    }

    private void scroll(ScrollEvent e) {
        if (placed == null || e.getDeltaY() == 0 && e.getDeltaX() == 0) {
            return;
        }
        if (e.isShiftDown() || e.getDeltaY() == 0) {
            pan(e.getDeltaX() == 0 ? e.getDeltaY() : e.getDeltaX(), 0);
        } else {
            zoom(Math.pow(WHEEL_STEP, e.getDeltaY() / WHEEL_NOTCH), e.getX(), e.getY());
        }
        e.consume();
    }

    private void key(KeyEvent e) {
        switch (e.getCode()) {
            case LEFT -> pan(KEY_STEP, 0);
            case RIGHT -> pan(-KEY_STEP, 0);
            case UP -> pan(0, KEY_STEP);
            case DOWN -> pan(0, -KEY_STEP);
            case PLUS, ADD, EQUALS -> zoom(WHEEL_STEP);
            case MINUS, SUBTRACT -> zoom(1 / WHEEL_STEP);
            case DIGIT0, NUMPAD0, HOME -> fit();
            case ESCAPE -> onSelect.accept(-1);
            default -> {
                return;
            }
        }
        e.consume();
    }

    @Override
    protected void layoutChildren() {
        if (fitPending) {
            fit();
        }
        request();
    }
}

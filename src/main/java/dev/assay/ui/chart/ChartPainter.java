package dev.assay.ui.chart;

import dev.assay.chart.Chart;
import dev.assay.chart.ChartView;
import dev.assay.chart.Drawn;
import dev.assay.chart.ResultCharts;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.IntBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.util.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws a chart in the background, at most once in 40 ms and never twice the same, and hands the picture to the window's
 * thread. Painting a chart on that thread would hold it up: a line of a million points takes longer than a frame.
 *
 * <p>Data of a run that goes on wait longer than the user: they are drawn for at most a tenth of the time, so that its
 * charts do not take the processor from the run itself.
 */
final class ChartPainter {

    private static final Logger LOG = LoggerFactory.getLogger(ChartPainter.class);
    private static final long LEAST_NANOS = 40_000_000;
    private static final long REST = 10;

    private final Supplier<Wanted> wanted;
    private final Consumer<Painted> onPainted;
    private final PauseTransition timer = new PauseTransition();
    private Wanted last;
    private long lastStart = System.nanoTime() - LEAST_NANOS;
    private boolean waiting;
    private boolean painting;
    private long again;
    private long timerDue;
    private long lastNanos;
    private int count;

    /**
     * What is to be drawn.
     *
     * @param source makes the chart
     * @param scale pixels of the screen for each of the chart
     */
    record Wanted(ResultCharts.Source source, ChartView view, int width, int height, double scale) {}

    /** What was drawn: the chart, where its parts are, and its picture. */
    record Painted(Wanted wanted, Chart chart, Drawn drawn, Image image) {}

    /**
     * A painter that has nothing to do yet.
     *
     * @param wanted asked when painting starts; null for nothing
     * @param onPainted given every picture
     */
    ChartPainter(Supplier<Wanted> wanted, Consumer<Painted> onPainted) {
        this.wanted = wanted;
        this.onPainted = onPainted;
        timer.setOnFinished(e -> {
            waiting = false;
            start();
        });
    }

    /** The user changed something: drawn as soon as may be. Cheap. */
    void request() {
        ask(LEAST_NANOS);
    }

    /** New data of a live run came: drawn when the chart had its rest. Cheap. */
    void requestUpdate() {
        ask(Math.max(LEAST_NANOS, lastNanos * REST));
    }

    private void ask(long distance) {
        if (painting) {
            again = again == 0 ? distance : Math.min(again, distance);
            return;
        }
        long due = lastStart + distance;
        if (waiting && due >= timerDue) {
            // A timer that runs is not started anew, or a stream of requests would never be drawn.
            return;
        }
        timer.stop();
        waiting = false;
        long left = due - System.nanoTime();
        if (left <= 0) {
            start();
        } else {
            waiting = true;
            timerDue = due;
            timer.setDuration(Duration.millis(left / 1e6));
            timer.playFromStart();
        }
    }

    /** Whether nothing is being painted nor waits for its turn. */
    boolean isIdle() {
        return !painting && !waiting;
    }

    /** Whether what is seen is what is wanted. */
    boolean isUpToDate() {
        return isIdle() && last != null && last.equals(wanted.get());
    }

    /** How many pictures were painted. */
    int count() {
        return count;
    }

    private void start() {
        Wanted now = wanted.get();
        if (now == null || now.equals(last)) {
            return;
        }
        lastStart = System.nanoTime();
        painting = true;
        again = 0;
        Thread.ofVirtual().name("chart").start(() -> paint(now));
    }

    private void paint(Wanted now) {
        try {
            Chart chart = now.source().chart(now.view(), now.width(), now.height());
            int wide = (int) Math.ceil(now.width() * now.scale());
            int high = (int) Math.ceil(now.height() * now.scale());
            BufferedImage picture = new BufferedImage(wide, high, BufferedImage.TYPE_INT_ARGB_PRE);
            Graphics2D g2 = Chart.graphics(picture, now.scale());
            Drawn drawn = chart.draw(g2);
            g2.dispose();
            int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
            Image image = new WritableImage(new PixelBuffer<>(
                    wide, high, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance()));
            Platform.runLater(() -> finish(now, new Painted(now, chart, drawn, image)));
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("A chart could not be drawn", e);
            Platform.runLater(() -> finish(now, null));
        }
    }

    private void finish(Wanted now, Painted painted) {
        painting = false;
        lastNanos = System.nanoTime() - lastStart;
        last = now;
        if (painted != null) {
            count++;
            onPainted.accept(painted);
        }
        if (again > 0) {
            ask(again > LEAST_NANOS ? Math.max(LEAST_NANOS, lastNanos * REST) : LEAST_NANOS);
        }
    }
}

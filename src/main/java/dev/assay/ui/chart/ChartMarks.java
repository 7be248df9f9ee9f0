package dev.assay.ui.chart;

import dev.assay.chart.Chart;
import dev.assay.chart.MarkPainter;
import dev.assay.chart.Marked;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.IntBuffer;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws what is selected as a picture of its own over the chart, in the background: a new selection then costs no new
 * chart, and a chart of a million points follows as one of ten. JavaFX thread only.
 */
final class ChartMarks {

    private static final Logger LOG = LoggerFactory.getLogger(ChartMarks.class);

    private final Consumer<Image> onPainted;
    private Marked marked = Marked.NONE;
    private ChartPainter.Painted seen;
    private ChartPainter.Painted doneOn;
    private Marked done = Marked.NONE;
    private boolean painting;

    /**
     * Nothing is marked.
     *
     * @param onPainted given the picture; null for none
     */
    ChartMarks(Consumer<Image> onPainted) {
        this.onPainted = onPainted;
    }

    void mark(Marked now) {
        marked = now;
        start();
    }

    /** The chart was painted anew, so its marks may be elsewhere. */
    void painted(ChartPainter.Painted now) {
        seen = now;
        start();
    }

    /** Whether all is drawn. */
    boolean isIdle() {
        return !painting;
    }

    private void start() {
        boolean nothing = marked.isEmpty() && done.isEmpty();
        if (painting || seen == null || nothing || marked == done && seen == doneOn) {
            return;
        }
        painting = true;
        Marked what = marked;
        ChartPainter.Painted on = seen;
        Thread.ofVirtual().name("marks").start(() -> {
            Image image = null;
            try {
                image = what.isEmpty() ? null : paint(on, what);
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.error("A selection could not be drawn", e);
            }
            Image made = image;
            Platform.runLater(() -> {
                painting = false;
                done = what;
                doneOn = on;
                onPainted.accept(made);
                start();
            });
        });
    }

    private static Image paint(ChartPainter.Painted on, Marked what) {
        ChartPainter.Wanted wanted = on.wanted();
        int wide = (int) Math.ceil(wanted.width() * wanted.scale());
        int high = (int) Math.ceil(wanted.height() * wanted.scale());
        BufferedImage picture = new BufferedImage(wide, high, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D g2 = Chart.graphics(picture, wanted.scale());
        int count = MarkPainter.paint(g2, on.drawn(), what, wanted.view().theme());
        g2.dispose();
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        return count == 0 ? null
                : new WritableImage(new PixelBuffer<>(
                        wide, high, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance()));
    }
}

package dev.assay.ui.chart;

import dev.assay.analysis.result.Result;
import dev.assay.chart.Chart;
import dev.assay.chart.ChartCsv;
import dev.assay.chart.ChartFiles;
import dev.assay.chart.ChartView;
import dev.assay.chart.ResultCharts;
import dev.assay.ui.Texts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the chart that is seen to a file or the clipboard, in the background. */
final class ChartExport {

    private static final Logger LOG = LoggerFactory.getLogger(ChartExport.class);
    private static final double PNG_SCALE = 2;

    private final BiConsumer<String, Boolean> onOutcome;
    private ChartSave save = ChartSave.dialog();

    /** What a chart can be written as. */
    enum Format {
        PNG(Texts.of("file.png"), ".png"),
        SVG(Texts.of("file.svg"), ".svg"),
        PDF(Texts.of("file.pdf"), ".pdf"),
        CSV(Texts.of("file.csv"), ".csv");

        private final String title;
        private final String ending;

        Format(String title, String ending) {
            this.title = title;
            this.ending = ending;
        }
    }

    /**
     * Exports nothing yet.
     *
     * @param onOutcome told on the JavaFX thread what became of it, and whether that is a problem
     */
    ChartExport(BiConsumer<String, Boolean> onOutcome) {
        this.onOutcome = onOutcome;
    }

    void setSave(ChartSave save) {
        this.save = save;
    }

    /** Asks for a file and writes the chart as it is seen, or its data. */
    void export(Format format, Result result, ChartPainter.Wanted seen, Window owner) {
        Optional<Path> file = save.ask(owner, ChartFiles.fileName(result.id()) + format.ending, format.title);
        if (file.isEmpty()) {
            return;
        }
        Path path = file.get();
        Thread.ofVirtual().name("assay-chart-export").start(() -> {
            try {
                write(format, result, seen, path);
                tell(Texts.of("saved", path.getFileName()), false);
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("A chart could not be written to {}: {}", path, e.toString());
                tell(Texts.of("chart.not.written", path.getFileName(), reason(e)), true);
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.error("A chart could not be written to {}", path, e);
                tell(Texts.of("chart.fault", path.getFileName()), true);
            }
        });
    }

    private static void write(Format format, Result result, ChartPainter.Wanted seen, Path path) throws IOException {
        switch (format) {
            case PNG -> ChartFiles.png(chart(seen, seen.view()), path, PNG_SCALE);
            case SVG -> ChartFiles.svg(chart(seen, seen.view().withMostMarks(ChartView.MARKS_IN_FILES)), path);
            case PDF -> ChartFiles.pdf(chart(seen, seen.view().withMostMarks(ChartView.MARKS_IN_FILES)), path);
            case CSV -> ChartCsv.write(result, path);
        }
    }

    private static Chart chart(ChartPainter.Wanted seen, ChartView view) {
        ResultCharts.Source source = seen.source();
        return source.chart(view.withTitleInset(0), seen.width(), seen.height());
    }

    private static String reason(Exception e) {
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return switch (e) {
            case java.nio.file.AccessDeniedException a -> Texts.of("chart.denied");
            case java.nio.file.NoSuchFileException n -> Texts.of("chart.no.folder");
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    private void tell(String text, boolean problem) {
        Platform.runLater(() -> onOutcome.accept(text, problem));
    }

    /** Puts a picture of the chart as it is seen on the clipboard. */
    void copy(ChartPainter.Wanted seen) {
        Thread.ofVirtual().name("assay-chart-copy").start(() -> {
            WritableImage image;
            try {
                image = picture(seen);
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.error("A chart could not be copied", e);
                tell(Texts.of("chart.not.copied"), true);
                return;
            }
            Platform.runLater(() -> {
                ClipboardContent content = new ClipboardContent();
                content.putImage(image);
                Clipboard.getSystemClipboard().setContent(content);
                onOutcome.accept(Texts.of("chart.copied"), false);
            });
        });
    }

    private static WritableImage picture(ChartPainter.Wanted seen) {
        BufferedImage picture = chart(seen, seen.view()).image(PNG_SCALE);
        int wide = picture.getWidth();
        int high = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, wide, high, null, 0, wide);
        WritableImage image = new WritableImage(wide, high);
        image.getPixelWriter().setPixels(0, 0, wide, high, PixelFormat.getIntArgbInstance(), pixels, 0, wide);
        return image;
    }
}

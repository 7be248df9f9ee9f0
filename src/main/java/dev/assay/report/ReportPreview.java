package dev.assay.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** A report as the pages that its PDF has, to be looked at. One thread at a time; not the window's. */
public final class ReportPreview implements AutoCloseable {

    private final PDDocument document;
    private final PDFRenderer renderer;

    private ReportPreview(PDDocument document) {
        this.document = document;
        this.renderer = new PDFRenderer(document);
    }

    /**
     * Lays a report out.
     *
     * @param stop asked now and then; true gives up with a {@link StoppedException}
     */
    public static ReportPreview of(Report report, ReportSource source, BooleanSupplier stop) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new PdfReport(report, stop).write(ReportContent.of(report, source), Instant.now(), bytes);
        return new ReportPreview(Loader.loadPDF(bytes.toByteArray()));
    }

    /** Number of pages. */
    public int pages() {
        return document.getNumberOfPages();
    }

    /**
     * A picture of a page.
     *
     * @param scale pixels per point
     */
    public BufferedImage page(int index, double scale) throws IOException {
        return renderer.renderImage(index, (float) scale, ImageType.RGB);
    }

    /** Width of a page in points. */
    public static double width() {
        return PdfPages.PAGE_WIDTH;
    }

    /** Height of a page for its width. */
    public static double heightPerWidth() {
        return PdfPages.HEIGHT_PER_WIDTH;
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}

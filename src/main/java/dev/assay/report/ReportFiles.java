package dev.assay.report;

import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Table;
import dev.assay.run.IoReason;
import dev.assay.run.json.StagedFiles;
import dev.assay.run.json.TableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Reports as files. A file appears under its name only when it is whole, so what was there stays when writing fails. Needs
 * no display; not for the window's thread.
 */
public final class ReportFiles {

    private ReportFiles() {}

    /** What a report can be written as. */
    public enum Format {
        /** One page for a browser. */
        HTML,
        /** Pages for paper. */
        PDF;

        /**
         * The format that a file's name asks for.
         *
         * @throws InputException when it ends with something else
         */
        public static Format of(Path file) throws InputException {
            String name = file.toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".html") || name.endsWith(".htm")) {
                return HTML;
            }
            if (name.endsWith(".pdf")) {
                return PDF;
            }
            throw new InputException(
                    "a report cannot be written in this format", file.toString(),
                    "let the name end with .html or .pdf");
        }
    }

    /**
     * Writes a report as the file's ending says.
     *
     * @param stop asked now and then; true gives up with a {@link StoppedException}
     * @return the tables written beside an HTML file because they were too large to be inside; mostly none
     * @throws InputException when the ending is not known or the file cannot be written
     */
    public static List<Path> write(Report report, ReportSource source, Path file, BooleanSupplier stop)
            throws InputException, StoppedException {
        Format format = Format.of(file);
        Path target = file.toAbsolutePath().normalize();
        try {
            if (target.getParent() != null) {
                Files.createDirectories(target.getParent());
            }
            if (Files.isDirectory(target)) {
                throw new IOException("it is a folder");
            }
            List<Element> elements = ReportContent.of(report, source);
            if (format == Format.PDF) {
                StagedFiles.replace(target, out -> new PdfReport(report, stop).write(elements, Instant.now(), out));
                return List.of();
            }
            return html(report, elements, target, stop);
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            throw new InputException(
                    "the report cannot be written (" + IoReason.of(e) + ")", target.toString(),
                    "choose another place; the report itself is kept",
                    e);
        }
    }

    private static List<Path> html(Report report, List<Element> elements, Path target, BooleanSupplier stop)
            throws IOException {
        String name = target.getFileName().toString();
        String folder = name.substring(0, name.lastIndexOf('.')) + "-tables";
        HtmlReport page = new HtmlReport(report, folder, stop);
        byte[] text = page.write(elements, Instant.now()).getBytes(StandardCharsets.UTF_8);
        Map<String, Table> beside = page.beside();
        Path tables = target.resolveSibling(folder);
        if (!beside.isEmpty()) {
            Files.createDirectories(tables);
            try (StagedFiles files = new StagedFiles(tables)) {
                for (Map.Entry<String, Table> table : beside.entrySet()) {
                    files.add(table.getKey(), out -> TableFiles.write(table.getValue(), out));
                }
                files.commit();
            }
        }
        StagedFiles.replace(target, out -> out.write(text));
        return beside.keySet().stream().map(tables::resolve).toList();
    }
}

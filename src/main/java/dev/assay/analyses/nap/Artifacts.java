package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a run leaves beside its results. */
final class Artifacts {

    /** The public pattern file. */
    static final String PATTERNS = "patterns.json";

    /** Folder of what the explorer needs. */
    private static final String FOLDER = "activations";

    private Artifacts() {}

    /** Writes a file's content. */
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** The folder of what the explorer needs. */
    static Path folder(Path artifacts) {
        return artifacts.resolve(FOLDER);
    }

    /** The same folder, made if it is not there. */
    static Path makeFolder(Path artifacts) throws AnalysisException {
        Path folder = folder(artifacts);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** Writes a file so that it is there whole or not at all. */
    static void writeAtomically(Path file, Content content) throws AnalysisException {
        try {
            WholeFile.write(file, content::write);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static AnalysisException unwritable(Path file, IOException e) {
        return new AnalysisException(
                "the file cannot be written (" + reason(e) + ")",
                file.toString(),
                "make room on the disk or choose another folder",
                e);
    }

    static AnalysisException unreadable(Path file, IOException e) {
        return new AnalysisException(
                "the file cannot be read (" + reason(e) + ")", file.toString(), "run the analysis again", e);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

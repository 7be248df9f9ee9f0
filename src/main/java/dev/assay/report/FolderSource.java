package dev.assay.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs by their folders, each read once, and pictures of one folder. For one thread. */
public final class FolderSource implements ReportSource {

    private final Path pictures;
    private final Map<String, ReportRun> runs = new HashMap<>();

    /**
     * A source.
     *
     * @param pictures the folder of the report's pictures; null for none
     */
    public FolderSource(Path pictures) {
        this.pictures = pictures;
    }

    @Override
    public ReportRun run(String key) {
        return runs.computeIfAbsent(key, k -> ReportRun.read(Path.of(k)));
    }

    @Override
    public byte[] picture(String file) throws IOException {
        if (pictures == null) {
            throw new NoSuchFileException(file);
        }
        return Files.readAllBytes(pictures.resolve(Path.of(file).getFileName()));
    }
}

package dev.assay.analyses.complexity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.AnalysisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** All merges of a run in a file, so that the threshold can be changed without merging again. */
final class LinkedFile {

    private static final String NAME = "merges.json";

    private LinkedFile() {}

    static void write(List<Linked> linked, Path folder) throws AnalysisException {
        Path part = folder.resolve(NAME + ".part");
        try {
            new ObjectMapper().writeValue(part.toFile(), linked);
            Files.move(part, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AnalysisException(
                    "the merges cannot be written: " + e.getMessage(), NAME, "check the space on the disk", e);
        }
    }

    /** The merges, or empty when the run did not come that far. */
    static Optional<List<Linked>> read(Path folder) throws AnalysisException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readValue(file.toFile(), new TypeReference<List<Linked>>() {}));
        } catch (IOException e) {
            throw new AnalysisException("the stored merges are damaged", file.toString(), "run the analysis again", e);
        }
    }
}

package dev.assay.analyses.complexity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run keeps so that the threshold can be changed without merging again.
 *
 * @param linked all merges of every group
 * @param tradeOff the networks that were evaluated
 */
record RunFile(List<Linked> linked, List<TradeOff.Point> tradeOff) {

    private static final String NAME = "merges.json";

    static void write(RunFile kept, Path folder) throws AnalysisException {
        try {
            WholeFile.write(folder.resolve(NAME), out -> new ObjectMapper().writeValue(out, kept));
        } catch (IOException e) {
            throw new AnalysisException(
                    "the merges cannot be written: " + e.getMessage(), NAME, "check the space on the disk", e);
        }
    }

    /** What a run kept, or empty when it did not come that far. */
    static Optional<RunFile> read(Path folder) throws AnalysisException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readValue(file.toFile(), new TypeReference<RunFile>() {}));
        } catch (IOException e) {
            throw new AnalysisException("the stored merges are damaged", file.toString(), "run the analysis again", e);
        }
    }
}

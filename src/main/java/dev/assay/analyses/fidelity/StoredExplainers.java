package dev.assay.analyses.fidelity;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a finished run left for looking into it: its explanations, its instances and its seed.
 *
 * @param names of the explainers
 * @param files of their scores
 * @param keys indices of the instances
 * @param seed of the draws
 */
record StoredExplainers(List<String> names, List<Path> files, int[] keys, long seed) {

    private static final String FILE = "fidelity.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The file's content. */
    record Content(List<String> explainers, int[] instances, long seed) {}

    /** Writes it, whole or not at all. */
    static void write(Path artifacts, List<String> names, int[] keys, long seed) throws AnalysisException {
        Path file = artifacts.resolve(FILE);
        try {
            WholeFile.write(file, out -> JSON.writeValue(out, new Content(names, keys, seed)));
        } catch (IOException e) {
            throw new AnalysisException(
                    "the file cannot be written (" + e.getMessage() + ")", file.toString(),
                    "make room on the disk or choose another folder", e);
        }
    }

    /** Reads it; null when the run did not come to its end. */
    static StoredExplainers read(Path artifacts) throws AnalysisException {
        Path file = artifacts.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
            List<Path> files = IntStream.range(0, content.explainers().size())
                    .mapToObj(i -> artifacts.resolve(ExplanationCsv.FOLDER)
                            .resolve(ExplanationCsv.fileName(content.explainers(), i)))
                    .toList();
            return new StoredExplainers(content.explainers(), files, content.instances(), content.seed());
        } catch (JacksonException e) {
            throw new AnalysisException(
                    "this is not what a run of robust fidelity leaves behind", file.toString(),
                    "run the analysis again", e);
        } catch (IOException e) {
            throw new AnalysisException(
                    "the file cannot be read (" + e.getMessage() + ")", file.toString(), "run the analysis again", e);
        }
    }
}

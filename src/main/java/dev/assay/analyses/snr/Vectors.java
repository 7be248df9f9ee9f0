package dev.assay.analyses.snr;

import dev.assay.data.Dataset;
import java.util.List;

/**
 * Embeddings: one row per sample.
 *
 * @param name of the file they come from, for messages
 * @param role the input whose samples the rows are
 * @param values row-major, finite
 * @param rows number of rows
 * @param columns values per row, at least 2
 * @param labels class index per row, -1 for none; null without labels
 * @param classes class names
 */
record Vectors(
        String name, String role, float[] values, int rows, int columns, int[] labels, List<String> classes) {

    /** The same rows with the classes of the samples that they were made from. */
    Vectors named(Dataset samples) {
        return new Vectors(
                name, role, values, rows, columns, samples.labelled() ? labels : null, samples.classes());
    }

    boolean labelled() {
        return labels != null;
    }
}

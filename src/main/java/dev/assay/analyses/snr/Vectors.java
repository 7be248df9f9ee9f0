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

    /** Mean of a row's values. */
    double mean(int row) {
        float first = values[row * columns];
        boolean same = true;
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            sum += values[row * columns + c];
            same &= values[row * columns + c] == first;
        }
        // The mean of equal values may round, and what is constant has no variance.
        return same ? first : sum / columns;
    }

    /** Variance over the values of a row, divided by their number. */
    double variance(int row) {
        double mean = mean(row);
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            double v = values[row * columns + c] - mean;
            sum += v * v;
        }
        return sum / columns;
    }
}

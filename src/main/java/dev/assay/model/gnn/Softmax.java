package dev.assay.model.gnn;

/** Softmax over rows of scores. */
public final class Softmax {

    private Softmax() {}

    /**
     * Scores to probabilities, in place.
     *
     * @param values {@code [rows][classes]}
     */
    public static void inPlace(double[] values, int classes) {
        for (int at = 0; at < values.length; at += classes) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                greatest = Math.max(greatest, values[at + k]);
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                values[at + k] = Math.exp(values[at + k] - greatest);
                sum += values[at + k];
            }
            for (int k = 0; k < classes; k++) {
                values[at + k] /= sum;
            }
        }
    }

    /** The class with the greatest value of a row; the lowest one of equals. */
    public static int argmax(double[] values, int row, int classes) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (values[row * classes + k] > values[row * classes + best]) {
                best = k;
            }
        }
        return best;
    }
}

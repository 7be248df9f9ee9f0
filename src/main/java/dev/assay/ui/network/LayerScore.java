package dev.assay.ui.network;

import java.util.Arrays;

/**
 * A number for each layer that a run found.
 *
 * @param title what it is, and which run found it
 * @param unit as in results: {@code share} for percent
 * @param values by the layer's index; NaN where there is none; not copied, must not be changed afterwards
 * @param low the lowest of them; 0 without any
 * @param high the highest; 1 without any
 */
public record LayerScore(String title, String unit, double[] values, double low, double high) {

    /** With the range that the values have. */
    public LayerScore(String title, String unit, double[] values) {
        this(
                title, unit, values, Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(0),
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(1));
    }

    /** The value of a node: its layer's, or the mean of its layers'; NaN for none. */
    double of(LayerGraph.Node node) {
        if (node.first() < 0) {
            return Double.NaN;
        }
        return Arrays.stream(values, node.first(), node.first() + node.layers())
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }

    /** Where a value lies between the lowest and the highest, 0 to 1. */
    double share(double value) {
        return high > low ? (value - low) / (high - low) : 0.5;
    }
}

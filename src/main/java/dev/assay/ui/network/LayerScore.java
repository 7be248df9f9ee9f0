package dev.assay.ui.network;

import java.util.Arrays;

/**
 * A number for each layer that a run found.
 *
 * @param title what it is, and which run found it
 * @param unit as in results: {@code share} for percent
 * @param values by the layer's index; NaN where there is none; not copied, must not be changed afterwards
 */
public record LayerScore(String title, String unit, double[] values) {

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

    /** The lowest value. */
    double low() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(0);
    }

    /** The highest value. */
    double high() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(1);
    }

    /** Where a value lies between both, 0 to 1. */
    double share(double value) {
        double low = low();
        double high = high();
        return high > low ? (value - low) / (high - low) : 0.5;
    }
}

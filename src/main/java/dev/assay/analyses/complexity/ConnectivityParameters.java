package dev.assay.analyses.complexity;

import dev.assay.analysis.Parameter;

/** Parameters of linear connectivity. */
public record ConnectivityParameters(
        @Parameter(
                label = "Points on the line",
                help = "At how many places between the two networks, both ends included, loss and accuracy are"
                        + " measured.",
                min = "3",
                max = "1001") int points,
        @Parameter(
                label = "Most rounds",
                help = "Matching stops when a round over all groups gains nothing, or after so many rounds.",
                min = "1",
                max = "10000",
                advanced = true) int rounds,
        @Parameter(
                label = "Export the matched model",
                help = "Write matched.onnx beside the results: the second network with its features in the order of"
                        + " the first. It computes what the second network computes.",
                advanced = true) boolean exportModel) {

    /** The defaults: 25 points as in Git Re-Basin's figures, 100 rounds. */
    public static ConnectivityParameters defaults() {
        return new ConnectivityParameters(25, 100, false);
    }
}

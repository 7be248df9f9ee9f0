package dev.assay.compute;

import java.util.List;

/**
 * A network over the nodes of a graph as a list of numeric steps and a linear head.
 *
 * @param inputWidth width of the node features
 * @param steps from the features to the layers' outputs; the last one is a {@link GraphStep.LayerEnd}
 * @param pooling how nodes become one row, concatenated in order; empty to keep a row for each node
 * @param concatenate whether the head sees the outputs of all layers side by side, or only the last
 * @param head the last linear map; its outputs are the class scores
 */
public record GraphProgram(
        int inputWidth, List<GraphStep> steps, List<Pooling> pooling, boolean concatenate, GraphStep.Linear head) {

    /** Copies the lists. */
    public GraphProgram {
        steps = List.copyOf(steps);
        pooling = List.copyOf(pooling);
    }

    /** How the rows of all nodes become one; the mean counts nodes without edges too. */
    public enum Pooling {
        /** Greatest value of each column. */
        MAX,
        /** Mean of each column. */
        MEAN,
        /** Sum of each column. */
        SUM
    }

    /** Number of classes. */
    public int classes() {
        return head.out();
    }

    /** Width of what the head sees of a node: the last layer's, or the sum of all layers'. */
    public int embeddingWidth() {
        int width = inputWidth;
        int all = 0;
        for (GraphStep step : steps) {
            width = step.outputWidth(width);
            if (step instanceof GraphStep.LayerEnd) {
                all = concatenate ? all + width : width;
            }
        }
        return all;
    }
}

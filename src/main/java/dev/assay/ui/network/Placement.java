package dev.assay.ui.network;

import java.util.List;

/**
 * Where a graph's nodes and edges are. Immutable; the arrays are not copied.
 *
 * @param graph what is placed
 * @param x left edges of the nodes
 * @param y upper edges
 * @param width widths of the nodes
 * @param height height of every node
 * @param edges corners of each edge, x and y in turn
 * @param wide width of the whole
 * @param high height of the whole
 */
public record Placement(
        LayerGraph graph, double[] x, double[] y, double[] width, double height, List<double[]> edges, double wide,
        double high) {

    /** The node at a place, or -1. */
    public int nodeAt(double px, double py) {
        for (int i = 0; i < x.length; i++) {
            if (px >= x[i] && px <= x[i] + width[i] && py >= y[i] && py <= y[i] + height) {
                return i;
            }
        }
        return -1;
    }
}

package dev.assay.chart;

import dev.assay.analysis.result.Dendrogram;

/**
 * Where the nodes of a dendrogram are: leaves at whole positions from 0, a merge half way between its two sides.
 *
 * @param at position of each node along the leaves
 * @param from leftmost leaf below each node
 * @param to rightmost leaf below each node
 * @param parent the merge above each node, as a node; -1 at the top
 * @param size number of leaves below each node
 */
record DendrogramLayout(double[] at, double[] from, double[] to, int[] parent, int[] size) {

    static DendrogramLayout of(Dendrogram tree) {
        int nodes = tree.nodes();
        double[] at = new double[nodes];
        double[] from = new double[nodes];
        double[] to = new double[nodes];
        int[] parent = new int[nodes];
        int[] size = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            parent[node] = -1;
            if (tree.isLeaf(node)) {
                at[node] = node;
                from[node] = node;
                to[node] = node;
                size[node] = 1;
            } else {
                int a = tree.first()[tree.merge(node)];
                int b = tree.second()[tree.merge(node)];
                at[node] = (at[a] + at[b]) / 2;
                from[node] = Math.min(from[a], from[b]);
                to[node] = Math.max(to[a], to[b]);
                size[node] = size[a] + size[b];
                parent[a] = node;
                parent[b] = node;
            }
        }
        return new DendrogramLayout(at, from, to, parent, size);
    }

    /** Whether the leaves below a node are all those between its leftmost and its rightmost one. */
    boolean isClosed(int node) {
        return size[node] == to[node] - from[node] + 1;
    }

    /**
     * The cluster of each node after a cut: the topmost node at or below the cut that holds it, or -1 for a merge above.
     * A node is at or below the cut when its merge and all merges inside it are.
     *
     * @param cut height of the cut; NaN for none, which leaves no clusters
     */
    int[] clusters(Dendrogram tree, double cut) {
        int nodes = tree.nodes();
        boolean[] below = new boolean[nodes];
        for (int node = 0; node < nodes; node++) {
            below[node] = tree.isLeaf(node)
                    || tree.heights()[tree.merge(node)] <= cut
                            && below[tree.first()[tree.merge(node)]]
                            && below[tree.second()[tree.merge(node)]];
        }
        int[] cluster = new int[nodes];
        for (int node = nodes - 1; node >= 0; node--) {
            int up = parent[node];
            cluster[node] = up >= 0 && below[up] ? cluster[up] : below[node] ? node : -1;
        }
        return cluster;
    }
}

package dev.assay.data.graph;

/**
 * A small graph that benchmark graphs carry as the reason of their class.
 *
 * @param nodes number of nodes
 * @param edges undirected edges between them
 * @param roles {@code [nodes]}: class of each node in a node task
 */
record Motif(int nodes, int[][] edges, int[] roles) {

    /** Five nodes: a square with a roof; the middle has role 1, the bottom 2, the roof 3. */
    static Motif house() {
        return new Motif(5, new int[][] {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 0}, {4, 1}}, new int[] {1, 1, 2, 2, 3});
    }

    /** A ring. */
    static Motif cycle(int nodes) {
        int[][] edges = new int[nodes][];
        int[] roles = new int[nodes];
        for (int v = 0; v < nodes; v++) {
            edges[v] = new int[] {v, (v + 1) % nodes};
            roles[v] = 1;
        }
        return new Motif(nodes, edges, roles);
    }

    /** A square grid, numbered row by row. */
    static Motif grid(int side) {
        int[][] edges = new int[2 * side * (side - 1)][];
        int[] roles = new int[side * side];
        int at = 0;
        for (int v = 0; v < roles.length; v++) {
            roles[v] = 1;
            if (v % side + 1 < side) {
                edges[at++] = new int[] {v, v + 1};
            }
            if (v + side < roles.length) {
                edges[at++] = new int[] {v, v + side};
            }
        }
        return new Motif(roles.length, edges, roles);
    }
}

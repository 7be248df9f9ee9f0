package dev.assay.compute;

/**
 * Which node receives from which: the incoming edges of every node in compressed rows. Every copy of the graph shares
 * it; the copies differ in the weights of its edges. Immutable by convention: nobody changes the arrays.
 *
 * @param nodes number of nodes, N
 * @param edges number of edges whose weight a copy may change, E
 * @param start {@code [N + 1]}: row v has the entries {@code start[v]} to before {@code start[v + 1]}
 * @param source {@code [entries]}: the node that the entry's edge comes from
 * @param edge {@code [entries]}: the edge's place in a copy's weights, 0..E-1; -1 for an edge whose weight is always 1
 * @param selfWeight {@code [N]}: weight of the self-loop that a normalising convolution adds: 1, or 0 where the rows
 *     hold a self-loop of the node already
 * @param outsideDegree {@code [N]}: degree from edges that are not in the rows (a subgraph's border); null for none
 * @param active {@code [layers + 1]}: how many leading nodes are needed after that many propagations, falling; null for
 *     all nodes always
 */
public record GraphPattern(
        int nodes,
        int edges,
        int[] start,
        int[] source,
        int[] edge,
        double[] selfWeight,
        double[] outsideDegree,
        int[] active) {

    /** Number of leading nodes that are needed after some propagations. */
    public int rows(int propagations) {
        return active == null ? nodes : active[Math.min(propagations, active.length - 1)];
    }

    /**
     * The rows of a list of edges, each with a weight of its own.
     *
     * @param from {@code [E]} node that the edge leaves
     * @param to {@code [E]} node that it enters
     */
    public static GraphPattern of(int nodes, int[] from, int[] to) {
        int[] edge = new int[from.length];
        for (int e = 0; e < edge.length; e++) {
            edge[e] = e;
        }
        return of(nodes, edge.length, from, to, edge, null, null);
    }

    /**
     * The rows of a list of edges. Entries of a row are in the order of the list.
     *
     * @param edges number of weights of a copy
     * @param from {@code [entries]}
     * @param to {@code [entries]}
     * @param edge {@code [entries]} place in the weights, or -1
     */
    public static GraphPattern of(
            int nodes, int edges, int[] from, int[] to, int[] edge, double[] outsideDegree, int[] active) {
        int[] start = new int[nodes + 1];
        double[] self = new double[nodes];
        java.util.Arrays.fill(self, 1);
        for (int e = 0; e < to.length; e++) {
            start[to[e] + 1]++;
            if (from[e] == to[e]) {
                self[to[e]] = 0;
            }
        }
        for (int v = 0; v < nodes; v++) {
            start[v + 1] += start[v];
        }
        int[] next = java.util.Arrays.copyOf(start, nodes);
        int[] source = new int[to.length];
        int[] place = new int[to.length];
        for (int e = 0; e < to.length; e++) {
            int at = next[to[e]]++;
            source[at] = from[e];
            place[at] = edge[e];
        }
        return new GraphPattern(nodes, edges, start, source, place, self, outsideDegree, active);
    }
}

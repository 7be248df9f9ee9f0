package dev.assay.data.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The edges of a graph as units that are scored and removed together: a pair of opposite directions, or each direction
 * alone. Self-loops belong to no unit. Units are sorted by (smaller node, greater node) for pairs and by (from, to) for
 * directions (robust-fidelity, method step 7).
 */
public final class EdgeUnits {

    private final int[] from;
    private final int[] to;
    private final int[] first;
    private final int[] second;
    private final int[] unitOf;

    private EdgeUnits(int[] from, int[] to, int[] first, int[] second, int[] unitOf) {
        this.from = from;
        this.to = to;
        this.first = first;
        this.second = second;
        this.unitOf = unitOf;
    }

    /** Both directions of a pair together; an edge without its opposite is a unit of its own. */
    public static EdgeUnits pairs(GraphSample graph) {
        return of(graph, true);
    }

    /** Every direction alone. */
    public static EdgeUnits directions(GraphSample graph) {
        return of(graph, false);
    }

    private static EdgeUnits of(GraphSample graph, boolean pairs) {
        int[] a = graph.from();
        int[] b = graph.to();
        int[] order = IntStream.range(0, graph.edges())
                .filter(e -> a[e] != b[e])
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(e -> pairs ? Math.min(a[e], b[e]) : a[e])
                        .thenComparingInt(e -> pairs ? Math.max(a[e], b[e]) : b[e])
                        .thenComparingInt(e -> e))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] from = new int[order.length];
        int[] to = new int[order.length];
        int[] first = new int[order.length];
        int[] second = new int[order.length];
        int[] unitOf = new int[graph.edges()];
        Arrays.fill(unitOf, -1);
        int units = 0;
        for (int e : order) {
            boolean opposite = pairs && units > 0 && a[first[units - 1]] == b[e] && b[first[units - 1]] == a[e];
            if (opposite) {
                second[units - 1] = e;
            } else {
                from[units] = pairs ? Math.min(a[e], b[e]) : a[e];
                to[units] = pairs ? Math.max(a[e], b[e]) : b[e];
                first[units] = e;
                second[units] = -1;
                units++;
            }
            unitOf[e] = units - 1;
        }
        return new EdgeUnits(
                Arrays.copyOf(from, units),
                Arrays.copyOf(to, units),
                Arrays.copyOf(first, units),
                Arrays.copyOf(second, units),
                unitOf);
    }

    /** Whether every edge but self-loops has its opposite, so that the graph is undirected. */
    public static boolean symmetric(GraphSample graph) {
        EdgeUnits pairs = pairs(graph);
        return Arrays.stream(pairs.second).allMatch(e -> e >= 0);
    }

    /** Number of units. */
    public int size() {
        return first.length;
    }

    /** The smaller node of a pair, or the node that the direction leaves. */
    public int from(int unit) {
        return from[unit];
    }

    /** The greater node of a pair, or the node that the direction enters. */
    public int to(int unit) {
        return to[unit];
    }

    /** The unit of a directed edge, -1 for a self-loop. */
    public int unitOf(int edge) {
        return unitOf[edge];
    }

    /** The first of the unit's edges in the graph's order. */
    public int firstEdge(int unit) {
        return first[unit];
    }

    /** The opposite of {@link #firstEdge}, or -1 when the unit has one edge. */
    public int secondEdge(int unit) {
        return second[unit];
    }

    /** Number of edges of a unit, 1 or 2. */
    public int edgeCount(int unit) {
        return second[unit] < 0 ? 1 : 2;
    }
}

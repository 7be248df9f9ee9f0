package dev.assay.chart;

import dev.assay.analysis.result.GraphPicture;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.drawing.FRLayoutAlgorithm2D;
import org.jgrapht.alg.drawing.model.Box2D;
import org.jgrapht.alg.drawing.model.MapLayoutModel2D;
import org.jgrapht.alg.drawing.model.Point2D;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;

/** Places of a graph's nodes by the forces of Fruchterman and Reingold (1991) from a fixed seed. */
final class GraphLayout {

    /** Number of nodes above which forces between far nodes are approximated. */
    private static final int MANY_NODES = 100;

    /** Number of nodes above which few see the difference that further steps make. */
    private static final int VERY_MANY_NODES = 2_000;

    private static final long SEED = 20_231L;
    private static final int ITERATIONS = 300;
    /** Wanted length of an edge as a share of a node's room; larger values press the nodes against the border. */
    private static final double SPACING = 0.22;

    /** Nodes of a small graph are at least this share of a node's room away from each other, so that none lies on another. */
    private static final double LEAST_APART = 0.6;

    private static final int PUSHES = 60;

    private GraphLayout() {}

    /** {@code [2][nodes]}: x and y of each node in the unit square. */
    static double[][] places(GraphPicture graph) {
        int n = graph.nodes().size();
        double[][] at = n > MANY_NODES ? large(graph) : small(graph);
        spread(at[0]);
        spread(at[1]);
        if (n <= MANY_NODES) {
            pushApart(at);
            spread(at[0]);
            spread(at[1]);
        }
        return at;
    }

    /** Forces leave the leaves of one node almost in one place; pairs that are too near move away from each other. */
    private static void pushApart(double[][] at) {
        int n = at[0].length;
        double least = LEAST_APART / Math.sqrt(n);
        boolean moved = true;
        for (int push = 0; push < PUSHES && moved; push++) {
            moved = false;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    double dx = at[0][j] - at[0][i];
                    double dy = at[1][j] - at[1][i];
                    double distance = Math.hypot(dx, dy);
                    if (distance < least) {
                        // In one place they part along a direction of their own.
                        double angle = distance > 0 ? Math.atan2(dy, dx) : i + 2.4 * j;
                        double step = (least - distance) / 2 + 1e-4;
                        at[0][i] -= step * Math.cos(angle);
                        at[1][i] -= step * Math.sin(angle);
                        at[0][j] += step * Math.cos(angle);
                        at[1][j] += step * Math.sin(angle);
                        moved = true;
                    }
                }
            }
        }
    }

    private static double[][] large(GraphPicture graph) {
        int[][] ends = graph.edges().stream()
                .filter(e -> e.from() != e.to())
                .map(e -> new int[] {Math.min(e.from(), e.to()), Math.max(e.from(), e.to())})
                .sorted(Comparator.<int[]>comparingInt(e -> e[0]).thenComparingInt(e -> e[1]))
                .toArray(int[][]::new);
        // Edges of the same ends pull once.
        int[][] once = IntStream.range(0, ends.length)
                .filter(i -> i == 0 || !Arrays.equals(ends[i], ends[i - 1]))
                .mapToObj(i -> ends[i])
                .toArray(int[][]::new);
        int[] from = Arrays.stream(once).mapToInt(e -> e[0]).toArray();
        int[] to = Arrays.stream(once).mapToInt(e -> e[1]).toArray();
        return ForceLayout.places(graph.nodes().size(), from, to, SPACING,
                graph.nodes().size() > VERY_MANY_NODES ? ITERATIONS / 3 : ITERATIONS, SEED);
    }

    private static double[][] small(GraphPicture graph) {
        int n = graph.nodes().size();
        Graph<Integer, DefaultEdge> plain = new SimpleGraph<>(DefaultEdge.class);
        for (int i = 0; i < n; i++) {
            plain.addVertex(i);
        }
        for (GraphPicture.Edge e : graph.edges()) {
            if (e.from() != e.to()) {
                plain.addEdge(e.from(), e.to());
            }
        }
        MapLayoutModel2D<Integer> model = new MapLayoutModel2D<>(new Box2D(0, 0, 1, 1));
        if (n > 1) {
            new FRLayoutAlgorithm2D<Integer, DefaultEdge>(ITERATIONS, SPACING, new Random(SEED)).layout(plain, model);
        }
        double[][] at = new double[2][n];
        for (int i = 0; i < n; i++) {
            Point2D p = model.get(i);
            at[0][i] = p == null ? 0.5 : p.getX();
            at[1][i] = p == null ? 0.5 : p.getY();
        }
        return at;
    }

    private static void spread(double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : values) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = high > low ? (values[i] - low) / (high - low) : 0.5;
        }
    }
}

package dev.assay.chart;

import dev.assay.analysis.result.GraphPicture;
import java.util.Random;
import org.jgrapht.Graph;
import org.jgrapht.alg.drawing.FRLayoutAlgorithm2D;
import org.jgrapht.alg.drawing.IndexedFRLayoutAlgorithm2D;
import org.jgrapht.alg.drawing.model.Box2D;
import org.jgrapht.alg.drawing.model.MapLayoutModel2D;
import org.jgrapht.alg.drawing.model.Point2D;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;

/** Places of a graph's nodes by the forces of Fruchterman and Reingold (1991) from a fixed seed. */
final class GraphLayout {

    /** Number of nodes above which forces between far nodes are approximated. */
    static final int MANY_NODES = 300;

    private static final long SEED = 20_231L;
    private static final int ITERATIONS = 300;
    /** Wanted length of an edge as a share of a node's room; larger values press the nodes against the border. */
    private static final double SPACING = 0.22;

    private GraphLayout() {}

    /** {@code [2][nodes]}: x and y of each node in the unit square. */
    static double[][] places(GraphPicture graph) {
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
        var forces = n > MANY_NODES
                ? new IndexedFRLayoutAlgorithm2D<Integer, DefaultEdge>(
                        ITERATIONS / 3, IndexedFRLayoutAlgorithm2D.DEFAULT_THETA_FACTOR, SPACING, new Random(SEED))
                : new FRLayoutAlgorithm2D<Integer, DefaultEdge>(ITERATIONS, SPACING, new Random(SEED));
        if (n > 1) {
            forces.layout(plain, model);
        }
        double[][] at = new double[2][n];
        for (int i = 0; i < n; i++) {
            Point2D p = model.get(i);
            at[0][i] = p == null ? 0.5 : p.getX();
            at[1][i] = p == null ? 0.5 : p.getY();
        }
        spread(at[0]);
        spread(at[1]);
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

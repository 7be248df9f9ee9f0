package dev.assay.analyses.fidelity.explain;

import dev.assay.model.gnn.GnnGraph;
import dev.assay.model.gnn.Target;
import java.util.Arrays;

/** Explainers that need no training (gnn-models-and-explainers, explainers 1 to 5). */
final class SimpleExplainers {

    private SimpleExplainers() {}

    /** 1 on edges of the ground truth, 0 elsewhere. */
    static Explanation truth(Instance instance) {
        double[] scores = new double[instance.units().size()];
        for (int u = 0; u < scores.length; u++) {
            scores[u] = instance.truth() != null && instance.truth()[u] ? 1 : 0;
        }
        return Explanation.of(scores);
    }

    /** Uniform numbers that depend on the seed, the graph and the pair of nodes. */
    static Explanation random(Instance instance, long seed) {
        long stream = Uniforms.key(Uniforms.mix(seed ^ 0x52414e444f4dL), instance.key());
        double[] scores = new double[instance.units().size()];
        for (int u = 0; u < scores.length; u++) {
            scores[u] = Uniforms.at(Uniforms.key(stream, instance.units().from(u), instance.units().to(u)), 0);
        }
        return Explanation.of(scores);
    }

    /** What the target loses when a unit is removed: F(G) - F(G - e). */
    static Explanation occlusion(Instance instance, Target target, boolean inverse, Runnable cancelled) {
        GnnGraph network = instance.network();
        int units = instance.units().size();
        int edges = network.edgeCount();
        double whole = value(network, target, network.ones(), 1, instance)[0];
        double[] scores = new double[units];
        int most = network.copiesPerCall();
        for (int first = 0; first < units; first += most) {
            cancelled.run();
            int copies = Math.min(most, units - first);
            double[] weights = new double[Math.multiplyExact(copies, edges)];
            Arrays.fill(weights, 1);
            for (int c = 0; c < copies; c++) {
                int u = first + c;
                weights[c * edges + instance.units().firstEdge(u)] = 0;
                if (instance.units().secondEdge(u) >= 0) {
                    weights[c * edges + instance.units().secondEdge(u)] = 0;
                }
            }
            double[] without = value(network, target, weights, copies, instance);
            for (int c = 0; c < copies; c++) {
                scores[first + c] = inverse ? without[c] - whole : whole - without[c];
            }
        }
        return new Explanation(scores, Double.NaN, units + 1L, 0);
    }

    /** Derivative of the target by the weight of a unit, both directions changed together. */
    static Explanation gradient(Instance instance, Target target, boolean absolute) {
        GnnGraph network = instance.network();
        double[] byEdge = network.gradients(
                network.ones(), 1, instance.removal(), instance.label(), target, false).byEdge();
        double[] scores = instance.byUnit(byEdge, 0);
        return new Explanation(absolute ? absolutes(scores) : scores, Double.NaN, 1, 1);
    }

    /**
     * Sum of the two ends' node scores; a node's score is the sum of the derivatives by its features.
     *
     * @param absolute whether absolute values are summed
     */
    static Explanation nodeGradient(Instance instance, Target target, boolean absolute) {
        GnnGraph network = instance.network();
        double[] byFeature = network.gradients(
                network.ones(), 1, instance.removal(), instance.label(), target, true).byFeature();
        int width = network.model().config().inputWidth();
        double[] node = new double[network.nodes().length];
        for (int i = 0; i < byFeature.length; i++) {
            node[i / width] += absolute ? Math.abs(byFeature[i]) : byFeature[i];
        }
        NodePlaces places = NodePlaces.of(instance);
        double[] scores = new double[instance.units().size()];
        for (int u = 0; u < scores.length; u++) {
            scores[u] = node[places.of(instance.units().from(u))] + node[places.of(instance.units().to(u))];
        }
        return new Explanation(scores, Double.NaN, 1, 1);
    }

    /** Derivatives along the way from no edges to all edges, by the midpoint rule. */
    static Explanation integrated(
            Instance instance, Target target, boolean absolute, int steps, Runnable cancelled) {
        GnnGraph network = instance.network();
        int units = instance.units().size();
        double[] scores = new double[units];
        int most = network.copiesPerCall();
        for (int first = 0; first < steps; first += most) {
            cancelled.run();
            int copies = Math.min(most, steps - first);
            double[] masks = new double[Math.multiplyExact(copies, units)];
            for (int c = 0; c < copies; c++) {
                Arrays.fill(masks, c * units, (c + 1) * units, (first + c + 0.5) / steps);
            }
            double[] byEdge = network.gradients(
                    instance.weights(masks, copies), copies, instance.removal(), instance.label(), target, false)
                    .byEdge();
            for (int c = 0; c < copies; c++) {
                double[] part = instance.byUnit(byEdge, c);
                for (int u = 0; u < units; u++) {
                    scores[u] += part[u] / steps;
                }
            }
        }
        double[] ends = value(
                network, target, instance.weights(ends(units), 2), 2, instance);
        double gap = Arrays.stream(scores).sum() - (ends[0] - ends[1]);
        return new Explanation(absolute ? absolutes(scores) : scores, gap, steps + 2L, steps);
    }

    private static double[] ends(int units) {
        double[] masks = new double[2 * units];
        Arrays.fill(masks, 0, units, 1);
        return masks;
    }

    private static double[] absolutes(double[] values) {
        return Arrays.stream(values).map(Math::abs).toArray();
    }

    private static double[] value(
            GnnGraph network, Target target, double[] weights, int copies, Instance instance) {
        double[] all = target == Target.PROBABILITY
                ? network.probabilities(weights, copies, instance.removal())
                : network.logits(weights, copies, instance.removal());
        double[] values = new double[copies];
        for (int c = 0; c < copies; c++) {
            values[c] = all[c * network.classes() + instance.label()];
        }
        return values;
    }
}

package dev.assay.analyses.fidelity.explain;

import dev.assay.model.gnn.Adam;
import dev.assay.model.gnn.GnnGraph;
import java.util.Arrays;
import java.util.List;

/**
 * Explains all instances with one small network, trained on them with masks that are sampled from a concrete distribution
 * (gnn-models-and-explainers, explainers 7). One mask for each unit: the scores of both directions are averaged before
 * the sigmoid. One step of Adam per instance.
 */
final class PgExplainer {

    private static final double LEAST_DECIDED = 0.01;

    private static final int BINS = 50;

    private final PgNetwork network;
    private final boolean saturated;
    private final long[] masks;

    private PgExplainer(PgNetwork network, boolean saturated, long[] masks) {
        this.network = network;
        this.saturated = saturated;
        this.masks = masks;
    }

    /** How many trained masks lie in each of equal parts of 0 to 1. */
    long[] masks() {
        return masks;
    }

    /** Whether the trained masks are all above 0.99 or all below 0.01. */
    boolean saturated() {
        return saturated;
    }

    /**
     * Trains.
     *
     * @param instances to learn from, in this order
     * @param step called before every step
     */
    static PgExplainer train(List<Instance> instances, ExplainerSettings settings, long seed, Runnable step) {
        Instance first = instances.getFirst();
        PgNetwork network = PgNetwork.random(
                first.network().embeddingWidth(), first.node() < 0 ? 2 : 3, settings.pgHidden(), seed);
        List<double[]> rows = instances.stream().map(i -> i.network().embeddings()).toList();
        List<NodePlaces> places = instances.stream().map(NodePlaces::of).toList();
        Adam adam = new Adam(network.parameters().length, settings.pgLearningRate(), 0);
        MaskPenalty penalty = new MaskPenalty(settings.pgSize(), settings.pgEntropy());
        for (int epoch = 0; epoch < settings.pgEpochs(); epoch++) {
            double tau = tau(settings, epoch);
            for (int i = 0; i < instances.size(); i++) {
                step.run();
                Instance instance = instances.get(i);
                if (instance.units().size() > 0) {
                    long stream = Uniforms.key(Uniforms.key(Uniforms.mix(seed ^ 0x50475355L), epoch), instance.key());
                    learn(network, instance, places.get(i), rows.get(i), penalty, settings.pgBias(), tau, stream,
                            adam);
                }
            }
        }
        boolean high = true;
        boolean low = true;
        long[] masks = new long[BINS];
        for (int i = 0; i < instances.size(); i++) {
            for (double o : network.forward(instances.get(i), places.get(i), rows.get(i)).omega()) {
                double m = GnnExplainer.sigmoid(o);
                high &= m > 1 - LEAST_DECIDED;
                low &= m < LEAST_DECIDED;
                masks[Math.clamp((int) (m * BINS), 0, BINS - 1)]++;
            }
        }
        // Without any edge both would hold.
        return new PgExplainer(network, high != low, masks);
    }

    /** Temperature of an epoch, falling geometrically. */
    static double tau(ExplainerSettings settings, int epoch) {
        return settings.pgTauStart()
                * Math.pow(settings.pgTauEnd() / settings.pgTauStart(), (double) epoch / settings.pgEpochs());
    }

    /** A sampled mask. */
    static double sample(double omega, double uniform, double bias, double tau) {
        double e = (1 - 2 * bias) * uniform + bias;
        return GnnExplainer.sigmoid((Math.log(e) - Math.log(1 - e) + omega) / tau);
    }

    private static void learn(
            PgNetwork network, Instance instance, NodePlaces places, double[] z, MaskPenalty penalty, double bias,
            double tau, long stream, Adam adam) {
        PgNetwork.Pass pass = network.forward(instance, places, z);
        double[] mask = new double[pass.omega().length];
        for (int u = 0; u < mask.length; u++) {
            double uniform = Uniforms.at(
                    Uniforms.key(stream, instance.units().from(u), instance.units().to(u)), 0);
            mask[u] = sample(pass.omega()[u], uniform, bias, tau);
        }
        double[] by = loss(instance, mask, penalty).byMask();
        for (int u = 0; u < mask.length; u++) {
            by[u] *= mask[u] * (1 - mask[u]) / tau;
        }
        double[] byParameter = new double[network.parameters().length];
        pass.back(by, byParameter);
        adam.step(network.parameters(), byParameter);
    }

    /** Loss of a mask and its derivatives. */
    record Loss(double value, double[] byMask) {}

    static Loss loss(Instance instance, double[] mask, MaskPenalty penalty) {
        GnnGraph.Gradients gradients = instance.network().gradients(
                instance.weights(mask, 1), 1, instance.removal(), false, new CrossEntropy(instance.label()));
        double[] byMask = instance.byUnit(gradients.byEdge(), 0);
        return new Loss(gradients.values()[0] + penalty.add(mask, null, false, byMask), byMask);
    }

    Explanation explain(Instance instance) {
        double[] omega =
                network.forward(instance, NodePlaces.of(instance), instance.network().embeddings()).omega();
        return new Explanation(
                Arrays.stream(omega).map(GnnExplainer::sigmoid).toArray(), Double.NaN, 1, 0);
    }
}

package dev.assay.analyses.fidelity.explain;

import dev.assay.model.gnn.Adam;
import dev.assay.model.gnn.GnnGraph;
import java.util.Arrays;

/**
 * Learns a soft mask of the edges (and of the feature columns if asked to) that keeps the prediction while it is small
 * and decided (Ying et al. 2019; gnn-models-and-explainers, explainers 6). One parameter for each unit.
 */
final class GnnExplainer {

    private final Instance instance;
    private final ExplainerSettings settings;
    private final MaskPenalty penalty;
    private final double[] theta;
    private final double[] phi;
    private boolean[] counted;

    private GnnExplainer(Instance instance, ExplainerSettings settings, double[] theta, double[] phi) {
        this.instance = instance;
        this.settings = settings;
        this.penalty = new MaskPenalty(settings.gnnSize(), settings.gnnEntropy());
        this.theta = theta;
        this.phi = phi;
    }

    /** A mask with random start, drawn by the seed, the instance and the pair of nodes. */
    static GnnExplainer seeded(Instance instance, ExplainerSettings settings, long seed) {
        long stream = Uniforms.key(Uniforms.mix(seed ^ 0x474e4e4558504cL), instance.key());
        double[] theta = new double[instance.units().size()];
        double deviation = Math.sqrt(2.0 / Math.max(1, instance.network().nodes().length));
        for (int u = 0; u < theta.length; u++) {
            theta[u] = deviation * Uniforms.gaussian(
                    Uniforms.key(stream, instance.units().from(u), instance.units().to(u)), 0);
        }
        double[] phi = null;
        if (settings.gnnFeatureMask()) {
            phi = new double[instance.network().model().config().inputWidth()];
            for (int j = 0; j < phi.length; j++) {
                phi[j] = 0.1 * Uniforms.gaussian(Uniforms.key(stream, -1, j), 0);
            }
        }
        return new GnnExplainer(instance, settings, theta, phi);
    }

    /** A mask that starts undecided, without randomness. */
    static GnnExplainer undecided(Instance instance, ExplainerSettings settings) {
        return new GnnExplainer(instance, settings, new double[instance.units().size()], null);
    }

    /** Loss and derivatives at one point; the size penalty of features is a mean. */
    private record Point(double loss, double[] byTheta, double[] byPhi) {}

    Explanation run(Runnable cancelled) {
        Adam edges = new Adam(theta.length, settings.gnnLearningRate(), 0);
        Adam features = phi == null ? null : new Adam(phi.length, settings.gnnLearningRate(), 0);
        for (int epoch = 0; epoch < settings.gnnEpochs(); epoch++) {
            cancelled.run();
            step(edges, features);
        }
        double[] scores = mask(theta);
        for (int u = 0; counted != null && u < scores.length; u++) {
            scores[u] = counted[u] ? scores[u] : 0;
        }
        return new Explanation(scores, Double.NaN, settings.gnnEpochs(), settings.gnnEpochs());
    }

    /** One step of Adam; the loss before it. */
    double step(Adam edges, Adam features) {
        Point point = point();
        edges.step(theta, point.byTheta());
        if (features != null) {
            features.step(phi, point.byPhi());
        }
        return point.loss();
    }

    /** The mask of the units as it stands. */
    double[] mask() {
        return mask(theta);
    }

    /** Derivatives of the loss by the parameters of the units. */
    double[] gradient() {
        return point().byTheta();
    }

    private Point point() {
        double[] m = mask(theta);
        GnnGraph network = instance.network();
        double[] featureMask = null;
        if (phi != null) {
            featureMask = mask(phi);
            network = network.withFeatures(masked(network.features(), featureMask));
        }
        GnnGraph.Gradients gradients = network.gradients(
                instance.weights(m, 1), 1, instance.removal(), phi != null, new CrossEntropy(instance.label()));
        double[] byMask = instance.byUnit(gradients.byEdge(), 0);
        if (settings.gnnFixZeroGradient() && counted == null) {
            counted = new boolean[byMask.length];
            for (int u = 0; u < byMask.length; u++) {
                counted[u] = byMask[u] != 0;
            }
        }
        double loss = gradients.values()[0] + penalty.add(m, counted, false, byMask);
        for (int u = 0; u < byMask.length; u++) {
            byMask[u] = counted != null && !counted[u] ? 0 : byMask[u] * m[u] * (1 - m[u]);
        }
        double[] byPhi = null;
        if (featureMask != null) {
            byPhi = new double[phi.length];
            double[] x = instance.network().features();
            for (int i = 0; i < x.length; i++) {
                byPhi[i % phi.length] += gradients.byFeature()[i] * x[i];
            }
            loss += new MaskPenalty(settings.gnnFeatureSize(), settings.gnnFeatureEntropy())
                    .add(featureMask, null, true, byPhi);
            for (int j = 0; j < byPhi.length; j++) {
                byPhi[j] *= featureMask[j] * (1 - featureMask[j]);
            }
        }
        return new Point(loss, byMask, byPhi);
    }

    private static double[] masked(double[] features, double[] mask) {
        double[] changed = features.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] *= mask[i % mask.length];
        }
        return changed;
    }

    static double[] mask(double[] parameters) {
        return Arrays.stream(parameters).map(GnnExplainer::sigmoid).toArray();
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}

package dev.assay.analyses.fidelity.explain;

import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.model.gnn.Softmax;

/**
 * Minus the logarithm of a class's softmax probability.
 *
 * @param label the class
 */
record CrossEntropy(int label) implements BatchedGraphConvolution.Objective {

    private static final double LEAST = 1e-300;

    @Override
    public double evaluate(int copy, double[] scores, double[] byScore) {
        double[] p = scores.clone();
        Softmax.inPlace(p, p.length);
        for (int k = 0; k < p.length; k++) {
            byScore[k] = p[k] - (k == label ? 1 : 0);
        }
        return -Math.log(Math.max(LEAST, p[label]));
    }
}

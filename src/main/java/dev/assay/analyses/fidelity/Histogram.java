package dev.assay.analyses.fidelity;

/** Weights of probabilities in bins of equal width. Used by one thread at a time. */
final class Histogram implements SignEstimate.Listener {

    static final int BINS = 40;

    private final double[] weights;

    Histogram() {
        this(new double[BINS]);
    }

    private Histogram(double[] weights) {
        this.weights = weights;
    }

    @Override
    public void probability(double f, double weight) {
        weights[Math.clamp((int) (f * BINS), 0, BINS - 1)] += weight;
    }

    Histogram copy() {
        return new Histogram(weights.clone());
    }

    void add(Histogram other) {
        for (int b = 0; b < BINS; b++) {
            weights[b] += other.weights[b];
        }
    }

    /** Weights rounded to counts. */
    long[] counts() {
        long[] counts = new long[BINS];
        for (int b = 0; b < BINS; b++) {
            counts[b] = Math.round(weights[b]);
        }
        return counts;
    }

    /** Edges of the bins, from 0 to 1. */
    static double[] edges() {
        double[] edges = new double[BINS + 1];
        for (int b = 0; b <= BINS; b++) {
            edges[b] = (double) b / BINS;
        }
        return edges;
    }
}

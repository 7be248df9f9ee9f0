package dev.assay.analyses.fidelity;

/**
 * How robust scores are estimated.
 *
 * @param alpha1 probability with which a unit of the explanation is removed for the plus score
 * @param alpha2 probability with which a unit outside it is kept for the minus score
 * @param samples number of samples M
 * @param estimator enumeration, samples or both
 * @param budget most subsets that are enumerated
 * @param maxRemoved most units removed by truncated enumeration
 * @param controlVariate whether samples are corrected by the sum of single removals
 * @param stratify whether the share of samples that remove nothing is replaced by its known probability
 * @param seed of the draws
 */
record Sampling(
        double alpha1, double alpha2, int samples, Estimator estimator, long budget, int maxRemoved,
        boolean controlVariate, boolean stratify, long seed) {

    /** Ways of estimating. */
    enum Way {
        EXACT,
        TRUNCATED,
        MONTE_CARLO
    }

    /** The way for a set of that many units. */
    Way way(int units) {
        return switch (estimator) {
            case AUTO -> Subsets.fits(units, units, budget) ? Way.EXACT : Way.MONTE_CARLO;
            case MONTE_CARLO -> Way.MONTE_CARLO;
            case EXACT -> Way.EXACT;
            case TRUNCATED -> Way.TRUNCATED;
        };
    }

    /** For curves: enumeration where it takes no more passes than sampling would. */
    Sampling forCurves() {
        return new Sampling(
                alpha1, alpha2, samples, estimator == Estimator.EXACT ? Estimator.AUTO : estimator,
                Math.min(budget, samples), maxRemoved, controlVariate, stratify, seed);
    }
}

package dev.assay.analyses.fidelity.explain;

/**
 * What keeps a soft mask small and decided: a multiple of its sum, and of its mean binary entropy
 * (gnn-models-and-explainers, explainers 6).
 *
 * @param size factor of the sum
 * @param entropy factor of the mean entropy
 */
record MaskPenalty(double size, double entropy) {

    private static final double LEAST = 1e-15;

    /**
     * The penalty, and its derivatives added to those that are there.
     *
     * @param counted which entries count, null for all
     * @param meanSize whether the size is a mean rather than a sum
     * @param byMask {@code [mask.length]}, added to
     */
    double add(double[] mask, boolean[] counted, boolean meanSize, double[] byMask) {
        int count = 0;
        for (int i = 0; i < mask.length; i++) {
            count += counted == null || counted[i] ? 1 : 0;
        }
        double penalty = 0;
        double perEntry = meanSize ? size / Math.max(1, count) : size;
        for (int i = 0; i < mask.length; i++) {
            if (counted != null && !counted[i]) {
                continue;
            }
            double m = mask[i];
            double logIn = Math.log(m + LEAST);
            double logOut = Math.log(1 - m + LEAST);
            penalty += perEntry * m + entropy / count * (-m * logIn - (1 - m) * logOut);
            byMask[i] += perEntry
                    + entropy / count * (-logIn - m / (m + LEAST) + logOut + (1 - m) / (1 - m + LEAST));
        }
        return penalty;
    }
}

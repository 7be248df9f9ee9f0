package dev.assay.analyses.snr;

/**
 * What one query found (snr-metric-learning, step 8).
 *
 * @param relevant R, candidates of the query's class
 * @param recall {@code [k][rule]} in the order of {@link TieRule}
 * @param mapAtK {@code [k][denominator]} in the order of {@link MapDenominator}; NaN where R is 0
 * @param rPrecision share of the query's class among the first R; NaN where R is 0
 * @param mapAtR NaN where R is 0
 * @param map over all ranks; NaN where R is 0
 * @param nearest indices of the first candidates, by distance and index
 * @param distances what they were sorted by
 */
record QueryScores(
        int relevant,
        double[][] recall,
        double[][] mapAtK,
        double rPrecision,
        double mapAtR,
        double map,
        int[] nearest,
        double[] distances) {

    /** Whether the class has no other member. */
    boolean singleton() {
        return relevant == 0;
    }
}

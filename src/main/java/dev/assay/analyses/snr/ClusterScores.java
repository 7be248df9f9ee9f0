package dev.assay.analyses.snr;

/**
 * How well clusters agree with classes (snr-metric-learning, step 8).
 *
 * @param information mutual information in nats
 * @param nmi over the mean of both entropies; NaN with one class only
 * @param nmiGeometric over the root of their product
 * @param precision same class among the pairs of the same cluster
 * @param recall same cluster among the pairs of the same class
 * @param f1 harmonic mean of the two
 */
record ClusterScores(
        double information, double nmi, double nmiGeometric, double precision, double recall, double f1) {

    static ClusterScores of(int[] labels, int[] clusters, int classCount, int clusterCount) {
        long[][] table = new long[classCount][clusterCount];
        long[] byClass = new long[classCount];
        long[] byCluster = new long[clusterCount];
        for (int i = 0; i < labels.length; i++) {
            table[labels[i]][clusters[i]]++;
            byClass[labels[i]]++;
            byCluster[clusters[i]]++;
        }
        double n = labels.length;
        double information = 0;
        long truePairs = 0;
        for (int y = 0; y < classCount; y++) {
            for (int c = 0; c < clusterCount; c++) {
                long both = table[y][c];
                truePairs += both * (both - 1) / 2;
                if (both > 0) {
                    information += both / n * Math.log(both * n / ((double) byClass[y] * byCluster[c]));
                }
            }
        }
        double a = entropy(byClass, n);
        double b = entropy(byCluster, n);
        boolean none = a == 0 && b == 0;
        double precision = (double) truePairs / pairs(byCluster);
        double recall = (double) truePairs / pairs(byClass);
        return new ClusterScores(
                information,
                none ? 1 : 2 * information / (a + b),
                none ? 1 : a == 0 || b == 0 ? 0 : information / Math.sqrt(a * b),
                precision,
                recall,
                truePairs == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }

    private static double entropy(long[] counts, double n) {
        double sum = 0;
        for (long count : counts) {
            if (count > 0) {
                sum -= count / n * Math.log(count / n);
            }
        }
        return sum;
    }

    private static long pairs(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count * (count - 1) / 2;
        }
        return sum;
    }
}

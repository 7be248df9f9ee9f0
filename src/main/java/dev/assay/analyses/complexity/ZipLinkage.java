package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ZipIt's greedy merging inside one model (section "Space activations" of the feature-complexity method). The most similar
 * pair is merged; the merged feature is as similar to another as the less similar of its two sides, times a discount, so
 * that what has merged merges less readily. A budget limits the merges.
 *
 * <p>Similarity is the correlation of the activation records, {@code 1 - D/2} for the squared distance of standardised
 * records. A merge costs the squared distance {@code 2 - 2 s} that its similarity stands for.
 */
final class ZipLinkage {

    private ZipLinkage() {}

    /**
     * Merges while the budget lasts.
     *
     * @param squaredDistances {@code 2 - 2 correlation}, n x n, symmetric, row-major; not changed
     * @param discount factor of a merged feature's similarities, in (0, 1]
     * @param budget at most {@code floor(budget * n)} merges
     * @return merges in the order in which they are made; their costs may fall where similarities are negative
     */
    static List<Merge> link(double[] squaredDistances, int n, double discount, double budget, Linking linking) {
        double[] similarity = new double[squaredDistances.length];
        Arrays.setAll(similarity, k -> 1 - squaredDistances[k] / 2);
        double max = Arrays.stream(squaredDistances).max().orElse(0);
        boolean[] gone = new boolean[n];
        int most = Math.min(n - 1, (int) Math.floor(budget * n + 1e-9));
        List<Merge> merges = new ArrayList<>();
        while (merges.size() < most) {
            linking.checkCancelled();
            int[] pair = mostSimilar(similarity, gone, n);
            int i = pair[0];
            int j = pair[1];
            Merge merge = new Merge(i, j, Math.max(0, 2 - 2 * similarity[i * n + j]), max);
            merges.add(merge);
            linking.merged(merge);
            gone[j] = true;
            for (int k = 0; k < n; k++) {
                double less = discount * Math.min(similarity[i * n + k], similarity[j * n + k]);
                similarity[i * n + k] = less;
                similarity[k * n + i] = less;
            }
        }
        return merges;
    }

    /** The pair of the smallest features among those that are as similar as the most similar ones. */
    private static int[] mostSimilar(double[] similarity, boolean[] gone, int n) {
        int[] best = {-1, -1};
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; !gone[i] && j < n; j++) {
                if (!gone[j] && similarity[i * n + j] > greatest + WardLinkage.TIE) {
                    greatest = similarity[i * n + j];
                    best[0] = i;
                    best[1] = j;
                }
            }
        }
        return best;
    }
}

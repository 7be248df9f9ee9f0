package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a cluster's batch-norm factor is multiplied by, because averaging k channels that are no exact copies shrinks
 * their variance: {@code sqrt(k / (1 + (k-1) rho))} with rho the mean cosine of the members' incoming vectors.
 */
final class VarianceRepair {

    private VarianceRepair() {}

    /** One factor for every cluster of every group. */
    static List<double[]> factors(List<StoredWeight> tensors, List<Partition> partitions) {
        List<double[]> factors = new ArrayList<>();
        for (int g = 0; g < partitions.size(); g++) {
            int group = g;
            List<StoredWeight> incoming =
                    tensors.stream().filter(t -> t.rowGroup() == group).toList();
            factors.add(partitions.get(g).clusters().stream()
                    .mapToDouble(cluster -> factor(incoming, cluster))
                    .toArray());
        }
        return factors;
    }

    private static double factor(List<StoredWeight> incoming, int[] cluster) {
        int k = cluster.length;
        if (k == 1) {
            return 1;
        }
        double[][] vectors = Arrays.stream(cluster)
                .mapToObj(i -> incoming.stream()
                        .flatMapToDouble(t -> Arrays.stream(t.row(i)))
                        .toArray())
                .toArray(double[][]::new);
        double cosines = 0;
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++) {
                double norms = Math.sqrt(dot(vectors[a], vectors[a]) * dot(vectors[b], vectors[b]));
                cosines += norms == 0 ? 1 : dot(vectors[a], vectors[b]) / norms;
            }
        }
        double rho = cosines / (k * (k - 1) / 2.0);
        return Math.sqrt(k / Math.max(1e-9, 1 + (k - 1) * rho));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

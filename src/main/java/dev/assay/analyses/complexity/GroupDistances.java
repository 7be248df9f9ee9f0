package dev.assay.analyses.complexity;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Heatmap;
import dev.assay.compute.PairDistances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Squared distances of a group's features.
 *
 * @param squared n x n, row-major
 * @param dead features whose vector is all zeros
 * @param nearest each feature's nearest other one, the lowest of equals; null where it is not known
 */
record GroupDistances(double[] squared, List<Integer> dead, int[] nearest) {

    /** Larger groups have no heat map. */
    static final int MOST_SHOWN = 1024;

    /** Distances of the weight vectors. */
    static GroupDistances ofWeights(
            NetworkUnderAnalysis network, int group, FeatureVector vector, PairDistances kernel,
            Runnable checkCancelled) {
        int n = network.sizes()[group];
        PairDistances.Distances found = kernel.distances(vectors(network, group, vector), n, checkCancelled);
        List<Integer> dead =
                IntStream.range(0, n).filter(i -> found.lengths()[i] == 0).boxed().toList();
        return new GroupDistances(found.squared(), dead, found.nearest());
    }

    /** The features whose vector is all zeros. */
    static List<Integer> dead(NetworkUnderAnalysis network, int group, FeatureVector vector) {
        List<PairDistances.Vectors> parts = vectors(network, group, vector);
        return IntStream.range(0, network.sizes()[group])
                .filter(i -> parts.stream().allMatch(p -> {
                    double[] v = new double[p.length()];
                    p.copy(i, 0, v.length, v, 0);
                    return Arrays.stream(v).allMatch(x -> x == 0);
                }))
                .boxed()
                .toList();
    }

    /** Squared distances of some features of a group, as a matrix in their order. */
    static double[][] ofSome(NetworkUnderAnalysis network, int group, FeatureVector vector, int[] features,
            PairDistances kernel) {
        int k = features.length;
        List<PairDistances.Vectors> chosen = vectors(network, group, vector).stream()
                .map(all -> Gram.chosen(all, features))
                .toList();
        return matrix(kernel.distances(chosen, k, () -> {}).squared(), k);
    }

    private static List<PairDistances.Vectors> vectors(NetworkUnderAnalysis network, int group, FeatureVector vector) {
        List<PairDistances.Vectors> parts = new ArrayList<>();
        for (StoredWeight weight : network.tensors()) {
            if (weight.rowGroup() == group) {
                parts.add(Gram.incoming(weight));
            }
            if (vector == FeatureVector.IN_OUT && weight.columnGroup() == group) {
                parts.add(Gram.outgoing(weight));
            }
        }
        return parts;
    }

    private static double[][] matrix(double[] squared, int n) {
        double[][] rows = new double[n][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(squared, i * n, (i + 1) * n));
        return rows;
    }

    /** The distances in the order of the dendrogram's leaves. */
    Optional<Heatmap> heatmap(Linked link) {
        int n = link.features();
        if (n > MOST_SHOWN) {
            return Optional.empty();
        }
        List<Integer> order = link.leaves();
        double[][] values = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                values[a][b] = squared[order.get(a) * n + order.get(b)];
            }
        }
        return Optional.of(heatmap(
                "distance_" + link.name(),
                "Squared distances in " + link.name() + ", in the order of the merges",
                order.stream().map(String::valueOf).toList(),
                values));
    }

    /** Squared distances of features as a picture. */
    static Heatmap heatmap(String id, String title, List<String> names, double[][] values) {
        return new Heatmap(
                id,
                title,
                names,
                names,
                values,
                "Feature",
                "Feature",
                ComplexityResults.FEATURE,
                ComplexityResults.FEATURE,
                Heatmap.Palette.SEQUENTIAL,
                List.of())
                .explained(Axis.of("Squared distance", ""));
    }
}

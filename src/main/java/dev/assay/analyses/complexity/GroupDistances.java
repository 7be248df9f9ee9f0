package dev.assay.analyses.complexity;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Heatmap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Squared distances of a group's features.
 *
 * @param squared n x n, row-major
 * @param dead features whose vector is all zeros
 */
record GroupDistances(double[] squared, List<Integer> dead) {

    /** Larger groups have no heat map. */
    private static final int MOST_SHOWN = 1024;

    /** Distances of the weight vectors. */
    static GroupDistances ofWeights(NetworkUnderAnalysis network, int group, FeatureVector vector) {
        int n = network.sizes()[group];
        double[] gram = new double[n * n];
        for (WeightTensor t : network.tensors()) {
            if (t.rowGroup() == group) {
                Gram.add(t.incoming(), n, t.columns() * t.span(), gram);
            }
            if (vector == FeatureVector.IN_OUT && t.columnGroup() == group) {
                Gram.add(t.outgoing(), n, t.rows() * t.span(), gram);
            }
        }
        List<Integer> dead =
                IntStream.range(0, n).filter(i -> gram[i * n + i] == 0).boxed().toList();
        return new GroupDistances(Gram.squaredDistances(gram, n), dead);
    }

    /** The distances in the order of the dendrogram's leaves. */
    Optional<Heatmap> heatmap(Linked link) {
        int n = link.features();
        if (n > MOST_SHOWN) {
            return Optional.empty();
        }
        List<Integer> order = leaves(link);
        List<String> names = order.stream().map(String::valueOf).toList();
        double[][] values = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                values[a][b] = squared[order.get(a) * n + order.get(b)];
            }
        }
        return Optional.of(new Heatmap(
                "distance_" + link.name(),
                "Squared distances in " + link.name() + ", in the order of the merges",
                names,
                names,
                values,
                "Feature",
                "Feature",
                ComplexityResults.CLUSTER,
                ComplexityResults.CLUSTER,
                Heatmap.Palette.SEQUENTIAL,
                List.of())
                .explained(Axis.of("Squared distance", "")));
    }

    private static List<Integer> leaves(Linked link) {
        List<List<Integer>> runs = new ArrayList<>();
        for (int i = 0; i < link.features(); i++) {
            runs.add(new ArrayList<>(List.of(i)));
        }
        for (Merge merge : link.merges()) {
            runs.get(merge.first()).addAll(runs.get(merge.second()));
            runs.get(merge.second()).clear();
        }
        return runs.stream().flatMap(List::stream).toList();
    }
}

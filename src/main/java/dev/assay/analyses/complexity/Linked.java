package dev.assay.analyses.complexity;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Dendrogram;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A group after its features were linked in a tree: all its merges, from which every threshold's clusters follow.
 *
 * @param name the group's name
 * @param features number of features
 * @param merges in the order in which they are applied
 * @param dead features whose vector is all zeros
 */
record Linked(String name, int features, List<Merge> merges, List<Integer> dead) {

    /** How many merges a threshold allows, at most {@code ceil(maxRatio * n)}. */
    int applied(double beta, double maxRatio) {
        int most = Math.min(merges.size(), most(maxRatio, features));
        int applied = 0;
        while (applied < most && merges.get(applied).cost() <= beta * merges.get(applied).max()) {
            applied++;
        }
        return applied;
    }

    /** Most merges in a group. The ratio is the decimal that was written: 0.07 of 100 are 7, not more. */
    static int most(double maxRatio, int features) {
        return BigDecimal.valueOf(maxRatio)
                .multiply(BigDecimal.valueOf(features))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    /** Features left at a threshold. */
    int complexity(double beta, double maxRatio) {
        return features - applied(beta, maxRatio);
    }

    Partition partition(double beta, double maxRatio) {
        return Partition.of(features, merges.subList(0, applied(beta, maxRatio)));
    }

    /** The features in the order in which a drawing of the tree has no crossings. */
    List<Integer> leaves() {
        List<List<Integer>> runs = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            runs.add(new ArrayList<>(List.of(i)));
        }
        for (Merge merge : merges) {
            runs.get(merge.first()).addAll(runs.get(merge.second()));
            runs.get(merge.second()).clear();
        }
        return runs.stream().flatMap(List::stream).toList();
    }

    /** The tree; a merge is as high as the threshold from which on it is applied. */
    Dendrogram dendrogram(double beta) {
        List<Integer> leaves = leaves();
        int[] node = new int[features];
        for (int place = 0; place < features; place++) {
            node[leaves.get(place)] = place;
        }
        int[] first = new int[merges.size()];
        int[] second = new int[merges.size()];
        double[] heights = new double[merges.size()];
        double height = 0;
        for (int m = 0; m < merges.size(); m++) {
            Merge merge = merges.get(m);
            first[m] = node[merge.first()];
            second[m] = node[merge.second()];
            height = Math.max(height, merge.ratio());
            heights[m] = height;
            node[merge.first()] = features + m;
        }
        return new Dendrogram(
                "dendrogram_" + name,
                "Merges in " + name,
                leaves.stream().map(String::valueOf).toList(),
                first,
                second,
                heights,
                "Feature",
                Axis.log("Cost / largest distance", "").following("beta", beta),
                ComplexityResults.FEATURE);
    }
}

package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.List;

/**
 * A group after profile {@code ward}: all its merges, from which every threshold's clusters follow.
 *
 * @param name the group's name
 * @param features number of features
 * @param merges in ascending order of cost
 * @param dead features whose vector is all zeros
 */
record Linked(String name, int features, List<Merge> merges, List<Integer> dead) {

    /** The merges that a threshold allows, at most {@code ceil(maxRatio * n)}. */
    List<Merge> applied(double beta, double maxRatio) {
        int most = (int) Math.ceil(maxRatio * features);
        List<Merge> applied = new ArrayList<>();
        for (Merge merge : merges) {
            if (applied.size() >= most || merge.cost() > beta * merge.max()) {
                break;
            }
            applied.add(merge);
        }
        return applied;
    }

    /** Features left at a threshold. */
    int complexity(double beta, double maxRatio) {
        return features - applied(beta, maxRatio).size();
    }

    Partition partition(double beta, double maxRatio) {
        return Partition.of(features, applied(beta, maxRatio));
    }
}

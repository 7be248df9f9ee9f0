package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analyses.complexity.FeatureGroups.NotAnalysed;
import dev.assay.analyses.complexity.FeatureGroups.Role;
import dev.assay.analyses.complexity.FeatureGroups.Use;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sets of features that a walk over a graph opens and unites, by union-find; each has the uses that were found of it, and
 * a reason when it has to stay as it is.
 */
final class FeatureSets {

    private static final String WEIGHT = ".weight";

    private final List<Integer> parent = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<List<Use>> uses = new ArrayList<>();
    private final Map<Integer, FeatureGroups.Reading> readings = new HashMap<>();
    private final List<PendingFlattening> flattenings = new ArrayList<>();

    /** A run of channels of one numbering. */
    record Part(int set, int size) {}

    private record PendingFlattening(String node, String shapeTensor, int dimension, List<Part> parts, int span) {}

    /**
     * Opens a set.
     *
     * @param tensor the stored tensor whose outputs it holds
     */
    Part open(String tensor, int size) {
        int set = parent.size();
        parent.add(set);
        sizes.add(size);
        names.add(tensor.endsWith(WEIGHT) ? tensor.substring(0, tensor.length() - WEIGHT.length()) : tensor);
        reasons.add("");
        uses.add(new ArrayList<>());
        return new Part(set, size);
    }

    /** Adds a use of a set. */
    void use(int set, Use use) {
        uses.get(root(set)).add(use);
    }

    /** Remembers where a set is read first. */
    void readBy(int set, FeatureGroups.Reading reading) {
        readings.putIfAbsent(set, reading);
    }

    /** Remembers a reshape whose stored target holds a number of features. */
    void flattened(String node, String shapeTensor, int dimension, List<Part> parts, int span) {
        flattenings.add(new PendingFlattening(node, shapeTensor, dimension, parts, span));
    }

    /** The set that a set was united with. */
    int root(int set) {
        return parent.get(set) == set ? set : root(parent.get(set));
    }

    /** Makes two sets one. */
    void unite(int a, int b) {
        int first = Math.min(root(a), root(b));
        int second = Math.max(root(a), root(b));
        if (first == second) {
            return;
        }
        parent.set(second, first);
        uses.get(first).addAll(uses.get(second));
        uses.get(second).clear();
        if (reasons.get(first).isEmpty()) {
            reasons.set(first, reasons.get(second));
        }
    }

    /** Leaves a set as it is; the first reason counts. */
    void freeze(int set, String reason) {
        if (reasons.get(root(set)).isEmpty()) {
            reasons.set(root(set), reason);
        }
    }

    /**
     * The groups at the end of the walk.
     *
     * @param untouched tensors that no set holds, with the reason
     * @param unhomogeneous see {@link FeatureGroups#unhomogeneous()}
     */
    FeatureGroups groups(Map<String, String> untouched, List<String> unhomogeneous) {
        TreeMap<Integer, Group> mergeable = new TreeMap<>();
        Map<String, String> left = new LinkedHashMap<>(untouched);
        for (int set = 0; set < parent.size(); set++) {
            if (root(set) != set) {
                continue;
            }
            if (reasons.get(set).isEmpty()) {
                mergeable.put(
                        set, new Group(names.get(set), sizes.get(set), List.copyOf(uses.get(set)), reading(set)));
            } else {
                for (Use use : uses.get(set)) {
                    if (use.role() == Role.INCOMING) {
                        left.putIfAbsent(use.tensor(), reasons.get(set));
                    }
                }
            }
        }
        List<NotAnalysed> notAnalysed = new ArrayList<>();
        left.forEach((tensor, reason) -> notAnalysed.add(new NotAnalysed(tensor, reason)));
        List<Integer> order = List.copyOf(mergeable.keySet());
        List<FeatureGroups.Flattening> flat = flattenings.stream()
                .map(f -> new FeatureGroups.Flattening(
                        f.node(),
                        f.shapeTensor(),
                        f.dimension(),
                        f.parts().stream()
                                .map(p -> new FeatureGroups.FlatPart(order.indexOf(root(p.set())), p.size()))
                                .toList(),
                        f.span()))
                .toList();
        return new FeatureGroups(
                List.copyOf(mergeable.values()),
                Collections.unmodifiableList(notAnalysed),
                unhomogeneous,
                flat);
    }

    /** The first reading of the sets that were united in one. */
    private FeatureGroups.Reading reading(int root) {
        return readings.entrySet().stream()
                .filter(e -> root(e.getKey()) == root)
                .min(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElse(null);
    }
}

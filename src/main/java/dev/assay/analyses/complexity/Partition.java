package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A group's features in clusters.
 *
 * @param clusters members of each cluster, ascending; clusters in the order of the new channels
 */
record Partition(List<int[]> clusters) {

    /** Every feature by itself. */
    static Partition singletons(int n) {
        return of(n, List.of());
    }

    /** The clusters that merges leave, in the order of their smallest members. */
    static Partition of(int n, List<Merge> merges) {
        int[] owner = new int[n];
        Arrays.setAll(owner, i -> i);
        for (Merge merge : merges) {
            owner[merge.second()] = merge.first();
        }
        List<List<Integer>> members = new ArrayList<>();
        int[] place = new int[n];
        for (int i = 0; i < n; i++) {
            // The owner is the smaller feature, so its own owner is known already.
            owner[i] = owner[owner[i]];
            if (owner[i] == i) {
                place[i] = members.size();
                members.add(new ArrayList<>());
            }
            members.get(place[owner[i]]).add(i);
        }
        return new Partition(members.stream()
                .map(c -> c.stream().mapToInt(Integer::intValue).toArray())
                .toList());
    }

    /** The same clusters in another order of channels, given by their smallest members. */
    Partition inOrder(List<Integer> smallestMembers) {
        return new Partition(smallestMembers.stream()
                .map(s -> clusters.stream().filter(c -> c[0] == s).findFirst().orElseThrow())
                .toList());
    }

    int size() {
        return clusters.size();
    }

    int largest() {
        return clusters.stream().mapToInt(c -> c.length).max().orElse(0);
    }

    static String members(int[] cluster) {
        return Arrays.stream(cluster).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
}

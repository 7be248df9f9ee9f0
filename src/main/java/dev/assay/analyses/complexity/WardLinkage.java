package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Ward's agglomeration of the features of a group, profile {@code ward} of the feature-complexity method. Singletons
 * cost their squared distance; after a merge of A and B (sizes a, b) the cost against K (size k) follows from
 * Lance-Williams: {@code ((a+k) cost(A,K) + (b+k) cost(B,K) - k cost(A,B)) / (a+b+k)}.
 *
 * <p>Runs the nearest-neighbour chain, O(n²) in time and memory. Where a tie decides, it starts over with the greedy
 * order and its tie rule: among pairs within {@code 1e-12 d_max} of the cheapest, the one whose smallest original
 * features come first.
 */
final class WardLinkage {

    /** Pairs closer than this share of the largest squared distance are tied. */
    static final double TIE = 1e-12;

    private final int n;
    private final double[] cost;
    private final double max;
    private final int[] nearestAtFirst;
    private final double tie;
    private final int[] size;
    private final boolean[] alive;
    private final Linking linking;

    private WardLinkage(double[] squaredDistances, int n, double max, int[] nearest, Linking linking) {
        this.n = n;
        this.cost = squaredDistances.clone();
        this.max = max;
        this.nearestAtFirst = nearest;
        this.tie = TIE * max;
        this.size = new int[n];
        this.alive = new boolean[n];
        this.linking = linking;
        Arrays.fill(size, 1);
        Arrays.fill(alive, true);
    }

    /**
     * Merges until one cluster is left.
     *
     * @param squaredDistances n x n, symmetric, row-major; not changed
     * @param linking hears of every merge as it is found, which is not yet the order of their costs
     * @return n - 1 merges in ascending order of cost
     */
    static List<Merge> link(double[] squaredDistances, int n, Linking linking) {
        return link(squaredDistances, n, null, linking);
    }

    /** As above, with each vector's nearest other one, the lowest of equals, where it is known; else null. */
    static List<Merge> link(double[] squaredDistances, int n, int[] nearest, Linking linking) {
        double max = Arrays.stream(squaredDistances).max().orElse(0);
        return new WardLinkage(squaredDistances, n, max, nearest, linking)
                .chain()
                .orElseGet(() -> {
                    linking.restarted();
                    return new WardLinkage(squaredDistances, n, max, nearest, linking).greedy();
                });
    }

    /** As {@link #link}, always in greedy order; the reference that the chain is held to. */
    static List<Merge> linkGreedily(double[] squaredDistances, int n, Linking linking) {
        double max = Arrays.stream(squaredDistances).max().orElse(0);
        return new WardLinkage(squaredDistances, n, max, null, linking).greedy();
    }

    private java.util.Optional<List<Merge>> chain() {
        List<Merge> merges = new ArrayList<>();
        int[] chain = new int[n];
        int length = 0;
        int start = 0;
        while (merges.size() < n - 1) {
            linking.checkCancelled();
            if (length == 0) {
                while (!alive[start]) {
                    start++;
                }
                chain[length++] = start;
            }
            int tip = chain[length - 1];
            int nearest = -1;
            double best = Double.POSITIVE_INFINITY;
            double second = Double.POSITIVE_INFINITY;
            for (int k = 0, at = tip * n; k < n; k++, at++) {
                if (alive[k] && k != tip) {
                    double c = cost[at];
                    if (c < best) {
                        second = best;
                        best = c;
                        nearest = k;
                    } else if (c < second) {
                        second = c;
                    }
                }
            }
            if (second <= best + tie) {
                return java.util.Optional.empty();
            }
            if (length > 1 && nearest == chain[length - 2]) {
                merges.add(merge(Math.min(tip, nearest), Math.max(tip, nearest)));
                length -= 2;
            } else {
                chain[length++] = nearest;
            }
        }
        merges.sort(Comparator.comparingDouble(Merge::cost));
        for (int m = 1; m < merges.size(); m++) {
            if (merges.get(m).cost() <= merges.get(m - 1).cost() + tie) {
                return java.util.Optional.empty();
            }
        }
        return java.util.Optional.of(merges);
    }

    /** Clusters live in the slot of their smallest feature, so that slot order is the order of the tie rule. */
    private Merge merge(int i, int j) {
        double between = cost[i * n + j];
        int a = size[i];
        int b = size[j];
        for (int k = 0; k < n; k++) {
            if (alive[k] && k != i && k != j) {
                int s = size[k];
                double updated =
                        ((a + s) * cost[i * n + k] + (b + s) * cost[j * n + k] - s * between) / (a + b + s);
                cost[i * n + k] = updated;
                cost[k * n + i] = updated;
            }
        }
        size[i] = a + b;
        alive[j] = false;
        Merge merge = new Merge(i, j, between, max);
        linking.merged(merge);
        return merge;
    }

    private List<Merge> greedy() {
        List<Merge> merges = new ArrayList<>();
        int[] nearest = new int[n];
        for (int i = 0; i < n; i++) {
            boolean known = nearestAtFirst != null && nearestAtFirst[i] >= 0;
            nearest[i] = known ? nearestAtFirst[i] : nearestOf(i);
        }
        while (merges.size() < n - 1) {
            linking.checkCancelled();
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                if (alive[i]) {
                    least = Math.min(least, cost[i * n + nearest[i]]);
                }
            }
            int i = 0;
            while (!alive[i] || cost[i * n + nearest[i]] > least + tie) {
                i++;
            }
            int j = i + 1;
            while (!alive[j] || cost[i * n + j] > least + tie) {
                j++;
            }
            merges.add(merge(i, j));
            repair(nearest, i, j);
        }
        return merges;
    }

    /** Row minima after slot j went into slot i: only rows that pointed at either, and the new row, are searched. */
    private void repair(int[] nearest, int i, int j) {
        for (int k = 0; k < n; k++) {
            if (!alive[k]) {
                continue;
            }
            if (k == i || nearest[k] == i || nearest[k] == j) {
                nearest[k] = nearestOf(k);
            } else if (cost[k * n + i] < cost[k * n + nearest[k]]) {
                nearest[k] = i;
            }
        }
    }

    private int nearestOf(int i) {
        int nearest = -1;
        double best = Double.POSITIVE_INFINITY;
        for (int k = 0, at = i * n; k < n; k++, at++) {
            if (alive[k] && k != i && (cost[at] < best || nearest < 0)) {
                best = cost[at];
                nearest = k;
            }
        }
        return nearest < 0 ? i : nearest;
    }
}

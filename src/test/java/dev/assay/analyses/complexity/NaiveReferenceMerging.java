package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.List;

/** Profile {@code reference} word by word, every distance from the current tensors; what the fast one is held to. */
final class NaiveReferenceMerging {

    private NaiveReferenceMerging() {}

    static List<Merge> run(MergeState state, double beta) {
        List<Merge> merges = new ArrayList<>();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int g = 0; g < state.groups(); g++) {
                if (state.order(g).size() < 2) {
                    continue;
                }
                Merge closest = closest(state, g);
                if (closest.cost() <= beta * closest.max()) {
                    state.merge(g, closest.first(), closest.second());
                    merges.add(closest);
                    changed = true;
                }
            }
        }
        return merges;
    }

    private static Merge closest(MergeState state, int g) {
        List<Integer> live = state.order(g).stream().sorted().toList();
        Merge best = null;
        double max = 0;
        for (int i : live) {
            for (int j : live) {
                if (i < j) {
                    double d = distance(state, g, i, j);
                    max = Math.max(max, d);
                    if (best == null || d < best.cost()) {
                        best = new Merge(i, j, d, 0);
                    }
                }
            }
        }
        return new Merge(best.first(), best.second(), best.cost(), max);
    }

    private static double distance(MergeState state, int g, int i, int j) {
        double d = 0;
        for (WeightTensor t : state.tensors()) {
            if (t.rowGroup() == g) {
                d += squared(t.row(i), t.row(j));
            }
            if (t.columnGroup() == g) {
                d += squared(t.column(i), t.column(j));
            }
        }
        return d;
    }

    private static double squared(double[] a, double[] b) {
        double d = 0;
        for (int k = 0; k < a.length; k++) {
            d += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return d;
    }
}

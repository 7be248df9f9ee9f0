package dev.assay.analyses.complexity;

import java.util.List;
import java.util.function.Consumer;

/** The published sweeps with every Gram matrix computed anew before each merge. */
final class NaiveSweeps {

    private NaiveSweeps() {}

    static void run(MergeState state, double beta, double maxRatio, Consumer<Merge> listener) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int g = 0; g < state.groups(); g++) {
                int n = state.slots(g);
                int merged = n - state.order(g).size();
                if (state.order(g).size() < 2 || merged >= (int) Math.ceil(maxRatio * n)) {
                    continue;
                }
                double[] gram = new double[n * n];
                for (WeightTensor t : state.tensors()) {
                    if (t.rowGroup() == g) {
                        Pairs.add(t.incoming(), n, t.columns() * t.span(), gram);
                    }
                    if (t.columnGroup() == g) {
                        Pairs.add(t.outgoing(), n, t.rows() * t.span(), gram);
                    }
                }
                Merge closest = closest(Gram.squaredDistances(gram, n), n, state.order(g));
                if (closest.cost() <= beta * closest.max()) {
                    state.merge(g, closest.first(), closest.second());
                    listener.accept(closest);
                    changed = true;
                }
            }
        }
    }

    private static Merge closest(double[] d, int n, List<Integer> order) {
        int[] live = order.stream().mapToInt(Integer::intValue).sorted().toArray();
        double min = Double.POSITIVE_INFINITY;
        double max = 0;
        int first = -1;
        int second = -1;
        for (int a = 0; a < live.length; a++) {
            for (int b = a + 1; b < live.length; b++) {
                double value = d[live[a] * n + live[b]];
                max = Math.max(max, value);
                if (value < min) {
                    min = value;
                    first = live[a];
                    second = live[b];
                }
            }
        }
        return new Merge(first, second, min, max);
    }
}

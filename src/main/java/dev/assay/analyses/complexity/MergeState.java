package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tensors of a network while profile {@code reference} merges features: the merged feature takes the slot of the
 * smaller original feature, the other slot dies. Incoming weights add up, outgoing weights are averaged by the number
 * of original features behind each side.
 */
final class MergeState {

    private final List<WeightTensor> tensors;
    private final int[][] counts;
    private final List<List<Integer>> order = new ArrayList<>();

    /**
     * Copies the tensors.
     *
     * @param sizes number of features of each group
     */
    MergeState(List<WeightTensor> original, int[] sizes) {
        tensors = original.stream()
                .map(t -> new WeightTensor(
                        t.name(),
                        t.rows(),
                        t.columns(),
                        t.span(),
                        t.values().clone(),
                        t.rowGroup(),
                        t.columnGroup()))
                .toList();
        counts = new int[sizes.length][];
        for (int g = 0; g < sizes.length; g++) {
            counts[g] = new int[sizes[g]];
            Arrays.fill(counts[g], 1);
            List<Integer> slots = new ArrayList<>();
            for (int i = 0; i < sizes[g]; i++) {
                slots.add(i);
            }
            order.add(slots);
        }
    }

    List<WeightTensor> tensors() {
        return tensors;
    }

    int groups() {
        return counts.length;
    }

    /** Number of slots, dead ones included. */
    int slots(int group) {
        return counts[group].length;
    }

    /** The weight of slot i when slots i and j are averaged by the number of original features behind them. */
    double share(int group, int i, int j) {
        return counts[group][i] / (double) (counts[group][i] + counts[group][j]);
    }

    /** Slots in the order of the reference's channels: a merged feature goes to the end. */
    List<Integer> order(int group) {
        return order.get(group);
    }

    /** Merges slot j into slot i, i before j, in every tensor. Dead slots hold zeros, so they add nothing to a Gram. */
    void merge(int group, int i, int j) {
        double share = share(group, i, j);
        for (WeightTensor t : tensors) {
            if (t.rowGroup() == group) {
                sumRows(t, i, j);
            }
            if (t.columnGroup() == group) {
                averageColumns(t, i, j, share);
            }
        }
        counts[group][i] += counts[group][j];
        order.get(group).remove((Integer) i);
        order.get(group).remove((Integer) j);
        order.get(group).add(i);
    }

    private static void sumRows(WeightTensor t, int i, int j) {
        int length = t.columns() * t.span();
        double[] v = t.values();
        for (int k = 0, a = i * length, b = j * length; k < length; k++, a++, b++) {
            v[a] += v[b];
            v[b] = 0;
        }
    }

    private static void averageColumns(WeightTensor t, int i, int j, double share) {
        double[] v = t.values();
        for (int r = 0; r < t.rows(); r++) {
            int a = (r * t.columns() + i) * t.span();
            int b = (r * t.columns() + j) * t.span();
            for (int k = 0; k < t.span(); k++, a++, b++) {
                v[a] = share * v[a] + (1 - share) * v[b];
                v[b] = 0;
            }
        }
    }
}

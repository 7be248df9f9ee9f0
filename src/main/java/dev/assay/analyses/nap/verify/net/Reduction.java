package dev.assay.analyses.nap.verify.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Means over dimensions and zeros around a tensor: affine maps in which every row has one weight. */
final class Reduction {

    private Reduction() {}

    /**
     * The mean over some dimensions.
     *
     * @param axes the dimensions, from 0; none for all
     * @param keep whether they stay as dimensions of 1
     */
    static Affine mean(Affine x, Set<Integer> axes, boolean keep) {
        int[] from = x.shape();
        int[] kept = from.clone();
        List<Integer> shape = new ArrayList<>();
        for (int d = 0; d < from.length; d++) {
            boolean reduced = axes.isEmpty() || axes.contains(d);
            kept[d] = reduced ? 1 : from[d];
            if (!reduced || keep) {
                shape.add(kept[d]);
            }
        }
        int[] strides = Affine.strides(kept);
        List<List<Integer>> members = new ArrayList<>();
        for (int i = 0; i < Affine.size(kept); i++) {
            members.add(new ArrayList<>());
        }
        int[] index = new int[from.length];
        for (int i = 0; i < x.size(); i++) {
            int at = 0;
            for (int d = 0; d < index.length; d++) {
                at += kept[d] == 1 ? 0 : index[d] * strides[d];
            }
            members.get(at).add(i);
            next(index, from);
        }
        Linear.Rows rows = new Linear.Rows(members.size(), x.size());
        for (List<Integer> row : members) {
            row.forEach(i -> rows.add(i, 1.0 / row.size()));
            rows.endRow();
        }
        return x.mapped(rows.build(), shape.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * Zeros around a tensor.
     *
     * @param pads how many before each dimension, then how many behind each
     */
    static Affine padded(Affine x, int[] pads) {
        int rank = x.shape().length;
        if (pads.length != 2 * rank || Arrays.stream(pads).anyMatch(p -> p < 0)) {
            throw new IllegalArgumentException("padding " + Arrays.toString(pads) + " of " + rank + " dimensions");
        }
        int[] to = x.shape().clone();
        for (int d = 0; d < rank; d++) {
            to[d] = Math.addExact(to[d], Math.addExact(pads[d], pads[rank + d]));
        }
        int[] strides = Affine.strides(x.shape());
        Linear.Rows rows = new Linear.Rows(Affine.size(to), x.size());
        int[] index = new int[rank];
        for (int i = 0; i < Affine.size(to); i++) {
            int at = 0;
            for (int d = 0; d < rank && at >= 0; d++) {
                int inside = index[d] - pads[d];
                at = inside < 0 || inside >= x.shape()[d] ? -1 : at + inside * strides[d];
            }
            if (at >= 0) {
                rows.add(at, 1);
            }
            rows.endRow();
            next(index, to);
        }
        return x.mapped(rows.build(), to);
    }

    private static void next(int[] index, int[] shape) {
        for (int d = index.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
            index[d] = 0;
        }
    }
}

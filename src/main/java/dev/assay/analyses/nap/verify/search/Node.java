package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Multipliers;
import dev.assay.analyses.nap.verify.proof.Step;

/** A problem of the search tree. Changed by the searching thread only. */
final class Node {

    final Node parent;
    /** Unit and sign of the split that made it; unit -1 for a cut or the root. */
    final int unit;
    final int sign;
    final int depth;
    final long number;
    /** Bounds of its region; null while they can be derived from the root's. */
    Bounds bounds;
    double lower;
    int row;
    Multipliers multipliers;
    int[] candidates = new int[0];
    /** Coefficients of the candidates in the bound that the multipliers gave. */
    double[] weights = new double[0];
    /** What closed it, or null. */
    Step closed;
    /** Whether it is to be cut at an input, the first candidate, rather than at one of the candidate units. */
    boolean cuts;
    int splitUnit = -1;
    int cutInput = -1;
    double cutAt;
    Node first;
    Node second;

    Node(Node parent, int unit, int sign, long number) {
        this.parent = parent;
        this.unit = unit;
        this.sign = sign;
        this.number = number;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.lower = parent == null ? Double.NEGATIVE_INFINITY : parent.lower;
    }

    /** Bounds of its region, derived from those of its nearest ancestor that has them. */
    Bounds derived() {
        if (bounds != null) {
            return bounds;
        }
        int n = 0;
        Node ancestor = this;
        while (ancestor.bounds == null) {
            n++;
            ancestor = ancestor.parent;
        }
        int[] units = new int[n];
        int[] signs = new int[n];
        for (Node at = this; at != ancestor; at = at.parent) {
            n--;
            units[n] = at.unit;
            signs[n] = at.sign;
        }
        return ancestor.bounds.split(units, signs);
    }

    /** Slopes and multipliers that a half of this problem starts from. */
    Multipliers start(int ofUnit, int withSign) {
        for (int i = 0; multipliers != null && i < weights.length; i++) {
            if (candidates[i] == ofUnit) {
                double alpha = multipliers.slope(ofUnit, 0);
                return multipliers.with(ofUnit, (withSign > 0 ? 1 - alpha : alpha) * weights[i]);
            }
        }
        return multipliers;
    }

    /** The proof below it. */
    Step step() {
        if (closed != null) {
            return closed;
        }
        if (first == null) {
            return new Step.Open();
        }
        return splitUnit >= 0
                ? new Step.SignSplit(splitUnit, first.step(), second.step())
                : new Step.Cut(cutInput, cutAt, first.step(), second.step());
    }
}

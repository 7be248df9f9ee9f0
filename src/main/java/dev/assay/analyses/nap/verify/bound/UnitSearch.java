package dev.assay.analyses.nap.verify.bound;

import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Propagation.RowBound;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Sharpens the bounds of single units of one layer by branch and bound on the layers below: every bound has a small tree
 * of its own, and all trees grow together, a leaf of each at a time, so that their problems fill the matrix products.
 * What a tree cannot finish still gives the least bound of its leaves.
 */
final class UnitSearch {

    private static final int STEPS = 8;

    /** A split may cost this share of a bound at first; the next ones mostly make up for it. */
    private static final double LOSS = 0.02;

    private final Propagation propagation;
    private final ReluNetwork net;
    private final Bounds region;
    private final int layer;
    private final List<Growing> trees = new ArrayList<>();

    /** A bound that is being raised: the lower one of a unit, or the upper one with its sign turned. */
    private final class Growing {
        private final int place;
        private final int side;
        private final Row row;
        private final Leaf root = new Leaf(region);
        private final List<Leaf> leaves = new ArrayList<>(List.of(root));
        private Leaf below;
        private Leaf above;
        private Leaf chosen;

        Growing(int place, int side) {
            this.place = place;
            this.side = side;
            double[] one = new double[net.width(layer)];
            one[place] = side == 0 ? 1 : -1;
            row = new Row(one, 0);
        }

        int unit() {
            return net.offset(layer) + place;
        }

        Leaf worst() {
            Leaf worst = leaves.getFirst();
            for (Leaf leaf : leaves) {
                worst = leaf.bound < worst.bound ? leaf : worst;
            }
            return worst;
        }

        /** Takes over the halves of the chosen leaf unless they are worse than the whole; no other split is tried then. */
        boolean grow() {
            if (Math.min(below.bound, above.bound) <= chosen.bound - LOSS * Math.abs(chosen.bound)) {
                chosen.split = -1;
                return false;
            }
            chosen.divide(below, above);
            leaves.remove(chosen);
            leaves.add(below);
            leaves.add(above);
            return true;
        }

        void finish() {
            double bound = worst().bound;
            int unit = unit();
            if (bound > (side == 0 ? region.lower[unit] : -region.upper[unit])) {
                region.keep(unit, side, root.multipliers, root.reason());
                if (side == 0) {
                    region.lower[unit] = bound;
                } else {
                    region.upper[unit] = -bound;
                }
            }
        }
    }

    /** A problem of a tree; its region is forgotten when it is split. */
    private static final class Leaf {
        private Bounds region;
        private double bound = Double.POSITIVE_INFINITY;
        private RowBound found;
        private Multipliers multipliers;
        private int split = -1;
        private Leaf inactive;
        private Leaf active;

        Leaf(Bounds region) {
            this.region = region;
        }

        void take(RowBound b) {
            found = b;
            bound = b.bound();
            multipliers = b.multipliers();
            double most = 0;
            for (int unit = 0; unit < b.branching().length; unit++) {
                if (b.branching()[unit] > most) {
                    most = b.branching()[unit];
                    split = unit;
                }
            }
        }

        void divide(Leaf off, Leaf on) {
            inactive = off;
            active = on;
            region = null;
            found = null;
        }

        Reason reason() {
            return inactive == null
                    ? Reason.of(multipliers)
                    : new Reason(null, split, inactive.reason(), active.reason());
        }
    }

    UnitSearch(Propagation propagation, Bounds region, int layer, List<Integer> units) {
        this.propagation = propagation;
        this.net = propagation.net();
        this.region = region;
        this.layer = layer;
        for (int unit : units) {
            trees.add(new Growing(unit, 0));
            trees.add(new Growing(unit, 1));
        }
    }

    /** Lets the trees grow and takes over what they are worth. */
    void run(int rounds) {
        if (trees.isEmpty() || rounds == 0) {
            return;
        }
        List<Task> tasks = new ArrayList<>();
        for (Growing tree : trees) {
            tasks.add(new Task(region, tree.row, region.start(tree.unit(), tree.side)));
        }
        List<RowBound> first = propagation.rows(layer, tasks, 1, true, Double.POSITIVE_INFINITY);
        for (int i = 0; i < first.size(); i++) {
            trees.get(i).root.take(first.get(i));
        }
        for (int round = 0; round < rounds; round++) {
            if (!grow()) {
                break;
            }
        }
        trees.forEach(Growing::finish);
    }

    /** Splits the worst leaf of every tree; false when there is nothing left to split. */
    private boolean grow() {
        List<Task> tasks = new ArrayList<>();
        List<Leaf> children = new ArrayList<>();
        for (Growing tree : trees) {
            Leaf leaf = tree.worst();
            tree.chosen = leaf.split < 0 || leaf.bound > 0 ? null : leaf;
            if (tree.chosen == null) {
                continue;
            }
            for (int sign = -1; sign <= 1; sign += 2) {
                Leaf child = new Leaf(leaf.region.split(leaf.split, sign));
                if (sign < 0) {
                    tree.below = child;
                } else {
                    tree.above = child;
                }
                if (!child.region.isEmpty()) {
                    children.add(child);
                    tasks.add(new Task(child.region, tree.row, leaf.found.after(leaf.split, sign)));
                }
            }
        }
        List<RowBound> bounds = tasks.isEmpty() ? List.of() : propagation.rows(layer, tasks, STEPS, true, 0);
        for (int i = 0; i < children.size(); i++) {
            children.get(i).take(bounds.get(i));
        }
        boolean grown = false;
        for (Growing tree : trees) {
            grown |= tree.chosen != null && tree.grow();
        }
        return grown;
    }
}

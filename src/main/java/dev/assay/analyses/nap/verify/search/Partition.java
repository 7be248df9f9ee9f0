package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Multipliers;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Propagation.RowBound;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.bound.Spool;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.proof.RegionProof.Stage;
import dev.assay.analyses.nap.verify.proof.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Branch and bound for all targets of a region together: every part of the region has all its layers bounded anew, which
 * is what deep networks need, where most is lost in the bounds of the layers between. A part that is nearly closed is
 * handed to a {@link Tree} with few problems for each target, which keeps the part's bounds and is quick.
 */
final class Partition {

    private static final int STEPS = 30;
    private static final int LAYER_STEPS = 8;
    private static final int ROUNDS = 8;

    /** Gradient steps from the corner of a bound. */
    private static final int DESCENT = 40;

    /** Problems of a tree that a part is worth for one target before it is split itself. */
    static final int PROBLEMS = 40;

    private final Propagation propagation;
    private final ReluNetwork net;
    private final List<Target> targets;
    private final int problems;
    private final List<Stage> stages;
    private final Witness[] best;
    private final double[] closedLowers;
    private final Listener listener;
    private final Evaluation evaluation;
    private final Attack attack;
    private final PriorityQueue<Part> open = new PriorityQueue<>(
            (a, b) -> a.lower != b.lower ? Double.compare(a.lower, b.lower) : Integer.compare(a.stage, b.stage));
    private final Part root;
    private final Spool spool;
    private final long kept;
    private long parts;
    private long nodes;
    private long closed;

    /** Hears how the search goes, on the searching thread. */
    interface Listener {

        /** Lower bounds of all targets, and how many problems wait and are done. */
        void progress(double[] lower, long open, long closed);

        /** A point of the region; true when there is nothing left to search. */
        boolean point(int target, Witness witness);
    }

    /** A part of the region. */
    private static final class Part {
        private final int stage;
        private Bounds bounds;
        private double lower = Double.NEGATIVE_INFINITY;
        private final double[] lowers;
        private final RowBound[] found;
        private final Step[] closed;
        private int unit = -1;
        private Part inactive;
        private Part active;

        Part(int stage, Bounds bounds, double[] lowers) {
            this.stage = stage;
            this.bounds = bounds;
            this.lowers = lowers;
            this.found = new RowBound[lowers.length];
            this.closed = new Step[lowers.length];
        }

        Step step(int t) {
            Step inner = closed[t] != null
                    ? closed[t]
                    : inactive == null ? new Step.Open() : new Step.SignSplit(unit, inactive.step(t), active.step(t));
            return new Step.At(stage, inner);
        }
    }

    /**
     * @param bounds of the whole region
     * @param targets those that are open
     * @param lowers what is known of them
     * @param problems of a tree, at most
     * @param stages takes the bounds of all parts; the last is that of {@code bounds}
     * @param spool takes what the proofs rest on
     */
    Partition(
            Propagation propagation,
            Bounds bounds,
            List<Target> targets,
            double[] lowers,
            int problems,
            List<Stage> stages,
            Spool spool,
            Listener listener) {
        this.spool = spool;
        this.problems = problems;
        this.propagation = propagation;
        this.net = propagation.net();
        this.targets = targets;
        this.stages = stages;
        this.listener = listener;
        this.best = new Witness[targets.size()];
        this.closedLowers = new double[targets.size()];
        Arrays.fill(closedLowers, Double.POSITIVE_INFINITY);
        this.evaluation = new Evaluation(net, bounds.box(), bounds.signs());
        this.attack = new Attack(propagation, bounds.box(), bounds.signs());
        // The proof of a part holds up to 2 (ROUNDS + 1) rows of slopes for every unstable unit, in the heap or in a file; a
        // quarter of the memory may go into them.
        long unstable = bounds.unstable();
        long row = 64 + (spool.isOutside() ? 0 : 8 * unstable);
        this.kept = Runtime.getRuntime().maxMemory() / 4 / (2 * (ROUNDS + 1) * unstable * row + 100_000);
        this.root = new Part(stages.size() - 1, bounds, lowers);
    }

    /** Searches until all targets are refuted, a point ends it, or a watch throws {@link OutOfTime}. */
    void run() {
        if (work(root, null)) {
            return;
        }
        report();
        while (!open.isEmpty()) {
            Part part = open.poll();
            try {
                if (divide(part)) {
                    return;
                }
            } catch (OutOfTime e) {
                part.inactive = null;
                part.active = null;
                open.add(part);
                throw e;
            }
            forget(part);
            report();
        }
    }

    /** Keeps of a part only what its proof needs, and not even that when there are too many. */
    private void forget(Part part) {
        part.bounds.release(parts <= kept ? spool : null);
        part.bounds = null;
        Arrays.fill(part.found, null);
    }

    /** Problems of all trees, and parts. */
    long nodes() {
        return nodes;
    }

    /** The proof of a target as far as it goes; none when there were too many parts to keep what they rest on. */
    Step proof(int target) {
        return parts <= kept ? root.step(target) : new Step.Open();
    }

    /** Whether a target is refuted. */
    boolean refuted(int target) {
        return refuted(root, target);
    }

    private static boolean refuted(Part part, int t) {
        return part.closed[t] != null
                || (part.inactive != null && refuted(part.inactive, t) && refuted(part.active, t));
    }

    private void report() {
        double[] lower = closedLowers.clone();
        for (Part part : open) {
            for (int t = 0; t < lower.length; t++) {
                if (part.closed[t] == null) {
                    lower[t] = Math.min(lower[t], part.lowers[t]);
                }
            }
        }
        listener.progress(lower, open.size(), closed);
    }

    private boolean divide(Part part) {
        part.unit = costliest(part);
        Part[] halves = new Part[2];
        for (int i = 0; i < 2; i++) {
            Bounds clipped = part.bounds.split(part.unit, 2 * i - 1);
            Bounds bounds = clipped.isEmpty() ? clipped : propagation.refined(clipped, LAYER_STEPS, ROUNDS);
            stages.add(new Stage(bounds, false, part.stage));
            halves[i] = new Part(stages.size() - 1, bounds, part.lowers.clone());
        }
        part.inactive = halves[0];
        part.active = halves[1];
        return work(halves[0], part) || work(halves[1], part);
    }

    /** Bounds what is open in a part; true when a point ended the search. */
    private boolean work(Part part, Part parent) {
        nodes++;
        parts++;
        int sign = parent == null || parent.inactive == part ? -1 : 1;
        List<Task> tasks = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int t = 0; t < targets.size(); t++) {
            if (parent != null && parent.closed[t] != null) {
                part.closed[t] = parent.closed[t];
                continue;
            }
            if (part.bounds.isEmpty()) {
                part.closed[t] = new Step.Vacant();
                continue;
            }
            for (Row row : targets.get(t).candidates()) {
                Multipliers start = parent == null ? null : parent.found[t].after(parent.unit, sign);
                tasks.add(new Task(part.bounds, row, start));
                owners.add(t);
            }
        }
        List<RowBound> bounds = tasks.isEmpty()
                ? List.of()
                : propagation.rows(tasks, parent == null ? 2 * STEPS : STEPS, true, propagation.safety(part.bounds));
        int row = 0;
        for (int i = 0; i < bounds.size(); i++) {
            int t = owners.get(i);
            row = i > 0 && owners.get(i - 1) == t ? row + 1 : 0;
            RowBound b = bounds.get(i);
            if (part.closed[t] == null && b.bound() > propagation.safety(part.bounds)) {
                part.closed[t] = new Step.Leaf(row, spool.keep(b.multipliers()));
                closedLowers[t] = Math.min(closedLowers[t], b.bound());
            }
            if (part.found[t] == null || b.bound() > part.found[t].bound()) {
                part.found[t] = b;
            }
            part.lowers[t] = Math.max(part.lowers[t], b.bound());
        }
        for (int t = 0; t < targets.size(); t++) {
            if (part.closed[t] == null && (descend(part, t) || tree(part, t))) {
                return true;
            }
        }
        part.lower = Double.POSITIVE_INFINITY;
        for (int t = 0; t < targets.size(); t++) {
            if (part.closed[t] == null) {
                part.lower = Math.min(part.lower, part.lowers[t]);
            }
        }
        if (part.lower < Double.POSITIVE_INFINITY && part.bounds.unstable() > 0) {
            open.add(part);
        } else {
            stuck(part);
            closed++;
            forget(part);
        }
        return false;
    }

    /** What is open in a part that cannot be split stays so: the solver's numbers do not settle it. */
    private void stuck(Part part) {
        for (int t = 0; t < targets.size(); t++) {
            if (part.closed[t] == null) {
                closedLowers[t] = Math.min(closedLowers[t], part.lowers[t]);
            }
        }
    }

    /** Evaluates the corner that the bound was taken at, and goes on from it. */
    private boolean descend(Part part, int t) {
        double[] corner = part.found[t].corner();
        return offer(t, evaluation.best(corner, targets.get(t)))
                || offer(t, attack.search(targets.get(t), List.of(corner), 1, DESCENT, 0));
    }

    private boolean offer(int t, Witness w) {
        if (w == null || (best[t] != null && w.margin() >= best[t].margin())) {
            return false;
        }
        best[t] = w;
        return listener.point(t, w);
    }

    private boolean tree(Part part, int t) {
        Tree tree = new Tree(propagation, part.bounds, targets.get(t), false, best[t], spool, Tree.SILENT);
        tree.within(part.found[t].multipliers());
        Tree.Result result = tree.run(problems);
        nodes += result.nodes();
        if (offer(t, result.best())) {
            return true;
        }
        boolean violated = best[t] != null && best[t].margin() <= 0;
        if (result.trouble().isEmpty() && !violated) {
            part.closed[t] = result.proof();
            closedLowers[t] = Math.min(closedLowers[t], result.lower());
        } else {
            part.lowers[t] = Math.max(part.lowers[t], result.lower());
        }
        return false;
    }

    /**
     * The unit whose relaxation costs the open targets most: by its own share, and by what it takes from the bounds of
     * later units, weighted with the share of these.
     */
    private int costliest(Part part) {
        double[] cost = new double[net.units()];
        for (int t = 0; t < targets.size(); t++) {
            for (int j = 0; part.closed[t] == null && j < cost.length; j++) {
                cost[j] += part.found[t].branching()[j];
            }
        }
        for (int k = net.layers(); k >= 2; k--) {
            List<Integer> units = new ArrayList<>();
            for (int j = net.offset(k), end = j + net.width(k); j < end; j++) {
                if (part.bounds.unstable(j) && cost[j] > 0) {
                    units.add(j);
                }
            }
            List<double[]> shares = propagation.shares(part.bounds, k, units);
            for (int i = 0; i < units.size(); i++) {
                for (int j = 0; j < net.offset(k); j++) {
                    cost[j] += cost[units.get(i)] * shares.get(i)[j];
                }
            }
        }
        int chosen = -1;
        for (int j = 0; j < cost.length; j++) {
            if (part.bounds.unstable(j) && (chosen < 0 || cost[j] > cost[chosen])) {
                chosen = j;
            }
        }
        return chosen;
    }
}

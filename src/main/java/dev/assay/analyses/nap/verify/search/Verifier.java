package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Method;
import dev.assay.analyses.nap.verify.bound.Propagation.RowBound;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.proof.RegionProof.Stage;
import dev.assay.analyses.nap.verify.proof.RegionProof.TargetProof;
import dev.assay.analyses.nap.verify.proof.Step;
import dev.assay.analyses.nap.verify.search.Standing.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides one region: a box cut by required signs, with the targets that are to be refuted in it. The ladder goes from
 * intervals over backward bounds and a falsifier to optimised bounds, bounds of single units by branching, and branch
 * and bound, and keeps for every target the best bound of all ({@code nap-verification.md}, section 3: no single engine
 * is monotone in the pattern).
 */
public final class Verifier {

    private static final int ROOT_STEPS = 100;
    private static final int LAYER_STEPS = 30;

    /** Steps from known multipliers, and how often each unit's bound may be branched, for the whole region. */
    private static final int REFINING_STEPS = 8;

    private static final int ROUNDS = 30;

    private final Propagation propagation;
    private final ReluNetwork net;
    private final Box box;
    private final Signs signs;
    private final List<double[]> starts;
    private final Settings settings;
    private final Standing standing;
    private final Searches searches;

    private Verifier(
            Propagation propagation,
            Box box,
            Signs signs,
            List<Target> targets,
            List<double[]> starts,
            Settings settings,
            Monitor monitor) {
        this.standing = new Standing(targets, signs.size(), settings, monitor);
        this.propagation = propagation.watchedBy(() -> {
            propagation.check();
            if (standing.left() < 0) {
                throw new OutOfTime();
            }
        });
        this.net = propagation.net();
        this.box = box;
        this.signs = signs;
        this.starts = starts;
        this.settings = settings;
        this.searches = new Searches(this.propagation, box, signs, starts, settings, standing);
    }

    /**
     * Decides a region.
     *
     * @param propagation the network with its threads; its watch hears of cancellation
     * @param targets what is to be refuted
     * @param starts points of interest, the reference first where there is one
     */
    public static Outcome decide(
            Propagation propagation,
            Box box,
            Signs signs,
            List<Target> targets,
            List<double[]> starts,
            Settings settings,
            Monitor monitor) {
        return new Verifier(propagation, box, signs, targets, starts, settings, monitor).run();
    }

    private Outcome run() {
        try {
            propagation.check();
            points();
            switch (settings.engine()) {
                case LADDER, BAB -> ladder();
                case MILP -> {
                    if (firstBounds()) {
                        searches.milp();
                    }
                }
                case IBP -> single(Method.INTERVAL);
                case CROWN -> single(Method.BACKWARD);
                case ALPHA -> single(Method.SLOPES);
                case ALPHA_BETA -> single(Method.SLOPES_AND_MULTIPLIERS);
            }
        } catch (OutOfTime e) {
            standing.reason = "timeout";
        }
        return standing.outcome();
    }

    private void ladder() {
        if (!firstBounds()) {
            return;
        }
        searches.glance();
        if (standing.undecided()) {
            optimised();
            if (standing.undecided()) {
                searches.attack();
            }
        }
        boolean refines = !Tree.splitsInputs(net) && !Tree.refines(net);
        if (refines && !standing.empty && standing.undecided()) {
            refined();
        }
        if (!standing.empty && standing.undecided()) {
            if (refines && net.layers() > 2) {
                searches.together();
            } else {
                searches.oneByOne();
            }
        }
        searches.presence();
    }

    /** The points that came with the question: the reference may violate it, or show that the region is not empty. */
    private void points() {
        Evaluation evaluation = new Evaluation(net, box, signs);
        for (int i = 0; i < starts.size(); i++) {
            for (State s : standing.states) {
                Witness w = evaluation.best(starts.get(i), s.target);
                if (w != null) {
                    if (i == 0) {
                        standing.referenceInside(starts.getFirst());
                    }
                    standing.present(w, i == 0 ? "reference" : "falsifier");
                    standing.offer(s, w, "attack");
                }
            }
        }
    }

    /** One engine alone, with its own values; then the falsifier. */
    private void single(Method method) {
        String name = settings.engine().toString();
        Bounds bounds = propagation.bounds(box, signs, method, null, LAYER_STEPS, true);
        if (!stage(bounds, method != Method.INTERVAL)) {
            if (method == Method.INTERVAL) {
                intervals(bounds, name);
            } else {
                int steps = method == Method.BACKWARD ? 1 : ROOT_STEPS;
                backward(bounds, steps, method == Method.SLOPES_AND_MULTIPLIERS, name);
            }
            standing.report();
        }
        searches.attack();
    }

    /** Adds bounds as a stage that goes on from the last one; true when they show that the region is empty. */
    private boolean stage(Bounds bounds, boolean backward) {
        standing.bounds = bounds;
        standing.stages.add(new Stage(bounds, backward, standing.stages.size() - 1));
        return standing.vacant();
    }

    /** Intervals and backward bounds without and with the signs; false when all is decided. */
    private boolean firstBounds() {
        Bounds free = propagation.bounds(box, Signs.none(net.units()), Method.BACKWARD, null, 0, false);
        standing.free = free;
        stage(free, true);
        intervals(free, "ibp");
        backward(free, 1, false, "crown");
        standing.report();
        if (signs.size() > 0) {
            Bounds bounds = propagation.bounds(box, signs, Method.BACKWARD, free, 0, false);
            if (stage(bounds, true)) {
                return false;
            }
            intervals(bounds, "ibp");
            backward(bounds, 1, false, "crown");
            standing.report();
        }
        if (!standing.undecided()) {
            searches.presence();
            return false;
        }
        return true;
    }

    private void intervals(Bounds region, String name) {
        for (State s : standing.states) {
            double[] lower = propagation.intervalRows(region, s.target.rows());
            for (int r = 0; r < lower.length; r++) {
                if (lower[r] > s.lower) {
                    standing.raise(s, lower[r], name);
                    if (lower[r] > propagation.safety(region)) {
                        standing.refute(s, proof(s, true, new Step.Leaf(r, null)));
                    }
                }
            }
        }
    }

    private TargetProof proof(State s, boolean intervals, Step step) {
        return new TargetProof(
                s.target.name(), s.target.rows(), standing.stages.size() - 1, intervals, false, step);
    }

    private void backward(Bounds region, int steps, boolean withBeta, String name) {
        List<Task> tasks = new ArrayList<>();
        for (State s : standing.states) {
            s.target.candidates().forEach(row -> tasks.add(new Task(region, row, null)));
        }
        List<RowBound> found = propagation.rows(tasks, steps, withBeta, Double.POSITIVE_INFINITY);
        int at = 0;
        for (State s : standing.states) {
            int count = s.target.candidates().size();
            for (int r = 0; r < count; r++, at++) {
                RowBound b = found.get(at);
                s.corners.add(b.corner());
                standing.raise(s, b.bound(), name);
                if (b.bound() > propagation.safety(region)) {
                    standing.refute(s, proof(s, false, new Step.Leaf(r, b.multipliers())));
                }
            }
        }
    }

    private void optimised() {
        Bounds bounds = propagation.bounds(
                box, signs, Method.SLOPES_AND_MULTIPLIERS, standing.bounds, LAYER_STEPS, false);
        if (!stage(bounds, true)) {
            backward(bounds, ROOT_STEPS, true, "alpha-beta");
            standing.report();
        }
    }

    private void refined() {
        Bounds bounds = propagation.refined(standing.bounds, REFINING_STEPS, ROUNDS);
        if (!stage(bounds, false)) {
            backward(bounds, ROOT_STEPS, true, "alpha-beta");
            standing.report();
        }
    }
}

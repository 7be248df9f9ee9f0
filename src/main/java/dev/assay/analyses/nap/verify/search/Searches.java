package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.lp.Answer;
import dev.assay.analyses.nap.verify.lp.Program;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.proof.RegionProof.TargetProof;
import dev.assay.analyses.nap.verify.search.Standing.State;
import java.util.ArrayList;
import java.util.List;

/** The searches of a region from the bounds that stand: the falsifier, branch and bound, mixed-integer programs. */
final class Searches {

    /** The solver's own tolerance, which a bound of a mixed-integer program must exceed (section 7). */
    private static final double MILP_SAFETY = 1e-5;
    /** Shares of the way from a solver's point into the region. */
    private static final double LEAST_STEP = 1e-9;

    private static final double GREATEST_STEP = 1e-3;

    /** Time that a solver is given less than there is, so that its bound still comes in, in seconds. */
    private static final double RESERVE = 0.2;

    /** Starts and steps of a short look. */
    private static final int GLANCES = 4;

    private static final int GLANCE_STEPS = 12;

    private final Propagation propagation;
    private final ReluNetwork net;
    private final Box box;
    private final Signs signs;
    private final List<double[]> starts;
    private final Settings settings;
    private final Standing standing;

    Searches(
            Propagation propagation,
            Box box,
            Signs signs,
            List<double[]> starts,
            Settings settings,
            Standing standing) {
        this.propagation = propagation;
        this.net = propagation.net();
        this.box = box;
        this.signs = signs;
        this.starts = starts;
        this.settings = settings;
        this.standing = standing;
    }

    /** A short look for a violation, before bounds that take longer than it are worth their time. */
    void glance() {
        attack(Math.min(GLANCES, settings.restarts()), Math.min(GLANCE_STEPS, settings.steps()));
    }

    /** Looks for a violation of the open targets, the one with the lowest bound first. */
    void attack() {
        attack(settings.restarts(), settings.steps());
    }

    private void attack(int restarts, int steps) {
        if (restarts == 0 || standing.empty) {
            return;
        }
        Attack attack = new Attack(propagation, box, signs);
        List<State> order = new ArrayList<>(open());
        order.sort((a, b) -> Double.compare(a.lower, b.lower));
        for (State s : order) {
            if (standing.violated()) {
                return;
            }
            List<double[]> all = new ArrayList<>(starts);
            all.addAll(s.corners);
            Witness w = attack.search(
                    s.target, all, restarts, steps, settings.seed() + standing.states.indexOf(s));
            standing.present(w, "falsifier");
            standing.offer(s, w, "attack");
            standing.report();
        }
    }

    private List<State> open() {
        return standing.states.stream().filter(State::open).toList();
    }

    /** A tree for each target, the one that is nearest to its proof first. */
    void oneByOne() {
        List<State> order = new ArrayList<>(open());
        order.sort((a, b) -> Double.compare(b.lower, a.lower));
        for (int i = 0; i < order.size(); i++) {
            State s = order.get(i);
            double left = standing.left();
            if (left <= 0) {
                s.timedOut = true;
                continue;
            }
            tree(s, left / (order.size() - i));
            if (s.violated()) {
                return;
            }
        }
    }

    private void tree(State s, double most) {
        long end = System.nanoTime() + (long) (most * 1e9);
        Propagation limited = propagation.watchedBy(() -> {
            propagation.check();
            if (System.nanoTime() > end) {
                throw new OutOfTime();
            }
        });
        Tree tree = new Tree(limited, standing.bounds, s.target, false, s.witness, settings.spool(), new Monitor() {
            @Override
            public void bounds(double lower, double upper) {
                if (lower > s.lower && lower < Double.POSITIVE_INFINITY) {
                    s.lower = lower;
                }
                standing.report();
            }

            @Override
            public void nodes(long open, long closed) {
                standing.report(open, standing.nodes + closed);
            }
        });
        Tree.Result result = tree.run();
        standing.nodes += result.nodes();
        s.nodes += result.nodes();
        standing.present(result.best(), "exact");
        standing.offer(s, result.best(), "bab");
        if (s.violated()) {
            return;
        }
        if (result.lower() > s.lower) {
            s.lower = Math.min(result.lower(), Double.MAX_VALUE);
        }
        s.engine = "bab";
        if (result.trouble().isEmpty()) {
            standing.refute(
                    s,
                    new TargetProof(
                            s.target.name(),
                            s.target.rows(),
                            standing.stages.size() - 1,
                            false,
                            Tree.splitsInputs(net) || Tree.refines(net),
                            result.proof()));
        } else {
            s.timedOut = result.trouble().equals("timeout");
            standing.reason = result.trouble();
            s.seconds = standing.seconds();
        }
        standing.report();
    }

    /** One search for all open targets. */
    void together() {
        List<State> order = open();
        int stage = standing.stages.size() - 1;
        Partition partition = new Partition(
                propagation,
                standing.bounds,
                order.stream().map(s -> s.target).toList(),
                order.stream().mapToDouble(s -> s.lower).toArray(),
                Partition.PROBLEMS,
                standing.stages,
                settings.spool(),
                new Partition.Listener() {
                    @Override
                    public void progress(double[] lower, long open, long closed) {
                        for (int i = 0; i < lower.length; i++) {
                            if (lower[i] < Double.POSITIVE_INFINITY) {
                                order.get(i).lower = Math.max(order.get(i).lower, lower[i]);
                            }
                        }
                        standing.report();
                        standing.report(open, closed);
                    }

                    @Override
                    public boolean point(int target, Witness witness) {
                        standing.present(witness, "exact");
                        standing.offer(order.get(target), witness, "bab");
                        return order.get(target).violated();
                    }
                });
        try {
            partition.run();
            standing.reason = "numerical";
        } catch (OutOfTime e) {
            standing.reason = "timeout";
        }
        standing.nodes += partition.nodes();
        for (int i = 0; i < order.size(); i++) {
            State s = order.get(i);
            s.nodes = partition.nodes();
            if (s.violated()) {
                continue;
            }
            s.engine = "bab";
            if (partition.refuted(i)) {
                standing.refute(
                        s,
                        new TargetProof(
                                s.target.name(), s.target.rows(), stage, false, false, partition.proof(i)));
            } else {
                s.seconds = standing.seconds();
            }
        }
        standing.report();
    }

    /** One program for each open target. */
    void milp() {
        for (State s : open()) {
            propagation.check();
            long millis = (long) (1000 * (standing.left() - RESERVE));
            Answer answer = Program.exact(net, standing.bounds, s.target.rows(), millis, propagation::check);
            s.engine = "milp";
            if (answer.status() == Answer.Status.INFEASIBLE) {
                // Infinite, but nothing that could be computed again.
                if (propagation.rigorous()) {
                    standing.reason = "the solver's answer is not rigorous";
                } else {
                    standing.emptied(null);
                }
                return;
            }
            if (answer.point() != null) {
                Witness w = nearest(answer.point(), s.target);
                standing.present(w, "exact");
                standing.offer(s, w, "milp");
            }
            double safety = MILP_SAFETY * (1 + standing.bounds.magnitude());
            standing.raise(s, answer.bound(), "milp");
            if (answer.bound() > safety && !s.violated()) {
                if (propagation.rigorous()) {
                    standing.reason = "the solver's bound is not rigorous";
                } else {
                    standing.refute(s, null);
                }
            } else if (!s.violated()) {
                standing.reason = answer.status() == Answer.Status.STOPPED ? "timeout" : "numerical";
            }
            standing.report();
            if (s.violated()) {
                return;
            }
        }
    }

    /**
     * The solver's point, which lies on the border of the region and may miss it by the solver's tolerance, or then one as
     * little as needed towards a known point of the region; null when none of these lies in it.
     */
    private Witness nearest(double[] point, Target target) {
        Evaluation evaluation = new Evaluation(net, box, signs);
        Witness found = evaluation.best(point, target);
        for (double share = LEAST_STEP; found == null && share <= GREATEST_STEP; share *= 10) {
            for (double[] start : starts) {
                double[] x = point.clone();
                for (int i = 0; i < x.length; i++) {
                    x[i] += share * (start[i] - x[i]);
                }
                Witness w = evaluation.best(x, target);
                found = w != null && (found == null || w.margin() < found.margin()) ? w : found;
            }
        }
        return found;
    }

    /** A proof without a known point of the region may be vacuous: asks for one, or for a proof that there is none. */
    void presence() {
        if (!standing.maybeVacuous()) {
            return;
        }
        Target target = Target.presence(net.outputs());
        double left = Math.min(standing.left(), Math.max(0.2, 0.1 * settings.seconds()));
        State s = new State(target);
        if (settings.restarts() > 0) {
            Witness w = new Attack(propagation, box, signs)
                    .search(target, starts, settings.restarts(), settings.steps(), settings.seed() - 1);
            standing.present(w, "falsifier");
        }
        if (standing.isPresent() || left <= 0) {
            return;
        }
        String before = standing.reason;
        tree(s, left);
        standing.reason = before;
        if (s.refuted) {
            standing.emptied(s.proof);
        }
    }
}

package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Method;
import dev.assay.analyses.nap.verify.bound.Propagation.RowBound;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.lp.Answer;
import dev.assay.analyses.nap.verify.lp.Program;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.proof.RegionProof;
import dev.assay.analyses.nap.verify.proof.RegionProof.Stage;
import dev.assay.analyses.nap.verify.proof.RegionProof.TargetProof;
import dev.assay.analyses.nap.verify.proof.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides one region: a box cut by required signs, with the targets that are to be refuted in it. The ladder goes from
 * intervals over backward bounds and a falsifier to optimised bounds and branch and bound, and keeps for every target
 * the best bound of all ({@code nap-verification.md}, section 3: no single engine is monotone in the pattern).
 */
public final class Verifier {

    private static final int ROOT_STEPS = 100;
    private static final int LAYER_STEPS = 30;

    /** The solver's own tolerance, which a bound of a mixed-integer program must exceed (section 7). */
    private static final double MILP_SAFETY = 1e-5;

    private final Propagation propagation;
    private final ReluNetwork net;
    private final Box box;
    private final Signs signs;
    private final List<double[]> starts;
    private final Settings settings;
    private final Monitor monitor;
    private final long began = System.nanoTime();
    private final List<State> states = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private TargetProof vacancy;
    private Bounds free;
    private Bounds bounds;
    private boolean empty;
    private boolean reference;
    private Witness inside;
    private String insideBy = "open";
    private String reason = "";
    private long nodes;

    /** A target on its way. */
    private static final class State {
        final Target target;
        double lower = Double.NEGATIVE_INFINITY;
        String engine = "";
        boolean refuted;
        boolean timedOut;
        Witness witness;
        double seconds;
        long nodes;
        TargetProof proof;
        final List<double[]> corners = new ArrayList<>();

        State(Target target) {
            this.target = target;
        }

        boolean violated() {
            return witness != null && witness.margin() <= 0;
        }

        boolean open() {
            return !refuted && !violated();
        }
    }

    private Verifier(
            Propagation propagation,
            Box box,
            Signs signs,
            List<Target> targets,
            List<double[]> starts,
            Settings settings,
            Monitor monitor) {
        long end = began + (long) (settings.seconds() * 1e9);
        Propagation outer = propagation;
        this.propagation = propagation.watchedBy(() -> {
            outer.check();
            if (System.nanoTime() > end) {
                throw new OutOfTime();
            }
        });
        this.net = propagation.net();
        this.box = box;
        this.signs = signs;
        this.starts = starts;
        this.settings = settings;
        this.monitor = monitor;
        targets.forEach(t -> states.add(new State(t)));
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
            check();
            work();
        } catch (OutOfTime e) {
            reason = "timeout";
        }
        return outcome();
    }

    private void work() {
        Engine engine = settings.engine();
        boolean ladder = engine == Engine.LADDER;
        if (ladder || engine == Engine.BAB || engine == Engine.MILP) {
            points();
            if (!firstBounds()) {
                return;
            }
            if (engine == Engine.MILP) {
                milp();
                return;
            }
            attack();
            if (undecided()) {
                optimised(Method.SLOPES_AND_MULTIPLIERS, "alpha-beta");
                if (undecided()) {
                    attack();
                }
            }
            if (!empty && undecided()) {
                branch();
            }
            presence();
            return;
        }
        points();
        Method method = switch (engine) {
            case IBP -> Method.INTERVAL;
            case CROWN -> Method.BACKWARD;
            case ALPHA -> Method.SLOPES;
            default -> Method.SLOPES_AND_MULTIPLIERS;
        };
        single(method, engine.toString());
        attack();
    }

    private void check() {
        propagation.check();
    }

    private boolean undecided() {
        return states.stream().anyMatch(State::open) && states.stream().noneMatch(State::violated);
    }

    /** The points that came with the question: the reference may violate it, or show that the region is not empty. */
    private void points() {
        Evaluation evaluation = new Evaluation(net, box, signs);
        for (int i = 0; i < starts.size(); i++) {
            for (State s : states) {
                Witness w = evaluation.best(starts.get(i), s.target);
                if (w != null) {
                    reference |= i == 0;
                    present(w, i == 0 ? "reference" : "falsifier");
                    offer(s, w, "attack");
                }
            }
        }
    }

    private void present(Witness w, String by) {
        if (w != null && inside == null) {
            inside = w;
            insideBy = by;
        }
    }

    private void offer(State s, Witness w, String by) {
        if (w != null && (s.witness == null || w.margin() < s.witness.margin())) {
            s.witness = w;
            if (w.margin() <= 0) {
                s.engine = by;
            }
        }
    }

    /** One engine alone, with its own values. */
    private void single(Method method, String name) {
        bounds = propagation.bounds(box, signs, method, null, LAYER_STEPS, true);
        stages.add(new Stage(bounds, method != Method.INTERVAL));
        if (vacant()) {
            return;
        }
        if (method == Method.INTERVAL) {
            intervals(bounds, 0, name);
        } else {
            boolean optimise = method != Method.BACKWARD;
            backward(bounds, 0, optimise ? ROOT_STEPS : 1, method == Method.SLOPES_AND_MULTIPLIERS, name);
        }
        report();
    }

    /** Intervals and backward bounds without and with the signs; false when all is decided. */
    private boolean firstBounds() {
        free = propagation.bounds(box, Signs.none(net.units()), Method.BACKWARD, null, 0, false);
        stages.add(new Stage(free, true));
        bounds = free;
        intervals(free, 0, "ibp");
        backward(free, 0, 1, false, "crown");
        report();
        if (signs.size() > 0) {
            bounds = propagation.bounds(box, signs, Method.BACKWARD, free, 0, false);
            stages.add(new Stage(bounds, true));
            if (vacant()) {
                return false;
            }
            intervals(bounds, 1, "ibp");
            backward(bounds, 1, 1, false, "crown");
            report();
        }
        if (!undecided()) {
            presence();
            return false;
        }
        return true;
    }

    private boolean vacant() {
        if (!bounds.isEmpty()) {
            return false;
        }
        empty = true;
        vacancy = new TargetProof(
                "any input",
                Target.presence(net.outputs()).rows(),
                stages.size() - 1,
                false,
                false,
                new Step.Vacant());
        return true;
    }

    private void intervals(Bounds region, int stage, String name) {
        for (State s : states) {
            List<Propagation.Row> rows = s.target.rows();
            double[] lower = propagation.intervalRows(region, rows);
            for (int r = 0; r < lower.length; r++) {
                if (lower[r] > s.lower) {
                    raise(s, lower[r], name);
                    if (lower[r] > propagation.safety(region)) {
                        refute(s, new TargetProof(s.target.name(), rows, stage, true, false, new Step.Leaf(r, null)));
                    }
                }
            }
        }
    }

    private void raise(State s, double lower, String name) {
        if (lower > s.lower) {
            s.lower = lower;
            if (!s.violated()) {
                s.engine = name;
            }
        }
    }

    private void refute(State s, TargetProof proof) {
        if (!s.refuted) {
            s.refuted = true;
            s.proof = proof;
            s.seconds = seconds();
        }
    }

    private void backward(Bounds region, int stage, int steps, boolean withBeta, String name) {
        List<Task> tasks = new ArrayList<>();
        for (State s : states) {
            s.target.candidates().forEach(row -> tasks.add(new Task(region, row, null)));
        }
        List<RowBound> found = propagation.rows(tasks, steps, withBeta, Double.POSITIVE_INFINITY);
        int at = 0;
        for (State s : states) {
            int count = s.target.candidates().size();
            for (int r = 0; r < count; r++, at++) {
                RowBound b = found.get(at);
                s.corners.add(b.corner());
                raise(s, b.bound(), name);
                if (b.bound() > propagation.safety(region)) {
                    refute(
                            s,
                            new TargetProof(
                                    s.target.name(),
                                    s.target.rows(),
                                    stage,
                                    false,
                                    false,
                                    new Step.Leaf(r, b.multipliers())));
                }
            }
        }
    }

    private void optimised(Method method, String name) {
        bounds = propagation.bounds(box, signs, method, bounds, LAYER_STEPS, false);
        stages.add(new Stage(bounds, true));
        if (vacant()) {
            return;
        }
        backward(bounds, stages.size() - 1, ROOT_STEPS, true, name);
        report();
    }

    private void attack() {
        if (settings.restarts() == 0 || empty) {
            return;
        }
        Attack attack = new Attack(propagation, box, signs);
        List<State> order = new ArrayList<>(states.stream().filter(State::open).toList());
        order.sort((a, b) -> Double.compare(a.lower, b.lower));
        for (State s : order) {
            if (states.stream().anyMatch(State::violated)) {
                return;
            }
            List<double[]> all = new ArrayList<>(starts);
            all.addAll(s.corners);
            Witness w = attack.search(
                    s.target, all, settings.restarts(), settings.steps(), settings.seed() + states.indexOf(s));
            present(w, "falsifier");
            offer(s, w, "attack");
            report();
        }
    }

    private void branch() {
        List<State> order = new ArrayList<>(states.stream().filter(State::open).toList());
        order.sort((a, b) -> Double.compare(b.lower, a.lower));
        for (int i = 0; i < order.size(); i++) {
            State s = order.get(i);
            double left = settings.seconds() - seconds();
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
        Tree tree = new Tree(limited, bounds, s.target, false, s.witness, new Monitor() {
            @Override
            public void bounds(double lower, double upper) {
                if (lower > s.lower && lower < Double.POSITIVE_INFINITY) {
                    s.lower = lower;
                }
                report();
            }

            @Override
            public void nodes(long open, long closed) {
                monitor.nodes(open, nodes + closed);
            }
        });
        Tree.Result result = tree.run();
        nodes += result.nodes();
        s.nodes += result.nodes();
        present(result.best(), "exact");
        offer(s, result.best(), "bab");
        if (s.violated()) {
            s.seconds = seconds();
            return;
        }
        if (result.lower() > s.lower) {
            s.lower = Math.min(result.lower(), Double.MAX_VALUE);
        }
        s.engine = "bab";
        if (result.trouble().isEmpty()) {
            refute(
                    s,
                    new TargetProof(
                            s.target.name(),
                            s.target.rows(),
                            stages.size() - 1,
                            false,
                            Tree.splitsInputs(net) || Tree.refines(net),
                            result.proof()));
        } else {
            s.timedOut = result.trouble().equals("timeout");
            reason = result.trouble();
            s.seconds = seconds();
        }
        report();
    }

    private void milp() {
        for (State s : states) {
            if (!s.open()) {
                continue;
            }
            check();
            long millis = (long) (1000 * (settings.seconds() - seconds()));
            Answer answer = Program.exact(net, bounds, s.target.rows(), millis, this::check);
            s.engine = "milp";
            if (answer.status() == Answer.Status.INFEASIBLE) {
                empty = true;
                return;
            }
            if (answer.point() != null) {
                Witness w = new Evaluation(net, box, signs).best(answer.point(), s.target);
                present(w, "exact");
                offer(s, w, "milp");
            }
            double safety = MILP_SAFETY * (1 + bounds.magnitude());
            raise(s, answer.bound(), "milp");
            if (answer.bound() > safety && !s.violated()) {
                if (propagation.rigorous()) {
                    reason = "the solver's bound is not rigorous";
                } else {
                    refute(s, null);
                }
            } else if (!s.violated()) {
                reason = answer.status() == Answer.Status.STOPPED ? "timeout" : "numerical";
            }
            report();
            if (s.violated()) {
                return;
            }
        }
    }

    /** A proof without a known point of the region may be vacuous: asks for one, or for a proof that there is none. */
    private void presence() {
        if (empty || inside != null || signs.size() == 0 || !states.stream().allMatch(s -> s.refuted)) {
            return;
        }
        Target target = Target.presence(net.outputs());
        double left = Math.min(settings.seconds() - seconds(), Math.max(0.2, 0.1 * settings.seconds()));
        State s = new State(target);
        if (settings.restarts() > 0) {
            Witness w = new Attack(propagation, box, signs)
                    .search(target, starts, settings.restarts(), settings.steps(), settings.seed() - 1);
            present(w, "falsifier");
        }
        if (inside != null || left <= 0) {
            return;
        }
        String before = reason;
        tree(s, left);
        reason = before;
        if (s.refuted) {
            empty = true;
            vacancy = s.proof;
        }
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private void report() {
        double lower = states.stream().mapToDouble(s -> s.lower).min().orElse(Double.NaN);
        double upper = states.stream()
                .filter(s -> s.witness != null)
                .mapToDouble(s -> s.witness.margin())
                .min()
                .orElse(Double.NaN);
        monitor.bounds(lower, upper);
    }

    private Outcome outcome() {
        List<Outcome.TargetOutcome> list = new ArrayList<>();
        for (State s : states) {
            Verdict verdict = empty
                    ? Verdict.EMPTY
                    : s.violated() ? Verdict.FALSIFIED : s.refuted ? Verdict.VERIFIED : Verdict.UNKNOWN;
            String engine = s.engine.isEmpty() ? settings.engine().toString() : s.engine;
            list.add(new Outcome.TargetOutcome(
                    s.target,
                    verdict,
                    s.lower,
                    s.witness,
                    engine,
                    s.seconds > 0 ? s.seconds : seconds(),
                    s.nodes));
        }
        Verdict all;
        if (empty) {
            all = Verdict.EMPTY;
        } else if (states.stream().anyMatch(State::violated)) {
            all = Verdict.FALSIFIED;
        } else if (states.stream().allMatch(s -> s.refuted)) {
            all = Verdict.VERIFIED;
        } else {
            all = Verdict.UNKNOWN;
        }
        String why = reason;
        if (all == Verdict.UNKNOWN && why.isEmpty()) {
            why = states.stream().anyMatch(s -> s.timedOut) ? "timeout" : "the bound is too weak";
        } else if (all == Verdict.VERIFIED && inside == null && signs.size() > 0) {
            why = "region not shown non-empty";
        } else if (all == Verdict.FALSIFIED && reference && states.stream()
                .anyMatch(s -> s.violated() && Arrays.equals(s.witness.x(), starts.getFirst()))) {
            why = "the reference itself violates it";
        } else if (all != Verdict.UNKNOWN) {
            why = "";
        }
        List<TargetProof> proofs =
                states.stream().map(s -> s.proof).filter(p -> p != null).toList();
        RegionProof proof = new RegionProof(stages, proofs, vacancy);
        return new Outcome(
                all, why, list, empty ? "" : insideBy, free, bounds, nodes, seconds(), proof);
    }
}

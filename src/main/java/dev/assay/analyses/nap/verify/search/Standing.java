package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.proof.RegionProof;
import dev.assay.analyses.nap.verify.proof.RegionProof.Stage;
import dev.assay.analyses.nap.verify.proof.RegionProof.TargetProof;
import dev.assay.analyses.nap.verify.proof.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is known of a region while it is worked on: bounds, proofs and points, of all targets. */
final class Standing {

    final List<State> states = new ArrayList<>();
    final List<Stage> stages = new ArrayList<>();
    Bounds free;
    Bounds bounds;
    boolean empty;
    String reason = "";
    long nodes;
    private final long began = System.nanoTime();
    private final int signs;
    private final Settings settings;
    private final Monitor monitor;
    private TargetProof vacancy;
    private double[] reference;
    private Witness inside;
    private String insideBy = "open";

    /** A target on its way. */
    static final class State {
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

    /**
     * Nothing known yet.
     *
     * @param signs number of required signs of the region
     */
    Standing(List<Target> targets, int signs, Settings settings, Monitor monitor) {
        this.signs = signs;
        this.settings = settings;
        this.monitor = monitor;
        targets.forEach(t -> states.add(new State(t)));
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Time that is left, in seconds; may be below 0. */
    double left() {
        return settings.seconds() - seconds();
    }

    boolean undecided() {
        return states.stream().anyMatch(State::open) && !violated();
    }

    boolean violated() {
        return states.stream().anyMatch(State::violated);
    }

    /** Whether everything is refuted, but no input of a region with signs is known. */
    boolean maybeVacuous() {
        return !empty && inside == null && signs > 0 && states.stream().allMatch(s -> s.refuted);
    }

    /** A point of the region. */
    void present(Witness w, String by) {
        if (w != null && inside == null) {
            inside = w;
            insideBy = by;
        }
    }

    /** Whether a point of the region is known. */
    boolean isPresent() {
        return inside != null;
    }

    /** The reference lies in the region. */
    void referenceInside(double[] x) {
        reference = x;
    }

    void offer(State s, Witness w, String by) {
        if (w != null && (s.witness == null || w.margin() < s.witness.margin())) {
            s.witness = w;
            if (w.margin() <= 0) {
                s.engine = by;
                s.seconds = seconds();
            }
        }
    }

    void raise(State s, double lower, String name) {
        if (lower > s.lower) {
            s.lower = lower;
            if (!s.violated()) {
                s.engine = name;
            }
        }
    }

    void refute(State s, TargetProof proof) {
        if (!s.refuted) {
            s.refuted = true;
            s.proof = proof;
            s.seconds = seconds();
        }
    }

    /** Whether the last stage's bounds contradict each other, which then is the proof that the region is empty. */
    boolean vacant() {
        if (!bounds.isEmpty()) {
            return false;
        }
        emptied(new TargetProof(
                "any input",
                Target.presence(bounds.outputs()).rows(),
                stages.size() - 1,
                false,
                false,
                new Step.Vacant()));
        return true;
    }

    /** The region is empty. */
    void emptied(TargetProof proof) {
        empty = true;
        vacancy = proof;
    }

    void report() {
        double lower = states.stream().mapToDouble(s -> s.lower).min().orElse(Double.NaN);
        double upper = states.stream()
                .filter(s -> s.witness != null)
                .mapToDouble(s -> s.witness.margin())
                .min()
                .orElse(Double.NaN);
        monitor.bounds(lower, upper);
    }

    void report(long open, long closed) {
        monitor.nodes(open, closed);
    }

    Outcome outcome() {
        List<Outcome.TargetOutcome> list = new ArrayList<>();
        for (State s : states) {
            Verdict verdict = empty
                    ? Verdict.EMPTY
                    : s.violated() ? Verdict.FALSIFIED : s.refuted ? Verdict.VERIFIED : Verdict.UNKNOWN;
            String engine = s.engine.isEmpty() ? settings.engine().toString() : s.engine;
            double seconds = s.seconds > 0 ? s.seconds : seconds();
            list.add(new Outcome.TargetOutcome(s.target, verdict, s.lower, s.witness, engine, seconds, s.nodes));
        }
        Verdict all = verdict();
        List<TargetProof> proofs =
                states.stream().map(s -> s.proof).filter(p -> p != null).toList();
        RegionProof proof = new RegionProof(stages, proofs, vacancy);
        return new Outcome(
                all, why(all), list, empty ? "" : insideBy, free, bounds, nodes, seconds(), proof);
    }

    private Verdict verdict() {
        if (empty) {
            return Verdict.EMPTY;
        }
        if (violated()) {
            return Verdict.FALSIFIED;
        }
        return states.stream().allMatch(s -> s.refuted) ? Verdict.VERIFIED : Verdict.UNKNOWN;
    }

    private String why(Verdict all) {
        if (all == Verdict.UNKNOWN) {
            boolean time = states.stream().anyMatch(s -> s.timedOut);
            return !reason.isEmpty() ? reason : time ? "timeout" : "the bound is too weak";
        }
        if (all == Verdict.VERIFIED && inside == null && signs > 0) {
            return "region not shown non-empty";
        }
        boolean byReference = reference != null
                && states.stream().anyMatch(s -> s.violated() && Arrays.equals(s.witness.x(), reference));
        return all == Verdict.FALSIFIED && byReference ? "the reference itself violates it" : "";
    }
}

package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.Answered.Counterexample;
import dev.assay.analyses.nap.verify.Answered.LayerState;
import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.bound.Spool;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.proof.RegionProof;
import dev.assay.analyses.nap.verify.search.Monitor;
import dev.assay.analyses.nap.verify.search.Outcome;
import dev.assay.analyses.nap.verify.search.Outcome.TargetOutcome;
import dev.assay.analyses.nap.verify.search.Settings;
import dev.assay.analyses.nap.verify.search.Target;
import dev.assay.analyses.nap.verify.search.Verdict;
import dev.assay.analyses.nap.verify.search.Verifier;
import dev.assay.analyses.nap.verify.search.Witness;
import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Decides instances box by box and checks every counterexample in the model's own runtime. */
final class Decider {

    private static final int TIGHT = 10;

    private final LoadedNetwork loaded;
    private final ReluNetwork net;
    private final Propagation propagation;
    private final VerifyParameters parameters;
    private final long seed;

    Decider(LoadedNetwork loaded, Propagation propagation, VerifyParameters parameters, long seed) {
        this.loaded = loaded;
        this.net = loaded.net();
        this.propagation = propagation;
        this.parameters = parameters;
        this.seed = seed;
    }

    /**
     * Decides an instance.
     *
     * @param spool takes what its proofs rest on; must stay open as long as these are wanted
     */
    Answered decide(int number, Question question, Spool spool, Monitor monitor) throws InputException {
        long began = System.nanoTime();
        List<TargetOutcome> rivals = new ArrayList<>();
        List<RegionProof> proofs = new ArrayList<>();
        List<LayerState> layers = List.of();
        Verdict verdict = Verdict.EMPTY;
        String reason = question.parts().isEmpty() ? "the bounds of its inputs or its signs contradict each other" : "";
        String engine = "ibp";
        String nonEmptiness = "";
        double lower = Double.POSITIVE_INFINITY;
        double upper = Double.NaN;
        long nodes = 0;
        Counterexample found = null;
        for (Question.Part part : question.parts()) {
            double left = Math.max(0, question.seconds() - (System.nanoTime() - began) / 1e9);
            Settings settings =
                    new Settings(parameters.engine(), left, parameters.restarts(), parameters.steps(), seed, spool);
            Outcome outcome = Verifier.decide(
                    propagation, part.box(), question.signs(), part.targets(), question.starts(), settings, monitor);
            Verdict one = outcome.verdict();
            String why = outcome.reason();
            TargetOutcome violated = outcome.violated();
            if (violated != null) {
                Counterexample point = counterexample(question.signs(), violated.target(), violated.witness());
                if (point.runtimeMargin() > 0) {
                    one = Verdict.UNKNOWN;
                    why = "numerical: the margin is " + point.margin() + " in float64 and " + point.runtimeMargin()
                            + " in the model's runtime";
                } else if (point.runtimeMargin() <= 0 && found == null) {
                    found = point;
                    engine = outcome.engine();
                }
            }
            proofs.add(outcome.proof());
            for (TargetOutcome t : outcome.targets()) {
                rivals.add(one == Verdict.UNKNOWN && t.verdict() == Verdict.FALSIFIED
                        ? new TargetOutcome(
                                t.target(), one, t.lower(), t.witness(), t.engine(), t.seconds(), t.nodes())
                        : t);
            }
            nodes += outcome.nodes();
            if (layers.isEmpty() && outcome.bounds() != null && !outcome.bounds().isEmpty()) {
                layers = layers(outcome.free(), outcome.bounds());
            }
            if (one != Verdict.EMPTY) {
                lower = Math.min(lower, outcome.lower());
                upper = Double.isNaN(upper) ? outcome.upper() : Math.min(upper, least(outcome.upper(), upper));
                nonEmptiness = nonEmptiness.isEmpty() || nonEmptiness.equals("open")
                        ? outcome.nonEmptiness()
                        : nonEmptiness;
            }
            if (worse(one, verdict)) {
                verdict = one;
                reason = why;
                engine = outcome.engine();
            } else if (reason.isEmpty()) {
                reason = why;
            }
            if (verdict == Verdict.FALSIFIED) {
                break;
            }
        }
        if (question.query().equals(Query.NON_AMBIGUITY.toString()) && verdict == Verdict.EMPTY) {
            verdict = Verdict.VERIFIED;
            reason = "no input follows both patterns";
        }
        if (question.sample() < 0 && nonEmptiness.equals("reference")) {
            nonEmptiness = "falsifier";
        }
        return new Answered(
                number,
                question,
                verdict,
                reason,
                lower == Double.POSITIVE_INFINITY ? Double.NaN : lower,
                upper,
                engine,
                (System.nanoTime() - began) / 1e9,
                nodes,
                nonEmptiness,
                rivals,
                found,
                layers,
                proofs);
    }

    private static double least(double a, double b) {
        return Double.isNaN(a) ? b : a;
    }

    private static boolean worse(Verdict a, Verdict b) {
        List<Verdict> order = List.of(Verdict.EMPTY, Verdict.VERIFIED, Verdict.UNKNOWN, Verdict.FALSIFIED);
        return order.indexOf(a) > order.indexOf(b);
    }

    private List<LayerState> layers(Bounds free, Bounds bounds) {
        List<LayerState> list = new ArrayList<>();
        for (int k = 1; k <= net.layers(); k++) {
            int with = bounds.unstableIn(k);
            int without = free == null ? with : free.unstableIn(k);
            int fixed = 0;
            for (int j = net.offset(k), end = j + net.width(k); j < end; j++) {
                fixed += bounds.multiplier(j) != 0 ? 1 : 0;
            }
            list.add(new LayerState(k, net.width(k), without, with, fixed));
        }
        return list;
    }

    private Counterexample counterexample(Signs signs, Target target, Witness witness) throws InputException {
        double[] x = witness.x();
        double[] runtime = loaded.runtime(x);
        double[][] z = net.run(x, 1);
        double[] flat = new double[net.units()];
        for (int k = 1; k <= net.layers(); k++) {
            System.arraycopy(z[k - 1], 0, flat, net.offset(k), net.width(k));
        }
        boolean border = IntStream.range(0, flat.length).anyMatch(j -> signs.sign(j) > 0 && flat[j] == 0);
        int[] tight = IntStream.of(signs.constrained())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> Math.abs(flat[j])))
                .limit(TIGHT)
                .mapToInt(Integer::intValue)
                .toArray();
        return new Counterexample(
                x,
                target.name(),
                witness.margin(),
                target.margin(runtime),
                border,
                z[net.layers()],
                tight,
                IntStream.of(tight).mapToDouble(j -> flat[j]).toArray());
    }
}

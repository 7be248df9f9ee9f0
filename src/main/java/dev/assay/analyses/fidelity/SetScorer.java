package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongFunction;

/** Scores one explanation of one instance, sample by sample. Used by one thread at a time. */
final class SetScorer {

    private final Instance instance;
    private final long[] set;
    private final int size;
    private final SignEstimate plus;
    private final SignEstimate minus;
    private final double[] values = new double[Scores.COUNT];
    private final double[] unfaithfulness = new double[2];
    private final int[] schedule;
    private final double[] runningDelta;
    private final double[] runningVariance;
    private final BitSet seen = new BitSet();
    private int reached;
    private int withoutId = -1;
    private int withId;
    private int withoutClass;
    private int withClass;
    private long seenBefore;

    /**
     * Starts.
     *
     * @param members {@code [units]}
     * @param schedule numbers of samples after which the running score is kept, rising
     */
    SetScorer(Instance instance, boolean[] members, Sampling sampling, int[] schedule) {
        this.instance = instance;
        this.set = Bits.of(members);
        this.size = Bits.count(set);
        this.schedule = schedule;
        this.runningDelta = new double[schedule.length];
        this.runningVariance = new double[schedule.length];
        long[] rest = Bits.complement(set, members.length);
        this.plus = new SignEstimate(instance, set, sampling.alpha1(), sampling);
        this.minus = new SignEstimate(instance, rest, 1 - sampling.alpha2(), sampling);
    }

    /** Gives the drops of single removals, for the control variate. */
    void singles(double[] drops) {
        plus.singles(drops);
        minus.singles(drops);
    }

    SignEstimate plus() {
        return plus;
    }

    SignEstimate minus() {
        return minus;
    }

    /** Asks for the graphs of the next samples, and the first time for those of the original scores. */
    void request(MaskTable table, long[][] plusDraws, long[][] minusDraws) {
        if (withoutId < 0) {
            seen.set(0);
            withoutId = table.index(set);
            withId = table.index(Bits.complement(set, instance.units().size()));
            seen.set(withoutId);
            seen.set(withId);
        }
        for (int id : plus.request(table, plusDraws)) {
            seen.set(id);
        }
        for (int id : minus.request(table, minusDraws)) {
            seen.set(id);
        }
    }

    /**
     * Takes what was found.
     *
     * @param first whether this is the first time
     */
    void consume(MaskTable table, boolean first, SignEstimate.Listener plusListener,
            SignEstimate.Listener minusListener) {
        if (first) {
            original(table);
        }
        plus.consume(table, plusListener);
        minus.consume(table, minusListener);
        while (reached < schedule.length && schedule[reached] <= Math.max(plus.count(), minus.count())) {
            keepRunning(reached++);
        }
    }

    /** Keeps the running score; without samples (both signs enumerated) it is there from the start. */
    private void keepRunning(int at) {
        runningDelta[at] = plus.value() - minus.value();
        double a = plus.standardError();
        double b = minus.standardError();
        runningVariance[at] = a * a + b * b;
    }

    private void original(MaskTable table) {
        int label = instance.label();
        double right = instance.predicted() == label ? 1 : 0;
        withoutClass = table.predicted(withoutId);
        withClass = table.predicted(withId);
        values[0] = instance.f() - table.f(withoutId);
        values[1] = instance.f() - table.f(withId);
        values[2] = values[0] - values[1];
        values[3] = right - (withoutClass == label ? 1 : 0);
        values[4] = right - (withClass == label ? 1 : 0);
        values[5] = values[3] - values[4];
        double[] p = instance.probabilities();
        double[] q = table.all(withId);
        unfaithfulness[0] = 1 - Math.exp(-divergence(p, q));
        unfaithfulness[1] = 1 - Math.exp(-divergence(q, p));
    }

    /** Kullback and Leibler's divergence of q from p. */
    static double divergence(double[] p, double[] q) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += p[k] > 0 ? p[k] * Math.log(p[k] / q[k]) : 0;
        }
        return Math.max(0, sum);
    }

    /** The table is about to forget its numbers. */
    void forget() {
        seenBefore += seen.cardinality();
        seen.clear();
    }

    /** Makes sure that strata have what they need. */
    void complete(MaskTable table, long firstSample, LongFunction<long[]> plusDraw, LongFunction<long[]> minusDraw,
            Runnable cancelled) {
        plus.complete(table, firstSample, plusDraw, cancelled);
        minus.complete(table, firstSample, minusDraw, cancelled);
    }

    /** The scores as they stand. */
    SetScore score() {
        double[] now = values.clone();
        now[6] = plus.value();
        now[7] = minus.value();
        now[8] = now[6] - now[7];
        now[9] = plus.accuracyValue();
        now[10] = minus.accuracyValue();
        now[11] = now[9] - now[10];
        double[] errors = {
            plus.standardError(), minus.standardError(), 0, plus.accuracyError(), minus.accuracyError(), 0
        };
        errors[2] = Math.hypot(errors[0], errors[1]);
        errors[5] = Math.hypot(errors[3], errors[4]);
        return new SetScore(
                now, errors, size, instance.units().size(), withoutClass, withClass, unfaithfulness,
                3 + plus.nominal() + minus.nominal(), seenBefore + seen.cardinality(),
                Arrays.copyOf(runningDelta, reached), Arrays.copyOf(runningVariance, reached),
                Math.max(plus.leftOut(), minus.leftOut()));
    }
}

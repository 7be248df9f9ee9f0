package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * One sign of a robust score of one set: the expected drop of the prediction when each unit of a pool is removed with one
 * probability, {@code f(G) - E f(G - R)} (robust-fidelity, steps 3 to 5). The pool of the plus score is the explanation,
 * that of the minus score everything else. Used by one thread at a time: {@link #request}, evaluation of the table,
 * {@link #consume}, again and again.
 */
final class SignEstimate {

    private static final int MOST_EXTRA_DRAWS = 1 << 20;

    private final long[] pool;
    private final int units;
    private final double probability;
    private final Sampling sampling;
    private final Sampling.Way way;
    private final boolean right;
    private final double f;
    private final int label;
    private double[] singles;

    private int[] requested = {};
    private double[] weights;
    private long[][] removedSets;
    private final Tally all = new Tally();
    private final Tally some = new Tally();
    private long wrong;
    private double exactDrop;
    private double exactWrong;
    private double leftOut;

    /** Running count, mean and sum of squares (Welford 1962). */
    private static final class Tally {
        private long count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double delta = value - mean;
            mean += delta / count;
            squares += delta * (value - mean);
        }

        double standardError() {
            return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
        }
    }

    /** Hears of every perturbed probability with its weight; a sample weighs 1. */
    interface Listener {
        void probability(double f, double weight);
    }

    SignEstimate(Instance instance, long[] pool, double probability, Sampling sampling) {
        this.pool = pool;
        this.units = Bits.count(pool);
        this.probability = probability;
        this.sampling = sampling;
        this.way = sampling.way(units);
        this.right = instance.predicted() == instance.label();
        this.f = instance.f();
        this.label = instance.label();
    }

    /** Gives the drops of single removals, for the control variate. */
    void singles(double[] drops) {
        singles = drops;
    }

    /** How it is estimated. */
    Sampling.Way way() {
        return way;
    }

    /** Probability mass that truncated enumeration leaves out. */
    double leftOut() {
        return leftOut;
    }

    /** Forward passes that it stands for, each sample and subset counted. */
    long nominal() {
        return switch (way) {
            case MONTE_CARLO -> all.count;
            case EXACT -> Subsets.count(units, units).longValueExact();
            case TRUNCATED -> Subsets.count(units, sampling.maxRemoved()).longValueExact();
        };
    }

    /**
     * Asks the table for what the next samples need. Enumeration asks for everything the first time.
     *
     * @param draws sets of units whose number is below this sign's probability, by sample
     */
    int[] request(MaskTable table, long[][] draws) {
        if (way == Sampling.Way.MONTE_CARLO) {
            requested = new int[draws.length];
            boolean keep = sampling.controlVariate() || sampling.stratify();
            removedSets = keep ? new long[draws.length][] : null;
            long[] removed = new long[pool.length];
            for (int m = 0; m < draws.length; m++) {
                if (keep) {
                    removed = new long[pool.length];
                    removedSets[m] = removed;
                }
                Bits.and(draws[m], pool, removed);
                requested[m] = table.index(removed);
            }
        } else if (weights == null) {
            enumerate(table);
        } else {
            requested = new int[0];
        }
        return requested;
    }

    private void enumerate(MaskTable table) {
        int most = way == Sampling.Way.EXACT ? units : Math.min(units, sampling.maxRemoved());
        int count = Subsets.count(units, most).intValueExact();
        int[] ids = new int[count];
        double[] weight = new double[count];
        int[] at = new int[1];
        Subsets.each(Bits.members(pool), most, pool.length, (subset, size) -> {
            double w = Subsets.weight(probability, size, units);
            if (w > 0) {
                ids[at[0]] = table.index(subset);
                weight[at[0]++] = w;
            }
        });
        requested = Arrays.copyOf(ids, at[0]);
        weights = Arrays.copyOf(weight, at[0]);
        if (way == Sampling.Way.TRUNCATED) {
            double mass = Subsets.mass(probability, units, most);
            leftOut = Math.max(0, 1 - mass);
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= mass;
            }
        }
    }

    /** Takes what the table found for the last request. */
    void consume(MaskTable table, Listener listener) {
        if (way == Sampling.Way.MONTE_CARLO) {
            for (int m = 0; m < requested.length; m++) {
                sample(table, m, listener);
            }
            return;
        }
        for (int i = 0; i < requested.length; i++) {
            double perturbed = table.f(requested[i]);
            exactDrop += weights[i] * (f - perturbed);
            exactWrong += table.predicted(requested[i]) == label ? 0 : weights[i];
            listener.probability(perturbed, weights[i] * sampling.samples());
        }
    }

    /** The sample with that place in the last request. */
    private void sample(MaskTable table, int m, Listener listener) {
        double perturbed = table.f(requested[m]);
        double drop = f - perturbed;
        if (sampling.controlVariate()) {
            drop += expectedLinear() - linear(removedSets[m]);
        }
        all.add(drop);
        if (sampling.stratify() && Bits.count(removedSets[m]) > 0) {
            some.add(drop);
        }
        wrong += table.predicted(requested[m]) == label ? 0 : 1;
        listener.probability(perturbed, 1);
    }

    private double linear(long[] removed) {
        double sum = 0;
        for (int u : Bits.members(removed)) {
            sum += singles[u];
        }
        return sum;
    }

    private double expectedLinear() {
        return probability * linear(pool);
    }

    /**
     * With strata a sample that removes something is needed; draws on until there is one.
     *
     * @param draw the draws of a sample by its number
     */
    void complete(MaskTable table, long firstSample, LongFunction<long[]> draw, Runnable cancelled) {
        boolean possible = units > 0 && probability > 0;
        if (way != Sampling.Way.MONTE_CARLO || !sampling.stratify() || !possible || some.count > 0) {
            return;
        }
        for (int extra = 0; extra < MOST_EXTRA_DRAWS; extra++) {
            long[] removed = new long[pool.length];
            Bits.and(draw.apply(firstSample + extra), pool, removed);
            if (Bits.count(removed) > 0) {
                int id = table.index(removed);
                table.evaluate(cancelled);
                double drop = f - table.f(id);
                some.add(sampling.controlVariate() ? drop + expectedLinear() - linear(removed) : drop);
                return;
            }
        }
    }

    /** The estimate. */
    double value() {
        if (way != Sampling.Way.MONTE_CARLO) {
            return exactDrop;
        }
        if (!sampling.stratify() || some.count == 0) {
            return all.mean;
        }
        double nothing = Subsets.weight(probability, 0, units);
        double drop = sampling.controlVariate() ? expectedLinear() : 0;
        return nothing * drop + (1 - nothing) * some.mean;
    }

    /** Its standard error: 0 for enumeration, NaN for a single sample. */
    double standardError() {
        if (way != Sampling.Way.MONTE_CARLO || units == 0) {
            return 0;
        }
        if (sampling.stratify() && some.count > 0) {
            return (1 - Subsets.weight(probability, 0, units)) * some.standardError();
        }
        return all.standardError();
    }

    /** The estimate of the accuracy version: how often the prediction is lost. */
    double accuracyValue() {
        double share = way == Sampling.Way.MONTE_CARLO ? (double) wrong / Math.max(1, all.count) : exactWrong;
        return share - (right ? 0 : 1);
    }

    /** Its standard error. */
    double accuracyError() {
        if (way != Sampling.Way.MONTE_CARLO || units == 0) {
            return 0;
        }
        double share = (double) wrong / all.count;
        return all.count < 2 ? Double.NaN : Math.sqrt(share * (1 - share) / (all.count - 1));
    }

    /** Number of samples so far. */
    long count() {
        return all.count;
    }
}

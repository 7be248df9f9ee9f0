package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores sets of one instance with common draws and one table of perturbed graphs, some samples at a time. Used by one
 * thread at a time.
 */
final class InstanceScoring {

    private static final int MOST_AT_ONCE = 2_048;
    /** One minus a decimal is off by a rounding error, which decides no draw that matters. */
    private static final double SAME = 1e-15;

    private final Instance instance;
    private final Sampling sampling;
    private final MaskTable table;
    private final SampleDraws draws;
    private final List<SetScorer> scorers = new ArrayList<>();
    private final List<Histogram> plusHistograms = new ArrayList<>();
    private final List<Histogram> minusHistograms = new ArrayList<>();
    private final List<SetScorer> curves = new ArrayList<>();
    private long done;
    private long scoreForwards;

    InstanceScoring(Instance instance, Sampling sampling) {
        this.instance = instance;
        this.sampling = sampling;
        this.table = new MaskTable(instance);
        this.draws = new SampleDraws(instance, sampling.seed());
    }

    /** Adds a set whose scores are wanted in full. */
    void add(boolean[] members, int[] schedule) {
        scorers.add(new SetScorer(instance, members, sampling, schedule));
        plusHistograms.add(new Histogram());
        minusHistograms.add(new Histogram());
    }

    /** Adds a set for a curve. */
    void addToCurve(boolean[] members) {
        curves.add(new SetScorer(instance, members, sampling.forCurves(), new int[0]));
    }

    Instance instance() {
        return instance;
    }

    /** Draws on until that number of samples. */
    void advance(long samples, Runnable cancelled) {
        boolean first = done == 0;
        if (first && sampling.controlVariate()) {
            double[] singles = singles(cancelled);
            scorers.forEach(s -> s.singles(singles));
            curves.forEach(s -> s.singles(singles));
        }
        while (done < samples) {
            int count = (int) Math.min(samples - done, MOST_AT_ONCE);
            advance(done, count, done == 0, cancelled);
            done += count;
        }
        if (done >= sampling.samples()) {
            List<SetScorer> all = new ArrayList<>(scorers);
            all.addAll(curves);
            for (SetScorer s : all) {
                s.complete(
                        table, sampling.samples(), m -> draws.below(sampling.alpha1(), m),
                        m -> draws.below(1 - sampling.alpha2(), m), cancelled);
            }
        }
    }

    private void advance(long from, int count, boolean first, Runnable cancelled) {
        cancelled.run();
        if (table.size() > MaskTable.MOST_ENTRIES) {
            scorers.forEach(SetScorer::forget);
            table.clear();
        }
        long[][] plus = new long[count][];
        long[][] minus = new long[count][];
        boolean same = Math.abs(sampling.alpha1() - (1 - sampling.alpha2())) < SAME;
        for (int m = 0; m < count; m++) {
            plus[m] = draws.below(sampling.alpha1(), from + m);
            minus[m] = same ? plus[m] : draws.below(1 - sampling.alpha2(), from + m);
        }
        for (SetScorer s : scorers) {
            s.request(table, plus, minus);
        }
        long before = table.forwards();
        table.evaluate(cancelled);
        scoreForwards += table.forwards() - before;
        for (int i = 0; i < scorers.size(); i++) {
            scorers.get(i).consume(table, first, plusHistograms.get(i), minusHistograms.get(i));
        }
        for (SetScorer s : curves) {
            s.request(table, plus, minus);
        }
        table.evaluate(cancelled);
        for (SetScorer s : curves) {
            s.consume(table, first, (f, weight) -> {}, (f, weight) -> {});
        }
    }

    /** What each unit alone takes from the prediction. */
    private double[] singles(Runnable cancelled) {
        int units = instance.units().size();
        int[] ids = new int[units];
        for (int u = 0; u < units; u++) {
            long[] one = new long[Bits.words(units)];
            Bits.set(one, u);
            ids[u] = table.index(one);
        }
        long before = table.forwards();
        table.evaluate(cancelled);
        scoreForwards += table.forwards() - before;
        double[] drops = new double[units];
        for (int u = 0; u < units; u++) {
            drops[u] = instance.f() - table.f(ids[u]);
        }
        return drops;
    }

    /** The scores as they stand, in the order in which sets were added. */
    InstanceScores scores() {
        return new InstanceScores(
                scorers.stream().map(SetScorer::score).toList(),
                curves.stream().map(SetScorer::score).toList(),
                plusHistograms.stream().map(Histogram::copy).toList(),
                minusHistograms.stream().map(Histogram::copy).toList(),
                1 + scoreForwards,
                table.forwards() - 1 - scoreForwards);
    }
}

package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Multipliers;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.lp.Answer;
import dev.assay.analyses.nap.verify.lp.Program;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.proof.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Problems without unstable units: the network is affine there, so a linear program decides, and its multipliers are
 * what is believed.
 */
final class Leaves {

    private static final int MILLIS = 10_000;

    private final Propagation propagation;
    private final ReluNetwork net;
    private final List<Row> rows;

    Leaves(Propagation propagation, Target target) {
        this.propagation = propagation;
        this.net = propagation.net();
        this.rows = target.candidates();
    }

    /**
     * What was found.
     *
     * @param step what shows the bound; null when no program gave one
     * @param bound best bound of any row; infinite where the problem is shown to be empty
     * @param points minima of the rows, as the solver has them
     */
    record Decided(Step step, double bound, List<double[]> points) {}

    /** Bounds an affine problem. */
    Decided decide(Bounds region) {
        propagation.check();
        Step step = null;
        double best = Double.NEGATIVE_INFINITY;
        List<double[]> points = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Answer answer = Program.linear(net, region, rows.get(r), MILLIS, propagation::check);
            if (answer.status() == Answer.Status.INFEASIBLE) {
                Step empty = infeasible(region);
                return empty == null
                        ? new Decided(step, best, points)
                        : new Decided(empty, Double.POSITIVE_INFINITY, points);
            }
            if (answer.beta() == null) {
                continue;
            }
            Multipliers m = Multipliers.of(answer.beta());
            double bound = bound(region, rows.get(r), m);
            if (answer.point() != null) {
                points.add(answer.point());
            }
            if (bound > best) {
                best = bound;
                step = new Step.Leaf(r, m);
            }
        }
        return new Decided(step, best, points);
    }

    private Step infeasible(Bounds region) {
        Answer why = Program.infeasibility(net, region, MILLIS, propagation::check);
        if (why.beta() == null) {
            return null;
        }
        Multipliers m = Multipliers.of(why.beta());
        Row zero = Target.presence(net.outputs()).rows().getFirst();
        return bound(region, zero, m) > propagation.safety(region) ? new Step.Infeasible(m) : null;
    }

    private double bound(Bounds region, Row row, Multipliers m) {
        return propagation.inline().rows(List.of(new Task(region, row, m)), 1, true, 0).getFirst().bound();
    }
}

package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Multipliers;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Method;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.bound.Signs;
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

    /** More than the solver's tolerance. */
    private static final double INSIDE = 1e-6;

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

    /**
     * Bounds an affine problem.
     *
     * @param lost whether no point of the region is known yet: minima lie on the border of its signs, give or take the
     *     solver's tolerance, so that a point well inside is asked for too
     */
    Decided decide(Bounds region, boolean lost) {
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
                if (lost) {
                    inside(region, rows.get(r), points);
                }
            }
            if (bound > best) {
                best = bound;
                step = new Step.Leaf(r, m);
            }
        }
        return new Decided(step, best, points);
    }

    private void inside(Bounds region, Row row, List<double[]> points) {
        Signs signs = region.signs();
        byte[] sign = new byte[signs.units()];
        double[] margin = new double[sign.length];
        for (int j : signs.constrained()) {
            sign[j] = (byte) signs.sign(j);
            margin[j] = signs.margin(j) + INSIDE;
        }
        Bounds inner = propagation.inline().bounds(
                region.box(), Signs.of(sign, margin), Method.INTERVAL, region, 0, false);
        double[] point = inner.isEmpty()
                ? null
                : Program.linear(net, inner, row, MILLIS, propagation::check).point();
        if (point != null) {
            points.add(point);
        }
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

package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.RowBound;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.Arrays;
import java.util.List;

/** The point of a region with the least margin that a search comes across. */
final class BestPoint {

    /** Gradient steps from the best corner of a batch of problems. */
    private static final int DESCENT = 40;

    /** Batches without a better corner after which they are taken all the same. */
    private static final int PAUSE = 8;

    private final ReluNetwork net;
    private final Target target;
    private final Evaluation evaluation;
    private final Attack attack;
    private Witness best;
    private double descended = Double.POSITIVE_INFINITY;
    private long batches;

    /**
     * @param known the best point so far, or null
     */
    BestPoint(Propagation propagation, Bounds region, Target target, Witness known) {
        this.net = propagation.net();
        this.target = target;
        this.evaluation = new Evaluation(net, region.box(), region.signs());
        this.attack = new Attack(propagation, region.box(), region.signs());
        this.best = known;
    }

    /** The point; null when none is known. */
    Witness point() {
        return best;
    }

    /** Its margin; a value where no point is known. */
    double margin(double otherwise) {
        return best == null ? otherwise : best.margin();
    }

    /** Whether it violates the property. */
    boolean violates() {
        return best != null && best.margin() <= 0;
    }

    /**
     * The relaxations point to corners where the margin may be small, also where gradients at the region's centre say
     * nothing: evaluates them all and goes on from the best one.
     */
    void descend(List<RowBound> bounds) {
        int n = net.inputs();
        double[] corners = new double[bounds.size() * n];
        for (int i = 0; i < bounds.size(); i++) {
            System.arraycopy(bounds.get(i).corner(), 0, corners, i * n, n);
        }
        double[] scores = net.run(corners, bounds.size())[net.layers()];
        int w = net.outputs();
        int from = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < bounds.size(); i++) {
            double margin = target.margin(Arrays.copyOfRange(scores, i * w, (i + 1) * w));
            if (margin < least) {
                least = margin;
                from = i;
            }
        }
        if (from < 0) {
            return;
        }
        offer(evaluation.best(bounds.get(from).corner(), target));
        if (!violates() && (least < descended || batches % PAUSE == 0)) {
            descended = Math.min(descended, least);
            offer(attack.search(target, List.of(bounds.get(from).corner()), 1, DESCENT, 0));
        }
        batches++;
    }

    /** Takes a solver's point, or where that misses the region by a hair, one a little nearer to the known point. */
    void offerNear(double[] x) {
        Witness w = evaluation.best(x, target);
        if (w == null && best != null) {
            double[] inner = x.clone();
            for (int i = 0; i < inner.length; i++) {
                inner[i] += 1e-7 * (best.x()[i] - inner[i]);
            }
            w = evaluation.best(inner, target);
        }
        offer(w);
    }

    private void offer(Witness w) {
        if (w != null && (best == null || w.margin() < best.margin())) {
            best = w;
        }
    }
}

package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.net.ReluNetwork;

/** Evaluates points in float64: inside the box, the signs kept, the margin. */
public final class Evaluation {

    private final ReluNetwork net;
    private final Box box;
    private final Signs signs;

    /** Points of a region. */
    public Evaluation(ReluNetwork net, Box box, Signs signs) {
        this.net = net;
        this.box = box;
        this.signs = signs;
    }

    /** The pre-activations of one input, flat over the units; the scores follow at the end. */
    static double[] flat(ReluNetwork net, double[][] z, int row) {
        double[] all = new double[net.units() + net.outputs()];
        for (int k = 1; k <= net.layers() + 1; k++) {
            int w = net.width(k);
            int at = k <= net.layers() ? net.offset(k) : net.units();
            System.arraycopy(z[k - 1], row * w, all, at, w);
        }
        return all;
    }

    /** How far the point breaks the signs; 0 when it follows them, infinite outside the box. */
    public double violation(double[] x) {
        return box.contains(x) ? signs.violation(flat(net, net.run(x, 1), 0)) : Double.POSITIVE_INFINITY;
    }

    /** The scores. */
    public double[] scores(double[] x) {
        return net.scores(x);
    }

    /**
     * The nearest point whose values are single precision numbers inside the box, as the model's own runtime takes
     * them; values that the box leaves no such number for stay as they are.
     */
    public double[] snapped(double[] x) {
        double[] s = x.clone();
        for (int i = 0; i < s.length; i++) {
            float f = (float) s[i];
            if (f < box.low()[i]) {
                f = Math.nextUp(f);
            } else if (f > box.high()[i]) {
                f = Math.nextDown(f);
            }
            if (f >= box.low()[i] && f <= box.high()[i]) {
                s[i] = f;
            }
        }
        return s;
    }

    /**
     * The witness that a point makes.
     *
     * @return null when it is outside the region
     */
    public Witness witness(double[] x, Target target) {
        if (!box.contains(x)) {
            return null;
        }
        double[] all = flat(net, net.run(x, 1), 0);
        if (signs.violation(all) > 0) {
            return null;
        }
        double[] scores = java.util.Arrays.copyOfRange(all, net.units(), all.length);
        return new Witness(x, target.margin(scores));
    }

    /** The better witness of a point as it is and of its snapped neighbour, which counts where both violate. */
    public Witness best(double[] x, Target target) {
        double[] inside = x.clone();
        box.clamp(inside);
        Witness plain = witness(inside, target);
        Witness snapped = witness(snapped(inside), target);
        if (snapped != null && (plain == null || snapped.margin() <= 0 || snapped.margin() <= plain.margin())) {
            return snapped;
        }
        return plain;
    }
}

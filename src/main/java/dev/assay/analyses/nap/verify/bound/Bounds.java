package dev.assay.analyses.nap.verify.bound;

import dev.assay.analyses.nap.verify.net.ReluNetwork;

/**
 * A region with what is known of its pre-activations: the relaxation of every ReLU follows from it. Filled layer by
 * layer, then read only.
 *
 * <p>A required sign clips the bounds of its unit; where the bounds did not imply it already, its half-space takes part
 * in the backward pass with a multiplier ({@link #multiplier}).
 */
public final class Bounds {

    /** The unit is its pre-activation. */
    static final byte ACTIVE = 1;
    /** The unit is zero. */
    static final byte INACTIVE = -1;
    /** The unit may be both. */
    static final byte UNSTABLE = 0;

    final ReluNetwork net;
    final Box box;
    final Signs signs;
    final double[] lower;
    final double[] upper;
    final byte[] phase;
    final byte[] multiplier;
    final double[] slope;
    final double[] intercept;
    private final double[][] reach;
    private Reason[][] trace;
    private Multipliers[][] starts;
    private boolean empty;

    /** Nothing known yet of any layer. */
    Bounds(ReluNetwork net, Box box, Signs signs) {
        this(net, box, signs, filled(net.units(), Double.NEGATIVE_INFINITY), filled(net.units(),
                Double.POSITIVE_INFINITY), new byte[net.units()]);
    }

    private Bounds(ReluNetwork net, Box box, Signs signs, double[] lower, double[] upper, byte[] multiplier) {
        int units = net.units();
        this.net = net;
        this.box = box;
        this.signs = signs;
        this.lower = lower;
        this.upper = upper;
        this.phase = new byte[units];
        this.multiplier = multiplier;
        this.slope = new double[units];
        this.intercept = new double[units];
        this.reach = new double[net.layers() + 2][];
    }

    private static double[] filled(int n, double value) {
        double[] a = new double[n];
        java.util.Arrays.fill(a, value);
        return a;
    }

    /** The same bounds with one more sign, which clips its unit. */
    public Bounds split(int unit, int sign) {
        return split(new int[] {unit}, new int[] {sign});
    }

    /** The same bounds with more signs, which clip their units. */
    public Bounds split(int[] units, int[] values) {
        Signs more = signs.with(units, values);
        Bounds child = new Bounds(net, box, more, lower.clone(), upper.clone(), multiplier.clone());
        System.arraycopy(phase, 0, child.phase, 0, phase.length);
        System.arraycopy(slope, 0, child.slope, 0, slope.length);
        System.arraycopy(intercept, 0, child.intercept, 0, intercept.length);
        child.empty = empty;
        child.starts = starts;
        for (int unit : units) {
            child.settle(unit, 0);
        }
        return child;
    }

    /** Takes over which of its signs a larger region with the same signs needed multipliers for. */
    void inherit(Bounds larger) {
        starts = larger.starts;
        for (int j = 0; j < multiplier.length; j++) {
            if (larger.signs.sign(j) != 0 && larger.signs.sign(j) == signs.sign(j)) {
                multiplier[j] = larger.multiplier[j];
            }
        }
    }

    /** Starts to keep what bounds rest on. */
    void startTrace() {
        trace = new Reason[lower.length][2];
        Multipliers[][] before = starts;
        starts = new Multipliers[lower.length][];
        for (int j = 0; j < starts.length; j++) {
            starts[j] = before == null ? new Multipliers[2] : before[j].clone();
        }
    }

    /**
     * Keeps what was found for a unit's lower (0) or upper (1) bound.
     *
     * @param found slopes and multipliers to start from another time
     * @param reason what the bound rests on now; null where it was better before
     */
    void keep(int unit, int side, Multipliers found, Reason reason) {
        starts[unit][side] = found;
        if (reason != null) {
            trace[unit][side] = reason;
        }
    }

    /**
     * Lets go of what bounds of smaller regions would start from.
     *
     * @param spool takes what the bounds rest on; null where that is not wanted any more
     */
    public void release(Spool spool) {
        starts = null;
        if (spool == null) {
            trace = null;
        }
        for (int j = 0; trace != null && j < trace.length; j++) {
            for (int side = 0; side < 2; side++) {
                trace[j][side] = trace[j][side] == null ? null : trace[j][side].in(spool);
            }
        }
    }

    /** Slopes and multipliers to start from; null for none. */
    Multipliers start(int unit, int side) {
        return starts == null ? null : starts[unit][side];
    }

    /** What a unit's lower (0) or upper (1) bound rests on beside the starting slopes; null for nothing. */
    public Reason traced(int unit, int side) {
        return trace == null ? null : trace[unit][side];
    }

    /** Clips a unit's bounds with its required sign and derives its relaxation. */
    void settle(int unit, double slack) {
        double l = lower[unit];
        double u = upper[unit];
        int sign = signs.sign(unit);
        double m = signs.margin(unit);
        if (sign > 0 && l < m) {
            multiplier[unit] = 1;
            l = m;
        } else if (sign < 0 && u > -m) {
            multiplier[unit] = -1;
            u = -m;
        } else if (sign == 0) {
            multiplier[unit] = 0;
        }
        if (l > u) {
            if (l > u + slack) {
                empty = true;
            }
            double swap = l;
            l = u;
            u = swap;
        }
        lower[unit] = l;
        upper[unit] = u;
        if (sign > 0 || (sign == 0 && l >= 0)) {
            phase[unit] = ACTIVE;
        } else if (sign < 0 || u <= 0) {
            phase[unit] = INACTIVE;
        } else {
            phase[unit] = UNSTABLE;
            double a = u / (u - l);
            slope[unit] = a;
            // The line must lie above the ReLU at both ends whatever the rounding of its slope.
            intercept[unit] = Math.nextUp(Math.nextUp(Math.max(-a * l, u - a * u)));
        }
    }

    /** Whether the bounds prove that no input lies in the region. */
    public boolean isEmpty() {
        return empty;
    }

    /** The region's box. */
    public Box box() {
        return box;
    }

    /** Number of scores of the network. */
    public int outputs() {
        return net.outputs();
    }

    /** The required signs. */
    public Signs signs() {
        return signs;
    }

    /** Lower bound of a unit's pre-activation, clipped with its sign. */
    public double lower(int unit) {
        return lower[unit];
    }

    /** Upper bound of a unit's pre-activation, clipped with its sign. */
    public double upper(int unit) {
        return upper[unit];
    }

    /** Whether a unit may still be on either side of zero. */
    public boolean unstable(int unit) {
        return phase[unit] == UNSTABLE;
    }

    /** Whether a unit is known to be active. */
    public boolean active(int unit) {
        return phase[unit] == ACTIVE;
    }

    /** +1 or -1 where the unit's required sign is not implied by its other bounds, else 0. */
    public int multiplier(int unit) {
        return multiplier[unit];
    }

    /** Number of unstable units of a layer, from 1. */
    public int unstableIn(int layer) {
        int n = 0;
        for (int j = net.offset(layer), end = j + net.width(layer); j < end; j++) {
            n += phase[j] == UNSTABLE ? 1 : 0;
        }
        return n;
    }

    /** Number of unstable units. */
    public int unstable() {
        int n = 0;
        for (byte p : phase) {
            n += p == UNSTABLE ? 1 : 0;
        }
        return n;
    }

    /** The starting slope of the lower line of an unstable unit: 1 if u > -l, else 0. */
    double startSlope(int unit) {
        return upper[unit] > -lower[unit] ? 1 : 0;
    }

    /** Largest absolute value of a bound, which scales the tolerance. */
    public double magnitude() {
        double most = 0;
        for (int j = 0; j < lower.length; j++) {
            if (Double.isFinite(lower[j])) {
                most = Math.max(most, Math.abs(lower[j]));
            }
            if (Double.isFinite(upper[j])) {
                most = Math.max(most, Math.abs(upper[j]));
            }
        }
        return most;
    }

    /** Largest absolute value of an output of node 0..L at a place. */
    double most(int node, int i) {
        if (node == 0) {
            return Math.max(Math.abs(box.low()[i]), Math.abs(box.high()[i]));
        }
        int unit = net.offset(node) + i;
        return phase[unit] == INACTIVE ? 0 : Math.max(upper[unit], 0);
    }

    /**
     * For every unit of a block the sum of the absolute values of the terms that make it, at most; scales the rounding
     * error of a product with the block.
     */
    synchronized double[] reach(int k) {
        if (reach[k] == null) {
            ReluNetwork.Block block = net.block(k);
            double[] sum = new double[block.width()];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = Math.abs(block.bias()[i]);
            }
            for (ReluNetwork.Term term : block.terms()) {
                double[] most = new double[net.width(term.source())];
                for (int i = 0; i < most.length; i++) {
                    most[i] = most(term.source(), i);
                }
                term.map().absolute().forward(most, 1, sum);
            }
            reach[k] = sum;
        }
        return reach[k];
    }
}

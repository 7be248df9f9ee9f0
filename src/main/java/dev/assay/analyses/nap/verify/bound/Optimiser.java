package dev.assay.analyses.nap.verify.bound;

import dev.assay.analyses.nap.verify.net.ReluNetwork;

/**
 * Raises the bounds of a {@link Backward} pass by projected Adam on slopes and multipliers, each row for itself, and
 * keeps the best of each row ({@code nap-verification.md}, section 4). Slopes are kept in single precision so that a
 * stored proof gives the same bound.
 */
final class Optimiser {

    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;

    private final Backward pass;
    private final ReluNetwork net;
    private final int rows;
    private final boolean withBeta;
    private final double[][] alpha;
    private final double[][] beta;
    private final double[][] bestAlpha;
    private final double[][] bestBeta;
    private double[] best;

    /**
     * @param withBeta whether sign constraints take part
     */
    Optimiser(ReluNetwork net, Backward pass, boolean withBeta) {
        this.net = net;
        this.pass = pass;
        this.rows = pass.rows();
        this.withBeta = withBeta;
        alpha = arrays();
        beta = withBeta ? arrays() : null;
        bestAlpha = arrays();
        bestBeta = withBeta ? arrays() : null;
        for (int s = 1; s < pass.start(); s++) {
            int w = net.width(s);
            for (int r = 0; r < rows; r++) {
                for (int j = 0; j < w; j++) {
                    alpha[s][r * w + j] = pass.region(r).startSlope(net.offset(s) + j);
                }
            }
        }
    }

    private double[][] arrays() {
        double[][] all = new double[pass.start()][];
        for (int s = 1; s < all.length; s++) {
            all[s] = new double[rows * net.width(s)];
        }
        return all;
    }

    /** Starts a row from known slopes and multipliers; those of later layers are left out. */
    void start(int row, Multipliers known) {
        for (int i = 0; i < known.sloped().length; i++) {
            int s = net.layerOf(known.sloped()[i]);
            if (s < pass.start()) {
                alpha[s][row * net.width(s) + known.sloped()[i] - net.offset(s)] = known.slopes()[i];
            }
        }
        for (int i = 0; withBeta && i < known.signed().length; i++) {
            int s = net.layerOf(known.signed()[i]);
            if (s < pass.start()) {
                beta[s][row * net.width(s) + known.signed()[i] - net.offset(s)] = known.factors()[i];
            }
        }
    }

    /**
     * Raises the bounds.
     *
     * @param steps evaluations, at least 1
     * @param enough a row whose bound is above this needs no more
     * @param rigorous whether the bounds given back are safe against rounding
     * @param watch called before each step; may throw to stop
     * @return the best bound of each row
     */
    double[] run(int steps, Rates rates, double enough, boolean rigorous, Runnable watch) {
        double[][] ga = arrays();
        double[][] gb = withBeta ? arrays() : null;
        double[][] ma = arrays();
        double[][] va = arrays();
        double[][] mb = withBeta ? arrays() : null;
        double[][] vb = withBeta ? arrays() : null;
        best = new double[rows];
        java.util.Arrays.fill(best, Double.NEGATIVE_INFINITY);
        double[] scale = new double[rows];
        double decay = 1;
        for (int step = 1; step <= steps; step++) {
            watch.run();
            double[] bound = pass.run(alpha, beta, rigorous);
            boolean open = false;
            for (int r = 0; r < rows; r++) {
                if (bound[r] > best[r]) {
                    best[r] = bound[r];
                    keep(r);
                }
                open |= !(best[r] > enough);
            }
            if (step == steps || !open) {
                break;
            }
            if (step == 1) {
                scales(scale);
            }
            pass.gradients(ga, gb);
            double correctFirst = 1 - Math.pow(FIRST, step);
            double correctSecond = 1 - Math.pow(SECOND, step);
            for (int s = 1; s < pass.start(); s++) {
                int w = net.width(s);
                for (int r = 0; r < rows; r++) {
                    if (best[r] > enough) {
                        continue;
                    }
                    for (int at = r * w; at < (r + 1) * w; at++) {
                        double d = adam(ga[s][at], ma[s], va[s], at, correctFirst, correctSecond);
                        if (d != 0) {
                            alpha[s][at] = (float) Math.clamp(alpha[s][at] + rates.alpha() * decay * d, 0.0, 1.0);
                        }
                        if (withBeta) {
                            double e = adam(gb[s][at], mb[s], vb[s], at, correctFirst, correctSecond);
                            if (e != 0) {
                                beta[s][at] =
                                        (float) Math.max(beta[s][at] + rates.beta() * scale[r] * decay * e, 0);
                            }
                        }
                    }
                }
            }
            decay *= rates.decay();
        }
        return best;
    }

    /** The size of a row's coefficients, which its multipliers are measured by. */
    private void scales(double[] scale) {
        for (int s = 1; s < pass.start(); s++) {
            double[] v = pass.coefficients(s);
            if (v == null) {
                continue;
            }
            int w = net.width(s);
            for (int r = 0; r < rows; r++) {
                for (int at = r * w; at < (r + 1) * w; at++) {
                    scale[r] = Math.max(scale[r], Math.abs(v[at]));
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            // The zero function, by whose bound a region is proved empty, has no size of its own.
            scale[r] = scale[r] == 0 ? 1 : scale[r];
        }
    }

    private static double adam(double g, double[] m, double[] v, int at, double correctFirst, double correctSecond) {
        if (g == 0 && m[at] == 0) {
            return 0;
        }
        m[at] = FIRST * m[at] + (1 - FIRST) * g;
        v[at] = SECOND * v[at] + (1 - SECOND) * g * g;
        return m[at] / correctFirst / (Math.sqrt(v[at] / correctSecond) + 1e-12);
    }

    private void keep(int row) {
        for (int s = 1; s < pass.start(); s++) {
            int w = net.width(s);
            System.arraycopy(alpha[s], row * w, bestAlpha[s], row * w, w);
            if (withBeta) {
                System.arraycopy(beta[s], row * w, bestBeta[s], row * w, w);
            }
        }
    }

    /** The slopes and multipliers of a row's best bound. */
    Multipliers of(int row) {
        Bounds region = pass.region(row);
        int[] sloped = new int[net.units()];
        float[] slopes = new float[net.units()];
        int[] signed = new int[net.units()];
        float[] factors = new float[net.units()];
        int n = 0;
        int m = 0;
        for (int s = 1; s < pass.start(); s++) {
            int w = net.width(s);
            for (int j = 0; j < w; j++) {
                int unit = net.offset(s) + j;
                if (region.phase[unit] == Bounds.UNSTABLE) {
                    sloped[n] = unit;
                    slopes[n++] = (float) bestAlpha[s][row * w + j];
                }
                if (withBeta && region.multiplier[unit] != 0 && bestBeta[s][row * w + j] != 0) {
                    signed[m] = unit;
                    factors[m++] = (float) bestBeta[s][row * w + j];
                }
            }
        }
        return new Multipliers(
                java.util.Arrays.copyOf(sloped, n),
                java.util.Arrays.copyOf(slopes, n),
                java.util.Arrays.copyOf(signed, m),
                java.util.Arrays.copyOf(factors, m));
    }

    /** The slope of a unit in a row's best bound. */
    double slope(int row, int unit) {
        int s = net.layerOf(unit);
        return bestAlpha[s][row * net.width(s) + unit - net.offset(s)];
    }

    /**
     * Step sizes.
     *
     * @param alpha of slopes
     * @param beta of multipliers, in units of the row's largest coefficient
     * @param decay factor of both after each step
     */
    record Rates(double alpha, double beta, double decay) {

        /** The method's defaults. */
        static final Rates DEFAULT = new Rates(0.1, 0.05, 0.98);
    }
}

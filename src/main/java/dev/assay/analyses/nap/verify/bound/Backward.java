package dev.assay.analyses.nap.verify.bound;

import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.List;

/**
 * The backward pass of CROWN with multipliers for sign constraints ({@code nap-verification.md}, sections 3 and 4): from
 * linear functions of one block's value to a lower bound of each over its region. Any slopes in [0, 1] and any
 * multipliers at least 0 give a sound bound. One object belongs to one thread.
 */
final class Backward {

    /** Unit roundoff of float64. */
    private static final double U = 0x1p-53;

    private final ReluNetwork net;
    private final int start;
    private final List<Bounds> regions;
    private final double[] function;
    private final double[] constant;
    private final int rows;
    private final double[][] values;
    private double[][] alphaUsed;
    private double[] input;
    private double[] error;
    private double[] terms;

    /**
     * Prepares rows.
     *
     * @param start block that the rows are functions of, 1..L+1; layers below it must have bounds
     * @param regions the region of each row
     * @param function row-major coefficients, {@code rows x width(start)}
     * @param constant constant part of each row
     */
    Backward(ReluNetwork net, int start, List<Bounds> regions, double[] function, double[] constant) {
        this.net = net;
        this.start = start;
        this.regions = regions;
        this.function = function;
        this.constant = constant;
        this.rows = regions.size();
        this.values = new double[start][];
    }

    int rows() {
        return rows;
    }

    int start() {
        return start;
    }

    Bounds region(int row) {
        return regions.get(row);
    }

    /**
     * Bounds every row from below.
     *
     * @param alpha slopes of the lower lines by layer, {@code [layer][row * width + unit]}; null for the starting slopes
     * @param beta multipliers, likewise; null for none
     * @param rigorous whether the bounds are moved outward by all that rounding may have done
     */
    double[] run(double[][] alpha, double[][] beta, boolean rigorous) {
        double[] bound = constant.clone();
        error = rigorous ? new double[rows] : null;
        terms = rigorous ? new double[rows] : null;
        alphaUsed = alpha;
        java.util.Arrays.fill(values, null);
        double[][] lambda = new double[start][];
        product(start, function, lambda, bound);
        for (int s = start - 1; s >= 1; s--) {
            if (lambda[s] != null) {
                values[s] = lambda[s].clone();
                relax(s, lambda[s], alpha == null ? null : alpha[s], beta == null ? null : beta[s], bound);
                product(s, lambda[s], lambda, bound);
                lambda[s] = null;
            }
        }
        input = lambda[0] == null ? new double[rows * net.inputs()] : lambda[0];
        concretise(bound);
        if (rigorous) {
            double gamma = gamma(net.units() + net.inputs() + 4L * net.layers() + 16);
            for (int r = 0; r < rows; r++) {
                double all = (error[r] + gamma * (terms[r] + Math.abs(constant[r]))) * (1 + 1e-9);
                bound[r] = Math.nextDown(bound[r] - all);
            }
        }
        return bound;
    }

    private static double gamma(long n) {
        return n * U / (1 - n * U);
    }

    private void product(int block, double[] g, double[][] lambda, double[] bound) {
        ReluNetwork.Block b = net.block(block);
        int w = b.width();
        int depth = w + 2;
        for (ReluNetwork.Term term : b.terms()) {
            int source = term.source();
            if (lambda[source] == null) {
                lambda[source] = new double[rows * net.width(source)];
            }
            term.map().backward(g, rows, lambda[source]);
            depth += 2;
        }
        double[] bias = b.bias();
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            for (int i = 0; i < w; i++) {
                sum += g[r * w + i] * bias[i];
            }
            bound[r] += sum;
            if (error != null) {
                double[] reach = regions.get(r).reach(block);
                double reached = 0;
                double absolute = 0;
                for (int i = 0; i < w; i++) {
                    reached += Math.abs(g[r * w + i]) * reach[i];
                    absolute += Math.abs(g[r * w + i] * bias[i]);
                }
                error[r] += 2 * gamma(depth) * reached;
                terms[r] += absolute;
            }
        }
    }

    private void relax(int s, double[] v, double[] alpha, double[] beta, double[] bound) {
        int w = net.width(s);
        int offset = net.offset(s);
        for (int r = 0; r < rows; r++) {
            Bounds region = regions.get(r);
            double add = 0;
            for (int j = 0; j < w; j++) {
                int unit = offset + j;
                int at = r * w + j;
                double x = v[at];
                double y;
                switch (region.phase[unit]) {
                    case Bounds.ACTIVE -> y = x;
                    case Bounds.INACTIVE -> y = 0;
                    default -> {
                        if (x >= 0) {
                            y = x * (alpha == null ? region.startSlope(unit) : alpha[at]);
                        } else {
                            y = x * region.slope[unit];
                            double c = x * region.intercept[unit];
                            add += c;
                            if (error != null) {
                                terms[r] += Math.abs(c);
                                error[r] += 2 * U * Math.abs(y) * width(region, unit);
                            }
                        }
                    }
                }
                int sign = region.multiplier[unit];
                if (beta != null && sign != 0 && beta[at] != 0) {
                    double b = beta[at];
                    y -= sign * b;
                    double c = b * region.signs.margin(unit);
                    add += c;
                    if (error != null) {
                        terms[r] += c;
                        error[r] += 2 * U * (Math.abs(y) + b) * width(region, unit);
                    }
                }
                v[at] = y;
            }
            bound[r] += add;
        }
    }

    private static double width(Bounds region, int unit) {
        return Math.max(Math.abs(region.lower[unit]), Math.abs(region.upper[unit]));
    }

    private void concretise(double[] bound) {
        int n = net.inputs();
        for (int r = 0; r < rows; r++) {
            double[] low = regions.get(r).box.low();
            double[] high = regions.get(r).box.high();
            double sum = 0;
            double absolute = 0;
            for (int i = 0; i < n; i++) {
                double x = input[r * n + i];
                double c = x * (x > 0 ? low[i] : high[i]);
                sum += c;
                absolute += Math.abs(c);
            }
            bound[r] += sum;
            if (terms != null) {
                terms[r] += absolute;
            }
        }
    }

    /** The corners of the boxes at which the last bounds were taken, {@code rows x inputs}. */
    double[] corners() {
        int n = net.inputs();
        double[] x = new double[rows * n];
        for (int r = 0; r < rows; r++) {
            Box box = regions.get(r).box;
            for (int i = 0; i < n; i++) {
                x[r * n + i] = input[r * n + i] > 0 ? box.low()[i] : box.high()[i];
            }
        }
        return x;
    }

    /** Coefficients on the input in the last run, {@code rows x inputs}. */
    double[] inputCoefficients() {
        return input;
    }

    /** Coefficients on the outputs of layer s in the last run, before its relaxation; null where it takes no part. */
    double[] coefficients(int s) {
        return values[s];
    }

    /**
     * Gradients of the last bounds, by a forward pass from the corners.
     *
     * @param alpha overwritten by layer, as in {@link #run}
     * @param beta overwritten, or null
     */
    void gradients(double[][] alpha, double[][] beta) {
        double[][] h = new double[start][];
        h[0] = corners();
        for (int s = 1; s < start; s++) {
            int w = net.width(s);
            int offset = net.offset(s);
            ReluNetwork.Block block = net.block(s);
            double[] z = new double[rows * w];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(block.bias(), 0, z, r * w, w);
            }
            for (ReluNetwork.Term term : block.terms()) {
                term.map().forward(h[term.source()], rows, z);
            }
            for (int r = 0; r < rows; r++) {
                Bounds region = regions.get(r);
                for (int j = 0; j < w; j++) {
                    int at = r * w + j;
                    int unit = offset + j;
                    double pre = z[at];
                    double x = values[s] == null ? 0 : values[s][at];
                    double da = 0;
                    switch (region.phase[unit]) {
                        case Bounds.ACTIVE -> {
                            // The relaxed point passes through unchanged.
                        }
                        case Bounds.INACTIVE -> z[at] = 0;
                        default -> {
                            if (x >= 0) {
                                da = x * pre;
                                z[at] = pre * (alphaUsed == null ? region.startSlope(unit) : alphaUsed[s][at]);
                            } else {
                                z[at] = pre * region.slope[unit] + region.intercept[unit];
                            }
                        }
                    }
                    alpha[s][at] = da;
                    if (beta != null) {
                        int sign = region.multiplier[unit];
                        beta[s][at] = sign == 0 ? 0 : region.signs.margin(unit) - sign * pre;
                    }
                }
            }
            h[s] = z;
        }
    }
}

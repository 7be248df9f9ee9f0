package dev.assay.analyses.nap.verify.bound;

import dev.assay.analyses.nap.verify.bound.Optimiser.Rates;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bounds of all layers of a region, and of linear functions of the scores. */
public final class Propagation {

    /** Rows of one task; enough for the matrix product, few enough to share out and to stop soon. */
    private static final int CHUNK = 48;

    /** How layers are bounded. */
    public enum Method {
        /** Intervals only (section 2). */
        INTERVAL,
        /** Backward bounds with the starting slopes, intersected with intervals (section 3). */
        BACKWARD,
        /** The same with optimised slopes (section 4). */
        SLOPES,
        /** The same with optimised slopes and multipliers. */
        SLOPES_AND_MULTIPLIERS
    }

    private final ReluNetwork net;
    private final Workers workers;
    private final boolean rigorous;
    private final Runnable watch;

    /**
     * @param rigorous whether every bound is moved outward by all that rounding may have done (level B of section 8)
     * @param watch called at least every few tens of milliseconds, on any thread of the workers; may throw to stop
     */
    public Propagation(ReluNetwork net, Workers workers, boolean rigorous, Runnable watch) {
        this.net = net;
        this.workers = workers;
        this.rigorous = rigorous;
        this.watch = watch;
    }

    /** The network. */
    public ReluNetwork net() {
        return net;
    }

    /** Whether bounds are safe against rounding by themselves. */
    public boolean rigorous() {
        return rigorous;
    }

    /** The same with another way to be stopped. */
    public Propagation watchedBy(Runnable other) {
        return new Propagation(net, workers, rigorous, other);
    }

    /** The same on the calling thread alone, for tasks of its own workers. */
    public Propagation inline() {
        return new Propagation(net, new Workers(1), rigorous, watch);
    }

    /** Calls the watch. */
    public void check() {
        watch.run();
    }

    /** The threads. */
    public Workers workers() {
        return workers;
    }

    /**
     * What a bound must exceed to count: a little above 0 at level A, 0 itself at level B (section 8).
     *
     * @param region the bounds that it was derived from
     */
    public double safety(Bounds region) {
        return rigorous ? 0 : 1e-9 * (1 + region.magnitude());
    }

    /**
     * Bounds every layer.
     *
     * @param method how
     * @param prior bounds that hold anyway (of a larger region), to intersect with; or null
     * @param steps of the optimiser for units that are unstable
     * @param every whether units that intervals settle get backward bounds too, as section 3 has it; they sharpen
     *     nothing but the intervals of the next layer
     */
    public Bounds bounds(Box box, Signs signs, Method method, Bounds prior, int steps, boolean every) {
        Bounds region = new Bounds(net, box, signs);
        if (prior != null) {
            region.inherit(prior);
        }
        if (method == Method.SLOPES || method == Method.SLOPES_AND_MULTIPLIERS) {
            region.startTrace();
        }
        for (int k = 1; k <= net.layers() && !region.isEmpty(); k++) {
            watch.run();
            double[] low = new double[net.width(k)];
            double[] high = new double[net.width(k)];
            interval(region, k, low, high);
            double slack = slack(low, high);
            int offset = net.offset(k);
            List<Integer> open = new ArrayList<>();
            for (int j = 0; j < low.length; j++) {
                int unit = offset + j;
                if (prior != null) {
                    low[j] = Math.max(low[j], prior.lower[unit]);
                    high[j] = Math.min(high[j], prior.upper[unit]);
                }
                if (every || (low[j] < 0 && high[j] > 0)) {
                    open.add(j);
                }
                region.lower[unit] = low[j];
                region.upper[unit] = high[j];
            }
            if (k > 1 && method != Method.INTERVAL) {
                backward(region, k, open, null, 1, false);
            }
            for (int j = 0; j < low.length; j++) {
                region.settle(offset + j, slack);
            }
            if (k > 1 && !region.isEmpty() && (method == Method.SLOPES || method == Method.SLOPES_AND_MULTIPLIERS)) {
                open.removeIf(j -> region.phase[offset + j] != Bounds.UNSTABLE);
                backward(region, k, open, Rates.DEFAULT, steps, method == Method.SLOPES_AND_MULTIPLIERS);
                for (int j : open) {
                    region.settle(offset + j, slack);
                }
            }
        }
        return region;
    }

    private double slack(double[] low, double[] high) {
        if (rigorous) {
            return 0;
        }
        double most = 0;
        for (int j = 0; j < low.length; j++) {
            most = Math.max(most, Math.max(Math.abs(low[j]), Math.abs(high[j])));
        }
        return 1e-9 * (1 + most);
    }

    /** Intervals of a block from the bounds below it. */
    private void interval(Bounds region, int k, double[] low, double[] high) {
        ReluNetwork.Block block = net.block(k);
        double[] centre = block.bias().clone();
        double[] radius = new double[centre.length];
        int depth = 8;
        for (ReluNetwork.Term term : block.terms()) {
            int n = net.width(term.source());
            double[] mid = new double[n];
            double[] rad = new double[n];
            for (int i = 0; i < n; i++) {
                double l = lowest(region, term.source(), i);
                double u = region.most(term.source(), i);
                u = term.source() == 0 ? region.box.high()[i] : u;
                mid[i] = l / 2 + u / 2;
                rad[i] = rigorous ? Math.nextUp(Math.max(u - mid[i], mid[i] - l)) : u / 2 - l / 2;
            }
            term.map().forward(mid, 1, centre);
            term.map().absolute().forward(rad, 1, radius);
            depth += n;
        }
        double gamma = depth * 0x1p-52;
        double[] reach = rigorous ? region.reach(k) : null;
        for (int j = 0; j < centre.length; j++) {
            double r = radius[j];
            if (rigorous) {
                r += gamma * (2 * reach[j] + radius[j]);
            }
            low[j] = centre[j] - r;
            high[j] = centre[j] + r;
            if (rigorous) {
                low[j] = Math.nextDown(low[j]);
                high[j] = Math.nextUp(high[j]);
            }
        }
    }

    private double lowest(Bounds region, int node, int i) {
        if (node == 0) {
            return region.box.low()[i];
        }
        int unit = net.offset(node) + i;
        return region.phase[unit] == Bounds.INACTIVE ? 0 : Math.max(region.lower[unit], 0);
    }

    /** Both backward bounds of units of layer k, intersected with those that are there. */
    private void backward(Bounds region, int k, List<Integer> units, Rates rates, int steps, boolean withBeta) {
        int w = net.width(k);
        int rows = 2 * units.size();
        int offset = net.offset(k);
        int chunks = (rows + CHUNK - 1) / CHUNK;
        double[] bound = new double[rows];
        workers.run(chunks, c -> {
            int from = c * CHUNK;
            int count = Math.min(CHUNK, rows - from);
            double[] function = new double[count * w];
            for (int r = 0; r < count; r++) {
                function[r * w + units.get((from + r) / 2)] = (from + r) % 2 == 0 ? 1 : -1;
            }
            List<Bounds> regions = java.util.Collections.nCopies(count, region);
            Backward pass = new Backward(net, k, regions, function, new double[count]);
            watch.run();
            if (rates == null) {
                System.arraycopy(pass.run(null, null, rigorous), 0, bound, from, count);
                return;
            }
            Optimiser optimiser = new Optimiser(net, pass, withBeta);
            System.arraycopy(optimiser.run(steps, rates, 0, rigorous, watch), 0, bound, from, count);
            for (int r = 0; r < count; r++) {
                region.trace(offset + units.get((from + r) / 2), (from + r) % 2, optimiser.of(r));
            }
        });
        for (int i = 0; i < units.size(); i++) {
            int unit = offset + units.get(i);
            if (bound[2 * i] > region.lower[unit]) {
                region.lower[unit] = bound[2 * i];
            }
            if (-bound[2 * i + 1] < region.upper[unit]) {
                region.upper[unit] = -bound[2 * i + 1];
            }
        }
    }

    /**
     * Interval bounds of linear functions of the scores, with the last weights merged first.
     *
     * @param rows functions
     */
    public double[] intervalRows(Bounds region, List<Row> rows) {
        // One backward step through the last affine map, then the intervals of the layers that it takes.
        double[] result = new double[rows.size()];
        ReluNetwork.Block last = net.block(net.layers() + 1);
        for (int r = 0; r < result.length; r++) {
            double[] c = rows.get(r).coefficients();
            double sum = rows.get(r).constant();
            double absolute = Math.abs(sum);
            for (int i = 0; i < c.length; i++) {
                sum += c[i] * last.bias()[i];
                absolute += Math.abs(c[i] * last.bias()[i]);
            }
            for (ReluNetwork.Term term : last.terms()) {
                int n = net.width(term.source());
                double[] m = new double[n];
                term.map().backward(c, 1, m);
                for (int i = 0; i < n; i++) {
                    double u = term.source() == 0 ? region.box.high()[i] : region.most(term.source(), i);
                    double v = m[i] * (m[i] > 0 ? lowest(region, term.source(), i) : u);
                    sum += v;
                    absolute += Math.abs(v);
                }
                if (rigorous) {
                    double[] reach = region.reach(net.layers() + 1);
                    for (int i = 0; i < c.length; i++) {
                        absolute += Math.abs(c[i]) * reach[i];
                    }
                }
            }
            result[r] = rigorous ? Math.nextDown(sum - (net.units() + net.inputs() + 32) * 0x1p-51 * absolute) : sum;
        }
        return result;
    }

    /**
     * A linear function of the scores.
     *
     * @param coefficients one for each score
     * @param constant constant part
     */
    public record Row(double[] coefficients, double constant) {

        /** Its value. */
        public double at(double[] scores) {
            double sum = constant;
            for (int i = 0; i < coefficients.length; i++) {
                sum += coefficients[i] * scores[i];
            }
            return sum;
        }
    }

    /**
     * What a bound of a row rests on.
     *
     * @param bound the lower bound
     * @param multipliers slopes and multipliers that give it
     * @param corner the corner of the box that the bound was taken at in the last evaluation
     * @param branching how much the relaxation of each unstable unit may cost, flat; 0 for others
     * @param inputCoefficients coefficients on the input
     */
    public record RowBound(
            double bound,
            Multipliers multipliers,
            double[] corner,
            double[] branching,
            double[] inputCoefficients) {}

    /** A row to bound over a region, with slopes and multipliers to start from or null. */
    public record Task(Bounds region, Row row, Multipliers start) {}

    /**
     * Lower bounds of rows, each over its own region, in batches on all threads.
     *
     * @param steps 1 for the bound of the starting values, more to optimise
     * @param withBeta whether sign constraints take part
     * @param enough a row above this needs no more steps
     */
    public List<RowBound> rows(List<Task> tasks, int steps, boolean withBeta, double enough) {
        RowBound[] result = new RowBound[tasks.size()];
        int chunk = Math.clamp((tasks.size() + workers.threads() - 1) / workers.threads(), 4, CHUNK);
        int chunks = (tasks.size() + chunk - 1) / chunk;
        workers.run(chunks, c -> {
            List<Task> part = tasks.subList(c * chunk, Math.min(tasks.size(), (c + 1) * chunk));
            chunk(part, steps, withBeta, enough, result, c * chunk);
        });
        return Arrays.asList(result);
    }

    private void chunk(List<Task> part, int steps, boolean withBeta, double enough, RowBound[] result, int at) {
        int w = net.outputs();
        double[] function = new double[part.size() * w];
        double[] constant = new double[part.size()];
        List<Bounds> regions = new ArrayList<>();
        for (int r = 0; r < part.size(); r++) {
            System.arraycopy(part.get(r).row().coefficients(), 0, function, r * w, w);
            constant[r] = part.get(r).row().constant();
            regions.add(part.get(r).region());
        }
        Backward pass = new Backward(net, net.layers() + 1, regions, function, constant);
        Optimiser optimiser = new Optimiser(net, pass, withBeta);
        for (int r = 0; r < part.size(); r++) {
            if (part.get(r).start() != null) {
                optimiser.start(r, part.get(r).start());
            }
        }
        double[] bound = optimiser.run(steps, Rates.DEFAULT, enough, rigorous, watch);
        double[] corners = pass.corners();
        double[] inputs = pass.inputCoefficients();
        int n = net.inputs();
        for (int r = 0; r < part.size(); r++) {
            Multipliers known = optimiser.of(r);
            result[at + r] = new RowBound(
                    bound[r],
                    known,
                    Arrays.copyOfRange(corners, r * n, (r + 1) * n),
                    branching(pass, r, known),
                    Arrays.copyOfRange(inputs, r * n, (r + 1) * n));
        }
    }

    private double[] branching(Backward pass, int r, Multipliers known) {
        double[] score = new double[net.units()];
        Bounds region = pass.region(r);
        for (int s = 1; s <= net.layers(); s++) {
            double[] v = pass.coefficients(s);
            int w = net.width(s);
            for (int j = 0; v != null && j < w; j++) {
                int unit = net.offset(s) + j;
                if (region.phase[unit] == Bounds.UNSTABLE) {
                    double x = v[r * w + j];
                    double a = known.alpha()[unit];
                    score[unit] = x >= 0
                            ? x * Math.max(-a * region.lower[unit], (1 - a) * region.upper[unit])
                            : -x * region.intercept[unit];
                }
            }
        }
        return score;
    }
}

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
        boolean optimise = method == Method.SLOPES || method == Method.SLOPES_AND_MULTIPLIERS;
        for (int k = 1; k <= net.layers() && !region.isEmpty(); k++) {
            int offset = net.offset(k);
            List<Integer> open = new ArrayList<>();
            double slack = intervals(region, k, prior, every, open);
            if (k > 1 && method != Method.INTERVAL) {
                backward(region, k, open, null, 1, false);
            }
            for (int j = 0; j < net.width(k); j++) {
                region.settle(offset + j, slack);
            }
            if (k > 1 && !region.isEmpty() && optimise) {
                unstable(region, k, open);
                backward(region, k, open, Rates.DEFAULT, steps, method == Method.SLOPES_AND_MULTIPLIERS);
                open.forEach(j -> region.settle(offset + j, slack));
            }
        }
        return region;
    }

    /**
     * Bounds every layer anew, with optimised slopes and multipliers that start from those of a larger region, and then by
     * branch and bound on every unit that is still unstable.
     *
     * @param prior bounds of the same region that hold already
     * @param steps of the optimiser
     * @param rounds how often the bound of every unit may be branched
     */
    public Bounds refined(Bounds prior, int steps, int rounds) {
        Bounds region = new Bounds(net, prior.box, prior.signs);
        region.inherit(prior);
        region.startTrace();
        for (int k = 1; k <= net.layers() && !region.isEmpty(); k++) {
            int offset = net.offset(k);
            List<Integer> open = new ArrayList<>();
            double slack = intervals(region, k, prior, false, open);
            for (int j = 0; j < net.width(k); j++) {
                region.settle(offset + j, slack);
            }
            if (k > 1 && !region.isEmpty()) {
                unstable(region, k, open);
                backward(region, k, open, Rates.DEFAULT, steps, true);
                open.forEach(j -> region.settle(offset + j, slack));
                unstable(region, k, open);
                new UnitSearch(this, region, k, open).run(rounds);
                open.forEach(j -> region.settle(offset + j, slack));
            }
        }
        return region;
    }

    private void unstable(Bounds region, int k, List<Integer> open) {
        open.removeIf(j -> region.phase[net.offset(k) + j] != Bounds.UNSTABLE);
    }

    /** Intervals of a layer, intersected with prior bounds; collects the places that are to be bounded better. */
    private double intervals(Bounds region, int k, Bounds prior, boolean every, List<Integer> open) {
        watch.run();
        double[] low = new double[net.width(k)];
        double[] high = new double[net.width(k)];
        interval(region, k, low, high);
        double slack = slack(low, high);
        for (int j = 0; j < low.length; j++) {
            int unit = net.offset(k) + j;
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
        return slack;
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
            for (int r = 0; r < count; r++) {
                Multipliers known = region.start(offset + units.get((from + r) / 2), (from + r) % 2);
                if (known != null) {
                    optimiser.start(r, known);
                }
            }
            System.arraycopy(optimiser.run(steps, rates, 0, rigorous, watch), 0, bound, from, count);
            for (int r = 0; r < count; r++) {
                int unit = offset + units.get((from + r) / 2);
                boolean lower = (from + r) % 2 == 0;
                Multipliers found = optimiser.of(r);
                boolean better = bound[from + r] > (lower ? region.lower[unit] : -region.upper[unit]);
                region.keep(unit, lower ? 0 : 1, found, better ? Reason.of(found) : null);
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
     * @param coefficients of the outputs of the units, flat, in the last evaluation
     * @param inputCoefficients coefficients on the input
     */
    public record RowBound(
            double bound,
            Multipliers multipliers,
            double[] corner,
            double[] branching,
            double[] coefficients,
            double[] inputCoefficients) {

        /**
         * Slopes and multipliers to start from where a unit is split: the multiplier of the new sign makes up for the
         * relaxation that it replaces, so that the bound does not fall.
         */
        public Multipliers after(int unit, int sign) {
            double alpha = multipliers.slope(unit, 0);
            return multipliers.with(unit, (sign > 0 ? 1 - alpha : alpha) * coefficients[unit]);
        }
    }

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
        return rows(net.layers() + 1, tasks, steps, withBeta, enough);
    }

    /** The same for functions of the pre-activations of block {@code start}. */
    List<RowBound> rows(int start, List<Task> tasks, int steps, boolean withBeta, double enough) {
        RowBound[] result = new RowBound[tasks.size()];
        int chunk = Math.clamp((tasks.size() + workers.threads() - 1) / workers.threads(), 4, CHUNK);
        int chunks = (tasks.size() + chunk - 1) / chunk;
        workers.run(chunks, c -> {
            List<Task> part = tasks.subList(c * chunk, Math.min(tasks.size(), (c + 1) * chunk));
            chunk(start, part, steps, withBeta, enough, result, c * chunk);
        });
        return Arrays.asList(result);
    }

    private void chunk(int start, List<Task> part, int steps, boolean withBeta, double enough, RowBound[] result,
            int at) {
        int w = net.width(start);
        double[] function = new double[part.size() * w];
        double[] constant = new double[part.size()];
        List<Bounds> regions = new ArrayList<>();
        for (int r = 0; r < part.size(); r++) {
            System.arraycopy(part.get(r).row().coefficients(), 0, function, r * w, w);
            constant[r] = part.get(r).row().constant();
            regions.add(part.get(r).region());
        }
        Backward pass = new Backward(net, start, regions, function, constant);
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
                    branching(pass, r, optimiser),
                    coefficients(pass, r),
                    Arrays.copyOfRange(inputs, r * n, (r + 1) * n));
        }
    }

    /**
     * How much of the width of each unit's bounds the relaxations of earlier units may cost.
     *
     * @param region bounds that {@link #refined} gave
     * @param k layer of the units
     * @param units flat
     * @return for each of them one share for each unit
     */
    public List<double[]> shares(Bounds region, int k, List<Integer> units) {
        List<Task> tasks = new ArrayList<>();
        for (int unit : units) {
            for (int side = 0; side < 2; side++) {
                double[] one = new double[net.width(k)];
                one[unit - net.offset(k)] = side == 0 ? 1 : -1;
                tasks.add(new Task(region, new Row(one, 0), region.start(unit, side)));
            }
        }
        List<double[]> all = new ArrayList<>();
        List<RowBound> found = tasks.isEmpty() ? List.of() : rows(k, tasks, 1, true, 0);
        for (int i = 0; i < units.size(); i++) {
            double[] below = found.get(2 * i).branching();
            double[] above = found.get(2 * i + 1).branching();
            double width = region.upper[units.get(i)] - region.lower[units.get(i)];
            Arrays.setAll(below, j -> (below[j] + above[j]) / width);
            all.add(below);
        }
        return all;
    }

    private double[] coefficients(Backward pass, int r) {
        double[] all = new double[net.units()];
        for (int s = 1; s < pass.start(); s++) {
            double[] v = pass.coefficients(s);
            if (v != null) {
                System.arraycopy(v, r * net.width(s), all, net.offset(s), net.width(s));
            }
        }
        return all;
    }

    private double[] branching(Backward pass, int r, Optimiser known) {
        double[] score = new double[net.units()];
        Bounds region = pass.region(r);
        for (int s = 1; s < pass.start(); s++) {
            double[] v = pass.coefficients(s);
            int w = net.width(s);
            for (int j = 0; v != null && j < w; j++) {
                int unit = net.offset(s) + j;
                if (region.phase[unit] == Bounds.UNSTABLE) {
                    double x = v[r * w + j];
                    double a = known.slope(r, unit);
                    score[unit] = x >= 0
                            ? x * Math.max(-a * region.lower[unit], (1 - a) * region.upper[unit])
                            : -x * region.intercept[unit];
                }
            }
        }
        return score;
    }
}

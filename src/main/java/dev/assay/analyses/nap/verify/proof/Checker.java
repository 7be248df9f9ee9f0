package dev.assay.analyses.nap.verify.proof;

import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Multipliers;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Reason;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replays a proof with plain loops of its own, on one thread, and moves every bound outward by all that rounding may
 * have done. It shares the reading of networks with the verifier, and no arithmetic: neither its matrix products nor its
 * relaxations, search or solver. Bounds are derived anew; of the file only slopes in [0, 1], multipliers at least 0 and
 * the tree are taken, and any such values are sound.
 */
public final class Checker {

    private static final double U = 0x1p-53;

    private final ReluNetwork net;
    private final Runnable watch;

    /**
     * @param watch called between rows; may throw to stop
     */
    public Checker(ReluNetwork net, Runnable watch) {
        this.net = net;
        this.watch = watch;
    }

    /**
     * What became of one target's proof.
     *
     * @param accepted whether every path of the tree ends in a bound above zero or in a contradiction
     * @param leaves ends of the tree
     * @param least the least bound of all leaves; infinite when all ends are contradictions
     * @param problem the first thing wrong, or empty
     */
    public record Report(String target, boolean accepted, long leaves, double least, String problem) {}

    /** Bounds of all layers. */
    private static final class State {
        private final Box box;
        private final Signs signs;
        private final double[] lower;
        private final double[] upper;
        private boolean empty;

        State(Box box, Signs signs, int units) {
            this.box = box;
            this.signs = signs;
            lower = new double[units];
            upper = new double[units];
            Arrays.fill(lower, Double.NEGATIVE_INFINITY);
            Arrays.fill(upper, Double.POSITIVE_INFINITY);
        }

        /** Narrows by the unit's sign. */
        void clip(int unit) {
            if (signs.sign(unit) > 0) {
                lower[unit] = Math.max(lower[unit], signs.margin(unit));
            } else if (signs.sign(unit) < 0) {
                upper[unit] = Math.min(upper[unit], -signs.margin(unit));
            }
            empty |= lower[unit] > upper[unit];
        }

        boolean on(int unit) {
            return signs.sign(unit) > 0 || (signs.sign(unit) == 0 && lower[unit] >= 0);
        }

        boolean off(int unit) {
            return !on(unit) && (signs.sign(unit) < 0 || upper[unit] <= 0);
        }
    }

    /** Checks every proof of a region; the proof that it is empty comes last. */
    public List<Report> check(ProofFile.Region region) {
        List<State> stages = new ArrayList<>();
        for (ProofFile.StoredStage stored : region.stages()) {
            State prior = stored.prior() < 0 ? null : stages.get(stored.prior());
            if (prior != null && !contains(prior.signs, stored.signs())) {
                throw new IllegalArgumentException("a stage starts from bounds of a smaller region");
            }
            stages.add(stage(region.box(), stored.signs(), prior, stored.backward(), stored.kept()));
        }
        List<Report> reports = new ArrayList<>();
        for (RegionProof.TargetProof target : region.targets()) {
            reports.add(check(target, stages));
        }
        if (region.vacancy() != null) {
            reports.add(check(region.vacancy(), stages));
        }
        return reports;
    }

    /** Whether every input that has the inner signs has the outer ones too. */
    private static boolean contains(Signs outer, Signs inner) {
        for (int unit : outer.constrained()) {
            if (outer.sign(unit) != inner.sign(unit) || outer.margin(unit) > inner.margin(unit)) {
                return false;
            }
        }
        return outer.units() == inner.units();
    }

    private State stage(Box box, Signs signs, State prior, boolean backward, Reason[][] kept) {
        if (signs.units() != net.units() || box.low().length != net.inputs()) {
            throw new IllegalArgumentException("the proof is about a network of another size");
        }
        State s = new State(box, signs, net.units());
        for (int k = 1; k <= net.layers() && !s.empty; k++) {
            double[][] interval = interval(s, k);
            for (int j = 0; j < net.width(k); j++) {
                int unit = net.offset(k) + j;
                s.lower[unit] = interval[0][j];
                s.upper[unit] = interval[1][j];
                if (prior != null) {
                    s.lower[unit] = Math.max(s.lower[unit], prior.lower[unit]);
                    s.upper[unit] = Math.min(s.upper[unit], prior.upper[unit]);
                }
                if (backward && k > 1 && s.lower[unit] < 0 && s.upper[unit] > 0) {
                    s.lower[unit] = Math.max(s.lower[unit], end(s, k, j, 1, null));
                    s.upper[unit] = Math.min(s.upper[unit], -end(s, k, j, -1, null));
                }
                if (kept != null && kept[unit][0] != null) {
                    s.lower[unit] = Math.max(s.lower[unit], reason(s, k, j, 1, kept[unit][0]));
                }
                if (kept != null && kept[unit][1] != null) {
                    s.upper[unit] = Math.min(s.upper[unit], -reason(s, k, j, -1, kept[unit][1]));
                }
                s.clip(unit);
            }
        }
        return s;
    }

    /** Lower bound of {@code factor} times a unit, by slopes and multipliers or, without any, the starting slopes. */
    private double end(State s, int k, int j, int factor, Multipliers m) {
        watch.run();
        double[] one = new double[net.width(k)];
        one[j] = factor;
        return bound(s, k, one, 0, m);
    }

    /** The same by a tree of splits of earlier units. */
    private double reason(State s, int k, int j, int factor, Reason why) {
        if (why == null) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!why.isSplit()) {
            return why.multipliers() == null ? Double.NEGATIVE_INFINITY : end(s, k, j, factor, why.multipliers().get());
        }
        if (why.unit() >= net.offset(k) || s.signs.sign(why.unit()) != 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int sign = -1; sign <= 1; sign += 2) {
            State child = child(s, why.unit(), sign);
            if (!child.empty) {
                least = Math.min(least, reason(child, k, j, factor, sign < 0 ? why.inactive() : why.active()));
            }
        }
        return least;
    }

    private State child(State s, int unit, int sign) {
        State child = new State(s.box, s.signs.with(unit, sign), net.units());
        System.arraycopy(s.lower, 0, child.lower, 0, s.lower.length);
        System.arraycopy(s.upper, 0, child.upper, 0, s.upper.length);
        child.clip(unit);
        return child;
    }

    private static double gamma(long n) {
        return n * U / (1 - n * U);
    }

    private double low(State s, int node, int i) {
        return node == 0 ? s.box.low()[i]
                : s.off(net.offset(node) + i) ? 0 : Math.max(s.lower[net.offset(node) + i], 0);
    }

    private double high(State s, int node, int i) {
        return node == 0 ? s.box.high()[i]
                : s.off(net.offset(node) + i) ? 0 : Math.max(s.upper[net.offset(node) + i], 0);
    }

    private double[][] interval(State s, int k) {
        ReluNetwork.Block block = net.block(k);
        double[] low = new double[block.width()];
        double[] high = new double[block.width()];
        for (int j = 0; j < low.length; j++) {
            double[] sums = {block.bias()[j], block.bias()[j], Math.abs(block.bias()[j])};
            long[] count = {8};
            for (ReluNetwork.Term term : block.terms()) {
                term.map().row(j, (c, v) -> {
                    double a = v * low(s, term.source(), c);
                    double b = v * high(s, term.source(), c);
                    sums[0] += Math.min(a, b);
                    sums[1] += Math.max(a, b);
                    sums[2] += Math.max(Math.abs(a), Math.abs(b));
                    count[0] += 2;
                });
            }
            double error = 2 * gamma(count[0]) * sums[2];
            low[j] = Math.nextDown(sums[0] - error);
            high[j] = Math.nextUp(sums[1] + error);
        }
        return new double[][] {low, high};
    }

    /** Safe lower bound of a linear function of block k over the state. */
    private double bound(State s, int k, double[] function, double constant, Multipliers m) {
        double[][] lambda = new double[k][];
        for (int node = 0; node < k; node++) {
            lambda[node] = new double[net.width(node)];
        }
        double[] total = {constant, Math.abs(constant), 0};
        product(s, k, function, lambda, total);
        for (int layer = k - 1; layer >= 1; layer--) {
            double[] g = lambda[layer];
            for (int j = 0; j < g.length; j++) {
                g[j] = relax(s, net.offset(layer) + j, g[j], m, total);
            }
            product(s, layer, g, lambda, total);
        }
        for (int i = 0; i < net.inputs(); i++) {
            double c = lambda[0][i] * (lambda[0][i] > 0 ? s.box.low()[i] : s.box.high()[i]);
            total[0] += c;
            total[1] += Math.abs(c);
        }
        double error = total[2] + gamma(4L * net.units() + net.inputs() + 64) * total[1];
        double bound = Math.nextDown(total[0] - error * (1 + 1e-9));
        return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound;
    }

    private double relax(State s, int unit, double x, Multipliers m, double[] total) {
        double l = s.lower[unit];
        double u = s.upper[unit];
        double most = Math.max(Math.abs(l), Math.abs(u));
        double y;
        if (s.on(unit)) {
            y = x;
        } else if (s.off(unit)) {
            y = 0;
        } else if (x >= 0) {
            double start = u > -l ? 1 : 0;
            double slope = m == null ? start : Math.clamp(m.slope(unit, start), 0, 1);
            y = slope * x;
        } else {
            double slope = u / (u - l);
            double lift = Math.nextUp(Math.nextUp(Math.max(-slope * l, u - slope * u)));
            y = slope * x;
            total[0] += lift * x;
            total[1] += Math.abs(lift * x);
            total[2] += 2 * U * Math.abs(y) * most;
        }
        double b = m == null || s.signs.sign(unit) == 0 ? 0 : m.factor(unit);
        if (b > 0) {
            y -= s.signs.sign(unit) * b;
            total[0] += b * s.signs.margin(unit);
            total[1] += b * s.signs.margin(unit);
            total[2] += 2 * U * (Math.abs(y) + b) * most;
        }
        return y;
    }

    private void product(State s, int k, double[] g, double[][] lambda, double[] total) {
        ReluNetwork.Block block = net.block(k);
        double[] reached = new double[1];
        for (int i = 0; i < g.length; i++) {
            double f = g[i];
            if (f == 0) {
                continue;
            }
            total[0] += f * block.bias()[i];
            total[1] += Math.abs(f * block.bias()[i]);
            for (ReluNetwork.Term term : block.terms()) {
                if (lambda[term.source()] == null) {
                    lambda[term.source()] = new double[net.width(term.source())];
                }
                double[] to = lambda[term.source()];
                term.map().row(i, (c, v) -> {
                    to[c] += f * v;
                    double size = Math.max(
                            Math.abs(low(s, term.source(), c)), Math.abs(high(s, term.source(), c)));
                    reached[0] += Math.abs(f * v) * size;
                });
            }
        }
        total[2] += 2 * gamma(g.length + 8L + 2L * block.terms().size()) * reached[0];
    }

    /** The bounds of a state and of a stage of a larger region together. */
    private static State both(State s, State stage) {
        State both = new State(s.box, s.signs, s.lower.length);
        for (int j = 0; j < s.lower.length; j++) {
            both.lower[j] = Math.max(s.lower[j], stage.lower[j]);
            both.upper[j] = Math.min(s.upper[j], stage.upper[j]);
            both.clip(j);
        }
        both.empty |= stage.empty || s.empty;
        return both;
    }

    private Report check(RegionProof.TargetProof proof, List<State> stages) {
        if (proof.stage() < 0 || proof.stage() >= stages.size()) {
            return new Report(proof.name(), false, 0, Double.NaN, "there is no stage " + proof.stage());
        }
        Replay replay = new Replay(proof, stages);
        String problem = replay.step(proof.tree(), stages.get(proof.stage()), "the root");
        return new Report(proof.name(), problem.isEmpty(), replay.leaves, replay.least, problem);
    }

    /** One walk through a tree. */
    private final class Replay {

        private final RegionProof.TargetProof proof;
        private final List<State> stages;
        private long leaves;
        private double least = Double.POSITIVE_INFINITY;

        Replay(RegionProof.TargetProof proof, List<State> stages) {
            this.proof = proof;
            this.stages = stages;
        }

        String step(Step step, State s, String where) {
            watch.run();
            if (s.empty) {
                leaves++;
                return "";
            }
            return switch (step) {
                case Step.Open o -> "nothing is proved at " + where;
                case Step.Vacant v -> "the bounds do not contradict each other at " + where;
                case Step.Leaf leaf -> leaf(leaf, s, where);
                case Step.Infeasible i ->
                    above(bound(s, net.layers() + 1, new double[net.outputs()], 0, i.multipliers().get()), where);
                case Step.SignSplit split -> sign(split, s);
                case Step.Cut cut -> cut(cut, s, where);
                case Step.At at -> at(at, s, where);
            };
        }

        private String at(Step.At at, State s, String where) {
            if (at.stage() < 0 || at.stage() >= stages.size() || !contains(stages.get(at.stage()).signs, s.signs)) {
                return "stage " + at.stage() + " does not hold at " + where;
            }
            return step(at.then(), both(s, stages.get(at.stage())), where);
        }

        private String above(double bound, String where) {
            leaves++;
            least = Math.min(least, bound);
            return bound > 0 ? "" : "the bound is " + bound + " at " + where;
        }

        private String leaf(Step.Leaf leaf, State s, String where) {
            int n = proof.rows().size();
            if (leaf.row() < 0 || leaf.row() > n || (leaf.row() == n && n < 2)) {
                return "there is no row " + leaf.row() + " at " + where;
            }
            // The mean of all rows is above zero only where one of them is.
            double[] c = new double[net.outputs()];
            double constant = 0;
            for (int r = 0; r < n; r++) {
                double weight = leaf.row() == n ? 1.0 / n : r == leaf.row() ? 1 : 0;
                Row row = proof.rows().get(r);
                for (int o = 0; o < c.length; o++) {
                    c[o] += weight * row.coefficients()[o];
                }
                constant += weight * row.constant();
            }
            if (proof.intervals()) {
                return above(intervalRow(s, c, constant), where);
            }
            return above(bound(s, net.layers() + 1, c, constant, leaf.multipliers().get()), where);
        }

        private double intervalRow(State s, double[] c, double constant) {
            double[][] lambda = new double[net.layers() + 1][];
            double[] total = {constant, Math.abs(constant), 0};
            product(s, net.layers() + 1, c, lambda, total);
            for (int node = 0; node < lambda.length; node++) {
                for (int i = 0; lambda[node] != null && i < lambda[node].length; i++) {
                    double v = lambda[node][i];
                    double part = v * (v > 0 ? low(s, node, i) : high(s, node, i));
                    total[0] += part;
                    total[1] += Math.abs(part);
                }
            }
            double error = total[2] + gamma(2L * net.units() + net.inputs() + 64) * total[1];
            return Math.nextDown(total[0] - error * (1 + 1e-9));
        }

        private String sign(Step.SignSplit split, State s) {
            if (split.unit() < 0 || split.unit() >= net.units() || s.signs.sign(split.unit()) != 0) {
                return "unit " + split.unit() + " cannot be split";
            }
            for (int sign = -1; sign <= 1; sign += 2) {
                State child = child(s, split.unit(), sign);
                if (proof.refined() && !child.empty) {
                    child = stage(child.box, child.signs, child, true, null);
                }
                String problem = step(
                        sign < 0 ? split.inactive() : split.active(),
                        child,
                        "a leaf of unit " + split.unit() + (sign < 0 ? " inactive" : " active"));
                if (!problem.isEmpty()) {
                    return problem;
                }
            }
            return "";
        }

        private String cut(Step.Cut cut, State s, String where) {
            if (cut.input() < 0
                    || cut.input() >= net.inputs()
                    || !(cut.at() >= s.box.low()[cut.input()] && cut.at() <= s.box.high()[cut.input()])) {
                return "the cut of input " + cut.input() + " at " + where + " does not halve the box";
            }
            for (int side = 0; side < 2; side++) {
                Box half = s.box.half(cut.input(), cut.at(), side == 1);
                State child = stage(half, s.signs, s, true, null);
                String problem = step(side == 0 ? cut.below() : cut.above(), child, "a cut of input " + cut.input());
                if (!problem.isEmpty()) {
                    return problem;
                }
            }
            return "";
        }
    }
}

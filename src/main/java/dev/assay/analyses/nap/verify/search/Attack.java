package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.lp.Answer;
import dev.assay.analyses.nap.verify.lp.Program;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Looks for a point that violates a target: projected sign steps from many starts, with a penalty for broken signs, and
 * for small networks an exact descent from linear piece to linear piece ({@code nap-verification.md}, section 5).
 */
final class Attack {

    private static final double[] PENALTIES = {1, 10, 100};
    private static final int BATCH = 16;
    private static final int PIECES = 12;

    /** Inputs times units up to which linear pieces are searched by linear programs. */
    private static final int SMALL = 60_000;

    private final ReluNetwork net;
    private final Box box;
    private final Signs signs;
    private final Evaluation evaluation;
    private final Propagation propagation;
    private final double[] norm;
    private final double[] radius;

    Attack(Propagation propagation, Box box, Signs signs) {
        this.net = propagation.net();
        this.propagation = propagation;
        this.box = box;
        this.signs = signs;
        this.evaluation = new Evaluation(net, box, signs);
        this.norm = norms();
        this.radius = new double[net.inputs()];
        for (int i = 0; i < radius.length; i++) {
            radius[i] = (box.high()[i] - box.low()[i]) / 2;
        }
    }

    private double[] norms() {
        double[] squares = new double[net.units()];
        for (int unit : signs.constrained()) {
            int k = net.layerOf(unit);
            for (ReluNetwork.Term term : net.block(k).terms()) {
                term.map().row(unit - net.offset(k), (c, v) -> squares[unit] += v * v);
            }
        }
        for (int j = 0; j < squares.length; j++) {
            squares[j] = Math.max(Math.sqrt(squares[j]), 1e-12);
        }
        return squares;
    }

    /**
     * Searches.
     *
     * @param starts points to start from before random ones
     * @return the point of the region with the least margin that was found; null when none was in the region
     */
    Witness search(Target target, List<double[]> starts, int restarts, int steps, long seed) {
        Witness[] best = new Witness[1];
        for (double[] x : starts) {
            offer(best, evaluation.best(x, target));
        }
        int batches = (restarts + BATCH - 1) / BATCH;
        Witness[] found = new Witness[batches];
        propagation.workers().run(batches, b -> {
            int from = b * BATCH;
            found[b] = batch(target, starts, from, Math.min(BATCH, restarts - from), steps, seed);
        });
        for (Witness w : found) {
            offer(best, w);
        }
        if ((long) net.inputs() * net.units() <= SMALL && best[0] != null && !target.isPresence()) {
            offer(best, pieces(best[0], target));
        }
        return best[0];
    }

    private static void offer(Witness[] best, Witness w) {
        if (w != null && (best[0] == null || w.margin() < best[0].margin())) {
            best[0] = w;
        }
    }

    private Witness batch(Target target, List<double[]> starts, int from, int count, int steps, long seed) {
        int n = net.inputs();
        double[] x = new double[count * n];
        double[][] direction = new double[count][];
        for (int r = 0; r < count; r++) {
            int number = from + r;
            SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
            for (int i = 0; i < n; i++) {
                double low = box.low()[i];
                double high = box.high()[i];
                x[r * n + i] = number < starts.size()
                        ? Math.clamp(starts.get(number)[i], low, high)
                        : low + (high - low) * random.nextDouble();
            }
            if (number >= starts.size() && number % 2 == 1) {
                direction[r] = random.doubles(net.outputs(), -1, 1).toArray();
            }
        }
        Witness[] best = new Witness[1];
        int diversified = Math.max(1, steps / 20);
        for (int step = 0; step <= steps; step++) {
            propagation.check();
            double[][] z = net.run(x, count);
            double[] towards = new double[count * net.outputs()];
            boolean done = false;
            for (int r = 0; r < count; r++) {
                double[] flat = Evaluation.flat(net, z, r);
                double[] scores = java.util.Arrays.copyOfRange(flat, net.units(), flat.length);
                if (signs.violation(flat) <= 0 && (best[0] == null || target.margin(scores) < best[0].margin())) {
                    offer(best, evaluation.best(java.util.Arrays.copyOfRange(x, r * n, (r + 1) * n), target));
                    done |= best[0] != null && best[0].margin() <= 0;
                }
                double[] c = step < diversified && direction[r] != null
                        ? direction[r]
                        : target.worst(scores).coefficients();
                System.arraycopy(c, 0, towards, r * c.length, c.length);
            }
            if (done || step == steps) {
                break;
            }
            double[] g = gradient(z, towards, count, from);
            double size = 0.5 * Math.max(1.0 - (double) step / steps, 0.02);
            for (int r = 0; r < count; r++) {
                for (int i = 0; i < n; i++) {
                    int at = r * n + i;
                    x[at] = Math.clamp(x[at] - size * radius[i] * Math.signum(g[at]), box.low()[i], box.high()[i]);
                }
            }
        }
        return best[0];
    }

    /** Gradient of the functions, and of the penalties for broken signs, with respect to the inputs. */
    private double[] gradient(double[][] z, double[] towards, int count, int from) {
        int layers = net.layers();
        double[][] lambda = new double[layers + 1][];
        for (int s = 0; s <= layers; s++) {
            lambda[s] = new double[count * net.width(s)];
        }
        for (ReluNetwork.Term term : net.block(layers + 1).terms()) {
            term.map().backward(towards, count, lambda[term.source()]);
        }
        for (int s = layers; s >= 1; s--) {
            int w = net.width(s);
            double[] pre = z[s - 1];
            for (int r = 0; r < count; r++) {
                double penalty = PENALTIES[(from + r) % PENALTIES.length];
                for (int j = 0; j < w; j++) {
                    int at = r * w + j;
                    int unit = net.offset(s) + j;
                    double d = pre[at] > 0 ? lambda[s][at] : 0;
                    int sign = signs.sign(unit);
                    if (sign != 0 && sign * pre[at] < signs.margin(unit)) {
                        d -= penalty * sign / norm[unit];
                    }
                    lambda[s][at] = d;
                }
            }
            for (ReluNetwork.Term term : net.block(s).terms()) {
                term.map().backward(lambda[s], count, lambda[term.source()]);
            }
        }
        return lambda[0];
    }

    /** From a point's linear piece to its neighbours, each minimised exactly. */
    private Witness pieces(Witness start, Target target) {
        Witness best = start;
        double[] flat = Evaluation.flat(net, net.run(best.x(), 1), 0);
        Signs piece = pieceOf(flat);
        List<Signs> seen = new ArrayList<>();
        for (int n = 0; n < PIECES; n++) {
            propagation.check();
            seen.add(piece);
            Bounds bounds = propagation.bounds(box, piece, Propagation.Method.INTERVAL, null, 0, false);
            if (bounds.isEmpty()) {
                break;
            }
            Answer answer = Program.linear(net, bounds, target.worst(net.scores(best.x())), 2_000, propagation::check);
            if (answer.point() == null) {
                break;
            }
            Witness[] better = {best};
            offer(better, evaluation.best(answer.point(), target));
            // The solver's point may miss a sign by its tolerance: a little towards the known point it does not.
            double[] inner = answer.point().clone();
            for (int i = 0; i < inner.length; i++) {
                inner[i] += 1e-6 * (best.x()[i] - inner[i]);
            }
            offer(better, evaluation.best(inner, target));
            best = better[0];
            if (best.margin() <= 0) {
                break;
            }
            flat = Evaluation.flat(net, net.run(answer.point(), 1), 0);
            int tight = -1;
            for (int j = 0; j < net.units(); j++) {
                if (signs.sign(j) == 0
                        && Math.abs(flat[j]) < 1e-7
                        && !seen.contains(piece.with(j, -piece.sign(j)))) {
                    tight = j;
                    break;
                }
            }
            if (tight < 0) {
                break;
            }
            piece = piece.with(tight, -piece.sign(tight));
        }
        return best;
    }

    private Signs pieceOf(double[] flat) {
        Signs piece = signs;
        int[] units = new int[net.units()];
        int[] values = new int[net.units()];
        int n = 0;
        for (int j = 0; j < net.units(); j++) {
            if (signs.sign(j) == 0) {
                units[n] = j;
                values[n++] = flat[j] > 0 ? 1 : -1;
            }
        }
        return piece.with(java.util.Arrays.copyOf(units, n), java.util.Arrays.copyOf(values, n));
    }
}

package dev.assay.analyses.complexity;

import dev.assay.compute.PairDistances;
import java.util.ArrayList;
import java.util.List;

/**
 * Profile {@code reference} of the feature-complexity method: in sweeps over the groups, the closest pair of a group's
 * current features is merged while its squared distance is at most beta times the largest one.
 *
 * <p>The Gram matrices are kept up to date exactly instead of being computed anew: a merge costs O(n) in its own group
 * and a low-rank update in every group that shares a tensor with it (section "Cost" of the method). Every {@value
 * #CHECK_EVERY} merges they are rebuilt from the tensors.
 */
final class ReferenceMerging {

    /** Merges between two rebuilds of the Gram matrices. */
    static final int CHECK_EVERY = 256;

    /** Relative drift of a Gram matrix that the rebuild tolerates. */
    static final double DRIFT = 1e-9;

    /** Hears of merges as they happen. */
    interface Listener {

        /** Group, merge, and number of features left in the group. */
        void merged(int group, Merge merge, int left);
    }

    /** Where a group stands when nothing more is to be merged: the closest and the farthest pair; NaN without pairs. */
    record Stop(double min, double max) {}

    private final MergeState state;
    private final boolean withOutgoing;
    private final PairDistances kernel;
    private final double[][] incoming;
    private final double[][] outgoing;
    private final Runnable checkCancelled;
    private double largestDrift;
    private int mergesSinceCheck;

    /**
     * @param state tensors and counts; changed by {@link #run}
     * @param withOutgoing whether a feature's vector holds its outgoing weights too ({@code in+out})
     * @param kernel multiplies all pairs of vectors
     * @param checkCancelled called at least every few milliseconds; throws to stop
     */
    ReferenceMerging(MergeState state, boolean withOutgoing, PairDistances kernel, Runnable checkCancelled) {
        this.state = state;
        this.withOutgoing = withOutgoing;
        this.kernel = kernel;
        this.checkCancelled = checkCancelled;
        incoming = new double[state.groups()][];
        outgoing = new double[state.groups()][];
        for (int g = 0; g < state.groups(); g++) {
            rebuild(g);
        }
    }

    /** Largest relative difference between a Gram matrix and its rebuild so far. */
    double largestDrift() {
        return largestDrift;
    }

    /**
     * Merges until a sweep changes nothing.
     *
     * @param beta threshold in [0, 1)
     * @param maxRatio at most {@code ceil(maxRatio * n)} merges in a group of n, in (0, 1]
     * @return where each group stopped
     */
    List<Stop> run(double beta, double maxRatio, Listener listener) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int g = 0; g < state.groups(); g++) {
                checkCancelled.run();
                int merged = state.slots(g) - state.order(g).size();
                if (state.order(g).size() < 2 || merged >= Linked.most(maxRatio, state.slots(g))) {
                    continue;
                }
                Merge closest = closest(g);
                if (closest.cost() <= beta * closest.max()) {
                    merge(g, closest.first(), closest.second());
                    listener.merged(g, closest, state.order(g).size());
                    changed = true;
                }
            }
        }
        List<Stop> stops = new ArrayList<>();
        for (int g = 0; g < state.groups(); g++) {
            if (state.order(g).size() < 2) {
                stops.add(new Stop(Double.NaN, Double.NaN));
            } else {
                Merge closest = closest(g);
                stops.add(new Stop(closest.cost(), closest.max()));
            }
        }
        return stops;
    }

    private double distance(int g, int i, int j) {
        int n = state.slots(g);
        double[] in = incoming[g];
        double[] out = outgoing[g];
        double ii = in[i * n + i] + out[i * n + i];
        double jj = in[j * n + j] + out[j * n + j];
        return Math.max(0, ii + jj - 2 * (in[i * n + j] + out[i * n + j]));
    }

    /** The closest pair under the tie rule, with the largest distance beside it. */
    private Merge closest(int g) {
        int[] live = state.order(g).stream().mapToInt(Integer::intValue).sorted().toArray();
        double min = Double.POSITIVE_INFINITY;
        double max = 0;
        for (int a = 0; a < live.length; a++) {
            for (int b = a + 1; b < live.length; b++) {
                double d = distance(g, live[a], live[b]);
                min = Math.min(min, d);
                max = Math.max(max, d);
            }
        }
        double tied = min + WardLinkage.TIE * max;
        for (int a = 0; a < live.length; a++) {
            for (int b = a + 1; b < live.length; b++) {
                double d = distance(g, live[a], live[b]);
                if (d <= tied) {
                    return new Merge(live[a], live[b], d, max);
                }
            }
        }
        throw new IllegalStateException("group " + g + " holds values that are not finite");
    }

    private void merge(int g, int i, int j) {
        boolean selfCoupled = false;
        double share = state.share(g, i, j);
        for (WeightTensor t : state.tensors()) {
            if (t.rowGroup() == g && t.columnGroup() == g) {
                selfCoupled = true;
            } else if (withOutgoing && t.rowGroup() == g && t.columnGroup() >= 0) {
                updateNeighbour(outgoing[t.columnGroup()], t.columns(), t.span(), t.row(i), t.row(j), 1, 1);
            } else if (t.columnGroup() == g && t.rowGroup() >= 0) {
                updateNeighbour(
                        incoming[t.rowGroup()], t.rows(), t.span(), t.column(i), t.column(j), share, 1 - share);
            }
        }
        state.merge(g, i, j);
        if (selfCoupled) {
            rebuild(g);
        } else {
            combine(incoming[g], state.slots(g), i, j, 1, 1);
            combine(outgoing[g], state.slots(g), i, j, share, 1 - share);
        }
        if (++mergesSinceCheck >= CHECK_EVERY) {
            mergesSinceCheck = 0;
            checkDrift();
        }
    }

    /**
     * {@code A += S_new S_newᵀ - S_i S_iᵀ - S_j S_jᵀ} with {@code S_new = p S_i + q S_j}; the slices are n x m.
     */
    private static void updateNeighbour(double[] gram, int n, int m, double[] si, double[] sj, double p, double q) {
        double ii = p * p - 1;
        double jj = q * q - 1;
        double ij = p * q;
        for (int a = 0; a < n; a++) {
            for (int b = a; b < n; b++) {
                double sum = 0;
                for (int k = 0, x = a * m, y = b * m; k < m; k++, x++, y++) {
                    sum += ii * si[x] * si[y] + jj * sj[x] * sj[y] + ij * (si[x] * sj[y] + sj[x] * si[y]);
                }
                gram[a * n + b] += sum;
                if (a != b) {
                    gram[b * n + a] += sum;
                }
            }
        }
    }

    /** Vector i becomes {@code p v_i + q v_j}, vector j becomes zero. */
    private static void combine(double[] gram, int n, int i, int j, double p, double q) {
        double ii = gram[i * n + i];
        double ij = gram[i * n + j];
        double jj = gram[j * n + j];
        for (int k = 0; k < n; k++) {
            double value = p * gram[i * n + k] + q * gram[j * n + k];
            gram[i * n + k] = value;
            gram[k * n + i] = value;
        }
        for (int k = 0; k < n; k++) {
            gram[j * n + k] = 0;
            gram[k * n + j] = 0;
        }
        gram[i * n + i] = p * p * ii + 2 * p * q * ij + q * q * jj;
    }

    private void checkDrift() {
        for (int g = 0; g < state.groups(); g++) {
            double[] in = incoming[g];
            double[] out = outgoing[g];
            rebuild(g);
            largestDrift = Math.max(largestDrift, Math.max(drift(in, incoming[g]), drift(out, outgoing[g])));
        }
    }

    private static double drift(double[] kept, double[] rebuilt) {
        double difference = 0;
        double scale = 0;
        for (int k = 0; k < kept.length; k++) {
            difference = Math.max(difference, Math.abs(kept[k] - rebuilt[k]));
            scale = Math.max(scale, Math.abs(rebuilt[k]));
        }
        return scale == 0 ? difference : difference / scale;
    }

    private void rebuild(int g) {
        int n = state.slots(g);
        incoming[g] = new double[n * n];
        outgoing[g] = new double[n * n];
        for (WeightTensor t : state.tensors()) {
            if (t.rowGroup() == g) {
                kernel.addProducts(
                        Gram.part(t.incoming(), t.columns() * t.span()), n, incoming[g], checkCancelled);
            }
            if (withOutgoing && t.columnGroup() == g) {
                kernel.addProducts(Gram.part(t.outgoing(), t.rows() * t.span()), n, outgoing[g], checkCancelled);
            }
        }
    }
}

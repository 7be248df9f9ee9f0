package dev.assay.analyses.nap.verify.minimal;

import dev.assay.analyses.nap.verify.bound.Signs;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes a sufficient pattern smaller by asking an oracle. */
public final class Coarsening {

    /** Probability of dropping below which a random round drops no more than a neuron. */
    private static final double LEAST_SHARE = 0.5;

    private final Oracle oracle;
    private final Listener listener;
    private long calls;

    /** Hears of each call. */
    public interface Listener {

        /** Number of calls so far, and of the neurons that are left. */
        void asked(long calls, int left);
    }

    /** A coarsening with an oracle. */
    public Coarsening(Oracle oracle, Listener listener) {
        this.oracle = oracle;
        this.listener = listener;
    }

    /** Calls of the oracle so far. */
    public long calls() {
        return calls;
    }

    /** Asks, and counts. */
    public boolean holds(Signs pattern) {
        boolean holds = oracle.holds(pattern);
        calls++;
        return holds;
    }

    /**
     * Drops one neuron after the other and keeps it dropped where the rest suffices: the result is minimal, no single
     * neuron can go.
     *
     * @param pattern sufficient
     * @param order the neurons, those to be dropped first in front
     */
    public Signs coarsen(Signs pattern, int[] order) {
        Signs kept = pattern;
        for (int unit : order) {
            if (kept.sign(unit) == 0) {
                continue;
            }
            Signs less = kept.without(unit);
            if (holds(less)) {
                kept = less;
            }
            listener.asked(calls, kept.size());
        }
        return kept;
    }

    /**
     * Drops every neuron with a probability that starts at a half, keeps what suffices, and halves the probability after
     * a failure until a round would drop less than one; then drops single neurons, so that the result is minimal too.
     */
    public Signs stochastic(Signs pattern, int[] order, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Signs kept = pattern;
        double share = 0.5;
        while (share * kept.size() >= LEAST_SHARE) {
            Signs less = kept;
            for (int unit : kept.constrained()) {
                if (random.nextDouble() < share) {
                    less = less.without(unit);
                }
            }
            if (less.size() < kept.size() && holds(less)) {
                kept = less;
            } else {
                share /= 2;
            }
            listener.asked(calls, kept.size());
        }
        return coarsen(kept, order);
    }

    /**
     * The smallest sufficient part of a pattern: goes through its parts from none upwards. Every neuron without which the
     * rest does not suffice belongs to all of them. Needs exponentially many calls in the number of the others.
     *
     * @param pattern sufficient
     * @param order the neurons, the most important in front
     * @param most calls after which it gives up
     * @return a minimum, or null when the calls did not suffice
     */
    public Signs refine(Signs pattern, int[] order, long most) {
        int n = 0;
        int[] others = new int[order.length];
        for (int unit : order) {
            if (calls >= most) {
                return null;
            }
            if (holds(pattern.without(unit))) {
                others[n++] = unit;
            }
            listener.asked(calls, pattern.size());
        }
        for (int size = 0; size <= n; size++) {
            int[] chosen = new int[size];
            Arrays.setAll(chosen, i -> i);
            do {
                if (calls >= most) {
                    return null;
                }
                Signs part = pattern;
                for (int i = 0; i < n; i++) {
                    part = Arrays.binarySearch(chosen, i) < 0 ? part.without(others[i]) : part;
                }
                if (holds(part)) {
                    listener.asked(calls, part.size());
                    return part;
                }
            } while (next(chosen, n));
            listener.asked(calls, pattern.size());
        }
        return null;
    }

    /** The next choice of so many places out of n, in lexicographic order; false after the last. */
    private static boolean next(int[] chosen, int n) {
        int i = chosen.length - 1;
        while (i >= 0 && chosen[i] == n - chosen.length + i) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        chosen[i]++;
        for (int j = i + 1; j < chosen.length; j++) {
            chosen[j] = chosen[j - 1] + 1;
        }
        return true;
    }

    /**
     * Adds neurons of a sufficient pattern in an order until they suffice, by bisection on how many: sufficiency only
     * grows along the order.
     *
     * @param order the neurons, the most important in front
     */
    public Signs prefix(Signs pattern, int[] order) {
        int fails = -1;
        int suffices = order.length;
        while (suffices - fails > 1) {
            int middle = (fails + suffices) >>> 1;
            if (holds(first(pattern, order, middle))) {
                suffices = middle;
            } else {
                fails = middle;
            }
            listener.asked(calls, suffices);
        }
        return first(pattern, order, suffices);
    }

    private static Signs first(Signs pattern, int[] order, int count) {
        Signs chosen = pattern;
        for (int i = count; i < order.length; i++) {
            chosen = chosen.without(order[i]);
        }
        return chosen;
    }
}

package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation.RowBound;
import java.util.Arrays;

/** What a problem of a {@link Tree} may be split at. */
final class Branching {

    private static final int CANDIDATES = 5;

    /** What an input's share of the widths counts beside its share of the bound. */
    private static final double WEIGHT = 0.5;

    /** Share of what a bound lacks below which the coefficients of all inputs together say little. */
    private static final double SLIGHT = 0.01;

    private Branching() {}

    /**
     * The input that the bound depends on most by its coefficients and by its width: coefficients alone mislead where the
     * relaxations are too loose for them to mean anything, widths alone ignore what matters. Where all coefficients
     * together can give but a slight share of what the bound lacks they count for less and less: else the one input that
     * has a coefficient would be cut down to a point, while those without, whose relaxations are to blame, stay as wide
     * as they are.
     *
     * @param missing by how much the bound is too low
     * @return none where no input's interval can be halved any more
     */
    static int[] input(Bounds region, RowBound b, double missing) {
        Box box = region.box();
        int n = box.low().length;
        double effects = 0;
        double widths = 0;
        for (int i = 0; i < n; i++) {
            double width = box.high()[i] - box.low()[i];
            effects += width * Math.abs(b.inputCoefficients()[i]);
            widths += width;
        }
        double whole = Math.max(effects, SLIGHT * missing);
        int chosen = -1;
        double most = -1;
        for (int i = 0; i < n; i++) {
            double width = box.high()[i] - box.low()[i];
            double effect = whole > 0 ? width * Math.abs(b.inputCoefficients()[i]) / whole : 0;
            // A coefficient that has overflowed says nothing.
            double weight =
                    (effect < Double.POSITIVE_INFINITY ? effect : 0) + WEIGHT * (widths > 0 ? width / widths : 0);
            if (weight > most && box.isDivisible(i)) {
                most = weight;
                chosen = i;
            }
        }
        return chosen < 0 ? new int[0] : new int[] {chosen};
    }

    /** The unstable units whose relaxation may cost most, the first first. */
    static int[] units(Bounds region, RowBound b) {
        double[] scores = b.branching();
        int[] top = new int[CANDIDATES];
        int n = 0;
        for (int unit = 0; unit < scores.length; unit++) {
            if (!region.unstable(unit)) {
                continue;
            }
            int at = n;
            while (at > 0 && scores[unit] > scores[top[at - 1]]) {
                at--;
            }
            if (at < CANDIDATES) {
                int last = Math.min(n, CANDIDATES - 1);
                System.arraycopy(top, at, top, at + 1, last - at);
                top[at] = unit;
                n = Math.min(n + 1, CANDIDATES);
            }
        }
        return Arrays.copyOf(top, n);
    }
}

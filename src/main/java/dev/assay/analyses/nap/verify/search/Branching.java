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

    private Branching() {}

    /**
     * The input that the bound depends on most by its coefficients and by its width: coefficients alone mislead where the
     * relaxations are too loose for them to mean anything, widths alone ignore what matters.
     */
    static int[] input(Bounds region, RowBound b) {
        Box box = region.box();
        int n = box.low().length;
        double effects = 0;
        double widths = 0;
        for (int i = 0; i < n; i++) {
            double width = box.high()[i] - box.low()[i];
            effects += width * Math.abs(b.inputCoefficients()[i]);
            widths += width;
        }
        int chosen = 0;
        double most = -1;
        for (int i = 0; i < n; i++) {
            double width = box.high()[i] - box.low()[i];
            double effect = effects > 0 ? width * Math.abs(b.inputCoefficients()[i]) / effects : 0;
            double weight = effect + WEIGHT * (widths > 0 ? width / widths : 0);
            if (weight > most) {
                most = weight;
                chosen = i;
            }
        }
        return new int[] {chosen};
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

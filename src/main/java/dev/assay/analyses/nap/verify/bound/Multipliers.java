package dev.assay.analyses.nap.verify.bound;

/**
 * Slopes and multipliers of one row; what a proof of the row consists of. Only those that matter are held: slopes of
 * units that are unstable, multipliers that are not zero. The arrays must not be changed.
 *
 * @param sloped units with a slope, flat and ascending
 * @param slopes slopes of their lower lines, in [0, 1]
 * @param signed units with a multiplier, flat and ascending
 * @param factors the multipliers of their signs, at least 0
 */
public record Multipliers(int[] sloped, float[] slopes, int[] signed, float[] factors) implements Held {

    private static final int[] NONE = {};
    private static final float[] ZERO = {};

    /** Checks the sizes. */
    public Multipliers {
        if (sloped.length != slopes.length || signed.length != factors.length) {
            throw new IllegalArgumentException("as many values as units are needed");
        }
    }

    /**
     * Multipliers alone, with the starting slopes.
     *
     * @param beta one for each unit; rounded to single precision, so that a stored proof has the same values
     */
    public static Multipliers of(double[] beta) {
        return new Multipliers(NONE, ZERO, NONE, ZERO).with(beta);
    }

    /** The same slopes with other multipliers, one for each unit. */
    public Multipliers with(double[] beta) {
        int n = 0;
        int[] units = new int[beta.length];
        float[] values = new float[beta.length];
        for (int j = 0; j < beta.length; j++) {
            if (beta[j] != 0) {
                units[n] = j;
                values[n++] = (float) beta[j];
            }
        }
        return new Multipliers(
                sloped, slopes, java.util.Arrays.copyOf(units, n), java.util.Arrays.copyOf(values, n));
    }

    /** The same with one more multiplier, of a unit that had none. */
    public Multipliers with(int unit, double factor) {
        if (!(factor > 0)) {
            return this;
        }
        int[] units = java.util.Arrays.copyOf(signed, signed.length + 1);
        float[] values = java.util.Arrays.copyOf(factors, factors.length + 1);
        int at = signed.length;
        while (at > 0 && units[at - 1] > unit) {
            units[at] = units[at - 1];
            values[at] = values[at - 1];
            at--;
        }
        units[at] = unit;
        values[at] = (float) factor;
        return new Multipliers(sloped, slopes, units, values);
    }

    @Override
    public Multipliers get() {
        return this;
    }

    /** The slope of a unit, or a value where it has none of its own. */
    public double slope(int unit, double otherwise) {
        int at = java.util.Arrays.binarySearch(sloped, unit);
        return at < 0 ? otherwise : slopes[at];
    }

    /** The multiplier of a unit, 0 where it has none. */
    public double factor(int unit) {
        int at = java.util.Arrays.binarySearch(signed, unit);
        return at < 0 ? 0 : factors[at];
    }
}

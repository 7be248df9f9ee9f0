package dev.assay.analyses.nap.verify.bound;

import java.util.Arrays;

/**
 * Required signs of pre-activations: a pattern, splits of a search, or both. Unit j with sign +1 has
 * {@code z_j >= margin_j}, with sign -1 {@code z_j <= -margin_j}. Units are numbered flat over the layers. Immutable.
 */
public final class Signs {

    private final byte[] sign;
    private final double[] margin;

    private Signs(byte[] sign, double[] margin) {
        this.sign = sign;
        this.margin = margin;
    }

    /** No requirement. */
    public static Signs none(int units) {
        return new Signs(new byte[units], new double[units]);
    }

    /**
     * A pattern.
     *
     * @param active units required active
     * @param inactive units required inactive, none of them also active
     * @param margin m, at least 0
     */
    public static Signs pattern(int units, int[] active, int[] inactive, double margin) {
        Signs signs = none(units);
        for (int j : active) {
            signs.sign[j] = 1;
            signs.margin[j] = margin;
        }
        for (int j : inactive) {
            signs.sign[j] = -1;
            signs.margin[j] = margin;
        }
        return signs;
    }

    /** Signs with their margins, one of each for every unit; the arrays are not copied. */
    public static Signs of(byte[] sign, double[] margin) {
        return new Signs(sign, margin);
    }

    /** These and one more, without a margin. */
    public Signs with(int unit, int value) {
        return with(new int[] {unit}, new int[] {value});
    }

    /** These and more, without margins. */
    public Signs with(int[] units, int[] values) {
        byte[] more = sign.clone();
        for (int i = 0; i < units.length; i++) {
            more[units[i]] = (byte) values[i];
        }
        return new Signs(more, margin);
    }

    /** These without one unit's, and without its margin. */
    public Signs without(int unit) {
        byte[] less = sign.clone();
        less[unit] = 0;
        double[] margins = margin.clone();
        margins[unit] = 0;
        return new Signs(less, margins);
    }

    /** The requirements of both; empty when they contradict each other in a unit. */
    public java.util.Optional<Signs> and(Signs other) {
        byte[] both = sign.clone();
        double[] margins = margin.clone();
        for (int j = 0; j < both.length; j++) {
            if (both[j] * other.sign[j] < 0) {
                return java.util.Optional.empty();
            }
            if (other.sign[j] != 0) {
                both[j] = other.sign[j];
                margins[j] = Math.max(margins[j], other.margin[j]);
            }
        }
        return java.util.Optional.of(new Signs(both, margins));
    }

    /** +1, -1, or 0 for a free unit. */
    public int sign(int unit) {
        return sign[unit];
    }

    /** How far from zero, at least 0. */
    public double margin(int unit) {
        return margin[unit];
    }

    /** Number of units, free ones included. */
    public int units() {
        return sign.length;
    }

    /** Number of constrained units. */
    public int size() {
        int n = 0;
        for (byte s : sign) {
            n += s != 0 ? 1 : 0;
        }
        return n;
    }

    /** The constrained units in ascending order. */
    public int[] constrained() {
        int[] all = new int[size()];
        int n = 0;
        for (int j = 0; j < sign.length; j++) {
            if (sign[j] != 0) {
                all[n++] = j;
            }
        }
        return all;
    }

    /**
     * How far pre-activations of one input break a requirement at most.
     *
     * @param z pre-activations, flat
     * @return 0 when all requirements hold
     */
    public double violation(double[] z) {
        double worst = 0;
        for (int j = 0; j < sign.length; j++) {
            if (sign[j] != 0) {
                worst = Math.max(worst, margin[j] - sign[j] * z[j]);
            }
        }
        return worst;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signs s && Arrays.equals(sign, s.sign) && Arrays.equals(margin, s.margin);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sign) + Arrays.hashCode(margin);
    }
}

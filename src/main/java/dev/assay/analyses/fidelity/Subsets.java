package dev.assay.analyses.fidelity;

import java.math.BigInteger;

/** Counts and probabilities of removing a number of units out of a set, each with one probability on its own. */
final class Subsets {

    private Subsets() {}

    /** Number of subsets with at most that many members. */
    static BigInteger count(int units, int most) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger term = BigInteger.ONE;
        for (int r = 0; r <= Math.min(units, most); r++) {
            sum = sum.add(term);
            term = term.multiply(BigInteger.valueOf(units - r)).divide(BigInteger.valueOf(r + 1));
        }
        return sum;
    }

    /** Whether the number of subsets with at most {@code most} members is within a budget. */
    static boolean fits(int units, int most, long budget) {
        return count(units, Math.min(most, 64)).compareTo(BigInteger.valueOf(budget)) <= 0
                && (most < 64 || units < 63);
    }

    /** Probability that exactly these r of n units are removed. */
    static double weight(double probability, int r, int n) {
        return power(probability, r) * power(1 - probability, n - r);
    }

    /** Probability that at most that many units are removed. */
    static double mass(double probability, int n, int most) {
        double sum = 0;
        double ways = 1;
        for (int r = 0; r <= Math.min(n, most); r++) {
            sum += ways * weight(probability, r, n);
            ways = ways * (n - r) / (r + 1);
        }
        return sum;
    }

    private static double power(double base, int exponent) {
        return exponent == 0 ? 1 : Math.pow(base, exponent);
    }

    /** Takes subsets. */
    interface Taker {
        void take(long[] subset, int size);
    }

    /** All subsets of some members with at most {@code most} of them, smaller ones first. */
    static void each(int[] members, int most, int words, Taker taker) {
        for (int r = 0; r <= Math.min(most, members.length); r++) {
            int[] chosen = new int[r];
            for (int i = 0; i < r; i++) {
                chosen[i] = i;
            }
            do {
                long[] bits = new long[words];
                for (int i : chosen) {
                    Bits.set(bits, members[i]);
                }
                taker.take(bits, r);
            } while (next(chosen, members.length));
        }
    }

    private static boolean next(int[] chosen, int n) {
        int r = chosen.length;
        int i = r - 1;
        while (i >= 0 && chosen[i] == n - r + i) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        chosen[i]++;
        for (int j = i + 1; j < r; j++) {
            chosen[j] = chosen[j - 1] + 1;
        }
        return true;
    }
}

package dev.assay.analyses.fidelity.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Cuts scores to a set of units: best first, ties by the smaller index of the unit (robust-fidelity, method step 7).
 *
 * @param rule how large the set is
 * @param value share, number or threshold, as the rule says
 */
public record EdgeCut(Rule rule, double value) {

    /** How large a set is. */
    public enum Rule {
        /** As many as the ground truth has. */
        TRUTH_SIZE,
        /** A share of all units, rounded half up, at least 1 for a share above 0. */
        RATIO,
        /** A number. */
        TOP,
        /** Those with at least that score. */
        THRESHOLD
    }

    /**
     * A set of units.
     *
     * @param members {@code [units]}
     * @param size number of members
     * @param tie whether the scores at its border are equal, so that the cut between them is arbitrary
     */
    public record Cut(boolean[] members, int size, boolean tie) {}

    /** Whether scores are a set already, so that they are never cut. */
    public static boolean isSet(double[] scores) {
        return Arrays.stream(scores).allMatch(s -> s == 0 || s == 1);
    }

    /** Units by falling score, equal ones by index. */
    public static int[] order(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]) != 0 && scores[b] != scores[a]
                        ? Double.compare(scores[b], scores[a])
                        : Integer.compare(a, b))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Size of a share of a number of units. The share is the decimal that was written: 0.29 of 50 is 14.5, not less. */
    public static int sizeOf(double ratio, int units) {
        if (ratio <= 0 || units == 0) {
            return 0;
        }
        return Math.clamp(
                BigDecimal.valueOf(ratio)
                        .multiply(BigDecimal.valueOf(units))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue(),
                1,
                units);
    }

    /** The set of an explanation. */
    public Cut of(double[] scores, Instance instance) {
        if (isSet(scores)) {
            return threshold(scores, 1);
        }
        return switch (rule) {
            case TRUTH_SIZE -> first(scores, instance.truthSize());
            case RATIO -> first(scores, sizeOf(value, scores.length));
            case TOP -> first(scores, (int) Math.min(value, scores.length));
            case THRESHOLD -> threshold(scores, value);
        };
    }

    private static Cut threshold(double[] scores, double least) {
        boolean[] members = new boolean[scores.length];
        int size = 0;
        for (int u = 0; u < members.length; u++) {
            members[u] = scores[u] >= least;
            size += members[u] ? 1 : 0;
        }
        return new Cut(members, size, false);
    }

    /** The first units of an order. */
    public static Cut first(double[] scores, int size) {
        int[] order = order(scores);
        boolean[] members = new boolean[scores.length];
        for (int i = 0; i < size; i++) {
            members[order[i]] = true;
        }
        boolean tie = size > 0 && size < order.length && scores[order[size - 1]] == scores[order[size]];
        return new Cut(members, size, tie);
    }
}

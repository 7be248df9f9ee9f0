package dev.assay.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the names that a misspelt one may stand for. */
public final class NearestNames {

    private NearestNames() {}

    /**
     * The names within reach of a misspelling, nearest first, at most three.
     *
     * @param wrong what was written
     * @param names what there is
     */
    public static List<String> of(String wrong, Collection<String> names) {
        int reach = Math.max(2, wrong.length() / 3);
        String lower = wrong.toLowerCase(Locale.ROOT);
        record Near(String name, int distance) {}
        return names.stream()
                .map(n -> new Near(n, distance(lower, n.toLowerCase(Locale.ROOT))))
                .filter(n -> n.distance <= reach)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(3)
                .map(Near::name)
                .toList();
    }

    /**
     * A hint for an error message: {@code did you mean a or b?}, else all names when they are few, without a full stop.
     */
    public static String hint(String wrong, Collection<String> names) {
        List<String> near = of(wrong, names);
        if (!near.isEmpty()) {
            return "did you mean " + String.join(" or ", near) + "?";
        }
        return names.isEmpty() ? "there are none" : "there are " + names.stream().collect(Collectors.joining(", "));
    }

    /** Levenshtein's edit distance between the texts, or between one and the start of the other if that is nearer. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return a.length() >= 3 && b.startsWith(a) ? 1 : row[b.length()];
    }
}

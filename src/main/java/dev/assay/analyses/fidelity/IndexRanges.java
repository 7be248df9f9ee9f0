package dev.assay.analyses.fidelity;

import dev.assay.analysis.AnalysisException;
import dev.assay.text.Numbers;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Indices and ranges from 0, such as {@code 0-9,500-509}, or all. */
final class IndexRanges {

    static final String ALL = "all";

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    private IndexRanges() {}

    /** What is wrong with a text, without a full stop; empty when nothing is. */
    static Optional<String> problem(String text) {
        if (text.equals(ALL)) {
            return Optional.empty();
        }
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                return Optional.of("'" + part.strip() + "' is no index or range; write all, or indices from 0 such as"
                        + " 0-9,500-509");
            }
            if (range.group(2) != null && Integer.parseInt(range.group(2)) < Integer.parseInt(range.group(1))) {
                return Optional.of("the range " + part.strip() + " ends before it begins");
            }
        }
        return Optional.empty();
    }

    /**
     * The indices, rising, each once.
     *
     * @param count how many there are
     * @param what what they count, plural
     * @throws AnalysisException when one is too large
     */
    static int[] parse(String text, int count, String what) throws AnalysisException {
        TreeSet<Integer> indices = new TreeSet<>();
        for (String part : text.split(",")) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw new IllegalArgumentException(part);
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last >= count) {
                throw new AnalysisException(
                        "there is no index " + Math.max(first, count) + "; the data has " + Numbers.count(count) + " "
                                + what + " and counts from 0",
                        "parameter instances", "name indices below " + count);
            }
            for (int i = first; i <= last; i++) {
                indices.add(i);
            }
        }
        return indices.stream().mapToInt(Integer::intValue).toArray();
    }
}

package dev.assay.run;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.analysis.ParameterDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values and seeds of a sweep as they are typed: {@code 0, 0.01, 0.05} or a range {@code 0..0.1:0.02} of first, last and
 * step (1 unless given), both mixed. A parameter that is a list itself has its values parted by semicolons.
 */
public final class SweepText {

    private static final String NUMBER = "[-+]?[0-9.]*[0-9](?:[eE][-+]?[0-9]+)?";
    private static final Pattern RANGE =
            Pattern.compile("(" + NUMBER + ")\\s*\\.\\.\\s*(" + NUMBER + ")(?:\\s*:\\s*(" + NUMBER + "))?");

    private SweepText() {}

    /**
     * Reads values of a parameter, each once.
     *
     * @throws AnalysisException when one is empty or a range makes no sense
     */
    public static List<String> values(String text, ParameterDescriptor parameter) throws AnalysisException {
        boolean parted = parameter.isList() || text.contains(";");
        LinkedHashSet<String> values = new LinkedHashSet<>();
        for (String part : text.split(parted ? ";" : ",", -1)) {
            String item = part.strip();
            if (item.isEmpty()) {
                throw new AnalysisException(
                        "a value is empty", parameter.name() + "=" + text, "part values by " + (parted ? ";" : ","));
            }
            Matcher range = RANGE.matcher(item);
            if (isNumeric(parameter) && range.matches()) {
                values.addAll(range(range, parameter.name() + "=" + text));
            } else {
                values.add(item);
            }
        }
        return List.copyOf(values);
    }

    /** Whether the values of a parameter are numbers, so that a chart can show them along an axis. */
    public static boolean isNumeric(ParameterDescriptor parameter) {
        Class<?> type = parameter.type();
        return type == int.class || type == long.class || type == double.class || type == Exact.class;
    }

    private static List<String> range(Matcher range, String where) throws AnalysisException {
        BigDecimal first = number(range.group(1), where);
        BigDecimal last = number(range.group(2), where);
        BigDecimal step = range.group(3) == null ? BigDecimal.ONE : number(range.group(3), where);
        if (step.signum() == 0 || last.subtract(first).signum() * step.signum() < 0) {
            throw new AnalysisException(
                    "the steps of the range do not lead to its end", where, "write FIRST..LAST:STEP, e.g. 0..0.1:0.02");
        }
        List<String> values = new ArrayList<>();
        for (BigDecimal v = first; v.subtract(last).signum() * step.signum() <= 0; v = v.add(step)) {
            if (values.size() >= Sweep.MOST) {
                throw new AnalysisException(
                        "the range has more than " + Sweep.MOST + " values", where, "take larger steps");
            }
            values.add(v.signum() == 0 ? "0" : v.stripTrailingZeros().toPlainString());
        }
        return values;
    }

    private static BigDecimal number(String text, String where) throws AnalysisException {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new AnalysisException("'" + text + "' is not a number", where, "", e);
        }
    }

    /**
     * Reads seeds, each once.
     *
     * @throws AnalysisException when one is not a whole number
     */
    public static List<Long> seeds(String text) throws AnalysisException {
        LinkedHashSet<Long> seeds = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            List<String> items = range.matches() ? range(range, "seeds " + text) : List.of(part.strip());
            for (String item : items) {
                try {
                    seeds.add(Long.parseLong(item));
                } catch (NumberFormatException e) {
                    throw new AnalysisException(
                            "'" + item + "' is no seed", "seeds " + text, "write whole numbers, e.g. 0..4 or 1,5,7", e);
                }
            }
        }
        return List.copyOf(seeds);
    }

    /** Values as they can be typed again: parted by semicolons, since commas would join those of a list to one. */
    static String typed(List<String> values) {
        return String.join(";", values);
    }

    /** Seeds as they can be typed again, a gapless run of them as a range. */
    static String typedSeeds(List<Long> seeds) {
        boolean gapless = seeds.size() > 2;
        for (int i = 1; i < seeds.size() && gapless; i++) {
            gapless = seeds.get(i) == seeds.get(i - 1) + 1;
        }
        return gapless
                ? seeds.getFirst() + ".." + seeds.getLast()
                : seeds.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}

package dev.assay.run;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a parameter, to compare: 1, 1.0 and 1e0 are one number, whoever wrote it. Earlier versions wrote numbers
 * otherwise than this one, and people write them as they like.
 */
final class WrittenValue {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private WrittenValue() {}

    /** The same text for all ways to write a value, or a list of values. */
    static String of(String text) {
        return Arrays.stream(text.split(",", -1)).map(WrittenValue::one).collect(Collectors.joining(","));
    }

    private static String one(String element) {
        String text = element.strip();
        return NUMBER.matcher(text).matches() ? new BigDecimal(text).stripTrailingZeros().toString() : text;
    }
}

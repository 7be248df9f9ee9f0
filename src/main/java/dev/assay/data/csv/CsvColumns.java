package dev.assay.data.csv;

import dev.assay.analysis.InputException;
import dev.assay.data.source.OptionReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** What each column is: a value, the label, or left out. */
final class CsvColumns {

    private static final Set<String> LABEL_NAMES =
            Set.of("label", "labels", "class", "target", "y", "species", "diagnosis");

    private final List<String> names;
    private final int label;
    /** Index of the value for each column, -1 for none. */
    private final int[] feature;

    private final int features;

    private final boolean guessed;

    private CsvColumns(List<String> names, int label, int[] feature, int features, boolean guessed) {
        this.guessed = guessed;
        this.names = names;
        this.label = label;
        this.feature = feature;
        this.features = features;
    }

    /**
     * Reads the options {@code label} and {@code skip}.
     *
     * @param names column names; empty ones where there is no header
     * @param sample a row of data
     * @param decimalComma whether numbers are written as {@code 0,5}
     * @param numbered whether the first column counts the rows; without a name it is then left out
     * @throws InputException when a column is not there, or none is left for values
     */
    static CsvColumns of(
            OptionReader options, List<String> names, List<String> sample, boolean decimalComma, boolean numbered)
            throws InputException {
        int[] feature = new int[names.size()];
        boolean named = names.size() > 1 && names.stream().skip(1).noneMatch(String::isEmpty);
        if (numbered && names.getFirst().isEmpty() && named) {
            feature[0] = -1;
        }
        var skipped = options.text("skip");
        if (skipped.isPresent()) {
            for (String column : skipped.get().split(",", -1)) {
                feature[column(options, "skip", column.strip(), names)] = -1;
            }
        }
        int label = label(options, names, sample, feature, decimalComma);
        if (label >= 0) {
            feature[label] = -1;
        }
        int features = 0;
        for (int c = 0; c < feature.length; c++) {
            feature[c] = feature[c] < 0 ? -1 : features++;
        }
        if (features == 0) {
            throw new InputException(
                    "no column is left for the values: there are " + names.size() + " columns",
                    options.location().path().toString(),
                    "check the options delimiter, label and skip");
        }
        boolean guessed = label > 0
                && label == names.size() - 1
                && names.get(label).isEmpty()
                && options.text("label").isEmpty()
                && !isText(sample.get(label), decimalComma);
        return new CsvColumns(names, label, feature, features, guessed);
    }

    private static int label(
            OptionReader options, List<String> names, List<String> sample, int[] feature, boolean decimalComma)
            throws InputException {
        var given = options.text("label");
        if (given.isPresent()) {
            return switch (given.get()) {
                case "none" -> -1;
                case "first" -> 0;
                case "last" -> names.size() - 1;
                default -> column(options, "label", given.get(), names);
            };
        }
        for (int c = 0; c < names.size(); c++) {
            if (feature[c] >= 0 && LABEL_NAMES.contains(names.get(c).toLowerCase(Locale.ROOT))) {
                return c;
            }
        }
        int[] texts = IntStream.range(0, sample.size())
                .filter(c -> feature[c] >= 0 && isText(sample.get(c), decimalComma))
                .toArray();
        if (texts.length == 1) {
            return texts[0];
        }
        int last = names.size() - 1;
        boolean alone = feature[last] >= 0 && Arrays.stream(feature).filter(f -> f >= 0).count() == 1;
        return alone ? -1 : last;
    }

    private static boolean isText(String field, boolean decimalComma) {
        String text = field.strip();
        return !CsvRowHandler.isMissing(text) && CsvRowHandler.parse(text, decimalComma) == null;
    }

    private static int column(OptionReader options, String option, String text, List<String> names)
            throws InputException {
        int named = names.indexOf(text);
        if (named >= 0 && !text.isEmpty()) {
            return named;
        }
        try {
            int number = Integer.parseInt(text);
            int column = number < 0 ? names.size() + number : number;
            if (column >= 0 && column < names.size()) {
                return column;
            }
        } catch (NumberFormatException e) {
            // not a number either: told below
        }
        String known = names.stream().allMatch(String::isEmpty)
                ? "the columns are 0 to " + (names.size() - 1)
                : "the columns are " + String.join(", ", names.subList(0, Math.min(30, names.size())));
        throw options.wrong(option, known);
    }

    int count() {
        return feature.length;
    }

    /** The label column, -1 for none. */
    int label() {
        return label;
    }

    /** Whether the label column is the last one because nothing says which it is. */
    boolean guessed() {
        return guessed;
    }

    /** Number of values in a sample. */
    int features() {
        return features;
    }

    /** Index of a column's value in a sample, -1 when it has none. */
    int feature(int column) {
        return feature[column];
    }

    /** A column for messages. */
    String describe(int column) {
        String name = names.get(column);
        return name.isEmpty() ? "column " + column : "column " + column + " ('" + name + "')";
    }

    /** Columns without names. */
    static List<String> unnamed(int count) {
        String[] names = new String[count];
        Arrays.fill(names, "");
        return List.of(names);
    }
}

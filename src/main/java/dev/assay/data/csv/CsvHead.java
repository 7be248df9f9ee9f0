package dev.assay.data.csv;

import dev.assay.analysis.InputException;
import dev.assay.data.source.OptionReader;
import java.util.List;

/**
 * What the first line is.
 *
 * @param lines number of lines that are no data, 0 or 1
 * @param columns column names; empty ones where they are not known
 * @param classes class names, when the first line gives them
 */
record CsvHead(int lines, List<String> columns, List<String> classes) {

    /**
     * Reads the option {@code header}, or looks at the first two rows: the first is a header when it has text where the
     * second has a number, and a line of counts when it is the numbers of rows and of value columns, and class names.
     *
     * @param first the first row
     * @param second the second, or null
     * @param file the file, for the number of rows and the form of numbers
     */
    static CsvHead of(OptionReader options, List<String> first, List<String> second, CsvFile file)
            throws InputException {
        long records = file.records();
        String given = options.choice("header", "auto", "yes", "no", "counts", "auto", "true", "false");
        return switch (given) {
            case "yes", "true" -> new CsvHead(1, stripped(first), List.of());
            case "no", "false" -> none(first);
            case "counts" -> {
                if (!isCounts(first, second, records)) {
                    throw options.wrong(
                            "header", "the first line is not: number of rows, number of value columns, class names");
                }
                yield counts(first, second);
            }
            default -> {
                boolean textual = first.stream().skip(2).noneMatch(f -> isNumber(f, file));
                if (textual && isCounts(first, second, records)) {
                    yield counts(first, second);
                }
                yield isNames(first, second, file) ? new CsvHead(1, stripped(first), List.of()) : none(first);
            }
        };
    }

    private static CsvHead none(List<String> first) {
        return new CsvHead(0, CsvColumns.unnamed(first.size()), List.of());
    }

    private static CsvHead counts(List<String> first, List<String> second) {
        return new CsvHead(1, CsvColumns.unnamed(second.size()), stripped(first.subList(2, first.size())));
    }

    private static boolean isCounts(List<String> first, List<String> second, long records) {
        return second != null
                && first.size() > 2
                && first.get(0).strip().equals(String.valueOf(records - 1))
                && first.get(1).strip().equals(String.valueOf(second.size() - 1));
    }

    private static boolean isNames(List<String> first, List<String> second, CsvFile file) {
        if (second == null) {
            return first.stream().noneMatch(f -> isNumber(f, file));
        }
        for (int c = 0; c < Math.min(first.size(), second.size()); c++) {
            boolean text = !isNumber(first.get(c), file) && !CsvRowHandler.isMissing(first.get(c).strip());
            if (text && isNumber(second.get(c), file)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(String field, CsvFile file) {
        return CsvRowHandler.parse(field.strip(), file.decimalComma()) != null;
    }

    private static List<String> stripped(List<String> fields) {
        return fields.stream().map(String::strip).toList();
    }
}

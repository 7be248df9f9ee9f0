package dev.assay.data.csv;

import dev.assay.analysis.InputException;
import dev.assay.data.ClassOrder;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.Labels;
import dev.assay.data.source.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The classes of a label column. Whole numbers from 0 are class indices as they stand; any other texts are classes by
 * name, in the order of numbers where all are numbers, else of the alphabet. The reading option {@code classes} gives them
 * another order.
 */
final class CsvLabels {

    /** What a reader of texts makes of bytes that are none. */
    private static final char NOT_UTF_8 = '\uFFFD';

    private final List<String> classes;
    private final Map<String, Integer> byText;

    private CsvLabels(List<String> classes, Map<String, Integer> byText) {
        this.classes = classes;
        this.byText = byText;
    }

    /**
     * @param texts all texts of the column
     * @param names class names when the file gives them, else empty
     * @param where file and column
     * @throws InputException when the texts are no classes
     */
    static CsvLabels of(Set<String> texts, List<String> names, String where) throws InputException {
        boolean numbers = texts.stream().allMatch(t -> CsvRowHandler.parse(t) != null);
        if (numbers && texts.stream().anyMatch(t -> !isFinite(t))) {
            throw new InputException(
                    "the label column holds "
                            + texts.stream().filter(t -> !isFinite(t)).findFirst().orElseThrow() + " among numbers",
                    where,
                    "take those rows out, name another column with label=, or label=none");
        }
        boolean indices = numbers && texts.stream().allMatch(CsvLabels::isIndex);
        if (numbers && texts.stream().anyMatch(t -> !isWhole(t))) {
            throw new InputException(
                    "the label column holds fractions, e.g. "
                            + texts.stream().filter(t -> !isWhole(t)).findFirst().orElseThrow(),
                    where,
                    "labels are classes; name another column with label=, or label=none");
        }
        return indices ? numbered(texts, names, where) : named(texts, numbers, names, where);
    }

    private static CsvLabels numbered(Set<String> texts, List<String> names, String where) throws InputException {
        Map<String, Integer> byText = new HashMap<>();
        int greatest = 0;
        for (String text : texts) {
            int index = (int) Double.parseDouble(text);
            byText.put(text, index);
            greatest = Math.max(greatest, index);
        }
        if (!names.isEmpty() && greatest >= names.size()) {
            throw new InputException(
                    "the label " + greatest + " has no name: the first line names " + names.size() + " classes",
                    where,
                    "name every class in the first line");
        }
        return new CsvLabels(names.isEmpty() ? Labels.numbered(greatest + 1) : names, byText);
    }

    private static CsvLabels named(Set<String> texts, boolean numbers, List<String> names, String where)
            throws InputException {
        for (String text : texts) {
            if (text.indexOf(NOT_UTF_8) >= 0) {
                throw new InputException(
                        "the class '" + text + "' has letters that are not in UTF-8", where,
                        "save the table in UTF-8; else different classes could look alike");
            }
        }
        List<String> classes = new ArrayList<>(texts);
        if (numbers) {
            classes.sort(Comparator.comparing(Double::parseDouble));
        } else {
            classes.sort(null);
        }
        if (!names.isEmpty()) {
            if (!names.containsAll(classes)) {
                classes.removeAll(names);
                throw new InputException(
                        "the class '" + classes.getFirst() + "' is not among those that the first line names",
                        where,
                        "name every class in the first line");
            }
            classes = names;
        }
        Map<String, Integer> byText = new HashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            byText.put(classes.get(i), i);
        }
        return new CsvLabels(List.copyOf(classes), byText);
    }

    /** Whether a number is neither {@code nan} nor {@code inf}, which Java writes otherwise. */
    private static boolean isFinite(String number) {
        return !Character.isLetter(number.charAt(number.length() - 1));
    }

    private static boolean isWhole(String text) {
        double number = Double.parseDouble(text);
        return number == Math.rint(number) && !Double.isInfinite(number);
    }

    private static boolean isIndex(String text) {
        double number = Double.parseDouble(text);
        return number >= 0 && number < Limits.CLASS_NUMBERS && number == Math.rint(number);
    }

    /**
     * The same labels as classes of another list.
     *
     * @param asked classes in the order that is wanted
     * @param lines line of the file where each text occurs first
     * @throws InputException when a text's class is not among them
     */
    CsvLabels as(ClassNames asked, Map<String, Long> lines, Path file) throws InputException {
        int[] places = ClassOrder.places(classes, asked.names());
        Map<String, Integer> moved = new HashMap<>();
        for (Map.Entry<String, Long> text : lines.entrySet()) {
            int place = places[byText.get(text.getKey())];
            if (place < 0) {
                throw asked.unknown(text.getKey(), "in line " + text.getValue(), file);
            }
            moved.put(text.getKey(), place);
        }
        return new CsvLabels(asked.names(), moved);
    }

    List<String> classes() {
        return classes;
    }

    /** The class of a text, or -1 when the column did not hold it when the file was opened. */
    int index(String text) {
        return byText.getOrDefault(text, -1);
    }
}
